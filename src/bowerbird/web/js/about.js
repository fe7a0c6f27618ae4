// What this search does, what it keeps and where, for shoppers who want to know.
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { restoreScroll } from "./scroll.js";

const PARTS = ["words", "photos", "understood", "private", "learning", "keys"];

/** Show the page. */
export function show(view, signal, way) {
  document.title = `${t("page.about")} · Bowerbird`;
  view.replaceChildren(el("article", { className: "about" },
    el("h1", { tabIndex: -1 }, t("page.about")), el("p", { className: "about-lead" }, t("about.lead")),
    ...PARTS.map((part) => el("section", {}, el("h2", {}, t(`about.${part}`)), el("p", {}, t(`about.${part}_text`)))),
    el("p", {}, el("a", { className: "button is-main", href: "/search" }, t("about.all")))));
  restoreScroll(way);
}
