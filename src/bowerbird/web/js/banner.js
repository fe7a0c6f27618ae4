// The banner over the page while the shop's server cannot be reached.
import { announce, el } from "./dom.js";
import { onConnection, tryNow } from "./connection.js";
import { t } from "./i18n.js";

const BACK_MS = 2500;

/** Show the connection's state in an element. */
export function startBanner(banner) {
  const text = el("span"), button = el("button", { type: "button", className: "banner-button" });
  let hiding = 0, counting = 0;
  banner.append(text, button);
  button.addEventListener("click", tryNow);
  onConnection(({ up, seconds }) => {
    clearTimeout(hiding);
    clearInterval(counting);
    if (up) {
      text.textContent = t("server.back");
      button.hidden = true;
      banner.classList.add("is-back");
      hiding = setTimeout(() => { banner.hidden = true; }, BACK_MS);
      return announce(t("server.back"));
    }
    // A status is read out at each change, so the seconds are left to the eyes.
    let left = seconds;
    const draw = () => { text.replaceChildren(t("server.gone"), " ", el("span", { "aria-hidden": "true" }, left > 0 ? t("server.next", { count: left }) : t("server.trying"))); };
    draw();
    counting = setInterval(() => { left = Math.max(0, left - 1); draw(); }, 1000);
    button.textContent = t("server.now");
    button.hidden = false;
    banner.classList.remove("is-back");
    banner.hidden = false;
  });
}
