// The home view: a welcome, a few ways to begin, what is recommended, the departments and what is new. All of it is
// read from the shop.
import { capabilities, call } from "./api.js";
import { card, skeletonCard } from "./card.js";
import { el } from "./dom.js";
import { foreign, language, t, valueName } from "./i18n.js";
import { homeShelves } from "./home_shelves.js";
import { icon } from "./icons.js";
import { picture } from "./picture.js";
import { restoreScroll } from "./scroll.js";
import { productAddress, write } from "./state.js";

const DEPARTMENTS = 12;
const ARCHES = 3;
const STARTERS = 6;
const ROW = 12;
const MOST_COLUMNS = 6;
const LOVED = 4;
const COLOURS = /^colou?r$|^颜色$/i;
let kept = null;

/** Show the home view. What it shows is kept for the way back. */
export async function show(view, signal, way) {
  document.title = t("home.page_title");
  const page = frame();
  view.replaceChildren(page.element);
  const shelves = page.shelves.fill(signal);
  try {
    const fresh = !kept || kept.language !== language();
    if (fresh) kept = { language: language(), shop: await capabilities(), ...(await readShop(signal)) };
    if (signal.aborted) return;
    page.fill(kept, await shelves);
    restoreScroll(way);
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    page.fill({ departments: [], newest: [], loved: [], shop: null }, []);
    throw error;
  }
}

/** Told when another view comes. */
export function leave() {}

const ask = (body, signal) => call("/v1/search", { lang: language(), ...body }, signal);

async function readShop(signal) {
  const [newest, loved] = await Promise.all([
    ask({ sort: "newest", per_page: ROW, facets: [{ field: "category", limit: 400 }] }, signal),
    ask({ sort: "rating:desc", per_page: 3 * ROW }, signal),
  ]);
  const tops = mostlyFull((newest.facets[0]?.values ?? []).filter(({ value }) => !value.includes("/"))).slice(0, DEPARTMENTS);
  const departments = await Promise.all(tops.map(async ({ value, count }) => {
    const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
    const best = await ask({ filters: `category UNDER ${quoted}`, sort: "rating:desc", per_page: 4 }, signal);
    return { value, count, hits: best.hits };
  }));
  // No two departments show the same thing, though one thing may stand in both.
  const shown = new Set();
  for (const one of departments) {
    one.face = one.hits.find((hit) => hit.image && !shown.has(hit.image)) ?? one.hits.find((hit) => hit.image) ?? null;
    shown.add(one.face?.image);
  }
  const seen = new Set([...newest.hits, ...departments.map(({ face }) => face)].map((hit) => hit?.id));
  return { departments, newest: newest.hits, loved: loved.hits.filter((hit) => hit.rating >= LOVED && !seen.has(hit.id)), total: newest.total };
}

/** Departments of a product or two are left out where there are others to show. */
function mostlyFull(values) {
  const full = values.filter(({ count }) => count > 2);
  return full.length >= 3 ? full : values;
}

function frame() {
  const starters = el("ul", { className: "starters", "aria-label": t("home.try") });
  const arches = el("div", { className: "arches" }, ...Array.from({ length: ARCHES }, () => el("div", { className: "arch skeleton-box" })));
  const tiles = el("ul", { className: "tiles" }, ...Array.from({ length: 10 }, () => el("li", { className: "tile is-skeleton", "aria-hidden": "true" }, el("span", { className: "tile-photo skeleton-box" }), el("span", { className: "skeleton-line is-long" }))));
  const departments = section("home.departments", tiles), newest = cardRow("home.newest", { sort: "newest" }), loved = cardRow("home.loved", { sort: "rating:desc" });
  const shelves = homeShelves();
  const all = el("a", { className: "section-more", href: "/search", hidden: true }, t("home.see_all"), icon("arrow"));
  departments.element.firstChild.append(all);
  const element = el("div", { className: "home" },
    el("section", { className: "hero", "aria-labelledby": "hero-title" },
      el("div", { className: "hero-text" }, el("h1", { id: "hero-title", className: "hero-title" }, t("home.title")), el("p", { className: "hero-lead" }, t("home.lead")), starters),
      arches),
    shelves.element, departments.element, newest.element, loved.element);
  return {
    element, shelves,
    fill(shop, surfaces) {
      all.hidden = !shop.total;
      all.firstChild.textContent = t("home.all", { count: shop.total ?? 0 });
      drawArches(arches, shop);
      starters.replaceChildren(...startersOf(shop.departments).map(starterChip));
      departments.element.hidden = !shop.departments.length;
      tiles.style.setProperty("--columns", columnsFor(shop.departments.length));
      tiles.replaceChildren(...shop.departments.map(tile));
      // What is new may stand on a shelf already.
      newest.fill(surfaces.includes("new") ? [] : shop.newest);
      loved.fill(shop.loved);
    },
  };
}

/** So many tiles in a row that the rows are as even as they can be. */
const columnsFor = (count) => String(Math.ceil(count / Math.ceil(count / MOST_COLUMNS)) || 1);

function section(key, ...content) {
  const id = key.replace(".", "-");
  return { element: el("section", { className: "home-section", "aria-labelledby": id }, el("div", { className: "section-head" }, el("h2", { id }, t(key))), ...content) };
}

function cardRow(key, state) {
  const list = el("ul", { className: "grid card-row" }, ...Array.from({ length: 6 }, skeletonCard));
  const { element } = section(key, list);
  element.firstChild.append(el("a", { className: "section-more", href: write(state), "aria-label": `${t(key)}: ${t("home.see_all")}` }, t("home.see_all"), icon("arrow")));
  return {
    element,
    fill(hits) {
      element.hidden = hits.length < 3;
      list.replaceChildren(...hits.slice(0, ROW).map((hit) => card(hit)));
    },
  };
}

function tile({ value, count, face }) {
  const photo = picture(face?.image ?? null, { sizes: "(min-width: 900px) 190px, 30vw", className: "tile-photo" });
  return el("li", { className: "tile" }, photo.box, el("a", { className: "tile-link", href: write({ picked: { category: [value] } }) },
    el("span", { className: "tile-name", lang: foreign(valueName("category", value)) }, valueName("category", value)),
    el("span", { className: "tile-count" }, t("home.count", { count }))));
}

/** Three things of three departments stand in the bower. */
function drawArches(place, { departments }) {
  // Something else than what stands for the department, where it has more to show.
  const chosen = departments.map(({ face, hits }) => hits.find((hit) => hit.image && hit !== face) ?? face).filter(Boolean).slice(0, ARCHES);
  place.hidden = chosen.length < ARCHES;
  place.replaceChildren(...chosen.map((hit) => {
    const photo = picture(hit.image, { sizes: "(min-width: 900px) 220px, 30vw", eager: true, className: "arch-photo" });
    return el("a", { className: "arch", href: productAddress(hit.id), "aria-label": hit.title, lang: foreign(hit.title) }, photo.box);
  }));
}

/** Queries to begin with: a colour and a kind that the shop is sure to have, in the interface's language. */
export function startersOf(departments) {
  const found = [];
  for (const { hits } of departments) {
    for (const hit of hits) {
      const colour = Object.entries(hit.variant?.attributes ?? {}).find(([name]) => COLOURS.test(name))?.[1] ?? hit.swatches?.[0]?.value;
      const kind = hit.categories?.[0]?.split("/").at(-1);
      if (typeof colour !== "string" || !kind || !hit.categories[0].includes("/")) continue;
      const [named, sort] = [valueName("color", colour), valueName("category", hit.categories[0])];
      const text = language() === "zh" && !foreign(named) && !foreign(sort) ? `${named}${sort}` : `${colour} ${kind}`.toLowerCase();
      if (!found.some((other) => other.text === text)) found.push({ text, hit });
      break;
    }
  }
  return found.slice(0, STARTERS);
}

function starterChip({ text }) {
  return el("li", {}, el("a", { className: "chip starter", href: write({ q: text }), lang: foreign(text) }, icon("search"), text));
}
