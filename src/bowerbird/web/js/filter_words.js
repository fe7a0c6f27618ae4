// A condition that the service read from the words, in the shopper's words: a small reader of the filter's simple shapes.
import { foreign, language, money, number, t, valueName } from "./i18n.js";
import { shopNow } from "./api.js";

const NAME = String.raw`("(?:[^"\\]|\\.)*"|[^\s"()[\]<>=!]+)`;
const VALUES = String.raw`\[((?:[^\]"]|"(?:[^"\\]|\\.)*")*)\]`;
const SHAPES = [
  [new RegExp(`^${NAME} (\\d[\\d.]*)\\.\\.(\\d[\\d.]*)$`, "u"), (field, low, high) => ({ field, low: Number(low), high: Number(high) })],
  [new RegExp(`^${NAME} >=? (-?[\\d.]+)$`, "u"), (field, low) => ({ field, low: Number(low), high: null })],
  [new RegExp(`^${NAME} <=? (-?[\\d.]+)$`, "u"), (field, high) => ({ field, low: null, high: Number(high) })],
  [new RegExp(`^${NAME} IN ${VALUES}$`, "u"), (field, values) => ({ field, values: listed(values) })],
  [new RegExp(`^${NAME} (?:=|UNDER) ${NAME}$`, "u"), (field, value) => ({ field, values: [plain(value)] })],
  [new RegExp(`^${NAME} != ${NAME}$`, "u"), (field, value) => ({ field, values: [plain(value)], not: true })],
];

const plain = (text) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gsu, "$1") : text);
const listed = (text) => (text.match(/"(?:[^"\\]|\\.)*"|[^\s,"]+/gsu) ?? []).map(plain);

/** What a filter of one condition says: {field, low, high} or {field, values}, `not` where it excludes; null for more. */
export function readFilter(text = "") {
  const inner = /^NOT \((.*)\)$/su.exec(text)?.[1];
  if (inner !== undefined) {
    const shape = readFilter(inner);
    return shape && { ...shape, not: !shape.not };
  }
  for (const [pattern, shapeOf] of SHAPES) {
    const found = pattern.exec(text);
    if (found) {
      const [field, ...rest] = found.slice(1);
      return shapeOf(plain(field), ...rest);
    }
  }
  return null;
}

/**
 * A part that was read from the words, in the shopper's: what its filter says where that is simple, else the words
 * themselves. `mended` are words that are not to be said as they were typed.
 */
export function sayingOf({ text = "", from = "" }, mended = "") {
  const shape = readFilter(text), words = from.trim();
  if (!shape) return words || text;
  if (shape.field === "in_stock") return t((shape.values?.[0] !== "false") !== Boolean(shape.not) ? "understood.in_stock" : "understood.not_in_stock");
  if (!shape.values) return shape.not ? words : rangeSaying(shape, words);
  const own = words && !foreign(words) && !isMended(words, mended);
  const named = own ? words : either(shape.values.map((value) => valueName(shape.field, value)));
  return shape.not ? t("understood.no", { value: named }) : named;
}

/** Bounds in words. Of other numbers only the words tell the unit. */
function rangeSaying({ field, low, high }, words) {
  if (field === "rating" && low !== null && high === null) return t("understood.stars", { stars: low, count: low });
  if (field !== "price") return words;
  const said = (value) => money(value, shopNow()?.currency, true) || number(value);
  if (low === null) return t("understood.at_most", { high: said(high) });
  return high === null ? t("understood.at_least", { low: said(low) }) : t("understood.between", { low: said(low), high: said(high) });
}

/** Whether any of the words is one that was put right. */
function isMended(words, mended) {
  const wrong = new Set(mended.toLocaleLowerCase().split(/\s+/).filter(Boolean));
  return words.toLocaleLowerCase().split(/\s+/).some((word) => wrong.has(word));
}

const either = (names) => new Intl.ListFormat(language() === "zh" ? "zh-CN" : "en", { type: "disjunction" }).format([...new Set(names)]);
