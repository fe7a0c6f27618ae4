// Photos at the size they are shown in: the shop's own come as thumbnails that its server makes once.
import { el } from "./dom.js";
import { icon } from "./icons.js";

const WIDTHS = [160, 320, 640, 1280];

/** Make an <img> show a photo; `sizes` is how wide it is drawn. */
export function setPhoto(image, address, sizes) {
  const own = address.startsWith("/photos/");
  if (own) {
    image.sizes = sizes;
    image.srcset = WIDTHS.map((width) => `${address}?w=${width} ${width}w`).join(", ");
  } else {
    image.removeAttribute("srcset");
  }
  image.src = own ? `${address}?w=320` : address;
}

/** A photo's place of fixed shape: a lazy picture (eager in the first row), or a quiet mark where there is none. */
export function picture(address, { sizes, eager = false, className = "photo-box", alt = "" } = {}) {
  const box = el("div", { className });
  const image = el("img", { alt, width: 320, height: 320, decoding: "async", loading: eager ? "eager" : "lazy", referrerPolicy: "no-referrer" });
  if (eager) image.setAttribute("fetchpriority", "high");
  const show = (next) => {
    box.classList.toggle("is-empty", !next);
    if (next && image.dataset.address === next) return;
    if (next) setPhoto(image, next, sizes);
    image.dataset.address = next ?? "";
    box.replaceChildren(next ? image : icon("picture"));
  };
  image.addEventListener("error", () => { box.classList.add("is-empty"); image.dataset.address = ""; box.replaceChildren(icon("picture")); });
  show(address);
  return { box, image, show };
}
