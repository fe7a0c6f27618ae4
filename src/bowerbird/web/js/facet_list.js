// A facet of named values: check boxes with counts, colours with dots; long ones fold, very long ones are searched.
import { debounced, el, keyed } from "./dom.js";
import { fieldName, foreign, number, t, valueName } from "./i18n.js";
import { isColour, paintOf } from "./colours.js";
import { go, read, toggled } from "./state.js";

const SHOWN = 7;
const SEARCHED_FROM = 15;
const MOST_SHOWN = 60;

/** A block of values: {element, draw(facet, state)}, `draw` answering whether there is anything to choose. */
export function listFacet({ field, id }) {
  const list = el("ul", { className: "values" });
  const find = el("input", { type: "search", className: "field facet-find", placeholder: t("facet.find", { field: fieldName(field) }), "aria-label": t("facet.find", { field: fieldName(field) }), autocomplete: "off" });
  const more = el("button", { type: "button", className: "link-button facet-more", "aria-expanded": "false" });
  const none = el("p", { className: "facet-none", hidden: true }, t("facet.none"));
  const element = el("div", { role: "group", "aria-labelledby": id }, find, list, none, more);
  let values = [], picked = [], all = false;

  function show() {
    const typed = find.hidden ? "" : find.value.trim().toLocaleLowerCase();
    const fitting = typed ? values.filter(({ value }) => [value, valueName(field, value)].some((name) => name.toLocaleLowerCase().includes(typed))) : values;
    // What is chosen is never folded away.
    const shown = all || typed ? fitting.slice(0, MOST_SHOWN) : fitting.filter(({ value }, place) => place < SHOWN || picked.includes(value));
    keyed(list, shown, ({ value }) => value, make, update);
    const hidden = fitting.length - shown.length;
    none.hidden = fitting.length > 0;
    more.hidden = typed ? true : all ? values.length <= SHOWN : hidden <= 0;
    more.textContent = all ? t("facet.fewer") : t("facet.more", { count: hidden });
    more.setAttribute("aria-expanded", String(all));
  }
  function make(one) {
    const input = el("input", { type: "checkbox", className: "check" });
    const name = el("span", { className: "value-name", lang: foreign(one.value) === "zh" ? "zh" : null }, valueName(field, one.value));
    const label = el("label", { className: "value" }, input);
    if (isColour(field)) {
      const dot = el("span", { className: "value-dot", "aria-hidden": "true" }), paint = paintOf(one.value);
      if (paint) dot.style.setProperty("background", paint); else dot.classList.add("is-unknown");
      label.append(dot);
    }
    label.append(name, el("span", { className: "value-count" }));
    input.addEventListener("change", () => go({ picked: toggled(read().picked, field, one.value) }));
    const item = el("li", {}, label);
    update(item, one);
    return item;
  }
  function update(item, { value, count }) {
    item.querySelector("input").checked = picked.includes(value);
    item.querySelector(".value-count").textContent = number(count);
    item.classList.toggle("is-none", count === 0);
  }
  find.addEventListener("input", debounced(show, 60));
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && find.value) { event.stopPropagation(); event.preventDefault(); find.value = ""; show(); }
  });
  more.addEventListener("click", () => { all = !all; show(); });
  return {
    element,
    draw(facet, state) {
      picked = state.picked[field] ?? [];
      const gone = picked.filter((value) => !facet.values.some((one) => one.value === value)).map((value) => ({ value, count: 0 }));
      values = [...facet.values, ...gone];
      find.hidden = values.length < SEARCHED_FROM;
      show();
      return values.length > 1;
    },
  };
}
