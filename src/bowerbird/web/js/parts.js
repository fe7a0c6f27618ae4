// The parts of a query: what was asked, and what the service read from the words, each with the change that takes it out.
import { fieldName, foreign, money, number, t, valueName } from "./i18n.js";
import { shopNow } from "./api.js";
import { isColour, paintOf } from "./colours.js";
import { readFilter, sayingOf } from "./filter_words.js";
import { titleOf } from "./found.js";
import { placedIn, withoutWords } from "./spans.js";
import { asks, toggled, without } from "./state.js";

const READ = ["condition", "preference", "given_up"];

/**
 * The parts of a state, with what the service said about it: [{kind, text, note, after, remove, ...}]. The service
 * `understood` the query `asked`, which may be the one before while the next answer is on its way.
 */
export function partsOf(state, understood, asked = state.q) {
  if (!asks(state)) return [];
  const told = understood?.parts ?? [], known = placedIn(told, asked, state.q);
  const read = known.filter((part) => READ.includes(part.kind) && part.at);
  // Words that were put right, and Chinese in Latin letters, are no words of the shopper's language.
  const mended = understood?.language === "pinyin" ? state.q : state.exact ? "" : told.find((part) => part.kind === "correction")?.from ?? "";
  const parts = (kind, partOf) => read.filter((part) => part.kind === kind).map((part) => partOf(part, state, read, mended));
  return [
    ...wordsOf(state, read.length > 0), ...parts("given_up", givenUpOf), ...parts("condition", conditionOf),
    ...photoOf(state), ...examplesOf("like", state, told), ...filtersOf(state), ...unwantedOf(state, told),
    ...parts("preference", preferenceOf), ...translationOf(known),
  ];
}

const quoted = (text) => t("understood.quoted", { text });

function wordsOf(state, wereRead) {
  const words = state.q.trim();
  if (!words) return [];
  const note = state.photo ? t("understood.share", { share: Math.round((1 - state.photo.weight) * 100) }) : null;
  return [{ kind: "words", shown: wereRead, icon: "words", text: quoted(words), note, foreign: true, remove: { q: "" } }];
}

// --- what was read from the words

function conditionOf(part, state, read, mended) {
  const text = sayingOf(part, mended);
  return { kind: "condition", text, foreign: true, remove: removal(part, state, read) };
}

function givenUpOf(part, state, read, mended) {
  const own = part.from && !foreign(part.from);
  const text = own ? part.from.trim() : sayingOf(part, mended);
  return { kind: "given_up", icon: "none", note: t("understood.no_results"), text, after: t("understood.shown_without"), foreign: true, remove: removal(part, state, read) };
}

function preferenceOf(part, state, read, mended) {
  const shape = readFilter(part.text), paint = shape && isColour(shape.field) && shape.values ? paintOf(shape.values[0]) : null;
  return { kind: "preference", note: t("understood.prefers"), text: sayingOf(part, mended), paint, foreign: true, remove: removal(part, state, read) };
}

/** The change that takes a part's words out of the query, which is otherwise asked as it was. */
function removal(part, state, read) {
  const negated = (one) => one.kind !== "preference" && /^NOT \(| != /u.test(one.text ?? "");
  const excluded = read.filter((one) => one !== part && negated(one)).map((one) => one.at);
  return { q: withoutWords(state.q, part.at, { negated: negated(part), excluded }), exact: state.exact };
}

function translationOf(known) {
  return known.filter((part) => part.kind === "translation" && part.text)
    .map((part) => ({ kind: "translation", note: t("understood.translated"), text: quoted(part.text), foreign: true }));
}

// --- what was asked beside the words

function photoOf({ photo, q }) {
  if (!photo) return [];
  const share = q.trim() ? t("understood.share", { share: Math.round(photo.weight * 100) }) : null;
  return [{ kind: "photo", icon: "photo", note: share, text: t(photo.box ? "understood.photo_part" : "understood.photo"), remove: { photo: null } }];
}

function examplesOf(kind, state, told) {
  return state[kind].map((id) => {
    const title = told.find((part) => part.kind === kind && part.id === id)?.title || titleOf(id) || id;
    return { kind, icon: kind === "like" ? "alike" : "unlike", note: t(`understood.${kind}`), text: title, foreign: true, remove: { [kind]: state[kind].filter((other) => other !== id) } };
  });
}

function filtersOf({ picked, ranges }) {
  const parts = [];
  for (const [field, values] of Object.entries(picked)) {
    for (const value of values) {
      const remove = { picked: toggled(picked, field, value) };
      if (field === "in_stock") parts.push({ kind: "filter", text: t(value === "false" ? "facet.not_in_stock" : "facet.in_stock"), remove });
      else parts.push({ kind: "filter", note: `${fieldName(field)}:`, text: valueName(field, value, true), paint: isColour(field) ? paintOf(value) : null, remove });
    }
  }
  for (const [field, range] of Object.entries(ranges)) {
    parts.push({ kind: "filter", note: field === "rating" ? null : `${fieldName(field)}:`, text: rangeText(field, range), remove: { ranges: without(ranges, field) } });
  }
  return parts;
}

/** A range in words. */
function rangeText(field, [low, high]) {
  const said = (value) => (field === "price" ? money(value, shopNow()?.currency, true) : number(value));
  if (field === "rating" && low !== null && high === null) return t("facet.stars_up", { stars: low, count: low });
  if (low === null) return t("facet.at_most", { high: said(high) });
  if (high === null) return t("facet.at_least", { low: said(low) });
  return t("facet.between", { low: said(low), high: said(high) });
}

function unwantedOf(state, told) {
  const parts = state.not ? [{ kind: "not", icon: "unlike", note: t("understood.not"), text: quoted(state.not), foreign: true, remove: { not: "" } }] : [];
  return [...parts, ...examplesOf("unlike", state, told)];
}
