// "Understood as": how the query was read, part by part, each with a way to take it out.
import { el, keyed } from "./dom.js";
import { foreign, fieldName, money, number, t, valueName } from "./i18n.js";
import { shopNow } from "./api.js";
import { icon } from "./icons.js";
import { isColour, paintOf } from "./colours.js";
import { titleOf } from "./found.js";
import { BLANK, asks, go, toggled, without } from "./state.js";

let removedAt = null;

/** Draw the line into its place. Before the answer is there, it is put together from what was asked. */
export function drawUnderstood(place, state, found) {
  if (!place.firstChild) {
    const label = el("h2", { className: "understood-label", id: "understood-label" });
    place.append(label, el("ul", { className: "parts", "aria-labelledby": "understood-label" }), el("button", { type: "button", className: "link-button understood-clear" }));
    place.lastChild.addEventListener("click", () => { go({ ...BLANK, sort: state.sort }); document.getElementById("search-input").focus(); });
  }
  const [label, list, clear] = place.children, parts = partsOf(state, found);
  place.hidden = !parts.length;
  label.textContent = t("understood.label");
  clear.textContent = t("understood.clear");
  clear.hidden = parts.filter((part) => part.remove).length < 2;
  // A key tells all that a chip shows, so a chip that stays is the same chip.
  keyed(list, parts, (part) => JSON.stringify([part.kind, part.text, part.note, part.shown]), (part) => chip(part, list), (node, part) => { node.change = part; });
  keepFocus(list);
}

/** The focus of a chip that was taken out goes to the one in its place. */
function keepFocus(list) {
  if (removedAt === null) return;
  if (document.activeElement === document.body || !document.activeElement?.isConnected) {
    const buttons = [...list.querySelectorAll(".part-remove")];
    (buttons[Math.min(removedAt, buttons.length - 1)] ?? document.getElementById("search-input")).focus({ preventScroll: true });
  }
  removedAt = null;
}

function chip(part, list) {
  const text = el("span", { className: "part-text", lang: part.foreign ? foreign(part.text) : null }, part.text);
  const node = el("li", { className: `part part-${part.kind}` });
  node.change = part;
  if (part.paint) {
    const dot = el("span", { className: "part-dot" });
    dot.style.setProperty("background", part.paint);
    node.append(dot);
  } else if (part.icon) node.append(icon(part.icon));
  if (part.note) node.append(el("span", { className: "part-note" }, part.note));
  if (part.take) {
    const take = el("button", { type: "button", className: "part-take" }, text);
    take.addEventListener("click", () => go(node.change.take));
    node.append(take);
  } else node.append(text);
  if (part.remove) {
    const remove = el("button", { type: "button", className: "part-remove", "aria-label": part.removeLabel ?? t("understood.remove", { part: [part.note, part.text].filter(Boolean).join(" ") }) }, icon("close"));
    remove.addEventListener("click", () => {
      removedAt = [...list.querySelectorAll(".part-remove")].indexOf(remove);
      go(node.change.remove);
    });
    node.append(remove);
  }
  return node;
}

// --- the parts

/** The parts of a state, with what the service said about it: [{kind, text, note, remove, take, ...}]. */
export function partsOf(state, found) {
  if (!asks(state)) return [];
  const told = found?.understood?.parts ?? [];
  return [...wordsOf(state, found, told), ...photoOf(state), ...examplesOf("like", state, told), ...filtersOf(state), ...readFrom(state, told), ...unwantedOf(state, told)];
}

function wordsOf(state, found, told) {
  const words = state.q.trim(), parts = [];
  if (!words) return parts;
  const mixed = state.photo ? Math.round((1 - state.photo.weight) * 100) : null;
  parts.push({ kind: "words", icon: "words", text: quoted(words), note: mixed === null ? null : t("understood.share", { share: mixed }), foreign: true, remove: { q: "" } });
  const correction = told.find((part) => part.kind === "correction")?.text ?? found?.didYouMean;
  if (correction && !state.exact && correction.toLowerCase() !== words.toLowerCase()) {
    parts.push({ kind: "correction", icon: "spelling", note: t("understood.did_you_mean"), text: correction, foreign: true, take: { q: correction }, remove: { exact: true }, removeLabel: t("understood.keep_words", { words }) });
  }
  return parts;
}

const quoted = (text) => t("understood.quoted", { text });

function photoOf({ photo, q }) {
  if (!photo) return [];
  const share = q.trim() ? t("understood.share", { share: Math.round(photo.weight * 100) }) : null;
  return [{ kind: "photo", icon: "photo", note: share, text: t(photo.box ? "understood.photo_part" : "understood.photo"), remove: { photo: null } }];
}

function examplesOf(kind, state, told) {
  return state[kind].map((id) => {
    const title = told.find((part) => part.kind === kind && part.id === id)?.title || titleOf(id) || id;
    return { kind, icon: kind === "like" ? "alike" : "unlike", note: t(`understood.${kind}`), text: title, foreign: true, remove: { [kind]: state[kind].filter((other) => other !== id) } };
  });
}

function filtersOf({ picked, ranges }) {
  const parts = [];
  for (const [field, values] of Object.entries(picked)) {
    for (const value of values) {
      const remove = { picked: toggled(picked, field, value) };
      if (field === "in_stock") parts.push({ kind: "filter", text: t(value === "false" ? "facet.not_in_stock" : "facet.in_stock"), remove });
      else parts.push({ kind: "filter", note: `${fieldName(field)}:`, text: valueName(field, value, true), paint: isColour(field) ? paintOf(value) : null, remove });
    }
  }
  for (const [field, range] of Object.entries(ranges)) {
    parts.push({ kind: "filter", note: field === "rating" ? null : `${fieldName(field)}:`, text: rangeText(field, range), remove: { ranges: without(ranges, field) } });
  }
  return parts;
}

/** A range in words. */
function rangeText(field, [low, high]) {
  const said = (value) => (field === "price" ? money(value, shopNow()?.currency, true) : number(value));
  if (field === "rating" && low !== null && high === null) return t("facet.stars_up", { stars: low, count: low });
  if (low === null) return t("facet.at_most", { high: said(high) });
  if (high === null) return t("facet.at_least", { low: said(low) });
  return t("facet.between", { low: said(low), high: said(high) });
}

/** Conditions that the service read out of the words themselves. */
function readFrom({ picked, ranges }, told) {
  return told.filter((part) => part.kind === "filter" && part.field && !(part.field in picked) && !(part.field in ranges))
    .map((part) => ({ kind: "filter", text: part.text }));
}

function unwantedOf(state, told) {
  const parts = state.not ? [{ kind: "not", icon: "unlike", note: t("understood.not"), text: quoted(state.not), foreign: true, remove: { not: "" } }] : [];
  return [...parts, ...examplesOf("unlike", state, told)];
}
