// Where one was on a page, kept with its step in the browser's history: the card at the top of the window rather than
// a number of pixels, so that it is found again at another width or with other pages loaded.

const IDLE_MS = 150;

/** Begin to keep it. */
export function startScroll() {
  history.scrollRestoration = "manual";
  let timer = 0;
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(saveScroll, IDLE_MS); }, { passive: true });
  // After a step back the place on the screen is still the other step's: it must not be kept with this one.
  addEventListener("popstate", () => clearTimeout(timer));
  addEventListener("pagehide", saveScroll);
}

/** Keep where one is now with the present step. */
export function saveScroll() {
  const y = Math.round(scrollY);
  const anchor = y > 0 ? [...document.querySelectorAll("#view [data-anchor]")].find((node) => node.getBoundingClientRect().bottom > headerHeight() + 1) : null;
  const focus = document.activeElement?.closest("#view [data-anchor]")?.dataset.anchor ?? null;
  const place = { y, anchor: anchor?.dataset.anchor ?? null, top: anchor ? Math.round(anchor.getBoundingClientRect().top) : 0, focus };
  if (JSON.stringify(history.state?.place) !== JSON.stringify(place)) history.replaceState({ ...history.state, place }, "");
}

/** Go back to where one was when the step was made by back, forward or reload; else to the top. */
export function restoreScroll(way) {
  const place = way === "back" || way === "load" ? history.state?.place : null;
  if (!place) {
    if (way !== "load" && scrollY > 0) scrollTo({ top: 0, behavior: "instant" });
    return;
  }
  const anchor = place.anchor && document.querySelector(`#view [data-anchor="${CSS.escape(place.anchor)}"]`);
  const top = anchor ? scrollY + anchor.getBoundingClientRect().top - place.top : place.y;
  scrollTo({ top, behavior: "instant" });
  // Who followed a link comes back to it.
  if (place.focus && document.activeElement === document.body) document.querySelector(`#view [data-anchor="${CSS.escape(place.focus)}"] a`)?.focus({ preventScroll: true });
}

/** How much of the window's top the header covers. */
function headerHeight() {
  return document.querySelector(".header")?.getBoundingClientRect().bottom ?? 0;
}
