// A rating as stars: drawn to the tenth, and said in words.
import { el } from "./dom.js";
import { number, t } from "./i18n.js";

/** Stars for a rating, with how many reviews it comes from where that is known. */
export function starLine(rating, count = 0) {
  const said = number(rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const drawn = el("span", { className: "stars", role: "img", "aria-label": count ? t("stars.of_reviews", { rating: said, count }) : t("stars.of", { rating: said }) });
  drawn.style.setProperty("--share", `${Math.max(0, Math.min(100, rating * 20))}%`);
  return el("span", { className: "star-line" }, drawn, el("span", { className: "star-text", "aria-hidden": "true" }, count ? `${said} (${number(count)})` : said));
}
