// Which products were really seen, where they stood, and which of them was chosen.
import { beforeSending, record } from "./events.js";
import { choice, onShopper } from "./shopper.js";

// Half of a card for half a second is a look at it; less is a page that scrolls by.
const HALF = 0.5;
const LOOK_MS = 500;
const MOST_ORIGINS = 200;
const shownOn = new WeakMap();
const looks = new Map();
const seen = new Map();
const origins = new Map();
const unasked = new Set();

/**
 * Say what a card shows: `list` is {name, query_id, item_list_id, search_term} of its event, one object for all cards of
 * one answer; `item` is {item_id, index} and what else GA4 knows of it, the index counting from 1.
 */
export function shows(node, list, item) {
  const before = shownOn.get(node);
  if (before?.list === list && before.item.item_id === item.item_id) return;
  shownOn.set(node, { list, item });
  stopLooking(node);
  watcher.unobserve(node);
  watcher.observe(node);
}

/** The list that a product was last chosen from: {query_id, item_list_id}, to be told with what is done with it. */
export function originOf(product) {
  return origins.get(product) ?? {};
}

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting, intersectionRatio } of entries) {
    if (!isIntersecting || intersectionRatio < HALF) stopLooking(target);
    else if (!looks.has(target)) looks.set(target, setTimeout(sawCard, LOOK_MS, target));
  }
}, { threshold: HALF });

function stopLooking(node) {
  clearTimeout(looks.get(node));
  looks.delete(node);
}

function sawCard(node) {
  stopLooking(node);
  watcher.unobserve(node);
  const shown = shownOn.get(node);
  if (!shown || shown.told || !node.isConnected || document.hidden) return;
  if (choice() === null) return unasked.add(node);
  shown.told = true;
  if (!seen.size) setTimeout(tellSeen, LOOK_MS);
  seen.set(shown.list, [...(seen.get(shown.list) ?? []), shown.item]);
}

function tellSeen() {
  const lists = [...seen];
  seen.clear();
  for (const [list, items] of lists) {
    const { name, ...parameters } = list;
    record(name, { ...parameters, items: items.sort((one, other) => one.index - other.index) });
  }
}

function chose({ target, button }) {
  const node = button < 2 ? target.closest?.("a.card-link")?.closest(".card") : null, shown = node && shownOn.get(node);
  if (!shown) return;
  // What was chosen was seen, and so was what stood in sight beside it.
  for (const other of [node, ...looks.keys()]) if (shownOn.get(other)?.list === shown.list) sawCard(other);
  tellSeen();
  const { query_id, item_list_id, search_term } = shown.list, { item_id } = shown.item;
  const origin = { ...(query_id && { query_id }), ...(item_list_id && { item_list_id }) };
  origins.delete(item_id);
  origins.set(item_id, origin);
  if (origins.size > MOST_ORIGINS) origins.delete(origins.keys().next().value);
  record("select_item", { ...origin, ...(search_term && { search_term }), items: [shown.item] });
}

// What is in sight when the shopper says yes or no was seen with their answer.
onShopper(() => {
  for (const node of unasked) if (node.isConnected) watcher.observe(node);
  unasked.clear();
});
beforeSending(tellSeen);
// Before the page's own links take the card away.
document.addEventListener("click", chose, { capture: true });
document.addEventListener("auxclick", chose, { capture: true });
