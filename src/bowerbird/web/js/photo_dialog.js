// The dialog that asks for a photo: a file, the camera, or one of the photos used lately.
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { PhotoFault, addressOf, drawn, forget, recent } from "./photo_store.js";
import { icon } from "./product_icons.js";

const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);
const CAMERA_FAULTS = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy" };

/** What to tell the shopper about a photo that cannot be used. */
export function faultText(error) {
  return t(`photo.fault.${error instanceof PhotoFault ? error.code : "unreadable"}`);
}

/**
 * Ask for a photo. `take(file)` keeps a file and rejects with a PhotoFault; `use(key)` uses one that is kept.
 * The dialog closes itself once there is a photo, and `closed` is told. Answers {offer(file)}.
 */
export function askForPhoto({ take, use, opener, closed }) {
  const message = el("p", { className: "photo-message", role: "alert" });
  const input = el("input", { type: "file", accept: "image/*", className: "visually-hidden", tabIndex: -1, "aria-hidden": "true" });
  const snapshot = el("input", { type: "file", accept: "image/*", className: "visually-hidden", tabIndex: -1, "aria-hidden": "true" });
  snapshot.setAttribute("capture", "environment");
  const pick = el("button", { type: "button", className: "photo-pick" }, icon("picture"),
    el("strong", {}, t("photo.choose")), el("span", {}, t("photo.choose_hint")));
  const camera = el("button", { type: "button", className: "button photo-camera" }, icon("camera"), t("photo.camera"));
  const shelf = el("div", { className: "photo-shelf", hidden: true });
  const shut = el("button", { type: "button", className: "dialog-close", "aria-label": t("photo.close") }, icon("close"));
  const start = el("div", { className: "photo-start" }, pick, camera, shelf, el("p", { className: "photo-private" }, t("photo.private")));
  const stage = el("div", { className: "photo-stage", hidden: true });
  const dialog = el("dialog", { className: "photo-dialog", "aria-labelledby": "photo-dialog-title" },
    el("div", { className: "dialog-head" }, el("h2", { id: "photo-dialog-title" }, t("photo.title")), shut),
    message, start, stage, input, snapshot);
  let view = null;

  const say = (text) => { message.textContent = text; };
  const close = () => dialog.close();
  async function offer(file) {
    if (!file) return;
    say("");
    dialog.setAttribute("aria-busy", "true");
    try {
      await take(file);
      close();
    } catch (error) {
      say(faultText(error));
    } finally {
      dialog.removeAttribute("aria-busy");
    }
  }
  function backToStart() {
    view?.stop();
    view = null;
    stage.hidden = true;
    start.hidden = false;
    camera.focus();
  }
  async function openCamera() {
    if (!hasCamera()) return snapshot.click();
    say("");
    camera.disabled = true;
    try {
      view = await cameraView({ offer, back: backToStart });
      if (!dialog.open) return view.stop();
      stage.replaceChildren(view.element);
      start.hidden = true;
      stage.hidden = false;
      view.shutter.focus();
    } catch (error) {
      say(t(`photo.camera_fault.${CAMERA_FAULTS[error.name] ?? "busy"}`));
    } finally {
      camera.disabled = false;
    }
  }

  pick.addEventListener("click", () => input.click());
  camera.addEventListener("click", openCamera);
  for (const field of [input, snapshot]) {
    field.addEventListener("change", () => { offer(field.files[0]); field.value = ""; });
  }
  shut.addEventListener("click", close);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
  dialog.addEventListener("close", () => {
    view?.stop();
    dialog.remove();
    closed();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  });
  fillShelf(shelf, (key) => { use(key); close(); });

  document.body.append(dialog);
  dialog.showModal();
  pick.focus();
  return { offer };
}

async function fillShelf(shelf, use) {
  const photos = await recent();
  const buttons = await Promise.all(photos.map(async ({ key }, place) => {
    const button = el("button", { type: "button", "aria-label": t("photo.recent_number", { number: place + 1 }) },
      el("img", { src: await addressOf(key), alt: "", width: 64, height: 64 }));
    button.addEventListener("click", () => use(key));
    return button;
  }));
  if (!buttons.length) return;
  const empty = el("button", { type: "button", className: "photo-forget" }, t("photo.forget"));
  empty.addEventListener("click", async () => {
    for (const { key } of await recent(Infinity)) await forget(key);
    shelf.hidden = true;
    shelf.closest("dialog")?.querySelector(".photo-pick")?.focus();
  });
  shelf.replaceChildren(el("div", { className: "photo-shelf-head" }, el("h3", {}, t("photo.recent")), empty),
    el("div", { className: "photo-shelf-row" }, ...buttons));
  shelf.hidden = false;
}

/** A live picture with a shutter. Answers {element, shutter, stop}; rejects where the camera is refused or missing. */
async function cameraView({ offer, back }) {
  let facing = "environment", stream = await streamOf(facing);
  const video = el("video", { className: "photo-video", autoplay: true, muted: true, playsInline: true, "aria-label": t("photo.live") });
  const shutter = el("button", { type: "button", className: "photo-shutter", "aria-label": t("photo.shutter") }, el("span"));
  const turn = el("button", { type: "button", className: "photo-turn", hidden: true, "aria-label": t("photo.turn") }, icon("turn"));
  const leave = el("button", { type: "button", className: "button is-plain photo-leave" }, t("photo.back"));
  const show = () => {
    video.srcObject = stream;
    // Seen from the front, people expect a mirror; the photo itself is not mirrored.
    video.classList.toggle("is-mirrored", stream.getVideoTracks()[0]?.getSettings().facingMode === "user");
  };
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  shutter.addEventListener("click", async () => {
    if (!video.videoWidth) return;
    shutter.disabled = true;
    try {
      await offer(await drawn(video, video.videoWidth, video.videoHeight));
    } finally {
      shutter.disabled = false;
    }
  });
  turn.addEventListener("click", async () => {
    const other = facing === "environment" ? "user" : "environment";
    stop();
    // Most phones open one camera at a time; where the other does not open, the first comes back.
    stream = await streamOf(other).then((found) => { facing = other; return found; }, () => streamOf(facing));
    show();
  });
  leave.addEventListener("click", back);
  show();
  navigator.mediaDevices.enumerateDevices().then((devices) => {
    turn.hidden = devices.filter((device) => device.kind === "videoinput").length < 2;
  }, () => {});
  return { element: el("div", { className: "photo-live" }, video, el("div", { className: "photo-live-bar" }, leave, shutter, turn)), shutter, stop };
}

const streamOf = (facing) => navigator.mediaDevices.getUserMedia({
  audio: false, video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 1280 } },
});
