// A small bubble beside the button that opened it: Escape, a press elsewhere or the button itself closes it, and the
// focus goes back to the button.
import { el } from "./dom.js";
import { t } from "./i18n.js";

const MARGIN = 8;
let open = null;

/** Put a fixed element below its anchor, or above where there is more room, always inside the window. */
function placeBeside(element, anchor) {
  const edges = anchor.getBoundingClientRect(), room = document.documentElement;
  const width = element.offsetWidth, height = element.offsetHeight;
  const fitsBelow = edges.bottom + MARGIN + height <= room.clientHeight || edges.top < height + 2 * MARGIN;
  const centred = edges.left + edges.width / 2 - width / 2;
  const left = Math.max(MARGIN, Math.min(centred, room.clientWidth - width - MARGIN));
  const top = fitsBelow ? edges.bottom + MARGIN : edges.top - height - MARGIN;
  element.style.setProperty("left", `${left}px`);
  element.style.setProperty("top", `${Math.max(MARGIN, Math.min(top, room.clientHeight - height - MARGIN))}px`);
}

/** Close the bubble that is open, if one is. */
export function closeBubble() {
  open?.close();
}

/**
 * Open a bubble with a heading beside a button; a second call for the same button closes it. `content` are nodes,
 * `closed` is told when it goes. Answers its element, or null where it was closed.
 */
export function openBubble(anchor, { title, className = "", content = [], closed = () => {} }) {
  const again = open?.anchor === anchor;
  closeBubble();
  if (again) return null;
  const over = new AbortController(), whileOpen = { signal: over.signal };
  const shut = el("button", { type: "button", className: "bubble-close", "aria-label": t("bubble.close") }, "×");
  const element = el("div", { className: `bubble ${className}`.trim(), role: "dialog", "aria-label": title },
    el("div", { className: "bubble-head" }, el("h2", {}, title), shut), ...content);
  element.setAttribute("popover", "manual");

  function close() {
    if (over.signal.aborted) return;
    over.abort();
    grown.disconnect();
    open = null;
    anchor.setAttribute("aria-expanded", "false");
    // A press elsewhere keeps the focus that it gave; everything else hands it back.
    const mine = element.contains(document.activeElement) || document.activeElement === document.body;
    element.remove();
    if (mine && anchor.isConnected) anchor.focus({ preventScroll: true });
    closed();
  }
  const place = () => (anchor.isConnected ? placeBeside(element, anchor) : close());
  const grown = new ResizeObserver(place);

  shut.addEventListener("click", close);
  document.addEventListener("pointerdown", (event) => {
    if (!element.contains(event.target) && !anchor.contains(event.target)) close();
  }, { capture: true, ...whileOpen });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }, { capture: true, ...whileOpen });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget) && event.relatedTarget !== anchor) close();
  });
  addEventListener("scroll", place, { passive: true, capture: true, ...whileOpen });
  addEventListener("resize", place, whileOpen);
  addEventListener("popstate", close, whileOpen);

  // Inside an open dialog the bubble belongs to it, or it would lie under it and be inert.
  (anchor.closest("dialog") ?? document.body).append(element);
  element.showPopover?.();
  place();
  grown.observe(element);
  anchor.setAttribute("aria-expanded", "true");
  open = { anchor, close };
  shut.focus({ preventScroll: true });
  return element;
}
