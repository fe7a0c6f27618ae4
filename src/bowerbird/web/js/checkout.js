// The checkout, which is a demonstration and says so: it charges nothing and tells the shop of a purchase.
import { empty, itemsOf, lines, moneyOf, totals } from "./cart.js";
import { el } from "./dom.js";
import { record } from "./events.js";
import { money, t } from "./i18n.js";
import { randomName } from "./shopper.js";

/** Ask once more, saying that this is a demonstration; `done(transaction)` is told of an order. */
export function checkOut(done) {
  const ordered = lines();
  record("begin_checkout", { ...moneyOf(ordered), items: itemsOf(ordered) });
  const back = el("button", { type: "button", className: "button" }, t("cart.back")), order = el("button", { type: "button", className: "button is-main" }, t("cart.order"));
  const dialog = el("dialog", { className: "dialog", "aria-labelledby": "checkout-title" }, el("div", { className: "dialog-form" },
    el("h2", { id: "checkout-title" }, t("cart.checkout_title")), el("p", {}, t("cart.checkout_text")),
    el("p", { className: "cart-sum" }, ...totals().map(([amount, currency]) => el("strong", {}, money(amount, currency)))),
    el("div", { className: "dialog-buttons" }, back, order)));
  back.addEventListener("click", () => dialog.close());
  order.addEventListener("click", () => {
    const transaction = `demo-${randomName().slice(0, 12)}`;
    record("purchase", { transaction_id: transaction, ...moneyOf(ordered), items: itemsOf(ordered) });
    empty();
    dialog.close();
    done(transaction);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  back.focus();
}
