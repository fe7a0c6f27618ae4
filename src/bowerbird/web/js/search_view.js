// The search view: how the query was read, the filters, the products found, and all that comes after them.
import { capabilities } from "./api.js";
import { cardsOf } from "./grid.js";
import { drawUnderstood } from "./chips.js";
import { correctedNote, correctedText } from "./corrected.js";
import { announce, el } from "./dom.js";
import { emptyNote, failedNote } from "./empty.js";
import { facetPanel } from "./facets.js";
import { filterDrawer } from "./drawer.js";
import { forgetFound, keptFor, lastPage, loadPage } from "./found.js";
import { onLanguage, t } from "./i18n.js";
import { startPager } from "./pager.js";
import { restoreScroll } from "./scroll.js";
import { foundNothing } from "./search_events.js";
import { drawBanners, followRedirect } from "./shop_notes.js";
import { asks, go, read, write } from "./state.js";

const DIM_MS = 150;
const SORTS = ["relevance", "price:asc", "price:desc", "rating:desc", "newest"];
let layout = null;
let running = new AbortController();
let drawn = null;

onLanguage(() => { forgetFound(); layout = null; });

/** Show what the address asks for; what is shown stays until there is something else to show. */
export async function show(view, viewSignal, way, state) {
  if (!layout || layout.element.parentElement !== view) open(view);
  const query = write({ ...state, page: 1 });
  // Scrolling names pages in the address; to be sent to one that is on the screen already is no new search.
  if (drawn?.query === query && way === "replace" && !drawn.found.unfinished && !drawn.found.redirect && state.page >= drawn.found.first && state.page <= drawn.found.last) return;
  running.abort();
  running = new AbortController();
  layout.pager.pause();
  const signal = AbortSignal.any([running.signal, viewSignal]);
  document.title = titleFor(state);
  layout.sort.value = state.sort;
  drawUnderstood(layout.understood, state, null);
  const before = way === "back" ? keptFor(state) : null;
  if (before && state.page >= before.first && state.page <= before.last) {
    draw(before, state, query);
    return restoreScroll(way);
  }
  const dimming = setTimeout(() => layout.element.setAttribute("aria-busy", "true"), DIM_MS);
  if (!drawn) {
    layout.cards.skeletons();
    layout.pager.expect(state);
  }
  try {
    const found = await loadPage(state, state.page, signal, { fresh: true, typing: way === "typing" });
    if (signal.aborted || followRedirect(found.redirect, way)) return;
    draw(found, read(), query);
    restoreScroll(way);
    announce(correctedText(state, found) + countText(found));
  } catch (error) {
    if (!signal.aborted && error.name !== "AbortError") failed(error, state, () => show(view, viewSignal, way, state));
  } finally {
    clearTimeout(dimming);
    if (!signal.aborted) layout.element.removeAttribute("aria-busy");
  }
}

/** Told when another view takes the place of this one. */
export function leave() {
  running.abort();
  layout?.pager.stop();
  layout?.drawer.close();
  layout = null;
  drawn = null;
}

function open(view) {
  const count = el("p", { className: "results-count", id: "results-count" });
  const sort = el("select", { id: "sort", className: "field sort" }, ...SORTS.map((name) => el("option", { value: name }, t(`sort.${name}`))));
  sort.addEventListener("change", () => go({ sort: sort.value }));
  const understood = el("div", { className: "understood" });
  const note = el("div", { className: "results-note" });
  const facets = facetPanel();
  const drawer = filterDrawer(facets.element);
  const banners = el("ul", { className: "shop-banners", "aria-label": t("results.banners"), hidden: true });
  const cards = cardsOf(el("ol", { className: "grid", "aria-labelledby": "results-count" }));
  const pager = startPager({ cards, show: (found, state) => { layout.count.textContent = countText(found); drawn = { query: write({ ...state, page: 1 }), found }; } });
  const element = el("div", { className: "results" },
    el("h1", { className: "visually-hidden" }, t("results.heading")),
    drawer.aside,
    el("section", { className: "results-main", "aria-labelledby": "results-title" },
      el("h2", { className: "visually-hidden", id: "results-title" }, t("results.label")),
      understood,
      el("div", { className: "results-bar" }, drawer.button, count, el("label", { className: "sort-place" }, el("span", {}, t("sort.label")), sort)),
      note, banners, pager.before, cards.list, pager.after));
  view.replaceChildren(element);
  layout = { element, count, sort, understood, note, banners, facets, drawer, cards, pager };
  drawn = null;
}

function draw(found, state, query) {
  drawn = { query, found };
  layout.count.textContent = countText(found);
  drawUnderstood(layout.understood, state, found);
  drawBanners(layout.banners, found.banners ?? []);
  layout.cards.show(found);
  layout.pager.start(found, state);
  layout.note.replaceChildren(...correctedNote(state, found), ...(found.total === 0 ? [emptyNote(state, found)] : beyondNote(found, state)));
  layout.element.classList.remove("is-alone");
  layout.element.classList.toggle("is-empty", found.total === 0);
  drawFilters(found);
  layout.drawer.set(found.total, state);
  if (found.total === 0) foundNothing(found, () => drawn?.found === found);
}

/** The products are painted first, the filters a moment later. */
async function drawFilters(found) {
  const shop = await capabilities().catch(() => null);
  await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  if (shop && drawn?.found === found) layout?.facets.draw(shop, found.facets ?? [], read());
}

/** An address may name a page that there is no more. */
function beyondNote(found, state) {
  if (found.pages.get(state.page)?.hits.length || state.page <= lastPage(found)) return [];
  return [el("p", { className: "note" }, t("results.beyond"), " ", el("a", { href: write({ ...state, page: 1 }) }, t("results.first_page")))];
}

function failed(error, state, again) {
  layout.note.replaceChildren(failedNote(error, state, again));
  if (!drawn) {
    layout.cards.clear();
    layout.count.textContent = "";
    layout.element.classList.add("is-alone");
  }
}

function countText(found) {
  return t(found.exhaustive === false ? "results.at_least" : "results.count", { count: found.total });
}

function titleFor(state) {
  const what = state.q.trim() || (state.photo ? t("title.photo") : state.like.length ? t("title.like") : asks(state) ? t("title.filtered") : t("title.all"));
  return `${what} · Bowerbird`;
}
