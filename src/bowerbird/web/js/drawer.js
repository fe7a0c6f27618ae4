// Where the filters stand: beside the results where there is room, else in a dialog that comes in from the side.
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const ROOMY = "(min-width: 900px)";

/** Keep the panel in the aside or in the dialog. Answers {aside, button, set(total, state), close()}. */
export function filterDrawer(panel) {
  const roomy = matchMedia(ROOMY);
  const aside = el("aside", { className: "filters", "aria-labelledby": "filters-title" });
  const title = el("h2", { id: "filters-title", className: "filters-title" }, t("facets.title"));
  const number = el("span", { className: "filters-number", hidden: true });
  const button = el("button", { type: "button", className: "button filters-button", "aria-haspopup": "dialog" }, icon("filters"), t("facets.open"), number);
  const shut = el("button", { type: "button", className: "dialog-close", "aria-label": t("facets.close") }, icon("close"));
  const done = el("button", { type: "button", className: "button is-main" }, t("facets.close"));
  const body = el("div", { className: "drawer-body" });
  const dialog = el("dialog", { className: "drawer", "aria-label": t("facets.title") },
    el("div", { className: "drawer-head" }, el("p", { className: "filters-title", "aria-hidden": "true" }, t("facets.title")), shut), body,
    el("div", { className: "drawer-foot" }, done));

  // While the dialog is open it has the panel; else the aside has it, which narrow windows do not show.
  const settle = () => {
    if (roomy.matches && dialog.open) dialog.close();
    if (!dialog.open) aside.replaceChildren(title, panel);
  };
  const open = () => {
    document.body.append(dialog);
    body.replaceChildren(panel);
    dialog.showModal();
    shut.focus();
  };
  button.addEventListener("click", open);
  shut.addEventListener("click", () => dialog.close());
  done.addEventListener("click", () => dialog.close());
  // A press on the ground beside the drawer closes it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    settle();
    if (button.isConnected && !roomy.matches) button.focus();
  });
  roomy.addEventListener("change", settle);
  settle();
  return {
    aside, button,
    set(total, state) {
      const used = Object.values(state.picked).flat().length + Object.keys(state.ranges).length;
      number.hidden = !used;
      number.textContent = String(used);
      done.textContent = t("facets.show", { count: total });
    },
    close() {
      roomy.removeEventListener("change", settle);
      if (dialog.open) dialog.close();
    },
  };
}
