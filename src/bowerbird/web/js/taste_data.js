// What the shopper may do with all that is known of them: take it along, clear the tastes, have everything erased.
import { announce, el } from "./dom.js";
import { t } from "./i18n.js";
import { eraseEverything, readEverything } from "./taste_calls.js";

const FILE = "my-data.json";

/** The part at the foot of the panel; what cannot be taken back is asked once more. `erased()` is told when all is gone. */
export function belongings({ clear, erased, signal }) {
  const message = el("p", { className: "taste-message", role: "alert" });
  const attempt = async (work, said) => {
    message.textContent = "";
    try {
      await work();
      announce(t(said));
    } catch {
      if (!signal.aborted) message.textContent = t("tastes.not_changed");
    }
  };
  const download = button("download", () => attempt(async () => save(await readEverything(signal)), "tastes.downloaded"));
  return el("section", { className: "taste-group", "aria-labelledby": "taste-yours" }, el("h3", { id: "taste-yours" }, t("tastes.yours")),
    download, sure("clear", clear), sure("erase", () => attempt(async () => { await eraseEverything(signal); erased(); }, "tastes.erased")), message);
}

function button(key, pressed, kind = "") {
  const made = el("button", { type: "button", className: `button ${kind}`.trim(), "data-place": key }, t(`tastes.${key}`));
  made.addEventListener("click", pressed);
  return made;
}

/** A button that asks once more, in its own place. */
function sure(name, act) {
  const place = el("div", { className: "taste-sure" });
  const ask = () => {
    const yes = button(`${name}_sure`, act, "is-bad");
    place.replaceChildren(yes, button("keep", rest));
    yes.focus();
  };
  const rest = () => {
    const first = button(name, ask), mine = place.contains(document.activeElement);
    place.replaceChildren(first);
    if (mine) first.focus();
  };
  rest();
  return place;
}

/** Hand a value over as a file. */
function save(value) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }));
  el("a", { href: address, download: FILE }).click();
  // The browser has to have begun with it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
