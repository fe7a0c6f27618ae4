// What searches found, kept for the way back: the pages of each query that were loaded, in a row.
import { capabilities, search } from "./api.js";
import { language } from "./i18n.js";
import { facetRequests } from "./facet_fields.js";
import { write } from "./state.js";

const PER_PAGE = 24;
const DEEPEST = 10_000;
const KEPT_QUERIES = 16;
const kept = new Map();
const titles = new Map();

/** What is kept of a query: {first, last, pages: Map of answers by page, facets, total}, or null. */
export function keptFor(state) {
  return kept.get(nameOf(state)) ?? null;
}

const nameOf = (state) => `${language()} ${write({ ...state, page: 1 })}`;

/** Load a page of a query; the first one loaded brings the facets and how the query was read. */
export async function loadPage(state, page, signal, { fresh = false, typing = false } = {}) {
  const name = nameOf(state), before = fresh ? null : kept.get(name);
  const facets = before?.facets ? [] : facetRequests(await capabilities());
  if (signal.aborted) throw signal.reason;
  const ask = (unfinished) => search({ ...state, page }, { facets, perPage: PER_PAGE, unfinished }, signal);
  let unfinished = before ? before.unfinished : typing, answer = await ask(unfinished);
  // A beginning that no word goes on from may be a slip, which only finished words are cured of.
  if (unfinished && !before && !answer.total) {
    unfinished = false;
    answer = await ask(false);
  }
  const found = before ?? { q: state.q, unfinished, first: page, last: page, pages: new Map(), facets: answer.facets, understood: answer.understood, banners: answer.banners ?? [], redirect: answer.redirect ?? null };
  found.pages.set(page, answer);
  found.first = Math.min(found.first, page);
  found.last = Math.max(found.last, page);
  found.total = answer.total;
  found.exhaustive = answer.exhaustive;
  for (const hit of answer.hits) titles.set(hit.id, hit.title);
  kept.delete(name);
  kept.set(name, found);
  if (kept.size > KEPT_QUERIES) kept.delete(kept.keys().next().value);
  return found;
}

/** The number of the last page there is. */
export function lastPage(found) {
  return Math.max(1, Math.min(Math.ceil(found.total / PER_PAGE), Math.floor(DEEPEST / PER_PAGE)));
}

/** The hits of all pages loaded, each product once: {hit, page, index, answer}, the index counting all from 1. */
export function hitsOf(found) {
  const seen = new Set(), hits = [];
  for (let page = found.first; page <= found.last; page++) {
    const answer = found.pages.get(page);
    for (const [place, hit] of (answer?.hits ?? []).entries()) {
      if (!seen.has(hit.id)) { seen.add(hit.id); hits.push({ hit, page, index: (page - 1) * PER_PAGE + place + 1, answer }); }
    }
  }
  return hits;
}

/** The title of a product seen lately, or null. */
export const titleOf = (id) => titles.get(id) ?? null;

/** Forget everything found, as when the language of what is shown changes. */
export function forgetFound() {
  kept.clear();
}
