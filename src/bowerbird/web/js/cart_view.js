// The cart view: what is in it, what it costs, a checkout that is a demonstration, and what would go with it.
import { productView } from "./api.js";
import { keyOf, lines, refresh, totals } from "./cart.js";
import { cartLine } from "./cart_line.js";
import { checkOut } from "./checkout.js";
import { el, keyed } from "./dom.js";
import { language, money, t, teach } from "./i18n.js";
import { recommendPage } from "./recommended.js";
import { restoreScroll } from "./scroll.js";
import { shelf } from "./shelf.js";
import en from "./words/en_cart.js";
import zh from "./words/zh_cart.js";

teach({ en, zh });

/** Show the cart. */
export function show(view, signal, way) {
  document.title = `${t("cart.title")} · Bowerbird`;
  const page = cartPage(signal);
  view.replaceChildren(page.element);
  page.draw();
  bringUpToDate(page.draw, signal);
  restoreScroll(way);
}

function cartPage(signal) {
  const list = el("ul", { className: "cart-lines", "aria-label": t("cart.lines") });
  const sum = el("p", { className: "cart-sum" }), out = el("button", { type: "button", className: "button is-main" }, t("cart.checkout"));
  const aside = el("section", { className: "cart-aside", "aria-labelledby": "cart-sum-title" },
    el("h2", { id: "cart-sum-title" }, t("cart.sum")), sum, out, el("p", { className: "soft" }, t("cart.demo")));
  const none = el("div", { className: "cart-none" }, el("p", { className: "soft" }, t("cart.empty")), el("a", { className: "button is-main", href: "/search" }, t("cart.browse")));
  const title = el("h1", { tabIndex: -1 }, t("cart.title"));
  const main = el("div", { className: "cart-main" }, list, aside), shelves = el("div", { className: "shelves" });
  const element = el("article", { className: "cart" }, title, none, main, shelves);
  let asked = null;

  function draw() {
    const now = lines();
    none.hidden = now.length > 0;
    main.hidden = !now.length;
    // The line that has the focus may be the one that goes.
    const focused = list.contains(document.activeElement);
    keyed(list, now, keyOf, (line) => cartLine(line, draw), (node, line) => node.draw(line));
    if (focused && !list.contains(document.activeElement)) (list.querySelector(".cart-line:last-child .cart-remove") ?? title).focus({ preventScroll: true });
    sum.replaceChildren(...totals().map(([amount, currency]) => el("strong", {}, money(amount, currency))));
    showShelves(now.map(({ id }) => id));
  }
  async function showShelves(ids) {
    const cart = [...new Set(ids)];
    if (asked === cart.join("\n")) return;
    asked = cart.join("\n");
    const answers = await recommendPage("cart", { cart }, signal);
    if (!signal.aborted && asked === cart.join("\n")) shelves.replaceChildren(...answers.map((answer) => shelf(answer)).filter(Boolean));
  }
  out.addEventListener("click", () => checkOut((transaction) => { draw(); thank(none, transaction); title.focus({ preventScroll: true }); }));
  return { element, draw };
}

/** Prices and stock may have changed since the things were put in. */
async function bringUpToDate(draw, signal) {
  await Promise.all(lines().map(async (line) => {
    const product = await productView(line.id, language(), signal).catch(() => null);
    if (!product) return;
    const variant = product.variants?.find(({ id }) => id === line.variant), now = (name) => variant?.[name] ?? product[name];
    refresh(line, { title: product.title, price: now("price"), currency: now("currency"), availability: now("availability") });
  }));
  if (!signal.aborted) draw();
}

function thank(place, transaction) {
  place.replaceChildren(el("p", { className: "cart-thanks", role: "status" }, t("cart.thanks", { transaction })),
    el("a", { className: "button is-main", href: "/" }, t("cart.on")));
}
