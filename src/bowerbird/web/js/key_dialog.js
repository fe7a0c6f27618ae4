// The dialog that asks for a search key where a shop wants one. The key stays in this tab's session.
import { el } from "./dom.js";
import { t } from "./i18n.js";

const KEPT = "bowerbird-key";
let inMemory = null;
let asking = null;

/** The key in use, or null. */
export function storedKey() {
  try { return sessionStorage.getItem(KEPT); } catch { return inMemory; }
}

function keep(key) {
  inMemory = key;
  try { sessionStorage.setItem(KEPT, key); } catch { /* Kept for this page. */ }
}

/** Ask for a key; everyone who needs one meanwhile waits for the same answer. True once there is one. */
export function askForKey(wrong, signal) {
  asking ??= shown(wrong).finally(() => { asking = null; });
  return signal ? Promise.race([asking, new Promise((_, failed) => signal.addEventListener("abort", () => failed(signal.reason), { once: true }))]) : asking;
}

function shown(wrong) {
  return new Promise((answer) => {
    const input = el("input", { id: "key-input", type: "password", required: true, autocomplete: "current-password", spellcheck: false, className: "field", "aria-describedby": "key-hint" });
    const cancel = el("button", { type: "button", className: "button" }, t("key.cancel"));
    const form = el("form", { className: "dialog-form" },
      el("h2", { id: "key-title" }, t("key.title")),
      el("p", { id: "key-hint", role: wrong ? "alert" : null, className: wrong ? "is-bad" : "" }, t(wrong ? "key.wrong" : "key.hint")),
      el("label", { for: "key-input" }, t("key.label")), input,
      el("div", { className: "dialog-buttons" }, cancel, el("button", { type: "submit", className: "button is-main" }, t("key.use"))));
    const dialog = el("dialog", { className: "dialog", "aria-labelledby": "key-title" }, form);
    let given = "";
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      given = input.value.trim();
      if (given) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (given) keep(given);
      answer(Boolean(given));
    });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
