// Who shops here, as far as they let the shop know: their choice, a random name of this device, and the shop's account.
const CHOICE = "bowerbird-consent";
const DEVICE = "bowerbird-session";
const DAY_MS = 86_400_000;
// A device that has not been here for so long is a new one.
const FORGOTTEN_AFTER_MS = 90 * DAY_MS;
const LONGEST_USER = 200;
const listeners = new Set();
const inMemory = new Map();
let user = "";

function kept(name) {
  try { return localStorage.getItem(name); } catch { return inMemory.get(name) ?? null; }
}

function keep(name, text) {
  if (text === null) inMemory.delete(name); else inMemory.set(name, text);
  try {
    if (text === null) localStorage.removeItem(name); else localStorage.setItem(name, text);
  } catch { /* Storage is not allowed here: it holds for this page. */ }
}

/** A random name, 128 bits. `crypto.randomUUID` is not there on a page without HTTPS. */
export function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the shop may learn from this visit: "yes", "no", or null while nobody has said. */
export function choice() {
  const said = kept(CHOICE);
  if (said === "yes" || said === "no") return said;
  // A browser that says no for its owner is an answer too, until its owner gives another here.
  return navigator.globalPrivacyControl ? "no" : null;
}

/** Keep the shopper's choice. A no takes the device's name with it. */
export function choose(yes) {
  keep(CHOICE, yes ? "yes" : "no");
  if (!yes) keep(DEVICE, null);
  tell(!yes);
}

/** Whom requests and events may name: {user, session}, each where there is one; empty without consent. */
export function who() {
  if (choice() !== "yes") return {};
  return { ...(user && { user }), session: session() };
}

function session(now = Date.now()) {
  let device = null;
  try { device = JSON.parse(kept(DEVICE)); } catch { /* Not one of ours. */ }
  const fits = /^[0-9a-f]{32}$/.test(device?.id) && now - device.at < FORGOTTEN_AFTER_MS;
  if (!fits) device = { id: randomName(), at: 0 };
  if (now - device.at > DAY_MS || !fits) keep(DEVICE, JSON.stringify({ id: device.id, at: now }));
  return device.id;
}

/** Begin anew under another name, as after everything known was erased. */
export function forgetSession() {
  keep(DEVICE, null);
  tell(true);
}

/** The shop's account of whoever is here, or null when they leave it: then this device gets a new name as well. */
export function identify(account) {
  const next = account === null || account === undefined ? "" : String(account).slice(0, LONGEST_USER);
  if (next === user) return;
  const left = user && !next;
  user = next;
  if (left) keep(DEVICE, null);
  tell();
}

/** Be told when the choice or the account changes; `listener(forget)`, true where nothing of before may be told any more. */
export function onShopper(listener) {
  listeners.add(listener);
}

function tell(forget = false) {
  for (const listener of [...listeners]) listener(forget);
}

addEventListener("storage", ({ key }) => { if (key === CHOICE || key === null) tell(); });
