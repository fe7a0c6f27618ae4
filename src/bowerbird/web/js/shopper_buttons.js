// What stands in the header for the shopper: their tastes and their cart; and what the shop around this page may call.
import { count, onCart } from "./cart.js";
import { record } from "./events.js";
import { number, t } from "./i18n.js";
import { choose, identify, onShopper, who } from "./shopper.js";

/** Make the buttons work. Answers what draws them anew when the language changes. */
export function startShopper({ tastes, cart }) {
  const badge = cart.querySelector(".cart-count");
  const draw = () => {
    const many = count();
    badge.hidden = !many;
    badge.textContent = many > 99 ? "99+" : number(many);
    cart.setAttribute("aria-label", many ? t("cart.link", { count: many }) : t("cart.link_empty"));
    cart.title = cart.getAttribute("aria-label");
  };
  tastes.addEventListener("click", async () => (await import("./tastes.js")).openTastes(tastes));
  onCart(draw);
  draw();
  startAccount();
  return draw;
}

/** The account that the shop around this page names: in `data-user` of its <html>, or by `bowerbird.identify(user)`. */
function startAccount() {
  let told = "";
  const tellAccount = () => {
    const { user = "" } = who();
    if (user && user !== told) record("login");
    told = user;
  };
  onShopper(tellAccount);
  identify(document.documentElement.dataset.user ?? null);
  globalThis.bowerbird = Object.freeze({ identify, consent: (yes) => choose(yes === true) });
}
