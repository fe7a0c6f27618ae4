// "Your tastes": what the shop believes about the shopper, to be seen, put right and cleared, in a panel at the side.
import { announce, el } from "./dom.js";
import { told } from "./events.js";
import { t, teach } from "./i18n.js";
import { icon } from "./icons.js";
import { choice, choose } from "./shopper.js";
import { clearTastes, editProfile, readProfile } from "./taste_calls.js";
import { priceGroup, recentGroup, valueGroups } from "./taste_groups.js";
import { belongings } from "./taste_data.js";
import en from "./words/en_tastes.js";
import zh from "./words/zh_tastes.js";

teach({ en, zh });

/** Open the panel; the focus goes back to the button that opened it. */
export function openTastes(opener) {
  const over = new AbortController(), { signal } = over;
  const shut = el("button", { type: "button", className: "dialog-close", "aria-label": t("tastes.close") }, icon("close"));
  const body = el("div", { className: "drawer-body tastes-body" });
  const dialog = el("dialog", { className: "drawer tastes", "aria-labelledby": "tastes-title" },
    el("div", { className: "drawer-head" }, el("h2", { id: "tastes-title", className: "filters-title", tabIndex: -1 }, t("tastes.title")), shut), body);
  const title = dialog.querySelector("h2");

  async function draw() {
    if (choice() !== "yes") return body.replaceChildren(...question(decide));
    body.setAttribute("aria-busy", "true");
    if (!body.firstChild) body.replaceChildren(...waiting());
    try {
      // What was just looked at is to be seen here, too.
      await told();
      show(await readProfile(signal));
    } catch (error) {
      if (!signal.aborted) body.replaceChildren(failed(error, draw), consentPart(decide));
    } finally {
      body.removeAttribute("aria-busy");
    }
  }
  function show(profile) {
    if (signal.aborted) return;
    const focused = placeOf(body);
    body.replaceChildren(...content(profile, { edit, clear, decide, erased: draw, signal }));
    focused.restore(title);
  }
  async function edit(change, said) {
    await attempt(async () => show(await editProfile(change, signal)), said);
  }
  async function clear() {
    await attempt(async () => { await clearTastes(signal); await draw(); }, t("tastes.cleared"));
  }
  async function attempt(work, said) {
    try {
      await work();
      announce(said);
    } catch (error) {
      if (!signal.aborted) announce(t("tastes.not_changed"));
    }
  }
  function decide(yes) {
    choose(yes);
    announce(t(yes ? "consent.thanks" : "consent.refused"));
    draw();
    title.focus();
  }
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    over.abort();
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  shut.focus();
  draw();
}

function content(profile, acts) {
  const groups = [...valueGroups(profile, acts), priceGroup(profile, acts), recentGroup(profile, acts)].filter(Boolean);
  return [
    el("p", { className: "soft" }, t(groups.length ? "tastes.lead" : "tastes.nothing")),
    ...groups, personalPart(profile, acts), consentPart(acts.decide), belongings(acts),
  ];
}

// --- whether, and what for

function question(decide) {
  const button = (name, yes) => {
    const made = el("button", { type: "button", className: "button" }, t(`consent.${name}`));
    made.addEventListener("click", () => decide(yes));
    return made;
  };
  const said = choice() === "no";
  return [
    el("p", {}, t(said ? "tastes.refused" : "consent.title")), el("p", { className: "soft" }, t("consent.text")),
    el("div", { className: "consent-buttons" }, ...(said ? [button("yes", true)] : [button("no", false), button("yes", true)])),
  ];
}

function personalPart(profile, { edit }) {
  return switched("tastes.personal", profile.edits.personal, (on) => edit({ personal: on }, t(on ? "tastes.personal_on" : "tastes.personal_off")));
}

function consentPart(decide) {
  return switched("tastes.learn", true, (on) => decide(on));
}

function switched(key, on, change) {
  const input = el("input", { type: "checkbox", role: "switch", className: "switch", checked: on, "data-place": key });
  input.addEventListener("change", () => change(input.checked));
  return el("label", { className: "taste-switch" }, el("span", {}, el("strong", {}, t(key)), el("span", { className: "soft" }, t(`${key}_hint`))), input);
}

// --- before it is there, and when it does not come

function waiting() {
  const line = (size) => el("span", { className: `skeleton-line is-${size}`, "aria-hidden": "true" });
  return [el("p", { role: "status", className: "soft" }, t("tastes.loading")), line("short"), line("long"), line("short"), line("long")];
}

function failed(error, again) {
  const button = el("button", { type: "button", className: "button" }, t("product.try_again"));
  button.addEventListener("click", again);
  return el("div", { role: "alert" }, el("p", {}, t("tastes.failed")), el("p", { className: "failed-message" }, error.message), button);
}

/** The focus of what is drawn anew goes to what took its place, or to the panel's title. */
function placeOf(body) {
  const active = document.activeElement, inside = body.contains(active);
  const name = active?.dataset?.place, buttons = () => [...body.querySelectorAll("[data-place]")], at = buttons().indexOf(active);
  return {
    restore(title) {
      if (!inside) return;
      const now = buttons(), next = now.find((one) => one.dataset.place === name) ?? now[Math.min(at, now.length - 1)] ?? title;
      next.focus({ preventScroll: now.includes(next) });
    },
  };
}
