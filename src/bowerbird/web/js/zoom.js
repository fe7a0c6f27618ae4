// Photos full-screen: wheel, pinch, double tap, + and - zoom; drag and arrows pan; without zoom, arrows turn the page.
import { el } from "./dom.js";
import { number, t } from "./i18n.js";
import { icon } from "./product_icons.js";

const MOST = 4;
const STEP = 1.5;
const PAN = 60;

/** Open photos full-screen at one of them; `closed(place)` is told which was seen last. */
export function openZoom({ addresses, place, title, closed }) {
  const image = el("img", { className: "zoom-photo", draggable: false, referrerPolicy: "no-referrer" });
  const stage = el("div", { className: "zoom-stage", tabIndex: 0, role: "application", "aria-label": t("zoom.stage"), "aria-describedby": "zoom-help" }, image);
  const level = el("output", { className: "zoom-level", "aria-live": "polite" });
  const button = (name, act) => {
    const made = el("button", { type: "button", "aria-label": t(`zoom.${name}`) }, icon(name));
    made.addEventListener("click", act);
    return made;
  };
  const several = addresses.length > 1;
  const view = { scale: 1, x: 0, y: 0 };
  const dialog = el("dialog", { className: "zoom", "aria-label": t("zoom.title", { title }) }, stage,
    el("div", { className: "zoom-bar" },
      ...(several ? [button("previous", () => turn(-1))] : []),
      button("minus", () => zoomBy(1 / STEP)), level, button("plus", () => zoomBy(STEP)),
      ...(several ? [button("next", () => turn(1))] : []),
      button("close", () => dialog.close())),
    el("p", { id: "zoom-help", className: "visually-hidden" }, t("zoom.help")));

  function draw() {
    // As far as the photo's edge may be drawn to the middle of the stage.
    const farX = (stage.clientWidth * (view.scale - 1)) / 2, farY = (stage.clientHeight * (view.scale - 1)) / 2;
    view.x = Math.max(-farX, Math.min(farX, view.x));
    view.y = Math.max(-farY, Math.min(farY, view.y));
    image.style.setProperty("transform", `translate(${view.x}px, ${view.y}px) scale(${view.scale})`);
    stage.classList.toggle("is-zoomed", view.scale > 1);
    level.textContent = number(view.scale, { style: "percent" });
  }
  /** Zoom by a factor, keeping what lies under a point (from the stage's middle) where it is. */
  function zoomBy(factor, x = 0, y = 0) {
    const before = view.scale;
    view.scale = Math.max(1, Math.min(MOST, before * factor));
    const real = view.scale / before;
    view.x = x - (x - view.x) * real;
    view.y = y - (y - view.y) * real;
    draw();
  }
  function turn(way) {
    place = (place + way + addresses.length) % addresses.length;
    Object.assign(view, { scale: 1, x: 0, y: 0 });
    image.src = addresses[place];
    image.alt = several ? t("gallery.photo_of", { title, number: place + 1, count: addresses.length }) : title;
    draw();
  }
  const fromMiddle = (event) => {
    const edges = stage.getBoundingClientRect();
    return [event.clientX - edges.left - edges.width / 2, event.clientY - edges.top - edges.height / 2];
  };

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY * 0.0022), ...fromMiddle(event));
  }, { passive: false });
  stage.addEventListener("dblclick", (event) => (view.scale > 1 ? zoomBy(1 / view.scale) : zoomBy(2.5, ...fromMiddle(event))));
  watchFingers(stage, { fromMiddle, zoomBy, pan(x, y) { view.x += x; view.y += y; draw(); }, swipe: (way) => { if (view.scale === 1 && several) turn(way); } });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === "+" || event.key === "=") zoomBy(STEP);
    else if (event.key === "-") zoomBy(1 / STEP);
    else if (event.key === "0") zoomBy(1 / view.scale);
    else if (arrow && view.scale > 1) { view.x += arrow[0] * PAN; view.y += arrow[1] * PAN; draw(); }
    else if (arrow?.[0] && several) turn(-arrow[0]);
    else return;
    event.preventDefault();
  });
  const resized = () => draw();
  addEventListener("resize", resized);
  dialog.addEventListener("close", () => {
    removeEventListener("resize", resized);
    dialog.remove();
    closed(place);
  });
  document.body.append(dialog);
  dialog.showModal();
  turn(0);
  stage.focus();
}

/** One pointer pans (or swipes), two pinch. */
function watchFingers(stage, { fromMiddle, zoomBy, pan, swipe }) {
  const fingers = new Map();
  let start = null, spread = 0;
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, fromMiddle(event));
    start = fingers.size === 1 ? fromMiddle(event) : null;
    if (fingers.size === 2) spread = distance();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = fingers.get(event.pointerId), now = fromMiddle(event);
    fingers.set(event.pointerId, now);
    if (fingers.size === 1) pan(now[0] - before[0], now[1] - before[1]);
    if (fingers.size === 2) {
      const [one, other] = [...fingers.values()], wide = distance();
      if (spread > 0) zoomBy(wide / spread, (one[0] + other[0]) / 2, (one[1] + other[1]) / 2);
      spread = wide;
    }
  });
  const lifted = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (start && event.type === "pointerup") {
      const across = fromMiddle(event)[0] - start[0];
      if (Math.abs(across) > 60) swipe(across > 0 ? -1 : 1);
    }
    start = null;
  };
  stage.addEventListener("pointerup", lifted);
  stage.addEventListener("pointercancel", lifted);
}
