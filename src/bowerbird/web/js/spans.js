// Where words stand in a query, and the query without them. The service counts code points, JavaScript UTF-16 units.

/** The place in a text, in UTF-16 units, of a span in code points; null where it is none. */
export function unitsOf(text, span) {
  const points = [...text];
  const [start, end] = Array.isArray(span) ? span : [];
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start || end > points.length) return null;
  const first = points.slice(0, start).join("").length;
  return [first, first + points.slice(start, end).join("").length];
}

/**
 * The parts that were read from a query's words, with `at` where their words stand in a query that is a little
 * different, in UTF-16 units; a part whose words are gone is left out. Parts that stand for no stretch of the query
 * are kept while it stays the same.
 */
export function placedIn(parts, asked, query) {
  const taken = [];
  const free = (at) => !taken.some(([start, end]) => at[0] < end && start < at[1]);
  return parts.flatMap((part) => {
    if (!part.span) return asked === query ? [part] : [];
    const before = unitsOf(asked, part.span);
    if (!before) return [];
    if (asked === query) return [{ ...part, at: before }];
    const words = asked.slice(...before);
    for (let start = query.indexOf(words); start >= 0; start = query.indexOf(words, start + 1)) {
      const at = [start, start + words.length];
      if (free(at)) { taken.push(at); return [{ ...part, at }]; }
    }
    return [];
  });
}

// What stands before a name to exclude it, what may stand between the two, and what excludes from behind.
const EXCLUDES = new RegExp(`(?:${[
  "(?:^|[^\\p{L}])(?:(?:i|we) )?(?:but not|not made (?:of|from|with)|not|no|non|without|except(?: for)?|excluding|other than|anything but|nothing (?:in|with)|minus|avoid|never|hate"
    + "|(?:don't|dont|do not|doesn't|didn't) (?:want|like|need|have)(?: it)?|(?:isn't|is not|aren't|are not)(?: made of)?)(?:[ -]+(?:a|an|any|the|in|of|with))*[ -]*",
  "也?(?:不想要|不要[带有是用]?|不喜欢|不想|不带|不含|不是|不用|不能[有是]|没有|没|除了|除去|排除|别要|别是|别给我|别|拒绝|非|无|去掉|不)(?:什么|太|[有带是用的])?\\s*",
].join("|")})$`, "iu");
const EXCLUDED_BEHIND = /^\s?的?[都也就]?(?:不要|除外|就算了|别来|勿扰|不考虑)|^的?(?:以外|之外)的?/u;
const JOINS = /^\s*(?:,|，|、|\/|(?:or|and|nor)(?![a-z])|和|或者?|与|及|跟|也)\s*/iu;
// Words that only lead on to what is taken out, and have nothing to lead to without it.
const LEADS = /(?:(?:^|\s)(?:and|but|or|with|in|for|of|from|made|that|which|is|are)(?:\s+(?:an?|the))?\s*|^(?:an?|the)\s+|(?:^|[\s\p{Script=Han}])(?:并且|而且|但是|以及)\s*|[,，、;；/&+]\s*)$/iu;
const LEFT_IN_FRONT = /^(?:[\s,，、;；。./&+]+|(?:and|but|or)\s+|(?:和|或者?|与|及|的)(?=.))/iu;

/** A query without the words at a place, blanks and what led to them tidied; `excluded` tells where other excluded names stand. */
export function withoutWords(query, [start, end], { negated = false, excluded = [] } = {}) {
  let before = query.slice(0, start), after = query.slice(end);
  const joined = JOINS.exec(after), next = joined && end + joined[0].length;
  if (negated && joined && excluded.some(([other]) => other === next) && EXCLUDES.test(before)) {
    // "not black or brown": what excludes goes on to exclude the other one.
    after = after.slice(joined[0].length);
  } else {
    if (negated && EXCLUDES.test(before)) {
      before = before.replace(EXCLUDES, " ");
      after = after.replace(/^(?:以外|之外)?的?/u, "");
    } else if (negated) after = after.replace(EXCLUDED_BEHIND, "");
    before = less(before, LEADS, " ");
  }
  const rest = before.trim() ? before + after : less(after, LEFT_IN_FRONT, "");
  return rest.replace(/[(（]\s*[)）]/gu, " ").replace(/\s+([,，、;；。])/gu, "$1").replace(/\s+/gu, " ").replace(/[\s,，、;；/&+]+$/u, "").trim();
}

/** A text without what a pattern finds, as often as it finds it. */
function less(text, pattern, instead) {
  const shorter = text.replace(pattern, instead);
  return shorter === text ? text : less(shorter, pattern, instead);
}
