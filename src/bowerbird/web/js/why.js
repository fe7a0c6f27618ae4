// "Why this?" on a hit: the reasons that the search gave, in the shopper's words.
import { el } from "./dom.js";
import { fieldName, language, money, number, t, valueName } from "./i18n.js";
import { isColour } from "./colours.js";
import { icon } from "./icons.js";
import { openBubble } from "./popover.js";
import { read } from "./state.js";

const PLACES = ["title", "brand", "category", "description", "id"];
const MOST = 8;
const ASPECTS = ["fit", "comfort", "colour", "look", "material", "quality", "sound", "picture", "battery", "taste", "scent", "handling", "value"];
const NAMED = ["material", "pattern", "audience", "brand", "category", "size"];

// The strengths are likenesses between 0 and 1; shoppers are told in three steps, not in numbers.
const step = (strength) => (strength >= 0.75 ? "very" : strength >= 0.45 ? "well" : "rather");

const SAYINGS = {
  words({ words = [], field }) {
    const quoted = words.map((word) => t("why.quoted", { word }));
    const place = PLACES.includes(field) ? t(`why.in_${field}`) : t("why.in_field", { field: fieldName(field) });
    return t("why.words", { words: joined(quoted), place, count: words.length });
  },
  meaning: ({ strength }) => t(`why.meaning.${step(strength)}`),
  photo: ({ strength }) => t(`why.photo.${step(strength)}`),
  like: ({ strength }) => t(`why.like.${step(strength)}`),
  filter(reason, hit) {
    const { field, value } = reason, { picked, ranges } = read();
    if (value == null) return t("why.filter_alone", { field: fieldName(field) });
    // What was not chosen among the filters was read from the words.
    if (!(field in picked) && !(field in ranges)) return asked(reason, hit);
    return t("why.filter", { field: fieldName(field), value: shown(reason, hit) });
  },
  preference(reason, hit) {
    const { field } = reason, known = isColour(field) ? "color" : NAMED.includes(field) ? field : null;
    return known ? t(`why.preference.${known}`, { value: shown(reason, hit) }) : asked(reason, hit);
  },
  chosen: ({ value }) => t(value === "pin" ? "why.pinned" : "why.boosted"),
  praised({ words = [], count }) {
    const known = words.filter((word) => ASPECTS.includes(word)).map((word) => t(`why.aspect.${word}`));
    return known.length ? t("why.praised_for", { aspects: joined(known) }) : t("why.praised", { count });
  },
  clicked: () => t("why.clicked"),
  popular: () => t("why.popular"),
  taste: (reason, hit) => t("why.taste", { value: shown(reason, hit) }),
  price: () => t("why.price"),
  available: (reason, hit) => t("why.available", { value: shown(reason, hit) }),
  rating: ({ value, count }) => t("why.rating", { value: number(Number(value), { maximumFractionDigits: 1 }), count }),
};

/** A product's own value, as shoppers write it. */
function shown({ field, value }, hit) {
  if (typeof value !== "number") return valueName(field, String(value ?? ""));
  return field === "price" ? money(value, hit?.currency) : number(value);
}

function asked(reason, hit) {
  if (reason.field === "in_stock" && String(reason.value) === "true") return t("why.asked_in_stock");
  return t("why.asked", { field: fieldName(reason.field), value: shown(reason, hit) });
}

function joined(parts) {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(parts);
}

/** The sentences for a hit's reasons, strongest first; kinds that this page does not know yet are left out. */
function sentences({ reasons = [], ...hit }) {
  return reasons.filter((reason) => Object.hasOwn(SAYINGS, reason.kind)).slice(0, MOST)
    .map((reason) => ({ kind: reason.kind, strength: reason.strength, text: SAYINGS[reason.kind](reason, hit) }));
}

/** Open the reasons of a hit beside the button that asked for them. */
export function openWhy(anchor, hit) {
  const over = new AbortController();
  openBubble(anchor, {
    title: t("why.title"), className: "why", closed: () => over.abort(),
    content: [el("ul", { className: "why-reasons" }, ...sentences(hit).map(reasonItem)), howDisclosure(hit, over.signal)],
  });
}

/** How the hit came to its place, looked up when it is opened. */
function howDisclosure(hit, signal) {
  const place = el("div", { className: "how-body" });
  const details = el("details", { className: "how" }, el("summary", {}, icon("down"), t("why.how")), place);
  details.addEventListener("toggle", async () => {
    if (!details.open || place.firstChild) return;
    const { showHow } = await import("./how.js");
    if (!signal.aborted) showHow(place, hit, signal);
  });
  return details;
}

function reasonItem({ kind, strength, text }) {
  const item = el("li", { className: `why-${kind}` }, el("span", {}, text));
  if (typeof strength === "number") {
    const bar = el("span", { className: "why-strength", "aria-hidden": "true" }, el("span"));
    bar.firstChild.style.setProperty("width", `${Math.round(Math.min(1, Math.max(0.04, strength)) * 100)}%`);
    item.append(bar);
  }
  return item;
}
