// Colours by the names that catalogues give them, for dots beside the name.
const NAMED = {
  black: "#26262a", white: "#f4f3ef", grey: "#8e9196", gray: "#8e9196", red: "#cb282c", burgundy: "#70182e", maroon: "#70182e",
  wine: "#70182e", pink: "#f09eb6", rose: "#e8879f", orange: "#ee7a24", coral: "#f4775e", peach: "#f7b792", yellow: "#f5c832",
  mustard: "#cf9a1f", green: "#348c4c", olive: "#70723a", khaki: "#a49a6a", mint: "#a5d9bf", lime: "#a3cc3a", teal: "#188084",
  turquoise: "#38b6b0", blue: "#2c64cc", navy: "#1e2a58", "light blue": "#93bdec", "dark blue": "#22397c", indigo: "#3c3c94",
  purple: "#743e98", violet: "#7c4fb0", lavender: "#b9a5dc", lilac: "#c3addd", brown: "#7a4e30", tan: "#c09468", camel: "#b98a55",
  chocolate: "#553322", beige: "#d8c2a0", cream: "#f3ead5", ivory: "#f5f0e1", sand: "#d9c6a3", nude: "#e3c1a8", gold: "#d6a848",
  silver: "#c0c4ca", bronze: "#a5713d", copper: "#b66d3f", charcoal: "#404349", clear: "#eef3f6", transparent: "#eef3f6",
};
const CHINESE = {
  黑: "black", 白: "white", 灰: "grey", 红: "red", 酒红: "burgundy", 粉: "pink", 橙: "orange", 黄: "yellow", 绿: "green", 橄榄绿: "olive",
  蓝绿: "teal", 蓝: "blue", 藏青: "navy", 紫: "purple", 棕: "brown", 咖啡: "brown", 米: "beige", 金: "gold", 银: "silver", 透明: "clear",
};
const MANY = /multi|rainbow|assorted|various|mixed|彩色|多色/i;

/** Whether a field of a catalogue holds colours. */
export const isColour = (field) => /^(colou?r|colou?r_family|颜色)$/i.test(field);

/** How a colour's name is painted (a CSS background), or null where nobody knows. */
export function paintOf(name) {
  const clean = String(name).trim().toLowerCase().replaceAll("_", " ");
  if (MANY.test(clean)) return "conic-gradient(#cb282c, #f5c832, #348c4c, #2c64cc, #743e98, #cb282c)";
  const one = hexOf(clean);
  if (one) return one;
  const parts = clean.split(/\s*[/&+,]\s*|\s+and\s+/).map(hexOf).filter(Boolean).slice(0, 3);
  if (parts.length > 1) return `linear-gradient(135deg, ${parts.map((part, place) => `${part} ${(place * 100) / parts.length}% ${((place + 1) * 100) / parts.length}%`).join(", ")})`;
  return parts[0] ?? null;
}

function hexOf(name) {
  if (NAMED[name]) return NAMED[name];
  const chinese = CHINESE[name.replace(/色$/, "")];
  if (chinese) return NAMED[chinese];
  if (/^[a-z]+$/.test(name.replaceAll(" ", "")) && CSS.supports("color", name.replaceAll(" ", ""))) return name.replaceAll(" ", "");
  // "Forest green" is a green: the last word that is a colour says most.
  return name.split(/[\s-]+/).reverse().map((word) => NAMED[word]).find(Boolean) ?? null;
}
