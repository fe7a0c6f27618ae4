// A product found, as a card: photo, brand, title, colours, price, stock and rating, with a small menu of its own.
import { menuButton } from "./card_menu.js";
import { el, marked } from "./dom.js";
import { foreign, money, t, valueName } from "./i18n.js";
import { paintOf } from "./colours.js";
import { picture } from "./picture.js";
import { starLine } from "./stars.js";
import { productAddress } from "./state.js";

const SIZES = "(min-width: 900px) 230px, (min-width: 700px) 30vw, 46vw";
const MOST_SWATCHES = 5;
const STOCK = ["in_stock", "out_of_stock", "preorder", "backorder"];
const drawers = new WeakMap();

/** The card of a hit, a list item. With `eager` its photo does not wait until it is scrolled to; `note` says why it is there. */
export function card(hit, { eager = false, note = null } = {}) {
  const photo = picture(hit.image, { sizes: SIZES, eager, className: "card-photo" });
  const link = el("a", { className: "card-link" });
  const brand = el("p", { className: "card-brand" }), price = el("span", { className: "card-price" });
  const stock = el("span", { className: "card-stock" });
  const rating = el("p", { className: "card-rating" }), colours = el("div", { className: "card-colours" });
  const menu = menuButton();
  const chosen = el("span", { className: "card-chosen" }, t("card.chosen"));
  const node = el("li", { className: "card", "data-anchor": hit.id }, el("div", { className: "card-top" }, photo.box, chosen),
    el("div", { className: "card-body" }, brand, el("h3", { className: "card-title" }, link), colours,
      el("p", { className: "card-buy" }, price, stock), rating, note ? el("p", { className: "card-note" }, note) : null), menu.button);

  // What the card shows now: the hit's own variant, or that of a colour that was looked at.
  function look({ image, price: amount, currency, availability, variant }) {
    photo.show(image);
    price.textContent = money(amount, currency);
    const known = STOCK.includes(availability) ? availability : null;
    stock.textContent = known ? t(`stock.${known}`) : "";
    stock.dataset.stock = known ?? "";
    node.classList.toggle("is-sold", known === "out_of_stock");
    link.href = productAddress(hit.id, variant);
  }
  function draw(next) {
    hit = next;
    const title = hit.highlights?.title;
    link.replaceChildren(...(title ? marked(title) : [hit.title]));
    setLanguage(link, hit.title);
    brand.textContent = hit.brand ?? "";
    brand.hidden = !hit.brand;
    rating.replaceChildren(...(hit.rating ? [starLine(hit.rating, hit.review_count)] : []));
    rating.hidden = !hit.rating;
    menu.set(hit);
    chosen.hidden = !hit.reasons?.some(({ kind, value }) => kind === "chosen" && value === "pin");
    const own = { image: hit.image, price: hit.price, currency: hit.currency, availability: hit.availability, variant: hit.variant?.id };
    const row = swatchRow(hit, look);
    colours.replaceChildren(...(row ? [row] : []));
    colours.hidden = !row;
    look(own);
  }
  draw(hit);
  drawers.set(node, { draw, same: (other) => sameFace(hit, other) });
  return node;
}

/** Bring a card up to date with its hit of another search; a card that shows the same is left in peace. */
export function updateCard(node, hit) {
  const drawer = drawers.get(node);
  if (drawer && !drawer.same(hit)) drawer.draw(hit);
}

const faceOf = ({ score: _, signals: __, ...face }) => JSON.stringify(face);
const sameFace = (one, other) => faceOf(one) === faceOf(other);

function setLanguage(node, text) {
  const written = foreign(text ?? "");
  if (written) node.lang = written; else node.removeAttribute("lang");
}

/** The colours a product comes in; to point at one, reach it or press it shows it on the card. */
function swatchRow(hit, look) {
  const swatches = hit.swatches ?? [];
  if (swatches.length < 2) return null;
  const shown = swatches.slice(0, MOST_SWATCHES);
  const buttons = shown.map((swatch) => {
    const name = valueName("color", swatch.value);
    const dot = el("span", { className: "swatch-dot" });
    const paint = paintOf(swatch.value);
    if (paint) dot.style.setProperty("background", paint);
    else dot.textContent = name.slice(0, 1).toUpperCase();
    const sold = swatch.availability === "out_of_stock";
    const button = el("button", { type: "button", className: "swatch", title: name, "aria-label": sold ? t("card.colour_sold", { colour: name }) : name, "aria-pressed": String(isShown(hit, swatch)) }, dot);
    const choose = () => {
      if (button.getAttribute("aria-pressed") === "true") return;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      look({ image: swatch.image ?? hit.image, price: swatch.price ?? hit.price, currency: hit.currency, availability: swatch.availability ?? hit.availability, variant: swatch.variant });
    };
    button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") choose(); });
    button.addEventListener("focus", () => { if (button.matches(":focus-visible")) choose(); });
    button.addEventListener("click", choose);
    return button;
  });
  const left = swatches.length - shown.length;
  return el("div", { className: "swatches", role: "group", "aria-label": t("card.colours", { title: hit.title }) }, ...buttons,
    left > 0 ? el("span", { className: "swatch-more", "aria-label": t("card.more_colours", { count: left }) }, `+${left}`) : null);
}

function isShown(hit, swatch) {
  const own = Object.entries(hit.variant?.attributes ?? {}).find(([name]) => /^colou?r$|^颜色$/i.test(name))?.[1];
  return own !== undefined ? String(own).toLowerCase() === String(swatch.value).toLowerCase() : Boolean(swatch.image) && swatch.image === hit.image;
}

/** A card's place before its product is there. */
export function skeletonCard() {
  const line = (size) => el("span", { className: `skeleton-line is-${size}` });
  return el("li", { className: "card is-skeleton", "aria-hidden": "true" }, el("div", { className: "card-photo skeleton-box" }),
    el("div", { className: "card-body" }, line("short"), line("long"), line("price")));
}
