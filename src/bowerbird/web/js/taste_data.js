// What the shopper may do with all that is known of them: clear the tastes.
import { el } from "./dom.js";
import { t } from "./i18n.js";

/** The part at the foot of the panel; what cannot be taken back is asked once more. */
export function belongings({ clear }) {
  return el("section", { className: "taste-group", "aria-labelledby": "taste-yours" }, el("h3", { id: "taste-yours" }, t("tastes.yours")),
    sure("clear", clear));
}

function sure(name, act) {
  const place = el("div", { className: "taste-sure" });
  const button = (key, kind, pressed) => {
    const made = el("button", { type: "button", className: `button ${kind}`.trim(), "data-place": key }, t(`tastes.${key}`));
    made.addEventListener("click", pressed);
    return made;
  };
  const ask = () => {
    const yes = button(`${name}_sure`, "is-bad", act);
    place.replaceChildren(yes, button("keep", "", rest));
    yes.focus();
  };
  const rest = () => {
    const first = button(name, "", ask), mine = place.contains(document.activeElement);
    place.replaceChildren(first);
    if (mine) first.focus();
  };
  rest();
  return place;
}
