// A box on a photo: drawn, moved and resized by pointer or by keyboard. A box is [x, y, width, height] in fractions of
// the photo; null means the whole photo.
import { el } from "./dom.js";
import { t } from "./i18n.js";

const WHOLE = [0, 0, 1, 1];
const STEP = 0.02;
const LEAST = 0.06;
const FIRST = [0.2, 0.2, 0.6, 0.6];
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// --- geometry

const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** The box moved by a distance, kept on the photo. */
export function moved([x, y, width, height], across, down) {
  return [within(x + across, 0, 1 - width), within(y + down, 0, 1 - height), width, height];
}

/** The box with the edges of a handle ("n", "se", ...) drawn by a distance, no smaller than the least size. */
export function resized([x, y, width, height], handle, across, down) {
  let left = x, top = y, right = x + width, bottom = y + height;
  if (handle.includes("w")) left = within(left + across, 0, right - LEAST);
  if (handle.includes("e")) right = within(right + across, left + LEAST, 1);
  if (handle.includes("n")) top = within(top + down, 0, bottom - LEAST);
  if (handle.includes("s")) bottom = within(bottom + down, top + LEAST, 1);
  return [left, top, right - left, bottom - top];
}

/** The box between two corners in any order. */
export function between([x, y], [otherX, otherY]) {
  return [Math.min(x, otherX), Math.min(y, otherY), Math.abs(x - otherX), Math.abs(y - otherY)];
}

/** The box to three decimals, or null where it is as good as the whole photo. */
export function settled(box) {
  if (!box) return null;
  const [x, y, width, height] = box.map((value) => Math.round(value * 1000) / 1000);
  return x < 0.01 && y < 0.01 && x + width > 0.99 && y + height > 0.99 ? null : [x, y, width, height];
}

const percent = (value) => Math.round(value * 100);

/** The box in words. */
export function described(box) {
  if (!box) return t("crop.whole_is_used");
  const [x, y, width, height] = box;
  return t("crop.place", { left: percent(x), right: percent(x + width), top: percent(y), bottom: percent(y + height) });
}

// --- the tool

/**
 * A photo with its box. `change(box)` is told every box that was settled: when the pointer lets go, after a key.
 * Answers {element, set(box)}.
 */
export function cropBox({ address, width, height, box = null, change }) {
  const help = el("p", { id: "crop-help", className: "crop-help" }, t("crop.help"));
  const frame = el("div", {
    className: "crop-frame", tabIndex: 0, role: "application",
    "aria-roledescription": t("crop.role"), "aria-describedby": "crop-help",
  }, ...HANDLES.map((name) => el("span", { className: `crop-handle crop-${name}`, "aria-hidden": "true" })));
  const photo = el("img", { src: address, width, height, alt: t("photo.yours"), draggable: false, className: "crop-photo" });
  const area = el("div", { className: "crop-area" }, photo, frame);
  const told = el("p", { className: "visually-hidden", role: "status" });
  const element = el("div", { className: "crop" }, area, help, told);
  let current = box, grip = null;

  function draw() {
    const [x, y, across, down] = current ?? WHOLE;
    for (const [name, value] of [["left", x], ["top", y], ["width", across], ["height", down]]) {
      frame.style.setProperty(name, `${value * 100}%`);
    }
    area.classList.toggle("is-whole", !current);
    frame.setAttribute("aria-label", described(current));
  }
  function settle(next, say) {
    current = settled(next);
    draw();
    if (say) told.textContent = described(current);
    change(current);
  }

  // --- by pointer
  const placeOf = (event) => {
    const edges = photo.getBoundingClientRect();
    return [within((event.clientX - edges.left) / edges.width, 0, 1), within((event.clientY - edges.top) / edges.height, 0, 1)];
  };
  // What the pointer would take hold of is found by distance, so that a finger need not hit a small square.
  function gripAt(event) {
    if (!current) return "draw";
    const edges = photo.getBoundingClientRect(), reach = event.pointerType === "touch" ? 22 : 12;
    const [x, y, across, down] = current;
    const left = edges.left + x * edges.width, top = edges.top + y * edges.height;
    const right = left + across * edges.width, bottom = top + down * edges.height;
    const near = (value, edge, size) => Math.abs(value - edge) <= Math.min(reach, Math.max(6, size / 3));
    const inside = event.clientX > left && event.clientX < right && event.clientY > top && event.clientY < bottom;
    const beside = event.clientX > left - reach && event.clientX < right + reach && event.clientY > top - reach && event.clientY < bottom + reach;
    if (!beside) return "draw";
    const vertical = near(event.clientY, top, bottom - top) ? "n" : near(event.clientY, bottom, bottom - top) ? "s" : "";
    const horizontal = near(event.clientX, left, right - left) ? "w" : near(event.clientX, right, right - left) ? "e" : "";
    return vertical + horizontal || (inside ? "move" : "draw");
  }
  function drag(event) {
    const place = placeOf(event), across = place[0] - grip.from[0], down = place[1] - grip.from[1];
    if (grip.kind === "move") current = moved(grip.box, across, down);
    else if (grip.kind !== "draw") current = resized(grip.box, grip.kind, across, down);
    else current = between(grip.from, place);
    draw();
  }
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    area.setPointerCapture(event.pointerId);
    grip = { kind: gripAt(event), from: placeOf(event), box: current, before: current };
    area.dataset.grip = grip.kind;
    frame.focus({ preventScroll: true });
  });
  area.addEventListener("pointermove", (event) => {
    if (grip) drag(event);
    else area.dataset.grip = gripAt(event);
  });
  area.addEventListener("pointerup", (event) => {
    if (!grip) return;
    drag(event);
    const { kind, before } = grip;
    grip = null;
    // A click or a slip of the hand draws nothing.
    const tiny = kind === "draw" && (current[2] < LEAST / 2 || current[3] < LEAST / 2);
    const next = tiny ? before : kind === "draw" ? resized(current, "se", 0, 0) : current;
    if (String(settled(next)) === String(settled(before))) { current = before; draw(); } else settle(next, true);
  });
  area.addEventListener("pointercancel", () => {
    if (!grip) return;
    current = grip.before;
    grip = null;
    draw();
  });

  // --- by keyboard
  frame.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home" || event.key === "Delete") {
      event.preventDefault();
      settle(null, true);
    } else if (arrow) {
      event.preventDefault();
      const [across, down] = arrow.map((way) => way * STEP);
      // The whole photo cannot be moved: the first arrow sets a box in the middle.
      if (event.shiftKey) settle(resized(current ?? WHOLE, "se", across, down), true);
      else settle(current ? moved(current, across, down) : FIRST, true);
    }
  });

  draw();
  return { element, set(next) { if (!grip) { current = next; draw(); } } };
}
