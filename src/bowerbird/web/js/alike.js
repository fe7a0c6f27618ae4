// What is like a product: all in all, by its look, or by its description, as the shopper wants to see it.
import { similar } from "./api.js";
import { announce, el } from "./dom.js";
import { t } from "./i18n.js";
import { recommend } from "./recommended.js";
import { fillShelf, shelf } from "./shelf.js";

const WAYS = ["both", "look", "text"];
const FALLBACK = 12;

/** What is like a product: the surface's answer, from a service without recommendations the products that look like it. */
export async function alikeOf(id, signal) {
  const answer = await recommend("similar", { product: id }, signal);
  if (answer) return answer;
  const found = await similar(id, FALLBACK, signal).catch(() => null);
  return found && { surface: "similar", hits: found.hits };
}

/** The shelf of what is like a product, with a switch; null where nothing is. */
export function alikeShelf(id, answer, signal) {
  if (!answer?.hits.length) return null;
  const made = shelf(answer, { tools: answer.query_id ? [switchOf((by) => show(by))] : [] });
  if (!made) return null;
  const list = made.querySelector(".card-row");
  let wanted = "both";

  async function show(by) {
    wanted = by;
    list.setAttribute("aria-busy", "true");
    const next = by === "both" ? answer : await recommend("similar", { product: id, by }, signal);
    if (signal.aborted || wanted !== by) return;
    list.removeAttribute("aria-busy");
    if (!next?.hits.length) return announce(t("similar.none"));
    fillShelf(list, next);
    announce(t(`similar.${by}`));
  }
  made.classList.add("alike");
  return made;
}

function switchOf(choose) {
  const ways = WAYS.map((by) => {
    const input = el("input", { type: "radio", name: "alike-by", value: by, checked: by === "both" });
    input.addEventListener("change", () => choose(by));
    return el("label", { className: "way-of" }, input, el("span", {}, t(`similar.${by}`)));
  });
  return el("fieldset", { className: "ways-of" }, el("legend", { className: "visually-hidden" }, t("similar.label")), ...ways);
}
