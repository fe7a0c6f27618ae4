// From what is asked to the body of a search: filters as the service writes them, wishes and their weights.

const quoted = (text) => `"${String(text).replace(/["\\]/g, "\\$&")}"`;
const named = (field) => (/^[A-Za-z_][\w.-]*$/.test(field) ? field : quoted(field));

/** One condition for a picked field, or for a range. */
function conditions({ picked, ranges }) {
  const parts = [];
  for (const [field, values] of Object.entries(picked)) {
    if (field === "category") parts.push(eitherOf(values.map((value) => `category UNDER ${quoted(value)}`)));
    else if (field === "in_stock") parts.push(`in_stock = ${values.includes("false") ? "false" : "true"}`);
    else parts.push(`${named(field)} IN [${values.map(quoted).join(", ")}]`);
  }
  for (const [field, [low, high]] of Object.entries(ranges)) parts.push(`${named(field)} ${low ?? ""}..${high ?? ""}`);
  return parts;
}

const eitherOf = (parts) => (parts.length === 1 ? parts[0] : `(${parts.join(" OR ")})`);

/** The filter of a state, empty where nothing is filtered. */
export function filterOf(state) {
  return conditions(state).join(" AND ");
}

/** What a photo and words weigh: both 1 in the middle, the weaker one less towards the ends. */
export function weightsOf(state) {
  if (!state.photo || !state.q.trim()) return { text: 1, photo: 1 };
  const share = state.photo.weight;
  return { text: Math.min(1, 2 * (1 - share)), photo: Math.min(1, 2 * share) };
}

/** The body of POST /v1/search. `photo` is the photo's data URL, `facets` are requests for facets, `who` names the shopper. */
export function bodyOf(state, { photo = null, facets = [], perPage = 24, language = "", reasons = true, unfinished = false, who = {} } = {}) {
  const weights = weightsOf(state), body = { ...who, q: state.q, filters: filterOf(state), facets, sort: state.sort, page: state.page, per_page: perPage };
  if (photo) body.images = [{ data: photo, weight: weights.photo, ...(state.photo.box && { box: state.photo.box }) }];
  if (photo && weights.text !== 1) body.text_weight = weights.text;
  if (state.like.length) body.like = state.like;
  const unwanted = { ...(state.not && { q: state.not }), ...(state.unlike.length && { like: state.unlike }) };
  if (Object.keys(unwanted).length) body.not = unwanted;
  if (language) body.lang = language;
  if (unfinished) body.unfinished = true;
  if (state.exact && state.q.trim()) body.correct = false;
  if (reasons) body.reasons = true;
  return body;
}
