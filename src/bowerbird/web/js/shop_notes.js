// What the shop's rules put beside the products: banners above them, and another page to go to instead.
import { announce, el, safeAddress } from "./dom.js";
import { foreign, t } from "./i18n.js";
import { visit } from "./state.js";

const OWN_PATHS = /^\/(?:$|search$|about$|cart$|product\/)/;
let shown = "[]";
let arrived = null;

/** An address on this site or on the web that may be gone to, else null. */
export function siteAddress(address) {
  if (typeof address !== "string" || /[\s\\\u0000-\u001f]/.test(address)) return null;
  return /^\/(?!\/)/.test(address) ? address : safeAddress(address);
}

/** Draw the banners of a search into their place; those that are there already stay. */
export function drawBanners(place, banners) {
  const next = JSON.stringify(banners);
  if (next === shown && place.childElementCount === banners.length) return;
  shown = next;
  place.replaceChildren(...banners.map(banner));
  place.hidden = !banners.length;
}

function banner({ title, text, image, link }) {
  const picture = siteAddress(image), target = siteAddress(link);
  const content = [
    picture ? el("img", { className: "shop-banner-photo", src: picture, alt: "", decoding: "async", referrerPolicy: "no-referrer" }) : null,
    el("span", { className: "shop-banner-text" },
      el("strong", { className: "shop-banner-title", lang: foreign(title) }, title),
      text ? el("span", { lang: foreign(text) }, text) : null),
  ];
  return el("li", { className: "shop-banner" }, target ? el("a", { className: "shop-banner-body", href: target }, ...content) : el("div", { className: "shop-banner-body" }, ...content));
}

/**
 * Go where a rule sends this search, and answer whether that is under way. Who is still typing, or comes back, is left
 * where they are; a search that was led to leads no further, so that no two rules send a shopper to and fro.
 */
export function followRedirect(redirect, way) {
  const target = siteAddress(redirect), here = location.pathname + location.search;
  if (!target || way === "typing" || way === "back" || here === arrived) return false;
  const address = new URL(target, location.href);
  if (address.href === location.href) return false;
  announce(t("results.sent"));
  if (address.origin === location.origin && OWN_PATHS.test(address.pathname)) {
    arrived = address.pathname + address.search;
    visit(arrived + address.hash, { replace: true });
  } else {
    location.replace(address.href);
  }
  return true;
}
