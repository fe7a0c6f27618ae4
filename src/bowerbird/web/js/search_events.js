// What of a search's results is told to the shop: the products that were seen, and that there were none.
import { record } from "./events.js";
import { shows } from "./impressions.js";

// Words that are still being typed are not told of.
const STAYED_MS = 1_000;
const lists = new WeakMap();

/** Say that a card shows a hit of what was found, {hit, index, answer}; every page is an answer with an id of its own. */
export function showsHit(node, found, { hit, index, answer }) {
  if (!lists.has(answer)) lists.set(answer, { name: "view_search_results", ...askedBy(found, answer) });
  shows(node, lists.get(answer), { item_id: hit.id, index, ...(hit.price != null && { price: hit.price }) });
}

/** Tell that nothing was found, once that was looked at; `still()` answers whether it still is. */
export function foundNothing(found, still) {
  setTimeout(() => { if (still()) record("view_search_results", askedBy(found, found.pages.get(found.first))); }, STAYED_MS);
}

function askedBy({ q }, { query_id }) {
  return { ...(query_id && { query_id }), ...(q && { search_term: q }) };
}
