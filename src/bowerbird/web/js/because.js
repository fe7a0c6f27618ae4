// Why a product is recommended, and what a list of them is called, in the shopper's words.
import { fieldName, t, valueName } from "./i18n.js";

const SURFACES = ["for-you", "similar", "bought-together", "viewed-together", "complete-the-cart", "trending", "new", "buy-again", "recently-viewed", "because-you-viewed"];
const OF_A_PRODUCT = ["bought_with", "viewed_with", "similar_to", "looks_like"];
const PLAIN = ["next", "shoppers_like_you", "popular", "trending", "new", "bought_before", "viewed_before"];
// Reasons that are the shopper's own.
const OWN = [...OF_A_PRODUCT, "your_taste", "next", "shoppers_like_you"];
const TASTES = ["brand", "category", "color", "size", "material"];
// What a list is called says it of all its products already.
const SAID = {
  similar: ["similar_to", "looks_like"], "bought-together": ["bought_with"], "viewed-together": ["viewed_with"],
  trending: ["trending"], new: ["new"], "buy-again": ["bought_before"], "recently-viewed": ["viewed_before"],
};

// What a list may hold by its name, and what at least one of it must be; the rest is there to fill it up, and is left out.
const HELD = {
  "bought-together": [...OF_A_PRODUCT, "next"], "viewed-together": [...OF_A_PRODUCT, "next"], "because-you-viewed": [...OF_A_PRODUCT, "next"],
  "complete-the-cart": [...OF_A_PRODUCT, "next", "shoppers_like_you"], trending: ["trending", "popular"],
};
const NEEDED = { "bought-together": "bought_with", "viewed-together": "viewed_with" };

/** The answer of a surface with only what its name promises; without any hits where that is nothing. */
export function kept(answer) {
  const held = HELD[answer.surface], needed = NEEDED[answer.surface];
  const hits = held ? answer.hits.filter(({ why }) => held.includes(why?.kind)) : answer.hits;
  return { ...answer, hits: needed && !hits.some(({ why }) => why.kind === needed) ? [] : hits };
}

/** What a surface is called, or null for one that this page does not know. */
export function surfaceName({ surface, anchor, hits = [] }) {
  if (!SURFACES.includes(surface)) return null;
  if (surface === "for-you" && !hits.some(({ why }) => OWN.includes(why?.kind))) return t("surface.for-anybody");
  if (surface === "because-you-viewed") return anchor?.title ? t("surface.because-you-viewed", { title: anchor.title }) : t("surface.because");
  return t(`surface.${surface}`);
}

/** The reason of a recommended hit, or null where its list has said it or where this page does not know it. */
export function becauseOf(why, { surface, anchor } = {}) {
  if (!why || SAID[surface]?.includes(why.kind)) return null;
  const { kind, title, product, field, value } = why;
  if (OF_A_PRODUCT.includes(kind)) return title && product !== anchor?.id ? t(`because.${kind}`, { title }) : null;
  if (kind === "your_taste") return tasteOf(field, value);
  return PLAIN.includes(kind) ? t(`because.${kind}`) : null;
}

/** "You like ...", of a field and its value; also said of search results. */
export function tasteOf(field, value) {
  if (!field || !value) return t("because.your_taste");
  const name = field === "colour" ? "color" : field;
  const shown = valueName(name, value);
  return TASTES.includes(name) ? t(`because.taste.${name}`, { value: shown }) : t("because.taste.other", { field: fieldName(field), value: shown });
}
