// "Why this?" on a hit: the reasons that the search gave, in the shopper's words.
import { el } from "./dom.js";
import { fieldName, language, number, t, valueName } from "./i18n.js";
import { openBubble } from "./popover.js";

const PLACES = ["title", "brand", "category", "description", "id"];
const MOST = 6;

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
  filter: ({ field, value }) => (value == null ? t("why.filter_alone", { field: fieldName(field) })
    : t("why.filter", { field: fieldName(field), value: valueName(field, String(value)) })),
  rating: ({ value, count }) => t("why.rating", { value: number(Number(value), { maximumFractionDigits: 1 }), count }),
};

function joined(parts) {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(parts);
}

/** The sentences for a hit's reasons, strongest first; kinds that this page does not know yet are left out. */
function sentences(reasons = []) {
  return reasons.filter((reason) => Object.hasOwn(SAYINGS, reason.kind)).slice(0, MOST)
    .map((reason) => ({ kind: reason.kind, strength: reason.strength, text: SAYINGS[reason.kind](reason) }));
}

/** Open the reasons of a hit beside the button that asked for them. */
export function openWhy(anchor, hit) {
  openBubble(anchor, {
    title: t("why.title"), className: "why",
    content: [el("ul", { className: "why-reasons" }, ...sentences(hit.reasons).map(reasonItem))],
  });
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
