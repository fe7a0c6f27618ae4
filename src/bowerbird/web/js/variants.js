// The options of a product (colour, size, ...) as chips; together they choose one variant.
import { isColour, paintOf } from "./colours.js";
import { el } from "./dom.js";
import { fieldName, t, valueName } from "./i18n.js";
import { setPhoto } from "./picture.js";

const sold = (variant) => variant.availability !== "out_of_stock";
const valueOf = (variant, option) => variant.options?.[option];

/** How many of the wanted values a variant has. */
const likeness = (variant, wanted) => Object.entries(wanted).filter(([option, value]) => valueOf(variant, option) === value).length;

/**
 * The variant to show once `option` is `value`: the one that keeps most of what was chosen before, in stock if it can.
 * Null where no variant has that value.
 */
export function nearestVariant(variants, chosen, option, value) {
  const wanted = { ...chosen, [option]: value };
  const having = variants.filter((variant) => valueOf(variant, option) === value);
  const rank = (variant) => likeness(variant, wanted) * 2 + (sold(variant) ? 1 : 0);
  return having.reduce((best, variant) => (best === null || rank(variant) > rank(best) ? variant : best), null);
}

/** Whether a value goes with the other values chosen: "yes", "sold_out", or "no" where there is no such variant. */
export function fit(variants, chosen, option, value) {
  const wanted = { ...chosen, [option]: value };
  const same = variants.filter((variant) => likeness(variant, wanted) === Object.keys(wanted).length);
  return same.length === 0 ? "no" : same.some(sold) ? "yes" : "sold_out";
}

/** The variant a page begins with: the one named, else the first that can be bought, else the first. */
export function firstVariant(variants, named) {
  return variants.find((variant) => variant.id === named) ?? variants.find(sold) ?? variants[0] ?? null;
}

/** Chips for every option. `change(variant)` is told each choice. Answers {element, variant()}, or null without options. */
export function optionPicker(product, { named, change }) {
  const options = Object.entries(product.options ?? {}).filter(([, values]) => values.length > 0);
  if (!options.length || !product.variants?.length) return null;
  let variant = firstVariant(product.variants, named);
  const chosen = {};
  const groups = options.map(([option, values]) => group(option, values, product, (value) => choose(nearestVariant(product.variants, chosen, option, value))));
  const element = el("div", { className: "choices" }, ...groups.map((one) => one.element));

  function read() {
    for (const [option] of options) {
      const value = valueOf(variant, option);
      if (value === undefined) delete chosen[option]; else chosen[option] = value;
    }
    for (const one of groups) one.draw(chosen);
  }
  function choose(next) {
    if (!next) return;
    variant = next;
    read();
    change(variant);
  }
  read();
  return { element, variant: () => variant };
}

function group(option, values, product, pick) {
  const name = el("span", { className: "choice-picked" });
  const swatches = isColour(option) ? product.swatches ?? [] : [];
  const chips = values.map((value) => chip(option, value, swatches.find((swatch) => swatch.value === value)?.image, pick));
  const element = el("fieldset", { className: "choice" },
    el("legend", {}, el("span", { className: "choice-name" }, fieldName(option)), " ", name),
    el("div", { className: "choice-values" }, ...chips.map((one) => one.element)));
  return {
    element,
    draw(chosen) {
      name.textContent = chosen[option] === undefined ? "" : valueName(option, chosen[option]);
      for (const one of chips) one.draw(chosen[option] === one.value, fit(product.variants, chosen, option, one.value));
    },
  };
}

function chip(option, value, image, pick) {
  const input = el("input", { type: "radio", name: `option-${option}`, value });
  const note = el("span", { className: "visually-hidden" });
  const element = el("label", { className: "choice-value" }, input, face(option, value, image), note);
  input.addEventListener("change", () => pick(value));
  return {
    element, value,
    draw(picked, fits) {
      input.checked = picked;
      element.dataset.fits = fits;
      note.textContent = fits === "no" ? ` (${t("option.other_combination")})` : fits === "sold_out" ? ` (${t("option.sold_out")})` : "";
    },
  };
}

/** What a chip looks like: the photo of a colour, else a dot painted with it, else its name alone. */
function face(option, value, image) {
  const label = el("span", { dir: "auto" }, valueName(option, value));
  if (image) {
    const photo = el("img", { alt: "", width: 68, height: 68, decoding: "async", referrerPolicy: "no-referrer" });
    setPhoto(photo, image, "68px");
    return el("span", { className: "choice-face has-photo" }, photo, label);
  }
  const paint = isColour(option) ? paintOf(value) : null;
  if (!paint) return el("span", { className: "choice-face" }, label);
  const dot = el("span", { className: "choice-dot" });
  dot.style.setProperty("background", paint);
  return el("span", { className: "choice-face has-dot" }, dot, label);
}
