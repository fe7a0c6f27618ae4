// The line under the search box that tells what was heard, and what else it may have been. It goes with the next search.
import { el } from "./dom.js";
import { foreign, phrase, t } from "./i18n.js";
import { remember } from "./recent.js";
import { go, subscribe } from "./state.js";

const MOST = 3;
let heard = null;

const place = () => document.getElementById("heard");

/** Clear the line. */
export function clearHeard() {
  heard = null;
  place().replaceChildren();
}

/** Say that the clip is being listened to; the line has its height from now on. */
export function showListening() {
  clearHeard();
  place().replaceChildren(el("p", { className: "heard-text" }, t("voice.sending")));
}

/** Search for what was heard, and offer what else it may have been. */
export function searchHeard({ text, alternatives = [] }) {
  const words = text.trim();
  search(words);
  const others = [...new Set(alternatives.map((one) => String(one?.text ?? "").trim()))]
    .filter((other) => other && other.toLocaleLowerCase() !== words.toLocaleLowerCase()).slice(0, MOST);
  place().replaceChildren(el("p", { className: "heard-text" }, phrase("heard.heard", { text: el("b", { lang: foreign(words) }, words) })));
  if (others.length) place().append(el("p", { className: "heard-text" }, t("heard.alternatives")), el("ul", { className: "heard-others", role: "list" }, ...others.map(offer)));
}

function search(words) {
  heard = words;
  remember(words);
  // What is typed stays in the box while it has the focus, and what is heard goes into it.
  document.getElementById("search-input").blur();
  go({ q: words });
}

function offer(text) {
  const button = el("button", { type: "button", className: "chip heard-other", lang: foreign(text) }, t("heard.alternative", { text }));
  button.addEventListener("click", () => {
    clearHeard();
    remember(text);
    go({ q: text });
  });
  return el("li", {}, button);
}

subscribe((state) => { if (heard !== null && state.q !== heard) clearHeard(); });
