// A slider with two ends: two native range inputs over one track, so that keyboards and readers know them already.
import { el } from "./dom.js";

const STEPS = 400;

/** Between where a slider stands and what it means; wide spans are stretched at their low end. */
export function scaleOf(low, high) {
  const wide = low >= 0 && high / Math.max(low, high / 1000, 1e-9) > 20;
  const bend = wide ? 2.2 : 1;
  const unit = niceUnit((high - low) / 200);
  return {
    valueAt(place) {
      const raw = low + (high - low) * (place / STEPS) ** bend;
      const fine = Math.min(unit, niceUnit(Math.abs(raw) / 25) || unit);
      return Number((Math.round(raw / fine) * fine).toPrecision(10));
    },
    placeOf(value) {
      const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
      return Math.round(share ** (1 / bend) * STEPS);
    },
  };
}

/** The round number (1, 2 or 5 times a power of ten) at or above a size. */
export function niceUnit(size) {
  if (!(size > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(size));
  return [1, 2, 5, 10].map((part) => part * power).find((part) => part >= size * 0.999);
}

/**
 * A slider for a range. `labels` name the ends, `said(value)` puts one in words, `moving(range)` is told while an end
 * moves and `moved(range)` when it stays; an end that is null is open. Answers {element, set(low, high, range)}.
 */
export function rangeSlider({ labels, said, moving, moved }) {
  const ends = labels.map((label) => el("input", { type: "range", min: "0", max: String(STEPS), step: "1", className: "slider-end", "aria-label": label }));
  const element = el("div", { className: "slider" }, el("span", { className: "slider-track", "aria-hidden": "true" }), ...ends);
  let scale = scaleOf(0, 1);

  const places = () => ends.map((end) => Number(end.value));
  function range() {
    const [low, high] = places();
    return [low <= 0 ? null : scale.valueAt(low), high >= STEPS ? null : scale.valueAt(high)];
  }
  function draw() {
    const [low, high] = places();
    element.style.setProperty("--low", `${(low / STEPS) * 100}%`);
    element.style.setProperty("--high", `${(high / STEPS) * 100}%`);
    ends.forEach((end) => end.setAttribute("aria-valuetext", said(scale.valueAt(Number(end.value)))));
    // Where both ends lie at the far side, the low one must be on top to be taken hold of.
    ends[0].classList.toggle("is-above", low > STEPS * 0.9);
  }
  ends.forEach((end, place) => {
    end.addEventListener("input", () => {
      const [low, high] = places();
      if (low > high) end.value = String(place ? low : high);
      draw();
      moving(range());
    });
    end.addEventListener("change", () => moved(range()));
  });
  return {
    element,
    set(low, high, [from, to]) {
      scale = scaleOf(low, high);
      const next = [from === null ? 0 : scale.placeOf(from), to === null ? STEPS : scale.placeOf(to)];
      ends.forEach((end, place) => { if (Number(end.value) !== next[place]) end.value = String(next[place]); });
      draw();
    },
  };
}
