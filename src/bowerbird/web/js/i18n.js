// The interface's language, its words, and how it writes numbers, prices and names of the catalogue.
import en from "./words/en.js";
import enProduct from "./words/en_product.js";
import enShopper from "./words/en_shopper.js";
import zh from "./words/zh.js";
import zhProduct from "./words/zh_product.js";
import zhShopper from "./words/zh_shopper.js";
import * as zhNames from "./words/zh_values.js";

const WORDS = { en: { ...enProduct, ...enShopper, ...en }, zh: { ...zhProduct, ...zhShopper, ...zh } };
const LOCALES = { en: "en", zh: "zh-CN" };
const KEPT = "bowerbird-language";
const listeners = new Set();
let current = chosen();

function chosen() {
  let kept = null;
  try { kept = localStorage.getItem(KEPT); } catch { /* Not allowed here: the browser's language, then. */ }
  if (kept in WORDS) return kept;
  return (navigator.languages ?? [navigator.language]).map((name) => name.slice(0, 2).toLowerCase()).find((name) => name in WORDS) ?? "en";
}

/** The interface's language: "en" or "zh". */
export const language = () => current;

/** Change the interface's language, keep the choice, and tell whoever listens. */
export function setLanguage(name) {
  if (!(name in WORDS) || name === current) return;
  current = name;
  try { localStorage.setItem(KEPT, name); } catch { /* It holds for this page. */ }
  translatePage();
  for (const listener of listeners) listener(name);
}

/** Add the words of a part of the page that is loaded later, by language. */
export function teach(words) {
  for (const [name, more] of Object.entries(words)) Object.assign(WORDS[name], more);
}

/** Be told of a change of language. */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** A phrase in the interface's language with its {names} filled in; `values.count` chooses between one and other. */
export function t(key, values = {}) {
  let phrase = WORDS[current][key] ?? WORDS.en[key] ?? key;
  if (typeof phrase === "object") phrase = phrase[new Intl.PluralRules(LOCALES[current]).select(Number(values.count ?? 0))] ?? phrase.other;
  return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

/** The nodes of a phrase, its {names} filled in with nodes. */
export function phrase(key, nodes) {
  return (WORDS[current][key] ?? WORDS.en[key]).split(/\{(\w+)\}/).map((piece, place) => (place % 2 ? nodes[piece] : piece)).filter((piece) => piece !== "");
}

const shown = (value) => (typeof value === "number" ? number(value) : String(value));

/** A number as the interface's language writes it. */
export function number(value, settings) {
  return new Intl.NumberFormat(LOCALES[current], settings).format(value);
}

const priceFormats = new Map();

/** A price in its currency; whole amounts without decimals when `short`. */
export function money(price, currency, short = false) {
  if (price === null || price === undefined) return "";
  const name = [current, currency, short && Number.isInteger(price)].join();
  if (!priceFormats.has(name)) {
    const settings = currency ? { style: "currency", currency, currencyDisplay: "narrowSymbol" } : {};
    if (short && Number.isInteger(price)) settings.maximumFractionDigits = 0;
    try { priceFormats.set(name, new Intl.NumberFormat(LOCALES[current], settings)); }
    catch { priceFormats.set(name, { format: (value) => `${number(value)} ${currency}` }); }
  }
  return priceFormats.get(name).format(price);
}

const spaced = (name) => name.replaceAll("_", " ").replace(/^\p{Ll}/u, (first) => first.toUpperCase());

/** What shoppers call a field of the catalogue. */
export function fieldName(field) {
  const known = WORDS[current][`field.${field}`];
  return known ?? (current === "zh" ? own(zhNames.fields, field) : null) ?? spaced(field);
}

const own = (names, name) => (Object.hasOwn(names, name) ? names[name] : null);

/** What shoppers call a value of a field; of a category's path the last name, or all of them when `whole`. */
export function valueName(field, value, whole = false) {
  const text = String(value), lower = text.toLowerCase();
  if (field === "category") {
    const names = text.split("/").map((name) => (current === "zh" ? own(zhNames.categories, name.toLowerCase()) : null) ?? name);
    return whole ? names.join(" › ") : names.at(-1);
  }
  if (text === "true" || text === "false") return t(text === "true" ? "value.yes" : "value.no");
  const chinese = current === "zh" ? own(own(zhNames.valuesOf, field) ?? {}, lower) ?? own(zhNames.values, lower) : null;
  return chinese ?? text.replaceAll("_", " ");
}

/** The language a text is written in where it is not the interface's, for `lang` attributes; else null. */
export function foreign(text) {
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length;
  const written = han > 0 && han * 4 >= text.replace(/\s/g, "").length ? "zh" : /\p{Script=Latin}/u.test(text) && !han ? "en" : null;
  return written && written !== current ? written : null;
}

/** Put the words of the interface into the page's own HTML: data-t, data-t-label, data-t-title, data-t-placeholder. */
export function translatePage(root = document) {
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of root.querySelectorAll("[data-t-title]")) node.title = t(node.dataset.tTitle);
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  document.documentElement.dataset.words = current;
}
