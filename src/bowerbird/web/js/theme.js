// Light, dark, or as the system has it. What was chosen is set before the first paint by first.js.
import { announce } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const KEPT = "bowerbird-theme";
const ORDER = ["auto", "light", "dark"];

const theme = () => (ORDER.includes(document.documentElement.dataset.theme) ? document.documentElement.dataset.theme : "auto");

/** Make a button that goes through the themes. Answers what draws it anew when the language changes. */
export function startTheme(button) {
  const draw = () => {
    button.replaceChildren(icon(theme()));
    button.setAttribute("aria-label", t("theme.label", { theme: t(`theme.${theme()}`) }));
    button.title = button.getAttribute("aria-label");
  };
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem(KEPT, next); } catch { /* It holds for this page. */ }
    draw();
    announce(t("theme.label", { theme: t(`theme.${next}`) }));
  });
  draw();
  return draw;
}
