// The question whether the shop may learn from a visit: quiet, over the foot of the window, and as easy to refuse.
import { announce, el } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { choice, choose, onShopper } from "./shopper.js";

let notice = null;

/** Ask whoever has not answered yet. */
export function startConsent() {
  settle();
  onShopper(settle);
  onLanguage(() => { remove(); settle(); });
}

function settle() {
  if (choice() !== null) return remove();
  notice ??= show();
}

function show() {
  const button = (name, yes) => {
    const made = el("button", { type: "button", className: "button" }, t(`consent.${name}`));
    made.addEventListener("click", () => answer(yes));
    return made;
  };
  const element = el("section", { className: "consent", "aria-labelledby": "consent-title" },
    el("h2", { id: "consent-title" }, t("consent.title")),
    el("p", {}, t("consent.text"), " ", el("a", { href: "/about" }, t("consent.more"))),
    el("div", { className: "consent-buttons" }, button("no", false), button("yes", true)));
  document.querySelector(".footer").before(element);
  // What is scrolled to, and what has the focus, must not lie under it.
  const grown = new ResizeObserver(() => document.documentElement.style.setProperty("--consent", `${Math.round(element.offsetHeight) + 16}px`));
  grown.observe(element);
  return { element, grown };
}

function remove() {
  if (!notice) return;
  const { element, grown } = notice, mine = element.contains(document.activeElement);
  notice = null;
  grown.disconnect();
  element.remove();
  document.documentElement.style.removeProperty("--consent");
  if (mine) document.getElementById("view").focus({ preventScroll: true });
}

function answer(yes) {
  choose(yes);
  announce(t(yes ? "consent.thanks" : "consent.refused"));
}
