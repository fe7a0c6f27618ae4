// The line that tells what was put right in the words, with the way back to the words as they were typed.
import { el } from "./dom.js";
import { foreign, phrase, t } from "./i18n.js";
import { write } from "./state.js";

/** What the service put right of a state's words, or would: its words, or null. */
function correctionOf(state, found) {
  const corrected = found.understood?.parts?.find((part) => part.kind === "correction")?.text;
  return corrected && corrected.toLowerCase() !== state.q.trim().toLowerCase() ? corrected : null;
}

/** The line for a state: what is shown instead of what was typed, or what may have been meant by it; else nothing. */
export function correctedNote(state, found) {
  const corrected = correctionOf(state, found), words = state.q.trim();
  if (!corrected) return [];
  const link = (text, exact) => el("a", { href: write({ ...state, exact, page: 1 }), lang: foreign(text) }, text);
  if (state.exact) return [el("p", { className: "corrected" }, phrase("corrected.meant", { words: link(corrected, false) }))];
  return [el("p", { className: "corrected" },
    el("span", {}, phrase("corrected.showing", { words: el("b", { lang: foreign(corrected) }, corrected) })), " ",
    el("span", {}, phrase("corrected.instead", { words: link(words, true) })))];
}

/** The same for a screen reader, before the number of products. */
export function correctedText(state, found) {
  const corrected = correctionOf(state, found);
  return corrected && !state.exact ? `${t("corrected.showing", { words: corrected })} ` : "";
}
