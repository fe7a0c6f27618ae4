// "Understood as": how the query was read, part by part, each with a way to take it out. The line keeps its height: what
// does not fit waits behind a button that opens it.
import { el, keyed } from "./dom.js";
import { foreign, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { partsOf } from "./parts.js";
import { BLANK, go, read } from "./state.js";

let removedAt = null;
// What the service told last and of which words, to go on showing what still holds until it answers again.
let latest = { q: "", understood: null };

/** Draw the line into its place. Before the answer is there, it is put together from what was asked and told before. */
export function drawUnderstood(place, state, found) {
  if (!place.firstChild) build(place);
  const [label, list, more, clear] = place.children;
  if (found) latest = { q: found.q, understood: found.understood };
  const parts = partsOf(state, latest.understood, latest.q), focused = removedAt ?? buttonsOf(list).indexOf(document.activeElement);
  place.hidden = !parts.length;
  label.textContent = t("understood.label");
  clear.textContent = t("understood.clear");
  clear.hidden = parts.filter((part) => part.remove).length < 2;
  // A key tells all that a chip shows, so a chip that stays is the same chip.
  keyed(list, parts, (part) => JSON.stringify([part.kind, part.text, part.note, part.after, part.shown]), (part) => chip(part, list), (node, part) => { node.change = part; });
  fit(place, list, more);
  if (focused >= 0) keepFocus(list, focused);
  removedAt = null;
}

function build(place) {
  const label = el("h2", { className: "understood-label", id: "understood-label" });
  const list = el("ul", { className: "parts", id: "understood-parts", role: "list", "aria-labelledby": "understood-label" });
  const more = el("button", { type: "button", className: "link-button understood-more", "aria-controls": "understood-parts", hidden: true });
  const clear = el("button", { type: "button", className: "link-button understood-clear" });
  place.append(label, list, more, clear);
  more.addEventListener("click", () => {
    place.classList.toggle("is-open");
    fit(place, list, more);
  });
  clear.addEventListener("click", () => { go({ ...BLANK, sort: read().sort }); document.getElementById("search-input").focus(); });
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return;
    width = contentRect.width;
    fit(place, list, more);
  }).observe(place);
}

/** Hide the chips at the end that do not fit beside the others, and say how many there are. */
function fit(place, list, more) {
  for (const node of list.children) {
    node.hidden = false;
    node.classList.remove("is-alone");
  }
  const chips = [...list.children].filter((node) => node.offsetParent);
  const open = place.classList.contains("is-open"), full = () => list.scrollWidth > list.clientWidth + 1;
  // Measured as one line, open or not: a line that would fit has nothing to open.
  place.classList.remove("is-open");
  place.classList.add("is-measured");
  more.hidden = !full();
  place.classList.remove("is-measured");
  if (more.hidden) return;
  more.setAttribute("aria-expanded", String(open));
  place.classList.toggle("is-open", open);
  let hidden = 0;
  const say = (short, whole) => { more.textContent = short; more.setAttribute("aria-label", whole); };
  if (open) return say(t("understood.fewer"), t("understood.fewer"));
  do {
    hidden += 1;
    chips[chips.length - hidden].hidden = true;
    say(`+${number(hidden)}`, t("understood.more", { count: hidden }));
  } while (full() && hidden < chips.length - 1);
  chips[0].classList.toggle("is-alone", full());
}

const buttonsOf = (list) => [...list.querySelectorAll("li:not([hidden]) .part-remove")];

/** The focus of a chip that went goes to the one in its place. */
function keepFocus(list, place) {
  if (document.activeElement !== document.body && document.activeElement?.isConnected) return;
  const buttons = buttonsOf(list);
  (buttons[Math.min(place, buttons.length - 1)] ?? document.getElementById("search-input")).focus({ preventScroll: true });
}

function chip(part, list) {
  const node = el("li", { className: `part part-${part.kind}${part.shown ? " is-read" : ""}` });
  node.change = part;
  if (part.paint) {
    const dot = el("span", { className: "part-dot" });
    dot.style.setProperty("background", part.paint);
    node.append(dot);
  } else if (part.icon) node.append(icon(part.icon));
  if (part.note) node.append(el("span", { className: "part-note" }, part.note));
  node.append(el("span", { className: "part-text", lang: part.foreign ? foreign(part.text) : null }, part.text));
  if (part.after) node.append(el("span", { className: "part-after" }, part.after));
  if (part.remove) {
    const said = [part.note, part.text].filter(Boolean).join(" ");
    const remove = el("button", { type: "button", className: "part-remove", "aria-label": t("understood.remove", { part: said }) }, icon("close"));
    remove.addEventListener("click", () => {
      removedAt = buttonsOf(list).indexOf(remove);
      go(node.change.remove);
    });
    node.append(remove);
  }
  return node;
}
