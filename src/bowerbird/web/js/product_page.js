// A product's own page: photos, variants, what is known about it, reviews, and what looks like it.
import { cartButton } from "./add_to_cart.js";
import { ApiError, productView } from "./api.js";
import { itemsOf, moneyOf } from "./cart.js";
import { announce, el, safeAddress } from "./dom.js";
import { record } from "./events.js";
import { gallery } from "./gallery.js";
import { fieldName, foreign, language, money, number, t, valueName } from "./i18n.js";
import { originOf } from "./impressions.js";
import { searchWithPhotoAt } from "./photo.js";
import { icon } from "./product_icons.js";
import { productShelves } from "./product_shelves.js";
import { reviewsSection } from "./reviews.js";
import { starLine } from "./stars.js";
import { go, productAddress, rename, write } from "./state.js";
import { optionPicker } from "./variants.js";

const STOCK = ["in_stock", "out_of_stock", "preorder", "backorder"];

/**
 * Draw the product with an id into the view; gives way when the signal is aborted. `way` is how one came: on a page
 * that was just loaded the focus stays where browsers put it, else it goes to the product's name.
 */
export async function showProduct(view, id, signal, way = "load") {
  document.title = t("product.loading");
  view.replaceChildren(skeleton());
  view.setAttribute("aria-busy", "true");
  if (way === "push") scrollTo({ top: 0, behavior: "instant" });
  const shelves = productShelves(id, signal);
  try {
    const product = await productView(id, language(), signal);
    if (signal.aborted) return;
    document.title = `${product.title} · Bowerbird`;
    const page = productPage(product, shelves, signal);
    view.replaceChildren(page);
    view.removeAttribute("aria-busy");
    if (way !== "load") page.querySelector("h1").focus({ preventScroll: true });
    const viewed = [lineOf(product)];
    record("view_item", { ...originOf(product.id), ...moneyOf(viewed), items: itemsOf(viewed) });
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    const missing = error.status === 404;
    document.title = t(missing ? "product.missing" : "product.failed");
    view.replaceChildren(trouble(missing, error, () => showProduct(view, id, signal, "push")));
    announce(document.title);
  } finally {
    if (!signal.aborted) view.removeAttribute("aria-busy");
  }
}

function productPage(product, shelves, signal) {
  const photos = gallery({ photos: product.photos ?? [], title: product.title });
  const cart = cartButton(), price = el("p", { className: "product-price" }), stock = el("p", { className: "product-stock" });
  const options = optionPicker(product, {
    named: new URLSearchParams(location.search).get("variant"),
    change(variant) {
      showVariant(variant);
      rename(productAddress(product.id, variant.id));
      announce([price.textContent, stock.textContent].filter(Boolean).join(", "));
    },
  });
  function showVariant(variant) {
    const shown = { ...product, ...(variant && { price: variant.price ?? product.price, currency: variant.currency ?? product.currency, availability: variant.availability ?? product.availability }) };
    price.textContent = shown.price == null ? "" : money(shown.price, shown.currency);
    stock.textContent = STOCK.includes(shown.availability) ? t(`product.${shown.availability}`) : "";
    stock.dataset.stock = shown.availability ?? "";
    // Of a colour's sizes often only one has the photo; then the colour's own is shown.
    const own = variant && (variant.image ?? product.swatches?.find(({ value }) => Object.values(variant.options ?? {}).includes(value))?.image);
    if (own) photos.show(own);
    cart.set(lineOf(shown, variant, own));
  }
  showVariant(options?.variant());

  const element = el("article", { className: "product" }, breadcrumbs(product),
    el("div", { className: "product-main" }, photos.element,
      el("div", { className: "product-info" },
        product.brand ? el("p", { className: "product-brand", dir: "auto" }, product.brand) : null,
        el("h1", { className: "product-title", dir: "auto", lang: foreign(product.title), tabIndex: -1 }, product.title),
        ratingLine(product), price, stock, options?.element, actions(product, photos, signal, cart), cart.said,
        description(product), attributes(product))),
    shelves, reviewsSection(product));
  return element;
}

/** A product, in one of its variants, as a line of the cart. */
function lineOf(product, variant = null, image = null) {
  const { id, title, brand = null, price = null, currency = null, availability = null } = product;
  return { id, variant: variant?.id ?? null, title, brand, options: variant?.options ?? null, image: image ?? product.photos?.[0]?.address ?? null, price, currency, availability, quantity: 1 };
}

// --- the parts

function breadcrumbs(product) {
  const steps = [el("li", {}, el("a", { href: "/search" }, t("product.all")))];
  const parts = (product.categories?.[0] ?? "").split("/").filter(Boolean);
  parts.forEach((part, place) => steps.push(el("li", {}, el("a", { href: write({ picked: { category: [parts.slice(0, place + 1).join("/")] } }), dir: "auto" }, valueName("category", part)))));
  return el("nav", { className: "breadcrumbs", "aria-label": t("product.breadcrumbs") }, el("ol", {}, ...steps));
}

function ratingLine(product) {
  if (product.rating == null) return null;
  const count = product.review_count ?? 0;
  return el("p", { className: "product-rating" }, starLine(product.rating),
    count ? el("a", { href: "#reviews" }, t("reviews.count", { count })) : null);
}

function actions(product, photos, signal, cart) {
  const button = (name, symbol, act) => {
    const made = el("button", { type: "button", className: "button" }, icon(symbol), t(`product.${name}`));
    made.addEventListener("click", () => act(made));
    return made;
  };
  const bar = el("div", { className: "product-actions" }, cart.button), shop = safeAddress(product.url);
  if (shop) bar.append(el("a", { className: "button", href: shop, rel: "noopener noreferrer", target: "_blank" }, icon("out"), t("product.at_shop")));
  // A photo that lies at another shop's address is shown from there, and may not be read.
  if (photos.current()?.startsWith("/")) bar.append(button("search_photo", "camera", (made) => withPatience(made, () => searchWithPhotoAt(photos.current(), signal))));
  bar.append(
    button("more_like", "alike", () => go({ like: [product.id] })),
    button("less_like", "unlike", () => go({ unlike: [product.id] })),
    button("share", "share", share));
  return bar;
}

async function withPatience(button, work) {
  button.disabled = true;
  try {
    await work();
  } catch {
    announce(t("product.photo_failed"));
    button.lastChild.textContent = t("product.photo_failed");
  } finally {
    button.disabled = false;
  }
}

async function share(button) {
  const said = button.lastChild;
  const address = location.origin + location.pathname + location.search;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) return await navigator.share({ title: document.title, url: address });
    await navigator.clipboard.writeText(address);
    said.textContent = t("product.copied");
  } catch (error) {
    if (error.name === "AbortError") return;
    said.textContent = t("product.not_copied");
  }
  announce(said.textContent);
  setTimeout(() => { said.textContent = t("product.share"); }, 2500);
}

function description(product) {
  const paragraphs = (product.description ?? "").split(/\n{1,}/).map((part) => part.trim()).filter(Boolean);
  if (!paragraphs.length) return null;
  return el("section", { className: "product-description", "aria-labelledby": "description-title" },
    el("h2", { id: "description-title" }, t("product.description")), ...paragraphs.map((part) => el("p", { dir: "auto", lang: foreign(part) }, part)));
}

function attributes(product) {
  const options = Object.keys(product.options ?? {});
  const rows = Object.entries(product.attributes ?? {}).filter(([name]) => !options.includes(name)).map(([name, value]) => [name, valueText(name, value)]).filter(([, text]) => text);
  if (!rows.length) return null;
  return el("section", { className: "product-attributes", "aria-labelledby": "attributes-title" },
    el("h2", { id: "attributes-title" }, t("product.attributes")),
    el("table", {}, el("tbody", {}, ...rows.map(([name, text]) => el("tr", {}, el("th", { scope: "row", dir: "auto" }, fieldName(name)), el("td", { dir: "auto" }, text))))));
}

function valueText(name, value) {
  if (Array.isArray(value)) return value.map((one) => valueText(name, one)).filter(Boolean).join(t("list.comma"));
  if (typeof value === "boolean") return t(value ? "product.yes" : "product.no");
  if (typeof value === "number") return number(value);
  if (value && typeof value === "object") return [value.value, value.unit].map((part) => (typeof part === "number" ? number(part) : part)).filter(Boolean).join(" ");
  return value == null ? "" : valueName(name, String(value));
}

// --- before it is there, and when it does not come

function skeleton() {
  const line = (size) => el("span", { className: `skeleton-line is-${size}` });
  return el("div", { className: "product is-skeleton", "aria-hidden": "true" }, el("div", { className: "breadcrumbs" }, line("short")),
    el("div", { className: "product-main" },
      el("div", { className: "gallery" }, el("div", { className: "gallery-frame" }, el("div", { className: "gallery-stage skeleton-box" }))),
      el("div", { className: "product-info" }, line("short"), line("title"), line("short"), line("price"), line("long"), line("long"), line("long"))));
}

function trouble(missing, error, again) {
  const retry = el("button", { type: "button", className: "button is-main" }, t("product.try_again"));
  retry.addEventListener("click", again);
  return el("div", { className: "product-trouble", role: missing ? "note" : "alert" }, icon(missing ? "missing" : "trouble"),
    el("h1", { tabIndex: -1 }, t(missing ? "product.missing" : "product.failed")),
    el("p", {}, missing ? t("product.missing_hint") : error.message),
    el("div", { className: "product-actions" }, missing ? null : retry, el("a", { className: "button", href: "/search" }, t("product.all"))));
}
