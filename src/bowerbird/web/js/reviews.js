// A product's reviews: how the stars are spread, and what was written, sorted and filtered on the page.
import { announce, el } from "./dom.js";
import { language, number, t } from "./i18n.js";
import { icon } from "./product_icons.js";
import { starLine } from "./stars.js";

const FIRST = 5;
const MORE = 10;
const STARS = [5, 4, 3, 2, 1];
const ORDERS = {
  newest: (one, other) => String(other.created_at ?? "").localeCompare(String(one.created_at ?? "")),
  best: (one, other) => (other.rating ?? 0) - (one.rating ?? 0),
  worst: (one, other) => (one.rating ?? 6) - (other.rating ?? 6),
};

/** The language a text is written in, as far as this shop's two are concerned. */
export function languageOf(text) {
  const chinese = (text.match(/\p{Script=Han}/gu) ?? []).length;
  return chinese > 0 && chinese * 4 >= text.replace(/\s/g, "").length ? "zh" : "en";
}

/** The section of a product view's reviews, or null where nobody has rated it. */
export function reviewsSection(view) {
  const reviews = (view.reviews ?? []).map((review) => ({ ...review, language: languageOf(`${review.title ?? ""} ${review.text ?? ""}`) }));
  if (!view.review_count && !reviews.length && view.rating == null) return null;
  const state = { order: "newest", stars: null, language: null, shown: FIRST };
  const list = el("ol", { className: "reviews-list", tabIndex: -1 });
  const told = el("p", { className: "reviews-count" });
  const more = el("button", { type: "button", className: "button reviews-more" });
  const bars = STARS.map((star) => starBar(star, view.rating_counts ?? {}, view.review_count, (pressed) => change({ stars: pressed ? star : null })));

  function chosen() {
    return reviews
      .filter((review) => (state.stars === null || Math.round(review.rating ?? 0) === state.stars) && (state.language === null || review.language === state.language))
      .sort(ORDERS[state.order]);
  }
  function draw() {
    const found = chosen();
    list.replaceChildren(...found.slice(0, state.shown).map(reviewItem));
    told.textContent = found.length ? t("reviews.shown", { shown: Math.min(state.shown, found.length), count: found.length }) : t("reviews.none_fit");
    more.hidden = found.length <= state.shown;
    more.textContent = t("reviews.more", { count: Math.min(MORE, found.length - state.shown) });
    bars.forEach((bar) => bar.mark(state.stars));
  }
  function change(next) {
    Object.assign(state, { shown: FIRST }, next);
    draw();
    announce(told.textContent);
  }
  more.addEventListener("click", () => {
    const before = state.shown;
    state.shown += MORE;
    draw();
    // The focus goes to the first of the new ones, where reading goes on.
    list.children[before]?.focus();
  });
  draw();

  const written = reviews.length > 0;
  return el("section", { className: "reviews", id: "reviews", "aria-labelledby": "reviews-title" },
    el("h2", { id: "reviews-title" }, t("reviews.title")),
    el("div", { className: "reviews-layout" },
      el("div", { className: "reviews-summary" },
        view.rating == null ? null : el("p", { className: "reviews-average" }, el("strong", {}, number(view.rating, { minimumFractionDigits: 1, maximumFractionDigits: 1 })), starLine(view.rating),
          el("span", {}, t("reviews.count", { count: view.review_count ?? reviews.length }))),
        el("ul", { className: "reviews-bars", "aria-label": t("reviews.spread") }, ...bars.map((bar) => el("li", {}, bar.element)))),
      written ? el("div", { className: "reviews-written" }, controls(reviews, change), told, list, more)
        : el("p", { className: "reviews-count" }, t("reviews.only_stars"))));
}

function starBar(star, counts, total, toggled) {
  const count = counts[star] ?? 0, share = total ? count / total : 0;
  const fill = el("span");
  fill.style.setProperty("width", `${(share * 100).toFixed(1)}%`);
  const element = el("button", {
    type: "button", className: "reviews-bar", disabled: count === 0, "aria-pressed": "false",
    "aria-label": t("reviews.bar", { stars: star, count, percent: Math.round(share * 100) }),
  }, el("span", { className: "reviews-bar-name" }, String(star), icon("star")), el("span", { className: "reviews-bar-track" }, fill), el("span", { className: "reviews-bar-count" }, number(count)));
  element.addEventListener("click", () => toggled(element.getAttribute("aria-pressed") !== "true"));
  return { element, mark(picked) { element.setAttribute("aria-pressed", String(picked === star)); } };
}

function controls(reviews, change) {
  const order = el("select", { className: "select" }, ...Object.keys(ORDERS).map((name) => el("option", { value: name }, t(`reviews.order.${name}`))));
  order.addEventListener("change", () => change({ order: order.value }));
  const bar = el("div", { className: "reviews-controls" }, el("label", {}, el("span", {}, t("reviews.order")), order));
  const languages = [...new Set(reviews.map((review) => review.language))].sort();
  if (languages.length > 1) {
    const pick = el("select", { className: "select" }, el("option", { value: "" }, t("reviews.language.all")),
      ...languages.map((name) => el("option", { value: name, lang: name }, t(`reviews.language.${name}`))));
    pick.addEventListener("change", () => change({ language: pick.value || null }));
    bar.append(el("label", {}, el("span", {}, t("reviews.language")), pick));
  }
  return bar;
}

function reviewItem(review) {
  const lang = review.language;
  const by = [review.author, dateOf(review.created_at)].filter(Boolean).join(" · ");
  return el("li", { className: "review", tabIndex: -1 },
    el("div", { className: "review-head" }, review.rating == null ? null : starLine(review.rating), review.title ? el("h3", { lang, dir: "auto" }, review.title) : null),
    review.text ? el("p", { lang, dir: "auto" }, review.text) : null,
    by ? el("p", { className: "review-by", dir: "auto" }, by) : null);
}

function dateOf(text) {
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleDateString(language(), { year: "numeric", month: "long", day: "numeric" });
}
