// Categories as a tree: the way down to where one is, and what lies right below it.
import { el, keyed } from "./dom.js";
import { foreign, number, t, valueName } from "./i18n.js";
import { icon } from "./icons.js";
import { go, read, without } from "./state.js";

const SHOWN = 10;

const parentOf = (path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
const depthOf = (path) => path.split("/").length;

/** The rows of the tree: {path, count, depth, role} with roles all, up, here and below. */
export function treeRows(values, chosen) {
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const childrenOf = (path) => values.filter(({ value }) => parentOf(value) === path);
  const tops = childrenOf("");
  // Where all lies in one department, its own parts are what there is to choose.
  if (!chosen && tops.length === 1 && childrenOf(tops[0].value).length) {
    return [{ path: tops[0].value, count: tops[0].count, depth: 0, role: "below" }, ...childrenOf(tops[0].value).map(({ value, count }) => ({ path: value, count, depth: 1, role: "below" }))];
  }
  if (!chosen) return tops.map(({ value, count }) => ({ path: value, count, depth: 0, role: "below" }));
  const steps = chosen.split("/").map((_, place, names) => names.slice(0, place + 1).join("/"));
  const rows = [{ path: "", count: null, depth: 0, role: "all" }];
  for (const path of steps) rows.push({ path, count: counts.get(path) ?? 0, depth: depthOf(path), role: path === chosen ? "here" : "up" });
  const below = childrenOf(chosen);
  // At a leaf its neighbours are shown, so that one can step sideways.
  const next = below.length ? below : childrenOf(parentOf(chosen)).filter(({ value }) => value !== chosen);
  const depth = depthOf(chosen) + (below.length ? 1 : 0);
  return [...rows, ...next.map(({ value, count }) => ({ path: value, count, depth, role: "below" }))];
}

/** A block of categories: {element, draw(facet, state)}. */
export function treeFacet({ field, id }) {
  const list = el("ul", { className: "tree" });
  const more = el("button", { type: "button", className: "link-button facet-more", "aria-expanded": "false" });
  const element = el("div", { role: "group", "aria-labelledby": id }, list, more);
  let rows = [], all = false;

  function show() {
    const foldable = rows.filter((row) => row.role === "below");
    const folded = all ? new Set() : new Set(foldable.slice(SHOWN));
    keyed(list, rows.filter((row) => !folded.has(row)), (row) => `${row.role} ${row.depth} ${row.path}`, make, update);
    more.hidden = foldable.length <= SHOWN;
    more.textContent = all ? t("facet.fewer") : t("facet.more", { count: folded.size });
    more.setAttribute("aria-expanded", String(all));
  }
  function make(row) {
    const name = row.role === "all" ? t("facet.all_categories") : valueName(field, row.path);
    const button = el("button", { type: "button", className: `tree-row is-${row.role}` },
      row.role === "all" || row.role === "up" ? icon("right") : null,
      el("span", { className: "value-name", lang: foreign(name) === "zh" ? "zh" : null }, name), el("span", { className: "value-count" }));
    if (row.role === "here") button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      const { picked } = read();
      // Where one is already, a press steps up.
      const path = row.role === "here" ? parentOf(row.path) : row.path;
      go({ picked: path ? { ...picked, [field]: [path] } : without(picked, field) });
    });
    const item = el("li", {}, button);
    item.style.setProperty("--depth", String(row.depth));
    update(item, row);
    return item;
  }
  function update(item, { count }) {
    item.querySelector(".value-count").textContent = count === null ? "" : number(count);
  }
  return {
    element,
    draw(facet, state) {
      // The tree shows one way; where an address names several, the first.
      rows = treeRows(facet.values, state.picked[field]?.[0] ?? null);
      show();
      return rows.length > 1;
    },
  };
}
