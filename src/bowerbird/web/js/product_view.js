// The product view: which product the address names, and its page.
import { showProduct } from "./product_page.js";
import { restoreScroll } from "./scroll.js";

/** Show the product that the address names. */
export async function show(view, signal, way) {
  const id = location.pathname.slice("/product/".length).split("/").map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  }).join("/");
  await showProduct(view, id, signal, way);
  if (!signal.aborted) restoreScroll(way);
}
