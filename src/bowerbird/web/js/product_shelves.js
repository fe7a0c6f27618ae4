// The shelves of a product's page: what is bought with it, what is like it, what else shoppers looked at.
import { alikeOf, alikeShelf } from "./alike.js";
import { el } from "./dom.js";
import { recommend } from "./recommended.js";
import { shelf, skeletonShelf } from "./shelf.js";

// So many of a row are in sight; what stands there is not shown again below.
const IN_SIGHT = 6;
const LEAST_MORE = 2;

/** Ask for the shelves of a product; they come into the element by themselves, for the page stands without them. */
export function productShelves(id, signal) {
  const element = el("div", { className: "shelves", "aria-busy": "true" }, skeletonShelf());
  const about = { product: id };
  Promise.all([recommend("bought-together", about, signal), alikeOf(id, signal), recommend("viewed-together", about, signal)]).then(([bought, alike, viewed]) => {
    if (signal.aborted) return;
    element.removeAttribute("aria-busy");
    element.replaceChildren(...[bought && shelf(bought), alikeShelf(id, alike, signal), viewed && shelf(others(viewed, [bought, alike]))].filter(Boolean));
  });
  return element;
}

/** An answer without what stands in others already; without hits where that leaves next to nothing. */
function others(answer, before) {
  const shown = new Set(before.flatMap((other) => other?.hits.slice(0, IN_SIGHT) ?? []).map((hit) => hit.id));
  const hits = answer.hits.filter((hit) => !shown.has(hit.id));
  return { ...answer, hits: hits.length < LEAST_MORE ? [] : hits };
}
