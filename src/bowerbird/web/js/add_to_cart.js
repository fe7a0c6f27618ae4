// The button that puts a product into the cart, with what it says once it has.
import { add, lines } from "./cart.js";
import { announce, el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** {button, said, set(line)}: the line is what would go into the cart now, such as the variant that is chosen. */
export function cartButton() {
  let line = null;
  const label = el("span"), button = el("button", { type: "button", className: "button is-main cart-add" }, icon("cart"), label);
  const text = el("span"), said = el("p", { className: "cart-said", hidden: true }, icon("done"), text, " ", el("a", { href: "/cart" }, t("cart.see")));
  const draw = () => {
    const there = lines().filter(({ id }) => id === line.id).reduce((sum, { quantity }) => sum + quantity, 0);
    said.hidden = !there;
    text.textContent = t("cart.added", { count: there });
  };
  button.addEventListener("click", () => {
    add(line);
    draw();
    announce(text.textContent);
  });
  return {
    button, said,
    set(next) {
      line = next;
      button.disabled = line.availability === "out_of_stock";
      label.textContent = t(button.disabled ? "cart.cannot" : "cart.add");
      draw();
    },
  };
}
