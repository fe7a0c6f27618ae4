// One line of the cart: what it is, what one costs, how many, and a way out.
import { MOST, setQuantity } from "./cart.js";
import { announce, el } from "./dom.js";
import { foreign, money, number, t, valueName } from "./i18n.js";
import { icon } from "./icons.js";
import { picture } from "./picture.js";
import { productAddress } from "./state.js";

/** A line as a list item, whose `draw(line)` brings it up to date; `changed()` is told when the shopper changes it. */
export function cartLine(line, changed) {
  const photo = picture(line.image ?? null, { sizes: "96px", className: "cart-photo" });
  const link = el("a", { className: "cart-name", href: productAddress(line.id, line.variant), lang: foreign(line.title), dir: "auto" }, line.title);
  const said = Object.entries(line.options ?? {}).map(([option, value]) => valueName(option, value)).join(t("list.comma"));
  const each = el("p", { className: "cart-price" }), stock = el("p", { className: "cart-stock" }), many = el("span", { className: "cart-many", "aria-live": "polite" });
  const step = (name, symbol, by) => {
    const made = el("button", { type: "button", className: "cart-step", "aria-label": t(`cart.${name}`, { title: line.title }) }, icon(symbol));
    made.addEventListener("click", () => { setQuantity(line, line.quantity + by); changed(); });
    return made;
  };
  const less = step("less", "unlike", -1), more = step("more", "alike", 1);
  const remove = el("button", { type: "button", className: "link-button cart-remove", "aria-label": t("cart.remove_one", { title: line.title }) }, t("cart.remove"));
  remove.addEventListener("click", () => {
    setQuantity(line, 0);
    announce(t("cart.removed", { title: line.title }));
    changed();
  });
  const node = el("li", { className: "cart-line" }, photo.box,
    el("div", { className: "cart-text" }, link, said ? el("p", { className: "soft" }, said) : null, each, stock),
    el("div", { className: "cart-amount" }, el("div", { className: "cart-steps", role: "group", "aria-label": t("cart.quantity", { title: line.title }) }, less, many, more), remove));
  node.draw = (next) => {
    line = next;
    each.textContent = money(line.price, line.currency);
    many.textContent = number(line.quantity);
    less.disabled = line.quantity <= 1;
    more.disabled = line.quantity >= MOST;
    stock.textContent = line.availability === "out_of_stock" ? t("stock.out_of_stock") : "";
  };
  node.draw(line);
  return node;
}
