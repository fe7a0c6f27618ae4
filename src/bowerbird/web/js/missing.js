// An address at which this page has nothing.
import { el } from "./dom.js";
import { t } from "./i18n.js";

/** Say so, and offer the way back. */
export function show(view) {
  document.title = `${t("page.missing")} · Bowerbird`;
  view.replaceChildren(el("div", { className: "page-note" }, el("h1", {}, t("page.missing")), el("p", {}, t("page.missing_hint")),
    el("a", { className: "button is-main", href: "/" }, t("page.to_home"))));
}
