// The list under the search box: recent searches and ways to go on from what was typed.
import { suggest } from "./api.js";
import { el, keyed } from "./dom.js";
import { foreign, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { forget, recentSearches } from "./recent.js";

const MOST = 7;
const MOST_RECENT = 6;
const RECENT_AMONG = 2;
const ICONS = { category: "tag", brand: "brand", kind: "box", phrase: "search", title: "box", recent: "clock" };

/**
 * The listbox of a combobox: `input` is its text, `pick(text)` is told what was chosen. Answers what the search box
 * drives it with.
 */
export function suggestionList(input, pick) {
  const panel = document.getElementById("suggestions-panel"), list = document.getElementById("suggestions");
  const head = document.getElementById("suggestions-head"), clear = document.getElementById("suggestions-clear");
  let items = [], chosen = -1, running = new AbortController();

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, position) => {
      option.setAttribute("aria-selected", String(position === place));
      if (position === place) option.scrollIntoView({ block: "nearest" });
    });
    if (place >= 0) input.setAttribute("aria-activedescendant", list.children[place].id);
    else input.removeAttribute("aria-activedescendant");
  }
  function show(next) {
    items = next;
    keyed(list, items, (item) => `${item.kind} ${item.text}`, (item) => option(item), markTyped);
    [...list.children].forEach((node, place) => { node.id = `suggestion-${place}`; });
    head.hidden = !items.length || items.some((item) => item.kind !== "recent");
    panel.hidden = !items.length || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!panel.hidden));
    choose(-1);
  }
  function option(item) {
    const text = el("span", { className: "option-text", lang: foreign(item.text) });
    const node = el("li", { role: "option", "aria-selected": "false", className: "option" }, icon(ICONS[item.kind] ?? "search"), text);
    if (item.kind === "recent") {
      // Not a button: an option holds none. The keyboard forgets by Delete, and the list's head clears all.
      const drop = el("span", { className: "option-forget", title: t("suggest.forget", { text: item.text }) }, icon("close"));
      drop.addEventListener("click", (event) => { event.stopPropagation(); forgetOne(item); });
      node.append(drop);
    } else {
      node.append(el("span", { className: "option-kind" }, t(`suggest.kind.${item.kind}`)));
      if (item.count > 1) node.append(el("span", { className: "option-count", "aria-label": t("suggest.products", { count: item.count }) }, number(item.count)));
    }
    node.addEventListener("click", () => pick(item.text));
    markTyped(node, item);
    return node;
  }
  /** Show which part of an option was typed already. */
  function markTyped(node, { text }) {
    const place = node.querySelector(".option-text"), typed = input.value.trim().toLocaleLowerCase();
    const lower = text.toLocaleLowerCase();
    let at = lower.startsWith(typed) ? 0 : lower.indexOf(` ${typed}`) + 1 || lower.indexOf(typed);
    if (!typed || lower.length !== text.length) at = -1;
    place.replaceChildren(...(at < 0 ? [text] : [text.slice(0, at), el("b", {}, text.slice(at, at + typed.length)), text.slice(at + typed.length)]));
  }
  function forgetOne(item) {
    forget(item.text);
    const left = items.filter((other) => other !== item);
    show(left);
  }
  /** Go down (1) or up (-1); past either end lies the box itself. */
  function step(way) {
    const places = items.length + 1;
    const next = (chosen + 1 + way + places) % places;
    choose(next - 1);
  }
  async function refresh() {
    running.abort();
    running = new AbortController();
    const { signal } = running, typed = input.value.trim(), lower = typed.toLocaleLowerCase();
    const recent = recentSearches().map((text) => ({ text, kind: "recent" }));
    if (!typed) return show(recent.slice(0, MOST_RECENT));
    const used = recent.filter(({ text }) => text.toLocaleLowerCase().startsWith(lower) && text.length > typed.length).slice(0, RECENT_AMONG);
    try {
      const found = (await suggest(typed, MOST, signal)).filter((one) => !used.some((other) => other.text.toLocaleLowerCase() === one.text.toLocaleLowerCase()));
      if (!signal.aborted) show([...used, ...unique(found)].slice(0, MOST));
    } catch {
      if (!signal.aborted) show(used);
    }
  }
  function close() {
    running.abort();
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }
  clear.addEventListener("click", () => { forget(); close(); input.focus(); });
  // A press in the list must not take the focus from the box.
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
  return {
    refresh, close,
    get open() { return !panel.hidden; },
    get chosen() { return items[chosen] ?? null; },
    step,
    forgetChosen() { if (items[chosen]?.kind === "recent") forgetOne(items[chosen]); },
  };
}

const unique = (found) => found.filter((one, place) => found.findIndex((other) => other.text.toLocaleLowerCase() === one.text.toLocaleLowerCase()) === place);
