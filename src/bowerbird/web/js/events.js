// What the shopper does, told to the shop: in batches, again with the same ids until it is acknowledged, and by a
// beacon when the page goes. Before the shopper has said yes or no, nothing is told; after a no, nobody is named.
import { choice, onShopper, randomName, who } from "./shopper.js";
import { storedKey } from "./key_dialog.js";

const ADDRESS = "/v1/events";
const KEPT = "bowerbird-unsent";
const MOST_KEPT = 500;
const BATCH = 50;
const SOON_MS = 600;
const AT_ONCE_MS = 20;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 120_000;
// A beacon takes 64 KiB at most.
const MOST_IN_A_BEACON = 60_000;
// What recommendations hang on is not kept waiting.
const AT_ONCE = new Set(["select_item", "view_item", "add_to_cart", "remove_from_cart", "purchase", "login"]);
const gatherers = new Set();
let queue = [], timer = 0, sending = null, pause = FIRST_PAUSE_MS, away = false;

/** Tell the shop of an event by its GA4 name; `parameters` as GA4 names them. Nothing where nobody has agreed. */
export function record(name, parameters = {}) {
  const said = choice();
  if (said === null || away) return;
  const whose = said === "yes" ? { ...who(), consent: true } : { consent: false };
  queue.push({ id: randomName(), name, timestamp_micros: Date.now() * 1000, ...whose, ...parameters });
  plan(AT_ONCE.has(name) ? AT_ONCE_MS : SOON_MS);
}

/** Be asked for what is not recorded yet whenever events are about to be sent. */
export function beforeSending(gather) {
  gatherers.add(gather);
}

/** A promise that is kept once what was recorded so far has been answered, or could not be sent. */
export async function told() {
  clearTimeout(timer);
  timer = 0;
  await sending;
  await send();
}

let due = Infinity;

function plan(wait) {
  const at = performance.now() + wait;
  if (timer && due <= at) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(() => { timer = 0; send(); }, wait);
}

function send() {
  sending ??= sendAll().finally(() => { sending = null; });
  return sending;
}

async function sendAll() {
  for (const gather of gatherers) gather();
  while (queue.length && !away) {
    const batch = queue.slice(0, BATCH), done = await post(batch);
    if (!done) {
      plan(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      return;
    }
    pause = FIRST_PAUSE_MS;
    queue = queue.filter((event) => !batch.includes(event));
  }
}

/** Whether a batch is done with: taken, or so wrong that to send it again would not help. */
async function post(batch) {
  try {
    const answer = await fetch(ADDRESS, { method: "POST", headers: headers(), body: bodyOf(batch), keepalive: batch.length < BATCH });
    away = answer.status === 404;
    return answer.ok || [400, 404, 413, 422].includes(answer.status);
  } catch {
    return false;
  }
}

const bodyOf = (events) => JSON.stringify({ events });

function headers() {
  const key = storedKey();
  return { "Content-Type": "application/json", ...(key && { Authorization: `Bearer ${key}` }) };
}

// --- the page goes and comes

function leave() {
  for (const gather of gatherers) gather();
  if (!queue.length || away) return;
  let batch = queue.slice(-BATCH);
  while (bodyOf(batch).length > MOST_IN_A_BEACON) batch = batch.slice(Math.ceil(batch.length / 2));
  // A beacon carries no key.
  if (storedKey()) fetch(ADDRESS, { method: "POST", headers: headers(), body: bodyOf(batch), keepalive: true }).catch(() => {});
  else navigator.sendBeacon(ADDRESS, new Blob([bodyOf(batch)], { type: "application/json" }));
  // Nobody hears whether it came, so those who agreed to be known send it again next time, under the same ids.
  if (choice() === "yes") keepUnsent([...keptUnsent(), ...queue]);
  queue = [];
}

function comeBack() {
  const known = new Set(queue.map(({ id }) => id));
  queue = [...keptUnsent().filter(({ id }) => !known.has(id)), ...queue];
  keepUnsent([]);
  if (queue.length) plan(SOON_MS);
}

function keptUnsent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keepUnsent(events) {
  try {
    if (events.length) localStorage.setItem(KEPT, JSON.stringify(events.slice(-MOST_KEPT)));
    else localStorage.removeItem(KEPT);
  } catch { /* They are lost with the page. */ }
}

onShopper((forget) => {
  if (!forget) return;
  queue = queue.filter((event) => !event.consent);
  keepUnsent([]);
});
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); else comeBack(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) comeBack(); });
addEventListener("online", () => { pause = FIRST_PAUSE_MS; if (queue.length) plan(AT_ONCE_MS); });
comeBack();
