// What is asked, as the address holds it. The address is the state: to change the query is to go somewhere, so back,
// forward, reload and a shared link all find the same results.
import { saveScroll } from "./scroll.js";

/** A query that asks for nothing. */
export const BLANK = Object.freeze({
  q: "", exact: false, not: "", photo: null, like: [], unlike: [], picked: {}, ranges: {}, sort: "relevance", page: 1,
});
const SORTS = ["relevance", "price:asc", "price:desc", "rating:desc", "newest"];
const MOST_EXAMPLES = 8;
const listeners = new Set();

/** The state that an address ("?q=..." or a URL) holds; what makes no sense in it is left out. */
export function read(address = location.search) {
  const given = new URLSearchParams(address instanceof URL ? address.search : address);
  const whole = Number(given.get("page"));
  return {
    q: (given.get("q") ?? "").slice(0, 2000),
    exact: given.get("exact") === "1",
    not: (given.get("not") ?? "").slice(0, 2000),
    photo: photoOf(given),
    like: [...new Set(given.getAll("like"))].filter(Boolean).slice(0, MOST_EXAMPLES),
    unlike: [...new Set(given.getAll("unlike"))].filter(Boolean).slice(0, MOST_EXAMPLES),
    picked: pairsOf(given.getAll("f"), (values, value) => (values.includes(value) ? values : [...values, value]), []),
    ranges: pairsOf(given.getAll("r"), (range, text) => rangeOf(text) ?? range, null),
    sort: SORTS.includes(given.get("sort")) ? given.get("sort") : "relevance",
    page: Number.isInteger(whole) && whole > 1 ? whole : 1,
  };
}

function photoOf(given) {
  const key = given.get("photo");
  if (!/^[0-9a-f]{8,64}$/.test(key ?? "")) return null;
  const weight = given.has("pw") ? Number(given.get("pw")) : 0.5;
  const box = (given.get("box") ?? "").split(",").map(Number);
  const fits = box.length === 4 && box.every((edge) => edge >= 0 && edge <= 1) && box[2] > 0 && box[3] > 0;
  return { key, weight: weight >= 0 && weight <= 1 ? weight : 0.5, box: fits ? box : null };
}

function pairsOf(pairs, gather, first) {
  const found = Object.create(null);
  for (const pair of pairs) {
    const cut = pair.indexOf(":");
    if (cut < 1) continue;
    const field = pair.slice(0, cut), value = gather(found[field] ?? first, pair.slice(cut + 1));
    if (value !== null) found[field] = value;
  }
  return { ...found };
}

function rangeOf(text) {
  const [low, high] = text.split("..").map((end) => (end === "" || !Number.isFinite(Number(end)) ? null : Number(end)));
  return (low ?? null) === null && (high ?? null) === null ? null : [low, high ?? null];
}

/** The address that holds a state; whatever the state lacks asks for nothing. */
export function write(state) {
  const full = { ...BLANK, ...state }, given = new URLSearchParams();
  if (full.q) given.set("q", full.q);
  if (full.exact && full.q) given.set("exact", "1");
  if (full.not) given.set("not", full.not);
  if (full.photo) {
    given.set("photo", full.photo.key);
    if (full.photo.box) given.set("box", full.photo.box.map((edge) => Number(edge.toFixed(4))).join(","));
    if ((full.photo.weight ?? 0.5) !== 0.5) given.set("pw", String(Number(full.photo.weight.toFixed(2))));
  }
  for (const id of full.like) given.append("like", id);
  for (const id of full.unlike) given.append("unlike", id);
  for (const [field, values] of Object.entries(full.picked)) for (const value of values) given.append("f", `${field}:${value}`);
  for (const [field, [low, high]] of Object.entries(full.ranges)) given.append("r", `${field}:${low ?? ""}..${high ?? ""}`);
  if (full.sort !== "relevance") given.set("sort", full.sort);
  if (full.page > 1) given.set("page", String(full.page));
  const text = given.toString();
  return text ? `/search?${text}` : "/search";
}

/** The address of a product's page, of one of its variants where one is named. */
export function productAddress(id, variant = null) {
  // A slash stays a slash: ids may hold them, and the server takes the whole rest of the path.
  const path = String(id).split("/").map((part) => (part === "." || part === ".." ? part.replaceAll(".", "%2E") : encodeURIComponent(part))).join("/");
  return `/product/${path}${variant ? `?variant=${encodeURIComponent(variant)}` : ""}`;
}

/**
 * Change the query. Whatever changes it begins at its first page again, and words of one's own are read anew. With
 * `replace` the step before is not kept; `typing` says that the words are not finished. From a page that is no search,
 * the change begins a new query.
 */
export function go(change, { replace = false, typing = false } = {}) {
  const searching = ["/", "/search"].includes(location.pathname);
  const now = searching ? read() : BLANK;
  const next = { ...now, page: 1, ...change };
  if ("q" in change && change.q !== now.q && !("exact" in change)) next.exact = false;
  visit(write(next), { replace, typing });
}

/** Go to an address of this page. */
export function visit(address, { replace = false, typing = false } = {}) {
  const here = location.pathname + location.search + location.hash;
  saveScroll();
  if (replace || address === here) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  tell(typing ? "typing" : replace ? "replace" : "push");
}

/** Change what the address says without anything being searched: the page one has scrolled to. */
export function rename(address) {
  if (address !== location.pathname + location.search) history.replaceState(history.state, "", address);
}

/** Be told of every step: `listener(state, way)`, the way being push, replace, typing or back. Answers what ends it. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(way) {
  const state = read();
  for (const listener of [...listeners]) listener(state, way);
}

addEventListener("popstate", () => tell("back"));

/** Whether a state asks for anything at all. */
export function asks(state) {
  return Boolean(state.q || state.not || state.photo || state.like.length || state.unlike.length
    || Object.keys(state.picked).length || Object.keys(state.ranges).length);
}

/** The state's picked values with one taken in, or taken out where it was in. */
export function toggled(picked, field, value) {
  const values = picked[field] ?? [], next = { ...picked };
  const left = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  if (left.length) next[field] = left; else delete next[field];
  return next;
}

/** An object without one of its keys. */
export function without(pairs, name) {
  return Object.fromEntries(Object.entries(pairs).filter(([key]) => key !== name));
}
