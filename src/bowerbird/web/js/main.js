// Starts the page and shows what the address asks for.
import { el } from "./dom.js";
import { language, onLanguage, setLanguage, t, translatePage } from "./i18n.js";
import { asks, read, subscribe, visit } from "./state.js";
import { startBanner } from "./banner.js";
import { startConsent } from "./consent.js";
import { startShopper } from "./shopper_buttons.js";
import { startScroll } from "./scroll.js";
import { startSearchBox } from "./search_box.js";
import { startTheme } from "./theme.js";

const OWN_PATHS = /^\/(?:$|search$|about$|cart$|product\/)/;
const view = document.getElementById("view");
let shown = { kind: null, leave() {} };
let running = new AbortController();

// Each view is loaded when it is first shown: `show(view, signal, way)` draws it, `leave()` is told when it goes.
const VIEWS = {
  home: () => import("./home.js"),
  search: () => import("./search_view.js"),
  product: () => import("./product_view.js"),
  about: () => import("./about.js"),
  cart: () => import("./cart_view.js"),
  missing: () => import("./missing.js"),
};

function kindOf({ pathname }, state) {
  if (pathname === "/") return asks(state) ? "search" : "home";
  if (pathname === "/search") return "search";
  if (pathname === "/about") return "about";
  if (pathname === "/cart") return "cart";
  return pathname.startsWith("/product/") && pathname.length > "/product/".length ? "product" : "missing";
}

async function show(state, way) {
  const kind = kindOf(location, state);
  if (kind !== shown.kind || kind === "product") {
    running.abort();
    running = new AbortController();
    shown.leave?.();
    shown = { kind, leave() {} };
  }
  document.body.dataset.view = kind;
  const { signal } = running;
  try {
    const module = await VIEWS[kind]();
    if (signal.aborted) return;
    shown.leave = module.leave;
    await module.show(view, signal, way, state);
    // What had the focus may have gone with the view before.
    if (way !== "load" && !signal.aborted && document.activeElement === document.body) view.focus({ preventScroll: true });
  } catch (error) {
    if (!signal.aborted && error.name !== "AbortError") trouble(error);
  }
}

function trouble(error) {
  document.title = t("page.failed");
  view.replaceChildren(el("div", { className: "page-note", role: "alert" }, el("h1", {}, t("page.failed")), el("p", {}, error.message),
    el("a", { className: "button is-main", href: "/" }, t("page.to_home"))));
}

// --- links of the page are steps inside it

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target && link.target !== "_self") return;
  const address = new URL(link.href, location.href);
  if (address.origin !== location.origin || !OWN_PATHS.test(address.pathname)) return;
  if (address.pathname === location.pathname && address.search === location.search && address.hash) return;
  event.preventDefault();
  visit(address.pathname + address.search + address.hash);
});

// --- the frame

function startLanguage(button) {
  const draw = () => {
    const other = language() === "zh" ? "en" : "zh";
    button.textContent = t("language.other");
    button.lang = other === "zh" ? "zh-CN" : "en";
    button.setAttribute("aria-label", t("language.switch"));
  };
  button.addEventListener("click", () => setLanguage(language() === "zh" ? "en" : "zh"));
  draw();
  return draw;
}

/** What sticks below the header, and what is scrolled to, must know how high it is now. */
function tellHeader(header) {
  new ResizeObserver(() => document.documentElement.style.setProperty("--header", `${Math.round(header.offsetHeight)}px`)).observe(header);
}

translatePage();
tellHeader(document.querySelector(".header"));
startScroll();
startBanner(document.getElementById("banner"));
startSearchBox();
startConsent();
const redraws = [
  startLanguage(document.getElementById("language-button")),
  startTheme(document.getElementById("theme-button")),
  startShopper({ tastes: document.getElementById("tastes-button"), cart: document.getElementById("cart-link") }),
];
onLanguage(() => {
  for (const redraw of redraws) redraw();
  shown.leave?.();
  shown = { kind: null, leave() {} };
  show(read(), "replace");
});
subscribe(show);
show(read(), "load");
// Photo and voice are a press away, not part of the first paint.
Promise.all([import("./photo.js"), import("./voice.js")]).then(([photo, voice]) => {
  photo.startPhoto({ button: document.getElementById("photo-button"), strip: document.getElementById("photo-strip"), dropArea: document });
  voice.startVoice(document.getElementById("voice-button"));
});
// The first key on the home view must not wait for modules.
addEventListener("load", () => (globalThis.requestIdleCallback ?? setTimeout)(() => VIEWS.search()));
