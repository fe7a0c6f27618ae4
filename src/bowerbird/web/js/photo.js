// Searching by a photo: the button, dropping and pasting anywhere, and the strip that shows the photo in use.
import { announce, el } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { cropBox, described } from "./crop_box.js";
import { askForPhoto, faultText } from "./photo_dialog.js";
import { icon } from "./product_icons.js";
import { PhotoFault, addressOf, load, takeIn } from "./photo_store.js";
import { go, read, subscribe } from "./state.js";

const LIVE_MS = 180;
const EVEN = 0.5;
let dialog = null;

/** Search with a file; keeps what else was asked. Throws PhotoFault. */
async function searchWithPhoto(file) {
  const { key } = await takeIn(file);
  useKept(key);
}

/** Search with a photo of the shop by its address. Throws where it cannot be had. */
export async function searchWithPhotoAt(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new PhotoFault("unreadable");
  const { key } = await takeIn(await answer.blob());
  go({ photo: { key, weight: EVEN, box: null } });
}

function useKept(key) {
  go({ photo: { key, weight: read().photo?.weight ?? EVEN, box: null } });
  announce(t("photo.in_use"));
}

/** Start it all: `button` opens the dialog, `strip` shows the photo, files may be dropped anywhere on `dropArea`. */
export function startPhoto({ button, strip, dropArea }) {
  const message = el("p", { className: "photo-message", role: "alert" });
  const holder = el("div", { className: "photo-holder" });
  strip.replaceChildren(message, holder);
  const say = (text) => { message.textContent = text; };
  async function offer(file) {
    say("");
    if (dialog) return dialog.offer(file);
    try {
      await searchWithPhoto(file);
    } catch (error) {
      say(faultText(error));
    }
  }
  const ask = () => {
    say("");
    dialog = askForPhoto({ opener: button, take: searchWithPhoto, use: useKept, closed() { dialog = null; } });
  };
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", ask);
  acceptDrops(dropArea, offer);
  acceptPastes(dropArea, offer);

  let shown = null;
  const draw = (state) => {
    const { photo } = state;
    say("");
    if (!photo) {
      shown = null;
      holder.replaceChildren();
    } else if (shown?.key === photo.key) {
      shown.update(state);
    } else {
      shown = photoStrip(state, ask);
      holder.replaceChildren(shown.element);
    }
  };
  subscribe(draw);
  onLanguage(() => { shown = null; say(""); draw(read()); });
  draw(read());
}

// --- dropping and pasting

function acceptDrops(area, offer) {
  const veil = el("div", { className: "drop-veil", hidden: true, "aria-hidden": "true" }, el("div", {}, icon("picture"), el("strong", {}, t("photo.drop"))));
  document.body.append(veil);
  let leaving = 0, inside = false;
  const holdsFiles = (event) => !inside && [...(event.dataTransfer?.types ?? [])].includes("Files");
  // What is dragged from the page itself (a product's picture, a link) is not a photo of the shopper.
  area.addEventListener("dragstart", () => { inside = true; });
  area.addEventListener("dragend", () => { inside = false; });
  area.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil.querySelector("strong").textContent = t("photo.drop");
    veil.hidden = false;
    // Leaving is told by silence: drag events come all the time while files are over the page.
    clearTimeout(leaving);
    leaving = setTimeout(() => { veil.hidden = true; }, 250);
  });
  area.addEventListener("drop", (event) => {
    clearTimeout(leaving);
    veil.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    offer(bestOf(event.dataTransfer.files));
  });
}

function acceptPastes(area, offer) {
  area.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files ?? [];
    if (!files.length) return;
    event.preventDefault();
    offer(bestOf(files));
  });
}

/** The first picture among files, or the first file, whose fault is then told. */
const bestOf = (files) => [...files].find((file) => file.type.startsWith("image/")) ?? files[0];

// --- the strip

function photoStrip(state, ask) {
  const { key } = state.photo;
  let photo = state.photo, tool = null, missing = false;
  const image = el("img", { alt: "", className: "strip-photo" });
  const mark = el("span", { className: "strip-box", hidden: true });
  const thumb = el("button", { type: "button", className: "strip-thumb", "aria-expanded": "false", "aria-controls": "photo-crop" }, image, mark);
  const open = el("button", { type: "button", className: "button strip-open", "aria-expanded": "false", "aria-controls": "photo-crop" }, icon("crop"), el("span", {}, t("crop.open")));
  const whole = el("button", { type: "button", className: "button", hidden: true }, t("crop.whole"));
  const remove = el("button", { type: "button", className: "strip-remove", "aria-label": t("photo.remove") }, icon("close"));
  const part = el("p", { className: "strip-part" });
  const slider = weightSlider((weight, first) => change({ weight }, !first));
  const crop = el("div", { className: "strip-crop", id: "photo-crop", hidden: true });
  const bar = el("div", { className: "strip-bar" }, thumb, el("div", { className: "strip-middle" }, part, el("div", { className: "strip-buttons" }, open, whole)), slider.element, remove);
  const element = el("section", { className: "strip", "aria-label": t("photo.yours") }, bar, crop);

  const change = (next, replace = false) => go({ photo: { ...read().photo, ...next } }, { replace });
  function toggle() {
    const show = crop.hidden;
    crop.hidden = !show;
    for (const button of [thumb, open]) button.setAttribute("aria-expanded", String(show));
    open.lastChild.textContent = t(show ? "crop.done" : "crop.open");
    if (!show) return open.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" });
    crop.querySelector(".crop-frame")?.focus({ preventScroll: true });
  }
  function update(now) {
    photo = now.photo;
    const { box, weight } = photo;
    part.textContent = t(box ? "photo.part_is_used" : "photo.whole_is_used");
    whole.hidden = !box;
    mark.hidden = !box;
    if (box) ["left", "top", "width", "height"].forEach((name, place) => mark.style.setProperty(name, `${box[place] * 100}%`));
    thumb.setAttribute("aria-label", `${t("crop.open")}. ${described(box)}`);
    tool?.set(box);
    slider.set(weight, Boolean(now.q?.trim()));
  }
  async function fill() {
    const kept = await load(key);
    if (!kept) {
      missing = true;
      element.replaceChildren(...lostPhoto(ask, () => go({ photo: null })));
      return;
    }
    const address = await addressOf(key);
    image.src = address;
    image.width = kept.width;
    image.height = kept.height;
    tool = cropBox({ address, width: kept.width, height: kept.height, box: photo.box, change: (box) => change({ box }) });
    crop.replaceChildren(tool.element);
  }

  thumb.addEventListener("click", toggle);
  open.addEventListener("click", toggle);
  whole.addEventListener("click", () => { change({ box: null }); open.focus(); });
  remove.addEventListener("click", () => { go({ photo: null }); announce(t("photo.removed")); document.getElementById("photo-button")?.focus(); });
  update(state);
  fill();
  return { key, element, update(now) { if (!missing) update(now); } };
}

/** A shared address names a photo that lies on another device. */
function lostPhoto(ask, drop) {
  const choose = el("button", { type: "button", className: "button is-main" }, t("photo.choose"));
  const without = el("button", { type: "button", className: "button" }, t("photo.go_without"));
  choose.addEventListener("click", ask);
  without.addEventListener("click", drop);
  return [el("div", { className: "strip-lost", role: "note" }, el("p", {}, el("strong", {}, t("photo.elsewhere")), " ", t("photo.elsewhere_hint")), el("div", { className: "strip-buttons" }, choose, without))];
}

/** Photo against words. `moved(weight, first)` is told at most every LIVE_MS; `first` begins a new step back. */
function weightSlider(moved) {
  const input = el("input", { type: "range", min: "0", max: "100", step: "5", className: "weight-range", id: "photo-weight" });
  const value = el("output", { className: "weight-value", htmlFor: "photo-weight" });
  const mix = el("div", { className: "weight-mix" },
    el("label", { htmlFor: "photo-weight", className: "visually-hidden" }, t("weight.label")),
    el("span", { "aria-hidden": "true" }, t("weight.words")), input, el("span", { "aria-hidden": "true" }, t("weight.photo")), value);
  const hint = el("p", { className: "weight-hint" }, t("weight.hint"));
  const element = el("div", { className: "weight" }, mix, hint);
  let waiting = 0, moving = false;

  const say = () => {
    const photo = Number(input.value);
    const text = photo === 0 ? t("weight.only_words") : photo === 100 ? t("weight.only_photo") : t("weight.both", { photo, words: 100 - photo });
    value.textContent = text;
    input.setAttribute("aria-valuetext", text);
    input.style.setProperty("--share", `${photo}%`);
  };
  const send = () => {
    waiting = 0;
    moved(Number(input.value) / 100, !moving);
    moving = true;
  };
  input.addEventListener("input", () => {
    say();
    waiting ||= setTimeout(send, LIVE_MS);
  });
  input.addEventListener("change", () => {
    if (waiting) { clearTimeout(waiting); send(); }
    moving = false;
  });
  return {
    element,
    set(weight, withWords) {
      mix.hidden = !withWords;
      hint.hidden = withWords;
      if (!waiting && !moving) input.value = String(Math.round((weight ?? EVEN) * 100));
      say();
    },
  };
}
