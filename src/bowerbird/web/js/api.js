// The shop's public HTTP API. A call whose server is gone waits until it is back and is made again; a shop that asks
// for a key gets one from the shopper.
import { serverBack } from "./connection.js";
import { language } from "./i18n.js";
import { askForKey, storedKey } from "./key_dialog.js";
import { bodyOf } from "./query.js";
import { who } from "./shopper.js";

const GONE = [502, 504];
const MOST_ROUNDS = 6;
const NEVER = new AbortController().signal;

/** A call that the service refused: `status`, `code` and the field that was wrong. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? `The service answered ${status}.`);
    this.name = "ApiError";
    this.status = status;
    this.code = error?.code ?? "";
    this.field = error?.field ?? null;
  }
}

/** Call an address: POST with a body (an object, or a FormData), else GET. Answers its JSON; throws ApiError. */
export function call(path, body = null, signal = NEVER) {
  return send(body ? "POST" : "GET", path, body, signal);
}

/** Call an address by any method. Answers its JSON; throws ApiError. */
export async function send(method, path, body = null, signal = NEVER) {
  for (let round = 1; ; round++) {
    const answer = await attempt(method, path, body, signal);
    const value = await answer?.json().catch(() => ({}));
    if (answer?.ok) return value;
    const opening = answer?.status === 503 && [undefined, "not_ready"].includes(value.error?.code);
    if (!answer || ((opening || GONE.includes(answer.status)) && round < MOST_ROUNDS)) {
      await serverBack(signal);
      continue;
    }
    const used = storedKey();
    if (answer.status === 401 && await askForKey(Boolean(used), signal)) continue;
    throw new ApiError(answer.status, value.error);
  }
}

/** Call an address once for something that the page can do without: its JSON, or null where it cannot be had. */
export async function quietly(path, body = null, signal = NEVER) {
  try {
    const answer = await attempt(body ? "POST" : "GET", path, body, signal);
    return answer?.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** One try; null where no server was there to answer. */
async function attempt(method, path, body, signal) {
  const form = body instanceof FormData, key = storedKey();
  const headers = { ...(body && !form && { "Content-Type": "application/json" }), ...(key && { Authorization: `Bearer ${key}` }) };
  try {
    return await fetch(path, { method, headers, body: body && !form ? JSON.stringify(body) : body, signal });
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") throw error;
    return null;
  }
}

/** Search for a state. `facets`, `perPage` and `reasons` as in bodyOf; the photo is read from this device. */
export async function search(state, { facets = [], perPage = 24, reasons = true, unfinished = false } = {}, signal = NEVER) {
  const photo = state.photo ? await photoOf(state.photo.key) : null;
  return call("/v1/search", bodyOf(state, { photo, facets, perPage, language: language(), reasons, unfinished, who: who() }), signal);
}

/** How a product came to its place in the search for a state. With a photo this takes about a second. */
export async function explain(state, product, signal = NEVER) {
  const photo = state.photo ? await photoOf(state.photo.key) : null;
  return call("/v1/explain", { ...bodyOf({ ...state, page: 1 }, { photo, language: language(), reasons: false, who: who() }), product }, signal);
}

// Only who searches with a photo loads what keeps photos.
async function photoOf(key) {
  const { dataUrlOf } = await import("./photo_store.js");
  return dataUrlOf(key);
}

/** Ways to go on from the beginning of a query: [{text, kind, count}]. */
export async function suggest(text, limit, signal) {
  const given = new URLSearchParams({ q: text.slice(0, 200), limit });
  return (await call(`/v1/suggest?${given}`, null, signal)).suggestions ?? [];
}

const pathOf = (id) => String(id).split("/").map((part) => (/^\.{1,2}$/.test(part) ? part.replaceAll(".", "%2E") : encodeURIComponent(part))).join("/");

/** What a product's page shows. */
export function productView(id, lang, signal) {
  return call(`/v1/products/${pathOf(id)}/view?${new URLSearchParams({ lang })}`, null, signal);
}

/** Products like one, as hits. */
export function similar(id, count, signal) {
  return call(`/v1/products/${pathOf(id)}/similar?${new URLSearchParams({ per_page: count, lang: language() })}`, null, signal);
}

/** What was said in a clip: {text}. */
export function transcribe(clip, lang, signal) {
  const form = new FormData();
  form.append("file", clip, `clip.${/\/(\w+)/.exec(clip.type)?.[1] ?? "webm"}`);
  form.append("model", "default");
  if (lang) form.append("language", lang);
  return call("/v1/audio/transcriptions", form, signal);
}

let known = null, shop = null;

/** What capabilities() answered, or null where that is still to come. */
export const shopNow = () => shop;

/** What this shop's service can do; asked once. */
export function capabilities() {
  known ??= call("/v1/capabilities").catch((error) => {
    if (error.status === 404) return olderService();
    known = null;
    throw error;
  }).then((told) => { shop = told; return told; });
  return known;
}

const UNSHOWN = ["id", "currency", "in_stock", "availability", "updated_at", "review_count"];
const PREFERRED = ["category", "brand", "color", "colour", "size", "material", "pattern", "price", "rating"];

/** A service from before /v1/capabilities tells its fields only. */
async function olderService() {
  const { fields } = await call("/v1/fields");
  const names = fields.map((field) => field.name).filter((name) => !UNSHOWN.includes(name));
  const first = PREFERRED.filter((name) => names.includes(name));
  return { speech: false, languages: ["en", "zh"], fields, facets: [...first, ...names.filter((name) => !first.includes(name))].slice(0, 10), currency: null, products: null };
}
