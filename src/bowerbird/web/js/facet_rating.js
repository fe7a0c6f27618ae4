// Ratings as "so many stars and up".
import { el } from "./dom.js";
import { number, t } from "./i18n.js";
import { ratingSteps } from "./facet_fields.js";
import { go, read, without } from "./state.js";

/** A block of ratings: {element, draw(facet, state)}. */
export function ratingFacet({ field, id }) {
  const choices = [...ratingSteps, null].map((stars) => choice(stars));
  const element = el("div", { role: "radiogroup", "aria-labelledby": id, className: "values" }, ...choices.map((one) => one.label));

  function choice(stars) {
    const input = el("input", { type: "radio", name: id, className: "check" });
    const count = el("span", { className: "value-count" });
    const label = el("label", { className: "value" }, input);
    if (stars === null) label.append(el("span", { className: "value-name" }, t("facet.any_rating")));
    else {
      const drawn = el("span", { className: "stars", "aria-hidden": "true" });
      drawn.style.setProperty("--share", `${stars * 20}%`);
      label.append(drawn, el("span", { className: "value-name" }, el("span", { "aria-hidden": "true" }, t("facet.and_up")),
        el("span", { className: "visually-hidden" }, t("facet.stars_up", { stars, count: stars }))), count);
    }
    input.addEventListener("change", () => {
      const { ranges } = read();
      go({ ranges: stars === null ? without(ranges, field) : { ...ranges, [field]: [stars, null] } });
    });
    return { stars, input, label, count };
  }
  return {
    element,
    draw(facet, state) {
      const low = state.ranges[field]?.[0] ?? null;
      let any = false;
      for (const { stars, input, label, count } of choices) {
        input.checked = stars === low;
        if (stars === null) continue;
        const there = facet.values.find(({ value }) => value.startsWith(`${stars}..`))?.count ?? 0;
        count.textContent = number(there);
        label.classList.toggle("is-none", there === 0);
        any ||= there > 0;
      }
      return any;
    },
  };
}
