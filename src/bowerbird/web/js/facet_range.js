// A facet of numbers, prices above all: a slider with two ends, and fields to type them.
import { debounced, el } from "./dom.js";
import { fieldName, money, number, t } from "./i18n.js";
import { rangeSlider } from "./slider.js";
import { go, read, without } from "./state.js";

const QUIET_MS = 220;

/** A block for a range: {element, draw(facet, state)}. */
export function rangeFacet({ field, id, shop }) {
  const name = fieldName(field), priced = field === "price";
  const said = (value) => (priced ? money(value, shop.currency, true) : number(value));
  const labels = [t("facet.lowest", { field: name }), t("facet.highest", { field: name })];
  const fields = labels.map((label, place) => el("input", { type: "number", min: priced ? "0" : null, step: "any", className: "field", inputmode: "decimal", "aria-label": label, placeholder: t(place ? "facet.to" : "facet.from") }));
  const slider = rangeSlider({ labels: labels.map((label) => t("facet.slider", { label })), said, moving: fill, moved: debounced(send, QUIET_MS) });
  const element = el("div", { role: "group", "aria-labelledby": id }, slider.element,
    el("div", { className: "range-fields" }, fields[0], el("span", { "aria-hidden": "true" }, "–"), fields[1]));
  let spread = null, sentAt = 0;

  function fill([low, high]) {
    [low, high].forEach((end, place) => {
      if (document.activeElement !== fields[place]) fields[place].value = end === null ? "" : String(end);
    });
  }
  function send([low, high]) {
    const { ranges } = read();
    const next = low === null && high === null ? without(ranges, field) : { ...ranges, [field]: [low, high] };
    // Nudging an end with the arrow keys is one step back, not twenty.
    const soon = performance.now() - sentAt < 1500;
    sentAt = performance.now();
    go({ ranges: next }, { replace: soon });
  }
  const typed = () => {
    const [low, high] = fields.map((input) => (input.value.trim() === "" || !Number.isFinite(Number(input.value)) ? null : Number(input.value)));
    send(low !== null && high !== null && low > high ? [high, low] : [low, high]);
  };
  for (const input of fields) {
    input.addEventListener("change", typed);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); input.blur(); input.focus(); } });
  }
  return {
    element,
    draw(facet, state) {
      const range = state.ranges[field] ?? [null, null];
      if (facet.stats) spread = facet.stats;
      slider.element.hidden = !spread || spread.max <= spread.min;
      if (spread) {
        const ends = [Math.floor(spread.min), Math.ceil(spread.max)];
        slider.set(...ends, range);
        fields.forEach((input, place) => { input.placeholder = said(ends[place]); });
      }
      fill(range);
      return Boolean(spread) && spread.max > spread.min;
    },
  };
}
