// The shelves of a product's page: what is bought with it, what is like it, what else shoppers looked at.
import { alikeOf, alikeShelf } from "./alike.js";
import { el } from "./dom.js";
import { recommendPage } from "./recommended.js";
import { shelf, skeletonShelf } from "./shelf.js";

/** Ask for the shelves of a product; they come into the element by themselves, for the page stands without them. */
export function productShelves(id, signal) {
  const element = el("div", { className: "shelves", "aria-busy": "true" }, skeletonShelf());
  Promise.all([recommendPage("product", { product: id }, signal), alikeOf(id, signal)]).then(([answers, alike]) => {
    if (signal.aborted) return;
    const made = answers.filter(({ surface }) => surface !== "similar").map((answer) => shelf(answer)).filter(Boolean);
    // What is bought with it comes first, then what would do instead, then the rest.
    const first = made.filter((one) => one.dataset.surface === "bought-together"), rest = made.filter((one) => !first.includes(one));
    element.removeAttribute("aria-busy");
    element.replaceChildren(...[...first, alikeShelf(id, alike, signal), ...rest].filter(Boolean));
  });
  return element;
}
