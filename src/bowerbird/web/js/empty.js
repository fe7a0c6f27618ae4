// When nothing fits, and when a search fails: what to take away, and how much there is without it.
import { search } from "./api.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { partsOf } from "./parts.js";
import { picture } from "./picture.js";
import { BLANK, go, visit } from "./state.js";

const MOST_WAYS = 3;
const PICTURES = 4;
const EXCLUDE_NOTHING = ["preference", "given_up"];

/** What helps when nothing was found: each part that could go, with how many products fit without it. */
export function emptyNote(state, found) {
  const ways = el("ul", { className: "ways" });
  const parts = partsOf(state, found.understood, found.q).filter((part) => part.remove && !EXCLUDE_NOTHING.includes(part.kind)).reverse().slice(0, MOST_WAYS);
  const hint = el("p", { className: "soft" }, t(parts.length > 1 ? "empty.several" : "empty.one"));
  Promise.all(parts.map((part) => addWay(ways, state, part))).then((added) => { if (!added.some(Boolean)) hint.textContent = t("empty.one"); });
  return el("div", { className: "empty" },
    el("h2", {}, t("empty.title")), hint,
    ways,
    el("div", { className: "empty-buttons" }, button(t("empty.browse"), () => go({ ...BLANK }))));
}

function button(text, act, kind = "") {
  const made = el("button", { type: "button", className: `button ${kind}`.trim() }, text);
  made.addEventListener("click", act);
  return made;
}

/** Add the way without a part, where it leads anywhere. */
async function addWay(ways, state, part) {
  const found = await search({ ...state, ...part.remove, page: 1 }, { perPage: PICTURES, reasons: false }).catch(() => null);
  if (!found?.total) return false;
  const photos = found.hits.filter((hit) => hit.image).map((hit) => picture(hit.image, { sizes: "64px", className: "way-photo" }).box);
  const way = el("button", { type: "button", className: "way" },
    el("span", { className: "way-text" }, t("empty.without", { part: [part.note, part.text].filter(Boolean).join(" ") }),
      el("span", { className: "way-count" }, t("empty.count", { count: found.total }))), el("span", { className: "way-photos" }, ...photos));
  way.addEventListener("click", () => go(part.remove));
  ways.append(el("li", {}, way));
  return true;
}

/** What helps when a search failed. */
export function failedNote(error, state, again) {
  const example = /^(not\.)?like/.test(error.field ?? "");
  const known = example ? "failed.example" : { bad_photo: "failed.photo", key_missing: "failed.key", key_unknown: "failed.key", too_large: "failed.photo" }[error.code];
  const buttons = [button(t("failed.again"), again, "is-main")];
  if (state.photo) buttons.push(button(t("failed.without_photo"), () => go({ photo: null })));
  if (state.like.length || state.unlike.length) buttons.push(button(t("failed.without_examples"), () => go({ like: [], unlike: [] })));
  if (Object.keys(state.picked).length || Object.keys(state.ranges).length) buttons.push(button(t("failed.without_filters"), () => go({ picked: {}, ranges: {} })));
  buttons.push(button(t("failed.home"), () => visit("/")));
  return el("div", { className: "empty is-failed", role: "alert" }, el("h2", {}, t("failed.title")),
    el("p", { className: "soft" }, known ? t(known) : t("failed.hint")),
    known ? null : el("p", { className: "failed-message", lang: "en" }, error.message),
    el("div", { className: "empty-buttons" }, ...buttons));
}
