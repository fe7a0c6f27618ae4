// The filters: one block a facet, each drawn in its own way, kept open or shut as the shopper left it.
import { el, keyed } from "./dom.js";
import { fieldName, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { facetFields, knowsStock } from "./facet_fields.js";
import { listFacet } from "./facet_list.js";
import { rangeFacet } from "./facet_range.js";
import { ratingFacet } from "./facet_rating.js";
import { treeFacet } from "./facet_tree.js";
import { go, read, without } from "./state.js";

const WAYS = { list: listFacet, range: rangeFacet, rating: ratingFacet, tree: treeFacet };
const OPEN_AT_FIRST = 5;
const OPEN_ALWAYS = ["price", "rating"];

/** The panel of filters: {element, draw(shop, facets, state)}. */
export function facetPanel() {
  const stock = stockSwitch(), blocks = el("div", { className: "facets" }), made = new Map();
  const skeleton = el("div", { className: "facets-skeleton", "aria-hidden": "true" }, ...Array.from({ length: 9 }, (_, place) => el("span", { className: `skeleton-line is-${place % 3 ? "long" : "short"}` })));
  const element = el("div", { className: "facet-panel" }, skeleton);

  function draw(shop, facets, state) {
    if (skeleton.isConnected) element.replaceChildren(stock.element, blocks);
    stock.draw(knowsStock(shop) ? facets.find((facet) => facet.field === "in_stock") : null, state);
    const shown = facetFields(shop).map((one, place) => ({ ...one, place, facet: facets.find((facet) => facet.field === one.field) })).filter((one) => one.facet);
    for (const one of shown) {
      if (!made.has(one.field)) made.set(one.field, block(one, shop));
      const { content, details, note } = made.get(one.field);
      const used = (state.picked[one.field]?.length ?? 0) + (one.field in state.ranges ? 1 : 0);
      details.hidden = !content.draw(one.facet, state) && !used;
      note.textContent = used ? String(used) : "";
    }
    keyed(blocks, shown, (one) => one.field, (one) => made.get(one.field).details);
  }
  return { element, draw };
}

function block({ field, as, place }, shop) {
  const id = `facet-${place}`, content = WAYS[as]({ field, id, shop });
  const note = el("span", { className: "facet-used" });
  const clear = el("button", { type: "button", className: "link-button facet-clear" }, t("facet.clear", { field: fieldName(field) }));
  clear.addEventListener("click", () => {
    const { picked, ranges } = read();
    details.querySelector("summary").focus();
    go({ picked: without(picked, field), ranges: without(ranges, field) });
  });
  const details = el("details", { className: `facet facet-${as}`, open: place < OPEN_AT_FIRST || OPEN_ALWAYS.includes(field) },
    el("summary", {}, el("h3", { id }, fieldName(field)), note, icon("down")), content.element, clear);
  const draw = (facet, state) => {
    clear.hidden = !(field in state.picked || field in state.ranges);
    return content.draw(facet, state);
  };
  return { details, note, content: { draw } };
}

/** Only what is in stock. */
function stockSwitch() {
  const input = el("input", { type: "checkbox", role: "switch", className: "switch", id: "in-stock" });
  const count = el("span", { className: "value-count" });
  const element = el("div", { className: "facet stock-facet" }, el("label", { className: "value", for: "in-stock" }, el("span", { className: "value-name" }, t("facet.only_in_stock")), count, input));
  input.addEventListener("change", () => {
    const { picked } = read();
    go({ picked: input.checked ? { ...picked, in_stock: ["true"] } : without(picked, "in_stock") });
  });
  return {
    element,
    draw(facet, state) {
      const chosen = state.picked.in_stock?.includes("true") ?? false;
      element.hidden = !facet?.values.length && !chosen;
      input.checked = chosen;
      const there = facet?.values.find((one) => one.value === "true")?.count ?? 0;
      count.textContent = number(there);
    },
  };
}
