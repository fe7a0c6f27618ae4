// "How it was ranked": what counted for one product in this search, looked up when it is opened.
import { explain } from "./api.js";
import { el } from "./dom.js";
import { foreign, number, t, teach } from "./i18n.js";
import { read } from "./state.js";
import en from "./words/en_how.js";
import zh from "./words/zh_how.js";

const MOST = 5;
const NO_DIFFERENCE = 0.005;
// A factor of 1.5 or of a half fills its side of the bar.
const FULL = 0.5;
const ALIKE = 0.6;
const RATHER_ALIKE = 0.4;
const COLD = 0.2;

teach({ en, zh });

/** Look a hit up and show it in a place; `signal` ends it. */
export async function showHow(place, hit, signal) {
  const state = read();
  place.setAttribute("aria-busy", "true");
  place.replaceChildren(waiting(state));
  try {
    const told = await explain(state, hit.id, signal);
    if (!signal.aborted) place.replaceChildren(...drawn(told, hit, state));
  } catch (error) {
    if (!signal.aborted && error.name !== "AbortError") place.replaceChildren(failed(() => showHow(place, hit, signal)));
  } finally {
    place.removeAttribute("aria-busy");
  }
}

function waiting(state) {
  const line = (size) => el("span", { className: `skeleton-line is-${size}`, "aria-hidden": "true" });
  return el("div", { role: "status" }, el("p", { className: "how-lead" }, t(state.photo ? "how.loading_photo" : "how.loading")), line("long"), line("short"), line("long"));
}

function failed(again) {
  const button = el("button", { type: "button", className: "link-button" }, t("how.again"));
  button.addEventListener("click", again);
  return el("p", { className: "how-lead", role: "alert" }, t("how.failed"), " ", button);
}

function drawn(told, hit, state) {
  const ranking = told.hit?.ranking ?? null;
  return [
    el("p", { className: "how-lead" }, lead(told, ranking, state)),
    ranking?.by === "learned" ? contributions(ranking) : null,
    ranking ? factors(ranking) : null,
    rules(told.rules ?? []),
    words(told.words ?? []),
    photos(told.heat_maps ?? [], hit),
  ].filter(Boolean);
}

/** Where it stands, and where it would without its ranking. */
function lead(told, ranking, state) {
  if (told.outcome !== "found") return t(`how.outcome.${told.outcome}`);
  const said = [t("how.place", { place: told.place, count: told.total })];
  if (state.sort !== "relevance") said.push(t("how.sorted"));
  else if (ranking) said.push(ranking.place === told.place ? t("how.same") : t("how.before", { place: ranking.place }));
  else if (told.rules.some(({ action, before }) => action === "pin" && before === null)) said.push(t("how.put_in"));
  else if (state.q || state.photo || state.like.length) said.push(t("how.unranked"));
  if (ranking?.moved_from) said.push(t("how.varied", { place: ranking.moved_from }));
  if (ranking?.by === "learned") said.push(t("how.learned"));
  return said.join(" ");
}

const section = (title, ...content) => el("section", { className: "how-part" }, el("h3", {}, title), ...content);
const inSentence = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);
// A signal that is newer than these words goes by its own name.
const named = (name) => (t(`signal.${name}`) === `signal.${name}` ? name.replaceAll("_", " ") : t(`signal.${name}`));

/** What the default score is the product of. The match is a share; all else raises or lowers it. */
function factors({ factors: all }) {
  const { relevance, ...others } = all;
  const told = Object.entries(others), counted = told.filter(([, value]) => Math.abs(value - 1) >= NO_DIFFERENCE);
  const neutral = told.filter(([, value]) => Math.abs(value - 1) < NO_DIFFERENCE).map(([name]) => inSentence(named(name)));
  const rows = counted.sort(([, one], [, other]) => Math.abs(other - 1) - Math.abs(one - 1))
    .map(([name, value]) => row(named(name), bar((value - 1) / FULL), t("how.times", { value: number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) })));
  if (relevance !== undefined) rows.unshift(row(named("relevance"), bar(relevance, true), number(relevance, { style: "percent" })));
  return section(t("how.factors"), el("ul", { className: "how-rows" }, ...rows),
    neutral.length ? el("p", { className: "how-note" }, t("how.neutral", { names: neutral.join(t("how.comma")) })) : null);
}

/** The signals that did most to a learned score. */
function contributions({ signals }) {
  const strongest = signals.filter(({ contribution }) => contribution).sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution)).slice(0, MOST);
  if (!strongest.length) return null;
  const most = Math.abs(strongest[0].contribution);
  return section(t("how.contributions"), el("ul", { className: "how-rows" }, ...strongest.map(({ name, contribution }) =>
    row(named(name), bar(contribution / most), number(contribution, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "always" })))));
}

const row = (name, drawing, value) => el("li", { className: "how-row" }, el("span", { className: "how-name" }, name), drawing, el("span", { className: "how-value" }, value));

/** A bar from the middle, to the end for what raises; a share fills it from its start. */
function bar(value, share = false) {
  const fill = el("span"), part = Math.max(0.02, Math.min(1, Math.abs(value)));
  fill.style.setProperty("width", `${Math.round(part * (share ? 100 : 50))}%`);
  return el("span", { className: `how-bar ${share ? "is-share" : value < 0 ? "is-down" : "is-up"}`, "aria-hidden": "true" }, fill);
}

/** What merchandising rules did to it. */
function rules(moves) {
  if (!moves.length) return null;
  const saying = ({ action, before, after }) => {
    if (action === "pin" || action === "hide") return t(`how.rule.${action}`);
    return before === null || after === null || before === after ? t(`how.rule.${action}_same`) : t(`how.rule.${action}`, { before, after });
  };
  return section(t("how.rules"), el("ul", { className: "how-list" }, ...moves.map((move) =>
    el("li", {}, move.title ? t("how.rule.named", { what: saying(move), title: move.title }) : saying(move)))));
}

/** Each word that was looked for beside the product's word most like it. */
function words(matches) {
  if (!matches.length) return null;
  const item = ({ word, match, similarity }) => {
    const asked = el("span", { className: "how-word", lang: foreign(word) }, word);
    if (!match || similarity < RATHER_ALIKE) return el("li", { className: "how-match is-none" }, asked, el("span", { className: "how-note" }, t("how.no_word")));
    const nearness = similarity >= 0.995 ? "same_word" : similarity >= ALIKE ? "alike" : "rather_alike";
    return el("li", { className: "how-match" }, asked, el("span", { className: "how-arrow", "aria-hidden": "true" }, "→"),
      el("span", { className: "how-word", lang: foreign(match) }, match), el("span", { className: "how-note" }, t(`how.${nearness}`)));
  };
  return section(t("how.words"), el("ul", { className: "how-matches" }, ...matches.map(item)));
}

/** The photo with heat over it, where the product's photo was found in it. */
function photos(maps, hit) {
  const shown = maps.filter(({ picture }) => /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(picture));
  if (!shown.length) return null;
  const figure = ({ number: place, grid, picture }) => {
    const cold = Math.max(...grid.flat()) < COLD;
    const image = el("img", { src: picture, alt: t("how.photo_alt", { title: hit.title }), decoding: "async" });
    return el("figure", { className: "how-photo" }, image, el("figcaption", { className: "how-note" },
      shown.length > 1 ? `${t("how.photo_of", { number: place })}. ` : "", t(cold ? "how.photo_cold" : "how.photo_caption")));
  };
  return section(t("how.photo"), ...shown.map(figure));
}
