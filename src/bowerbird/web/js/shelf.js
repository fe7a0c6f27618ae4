// A shelf: one recommended list, as a row of cards that runs sideways, each card with the reason it is there.
import { becauseOf, surfaceName } from "./because.js";
import { card, skeletonCard } from "./card.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { shows } from "./impressions.js";

const SKELETONS = 6;

/** The shelf of a surface's answer, or null where it is empty or of a kind that this page does not know. */
export function shelf(answer, { heading = surfaceName(answer), tools = [] } = {}) {
  if (!heading || !answer.hits?.length) return null;
  const id = `shelf-${answer.surface}`, list = el("ul", { className: "grid card-row" });
  const element = el("section", { className: "home-section shelf", "aria-labelledby": id, "data-surface": answer.surface },
    el("div", { className: "section-head" }, el("h2", { id }, heading), ...tools, turners(list)), list);
  fillShelf(list, answer);
  return element;
}

/** Put an answer's cards into a row, and watch which of them are seen and chosen. */
export function fillShelf(list, answer) {
  const told = { name: "view_item_list", item_list_id: answer.surface, ...(answer.query_id && { query_id: answer.query_id }) };
  list.replaceChildren(...answer.hits.map((hit, place) => {
    const node = card(hit, { note: becauseOf(hit.why, answer) });
    shows(node, told, { item_id: hit.id, index: place + 1, ...(hit.price != null && { price: hit.price }) });
    return node;
  }));
  list.scrollTo?.({ left: 0, behavior: "instant" });
}

/** A shelf's place before its products are there. */
export function skeletonShelf() {
  return el("section", { className: "home-section shelf is-skeleton", "aria-hidden": "true" },
    el("div", { className: "section-head" }, el("span", { className: "skeleton-line is-title shelf-title" })),
    el("ul", { className: "grid card-row" }, ...Array.from({ length: SKELETONS }, skeletonCard)));
}

/** Two buttons that turn a row over for who has a mouse; keys and fingers move it without them. */
function turners(list) {
  const button = (name, way) => {
    const made = el("button", { type: "button", className: "turner", tabIndex: -1, "aria-label": t(`shelf.${name}`), title: t(`shelf.${name}`) }, icon(name));
    made.addEventListener("click", () => list.scrollBy({ left: way * list.clientWidth * 0.8, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" }));
    return made;
  };
  const back = button("left", -1), on = button("right", 1), element = el("div", { className: "turners" }, back, on);
  const draw = () => {
    back.disabled = list.scrollLeft <= 1;
    on.disabled = list.scrollLeft + list.clientWidth >= list.scrollWidth - 1;
    element.hidden = back.disabled && on.disabled;
  };
  list.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(list);
  return element;
}
