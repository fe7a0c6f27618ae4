// Small tools for the document. Text becomes text nodes and nothing else: no markup is ever parsed from data.

const AS_ATTRIBUTE = /^(aria-|data-)|^(role|list|form|popover|fetchpriority|inputmode|enterkeyhint|viewBox|lang|for)$/;

/** Make an element with properties (aria-*, data-* and the like as attributes) and children; null children are left out. */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  assign(node, properties);
  node.append(...present(children));
  return node;
}

function assign(node, properties) {
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined) continue;
    if (AS_ATTRIBUTE.test(key) || !(key in node)) node.setAttribute(key, value);
    else node[key] = value;
  }
}

const present = (children) => children.flat().filter((child) => child !== null && child !== undefined && child !== false);

const ESCAPED = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", "#x2F": "/", "#47": "/" };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#x27|#39|#x2F|#47);/g, (_, name) => ESCAPED[name]);

/** Nodes of the server's escaped text with <mark> around matches; whatever else stands in it stays text. */
export function marked(html) {
  return html.split(/(<mark>[^]*?<\/mark>)/).filter(Boolean).map((part) => part.startsWith("<mark>") && part.endsWith("</mark>")
    ? el("mark", {}, unescaped(part.slice(6, -7))) : document.createTextNode(unescaped(part)));
}

/** The address if a link may go there (http or https), else null. */
export function safeAddress(address) {
  return /^https?:\/\/[^\s]+$/i.test(address ?? "") ? address : null;
}

/**
 * Give a parent one child an item, in order, keeping the nodes of items that were there before (by key), so that focus
 * and pictures stay. `make(item)` answers a node, `update(node, item)` brings a kept one up to date.
 */
export function keyed(parent, items, key, make, update = () => {}) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let node = before.get(name);
    if (node) {
      before.delete(name);
      update(node, item);
    } else {
      node = make(item);
      node.dataset.key = name;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of before.values()) node.remove();
}

let saying = 0;

/** Tell screen readers something, politely; the last one within half a second is what is said. */
export function announce(text, delay = 350) {
  clearTimeout(saying);
  const place = document.getElementById("live");
  saying = setTimeout(() => {
    // The same words twice would not be said again.
    place.textContent = place.textContent === text ? `${text}\u00a0` : text;
  }, delay);
}

/** Call `act` once it has been quiet for `wait` milliseconds; `.stop()` forgets it, `.flush()` does not wait for it. */
export function debounced(act, wait) {
  let timer = 0;
  const run = (...given) => { timer = 0; act(...given); };
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait, ...given);
  };
  later.stop = () => { clearTimeout(timer); timer = 0; };
  later.flush = () => { if (timer) { later.stop(); act(); } };
  return later;
}
