// The parts of "your tastes": values by field, the price, and what was looked at lately; each with a way to put it right.
import { shopNow } from "./api.js";
import { isColour, paintOf } from "./colours.js";
import { el } from "./dom.js";
import { fieldName, foreign, money, t, valueName } from "./i18n.js";
import { icon } from "./icons.js";
import { picture } from "./picture.js";
import { productAddress } from "./state.js";

const FIELDS = ["category", "brand", "color", "size", "audience"];
const MOST_VALUES = 8;
const MOST_RECENT = 12;

/** A group for each field that something is known or said of. */
export function valueGroups(profile, { edit }) {
  return FIELDS.map((field) => valueGroup(field, profile, edit)).filter(Boolean);
}

function valueGroup(field, { tastes, edits }, edit) {
  const liked = edits.liked[field] ?? [], hidden = edits.hidden[field] ?? [];
  const believed = (tastes[field] ?? []).map(({ value }) => value).filter((value) => !liked.includes(value) && !hidden.includes(value)).slice(0, MOST_VALUES);
  if (!liked.length && !hidden.length && !believed.length) return null;
  // A value is liked, hidden, or neither; to say one takes back the other.
  const say = (value, to) => edit({
    liked: { [field]: [...liked.filter((other) => other !== value), ...(to === "liked" ? [value] : [])] },
    hidden: { [field]: [...hidden.filter((other) => other !== value), ...(to === "hidden" ? [value] : [])] },
  }, t(`tastes.said_${to}`, { value: valueName(field, value) }));
  return group(`field-${field}`, fieldName(field), el("ul", { className: "taste-values" },
    ...liked.map((value) => valueItem(field, value, "liked", say)),
    ...believed.map((value) => valueItem(field, value, "believed", say)),
    ...hidden.map((value) => valueItem(field, value, "hidden", say))));
}

function group(id, title, ...content) {
  return el("section", { className: "taste-group", "aria-labelledby": `taste-${id}` }, el("h3", { id: `taste-${id}` }, title), ...content);
}

function valueItem(field, value, how, say) {
  const name = valueName(field, value, true), paint = isColour(field) ? paintOf(value) : null;
  const dot = paint ? el("span", { className: "part-dot" }) : null;
  dot?.style.setProperty("background", paint);
  const button = (act, symbol, to) => {
    const made = el("button", { type: "button", className: `taste-act is-${act}`, title: t(`tastes.${act}`), "aria-label": t(`tastes.${act}_one`, { value: name }), "data-place": `${act} ${field} ${value}` }, icon(symbol));
    if (act === "like") made.setAttribute("aria-pressed", String(how === "liked"));
    made.addEventListener("click", () => say(value, to));
    return made;
  };
  const acts = how === "hidden" ? [button("back", "again", "neither")]
    : [button("like", "taste", how === "liked" ? "neither" : "liked"), button("hide", "close", "hidden")];
  return el("li", { className: `taste-value is-${how}` }, dot,
    el("span", { className: "taste-name", lang: foreign(valueName(field, value)) }, how === "hidden" ? el("s", {}, name) : name),
    how === "hidden" ? el("span", { className: "visually-hidden" }, t("tastes.hidden")) : null, ...acts);
}

// What is worked out of many prices is no price to the cent.
const rounded = (price, currency) => money(price < 10 ? price : Math.round(price), currency, true);

/** The prices the shopper goes for, and the highest they want to see. */
export function priceGroup({ price, edits }, { edit }) {
  if (!price && edits.price_most === null) return null;
  const currency = price?.currency ?? shopNow()?.currency;
  const input = el("input", { id: "taste-most", type: "number", min: "0", step: "any", inputMode: "decimal", className: "field", value: edits.price_most ?? "", placeholder: t("tastes.any_price"), "data-place": "price" });
  input.addEventListener("change", () => {
    const most = Number(input.value);
    if (Number.isFinite(most) && most >= 0) edit({ price_most: most }, t("tastes.said_price"));
  });
  return group("price", fieldName("price"),
    price ? el("p", {}, t("tastes.price", { low: rounded(price.low, currency), high: rounded(price.high, currency) })) : null,
    el("label", { className: "taste-most", for: "taste-most" }, el("span", {}, t("tastes.price_most")), input));
}

/** What was looked at lately; each can be forgotten, as if it had never been. */
export function recentGroup({ recent }, { edit }) {
  if (!recent?.length) return null;
  return group("recent", t("surface.recently-viewed"), el("ul", { className: "taste-recent" }, ...recent.slice(0, MOST_RECENT).map((hit) => {
    const photo = picture(hit.image ?? null, { sizes: "56px", className: "taste-photo" });
    const forget = el("button", { type: "button", className: "taste-act is-hide", title: t("tastes.forget"), "aria-label": t("tastes.forget_one", { title: hit.title }), "data-place": `forget ${hit.id}` }, icon("close"));
    forget.addEventListener("click", () => edit({ forget: [hit.id] }, t("tastes.forgot", { title: hit.title })));
    return el("li", {}, photo.box, el("a", { href: productAddress(hit.id), lang: foreign(hit.title), dir: "auto" }, hit.title), forget);
  })));
}
