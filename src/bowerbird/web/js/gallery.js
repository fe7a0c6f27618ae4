// A product's photos: one large, thumbnails below, and a full-screen view to zoom and pan.
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { setPhoto } from "./picture.js";
import { icon } from "./product_icons.js";
import { openZoom } from "./zoom.js";

const LARGE = "(min-width: 900px) 50vw, 96vw";

function noPhoto() {
  return el("span", { className: "photo-missing", role: "img", "aria-label": t("gallery.none") }, icon("picture"));
}

/** The gallery of {photos: [{address}], title}. Answers {element, show(address), current()}. */
export function gallery({ photos, title }) {
  if (!photos.length) {
    return { element: el("div", { className: "gallery" }, el("div", { className: "gallery-stage is-empty" }, noPhoto())), show() {}, current: () => null };
  }
  let place = 0;
  const image = el("img", { className: "gallery-photo", width: 640, height: 640, decoding: "async", referrerPolicy: "no-referrer" });
  image.setAttribute("fetchpriority", "high");
  const stage = el("button", { type: "button", className: "gallery-stage" }, image, el("span", { className: "gallery-hint", "aria-hidden": "true" }, icon("zoom")));
  const thumbs = photos.map((photo, number) => thumb(photo, number, photos.length, () => turnTo(number)));
  const row = el("ul", { className: "gallery-thumbs", "aria-label": t("gallery.thumbs") }, ...thumbs.map((button) => el("li", {}, button)));
  const turnButton = (way, name) => {
    const button = el("button", { type: "button", className: `gallery-turn gallery-${name}`, "aria-label": t(`gallery.${name}`) }, icon(name));
    button.addEventListener("click", () => turnTo(place + way));
    return button;
  };
  const several = photos.length > 1;
  const element = el("div", { className: "gallery", role: "group", "aria-label": t("gallery.label") },
    el("div", { className: "gallery-frame" }, stage, ...(several ? [turnButton(-1, "previous"), turnButton(1, "next")] : [])),
    ...(several ? [row] : []));

  function turnTo(number) {
    place = (number + photos.length) % photos.length;
    setPhoto(image, photos[place].address, LARGE);
    image.alt = several ? t("gallery.photo_of", { title, number: place + 1, count: photos.length }) : title;
    stage.setAttribute("aria-label", t("gallery.enlarge", { photo: image.alt }));
    thumbs.forEach((button, other) => button.setAttribute("aria-current", String(other === place)));
    thumbs[place].parentElement?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }
  stage.addEventListener("click", () => openZoom({
    addresses: photos.map((photo) => photo.address), place, title, closed(number) { turnTo(number); stage.focus(); },
  }));
  image.addEventListener("error", () => stage.classList.add("is-broken"));
  image.addEventListener("load", () => stage.classList.remove("is-broken"));
  element.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !several || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    turnTo(place + way);
    if (row.contains(document.activeElement)) thumbs[place].focus();
  });

  turnTo(0);
  return {
    element,
    current: () => photos[place].address,
    show(address) {
      const number = photos.findIndex((photo) => photo.address === address);
      if (number >= 0) turnTo(number);
    },
  };
}

function thumb(photo, number, count, chosen) {
  const image = el("img", { alt: "", width: 72, height: 72, loading: "lazy", decoding: "async", referrerPolicy: "no-referrer" });
  setPhoto(image, photo.address, "72px");
  const button = el("button", { type: "button", "aria-label": t("gallery.number", { number: number + 1, count }) }, image);
  button.addEventListener("click", chosen);
  return button;
}
