// The cart, kept on this device only.
import { record } from "./events.js";
import { originOf } from "./impressions.js";

const KEPT = "bowerbird-cart";
const MOST_LINES = 100;
/** So many of one thing at most. */
export const MOST = 99;
const listeners = new Set();
let inMemory = [];

/** What is in the cart, oldest first: [{id, variant, title, options, brand, image, price, currency, quantity}]. */
export function lines() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line?.id === "string" && line.quantity > 0) : [];
  } catch {
    return inMemory;
  }
}

/** How many things are in it. */
export const count = () => lines().reduce((sum, { quantity }) => sum + quantity, 0);

/** What they cost together, by currency: [[amount, currency]]. */
export function totals() {
  const sums = new Map();
  for (const { price, currency, quantity } of lines()) if (price != null) sums.set(currency ?? "", (sums.get(currency ?? "") ?? 0) + price * quantity);
  return [...sums].map(([currency, amount]) => [Math.round(amount * 100) / 100, currency]);
}

/** What tells two lines apart: the product and its variant. */
export const keyOf = ({ id, variant }) => JSON.stringify([id, variant ?? null]);

const same = (one, other) => keyOf(one) === keyOf(other);

/** Put one more of something into it. */
export function add(line) {
  const now = lines(), there = now.find((other) => same(other, line));
  setQuantity(there ?? { ...line, quantity: 0 }, (there?.quantity ?? 0) + 1);
}

/** Have so many of a line; 0 takes it out. What is more or less than before is told as GA4 tells it. */
export function setQuantity(line, quantity) {
  const now = lines(), place = now.findIndex((other) => same(other, line));
  const before = place < 0 ? 0 : now[place].quantity, after = Math.max(0, Math.min(MOST, Math.round(quantity)));
  if (before === after) return;
  if (place < 0) now.push({ ...line, quantity: after });
  else if (after) now[place] = { ...now[place], quantity: after };
  else now.splice(place, 1);
  keep(now.slice(-MOST_LINES));
  const changed = [{ ...line, quantity: Math.abs(after - before) }];
  record(after > before ? "add_to_cart" : "remove_from_cart", { ...originOf(line.id), ...moneyOf(changed), items: itemsOf(changed) });
}

/** Bring what is known of a product up to date in its lines. */
export function refresh(line, known) {
  const now = lines(), there = now.find((other) => same(other, line));
  if (!there || Object.entries(known).every(([name, value]) => there[name] === value)) return;
  Object.assign(there, known);
  keep(now);
}

/** Take everything out. */
export const empty = () => keep([]);

/** Lines as GA4's items. */
export function itemsOf(some) {
  return some.map(({ id, variant, price, quantity }) => ({ item_id: id, ...(variant && { item_variant: variant }), ...(price != null && { price }), quantity }));
}

/** GA4's value and currency of lines, where they have one currency. */
export function moneyOf(some) {
  const currencies = new Set(some.map(({ currency }) => currency ?? ""));
  if (currencies.size !== 1 || some.some(({ price }) => price == null)) return {};
  const value = some.reduce((sum, { price, quantity }) => sum + price * quantity, 0), [currency] = currencies;
  return { value: Math.round(value * 100) / 100, ...(currency && { currency }) };
}

/** Be told when it changes. */
export function onCart(listener) {
  listeners.add(listener);
}

function keep(next) {
  inMemory = next;
  try { localStorage.setItem(KEPT, JSON.stringify(next)); } catch { /* It lives as long as the page. */ }
  tell();
}

function tell() {
  for (const listener of [...listeners]) listener();
}

// Another window has put something in, or taken it out.
addEventListener("storage", ({ key }) => { if (key === KEPT || key === null) tell(); });
