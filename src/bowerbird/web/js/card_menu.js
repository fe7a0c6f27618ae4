// The menu of a card: more like this, less like this, why this? One menu serves every card.
import { announce, el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { go, read } from "./state.js";
import { openWhy } from "./why.js";

const MARGIN = 8;
const MOST_UNLIKE = 8;
let menu = null;

/** The button that opens the menu: {button, set(hit)}. */
export function menuButton() {
  let hit = null;
  const button = el("button", { type: "button", className: "card-menu", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
  button.addEventListener("click", () => { if (menu?.button === button) close(); else open(button, hit); });
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(button, hit, event.key === "ArrowUp" ? -1 : 0);
  });
  return {
    button,
    set(next) {
      hit = next;
      button.setAttribute("aria-label", t("card.menu", { title: hit.title }));
    },
  };
}

function actionsOf(hit, button) {
  return [
    ["alike", t("card.more_like"), () => moreLike(hit)],
    ["unlike", t("card.less_like"), () => lessLike(hit)],
    hit.reasons?.length ? ["why", t("card.why"), () => openWhy(button, hit)] : null,
  ].filter(Boolean);
}

// Search for what is like a product; the filters stay.
function moreLike(hit) {
  announce(t("card.showing_like", { title: hit.title }));
  go({ q: "", not: "", photo: null, like: [hit.id], unlike: [], sort: "relevance" });
}

// Ask for the same with less that is like a product.
function lessLike(hit) {
  announce(t("card.showing_unlike", { title: hit.title }));
  const { like, unlike } = read();
  go({ like: like.filter((id) => id !== hit.id), unlike: [...unlike.filter((id) => id !== hit.id), hit.id].slice(-MOST_UNLIKE), sort: "relevance" });
}

function open(button, hit, first = 0) {
  close();
  const over = new AbortController(), whileOpen = { signal: over.signal };
  const items = actionsOf(hit, button).map(([name, text, act]) => {
    const item = el("button", { type: "button", role: "menuitem", tabIndex: -1, className: "menu-item" }, icon(name), text);
    item.addEventListener("click", () => { close(true); act(); });
    return item;
  });
  const element = el("div", { className: "menu", role: "menu", "aria-label": t("card.menu", { title: hit.title }), popover: "manual" }, ...items);
  element.addEventListener("keydown", (event) => {
    const now = items.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") {
      close(true);
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); }
    } else if (next !== undefined) {
      event.preventDefault();
      items.at(next % items.length).focus();
    }
  });
  document.addEventListener("pointerdown", (event) => { if (!element.contains(event.target) && !button.contains(event.target)) close(); }, { capture: true, ...whileOpen });
  // The scroll that brought the button into sight may be told of late, and shelves scroll by themselves.
  const { left, top } = button.getBoundingClientRect();
  const moved = () => { const now = button.getBoundingClientRect(); return Math.hypot(now.left - left, now.top - top) > 1; };
  addEventListener("scroll", () => { if (moved()) close(); }, { passive: true, capture: true, ...whileOpen });
  addEventListener("resize", () => close(), whileOpen);
  // Inside the view, so that it lies in a landmark and goes when the view goes.
  (button.closest("main") ?? document.body).append(element);
  element.showPopover?.();
  place(element, button);
  button.setAttribute("aria-expanded", "true");
  menu = { button, element, over };
  items.at(first).focus({ preventScroll: true });
}

function close(back = false) {
  if (!menu) return;
  const { button, element, over } = menu;
  menu = null;
  over.abort();
  const mine = element.contains(document.activeElement);
  element.remove();
  button.setAttribute("aria-expanded", "false");
  if ((back || mine) && button.isConnected) button.focus({ preventScroll: true });
}

/** Under the button's end edge, or above it where there is no room, always inside the window. */
function place(element, button) {
  const edges = button.getBoundingClientRect(), room = document.documentElement;
  const left = Math.max(MARGIN, Math.min(edges.right - element.offsetWidth, room.clientWidth - element.offsetWidth - MARGIN));
  const below = edges.bottom + 4, fits = below + element.offsetHeight + MARGIN <= room.clientHeight;
  element.style.setProperty("left", `${left}px`);
  element.style.setProperty("top", `${fits ? below : Math.max(MARGIN, edges.top - element.offsetHeight - 4)}px`);
}
