// The search box: results while typing, suggestions by the combobox pattern, "/" to reach it.
import { debounced } from "./dom.js";
import { remember } from "./recent.js";
import { go, read, subscribe } from "./state.js";
import { suggestionList } from "./suggestions.js";

const QUIET_MS = 70;
const DONE_MS = 900;
// The service waits for the end of what is still typed: "under 5" may go on to be "under 50". A pause after what ends
// like a bound is its end.
const ENDS_LIKE_A_BOUND = /(?:\d|以下|以内|之内|以上|左右|元|块|星|有货|现货|(?<![a-z])(?:stars?|stock|dollars|bucks|usd))$/iu;

/** Start the search box of the page. */
export function startSearchBox() {
  const form = document.getElementById("search-form"), input = document.getElementById("search-input");
  const clear = document.getElementById("search-clear");
  const list = suggestionList(input, pick);
  // While one types, each pause searches; all of it is one step back.
  let typing = false;

  const live = debounced(() => {
    list.refresh();
    search(input.value);
    done();
  }, QUIET_MS);
  const done = debounced(() => {
    const { q } = read();
    if (typing && isSearch() && ENDS_LIKE_A_BOUND.test(q) && q === input.value.trimStart()) go({ q }, { replace: true });
  }, DONE_MS);

  function search(text) {
    const q = text.trimStart(), replace = typing;
    typing = true;
    if (q !== read().q || !isSearch()) go({ q }, { replace: replace && isSearch(), typing: true });
  }
  function settle() {
    live.stop();
    done.stop();
    typing = false;
    list.close();
  }
  function pick(text) {
    const went = typing;
    settle();
    input.value = text;
    drawClear();
    remember(text);
    go({ q: text }, { replace: went && isSearch() });
  }
  const drawClear = () => { clear.hidden = !input.value; };

  input.addEventListener("input", (event) => {
    drawClear();
    // Letters that are still being put together into characters are not words yet.
    if (event.isComposing) return;
    live();
    // The first key of a query has nothing to wait for.
    if (!typing) live.flush();
  });
  input.addEventListener("compositionend", () => live());
  input.addEventListener("focus", () => list.refresh());
  input.addEventListener("click", () => { if (!list.open) list.refresh(); });
  input.addEventListener("blur", () => { live.flush(); settle(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.open) list.step(event.key === "ArrowDown" ? 1 : -1);
      else list.refresh();
    } else if (event.key === "Enter" && list.open && list.chosen) {
      event.preventDefault();
      pick(list.chosen.text);
    } else if (event.key === "Escape" && list.open) {
      event.preventDefault();
      event.stopPropagation();
      list.close();
    } else if (event.key === "Delete" && list.chosen?.kind === "recent") {
      event.preventDefault();
      list.forgetChosen();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const went = typing;
    settle();
    remember(input.value);
    // Finished words are read anew even where they are the same: now they can be put right.
    go({ q: input.value.trim() }, { replace: went && isSearch() });
    if (matchMedia("(pointer: coarse)").matches) input.blur();
  });
  clear.addEventListener("click", () => {
    settle();
    input.value = "";
    drawClear();
    if (isSearch()) go({ q: "" });
    input.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], dialog")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  subscribe((state, way) => {
    if (location.pathname.startsWith("/product/")) return remember(input.value);
    if (typing && way !== "back") return;
    input.value = state.q;
    drawClear();
  });
  input.value = read().q;
  drawClear();
}

const isSearch = () => location.pathname === "/search" || (location.pathname === "/" && location.search !== "");
