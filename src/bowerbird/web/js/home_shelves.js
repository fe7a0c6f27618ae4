// The shelves of the home view: what the shop recommends now, asked anew at every visit.
import { el } from "./dom.js";
import { told } from "./events.js";
import { language } from "./i18n.js";
import { recommendPage } from "./recommended.js";
import { shelf, skeletonShelf } from "./shelf.js";
import { onShopper } from "./shopper.js";

// Who comes back sees what there was before where the new ones take longer than this.
const PATIENCE_MS = 600;
const TELLING_MS = 400;
let kept = null;

const after = (wait, value) => new Promise((done) => { setTimeout(done, wait, value); });

onShopper(() => { kept = null; });

/** The place of the shelves, which keeps their room: {element, fill(signal)}; fill answers the surfaces shown. */
export function homeShelves() {
  const element = el("div", { className: "shelves" }, skeletonShelf());
  return {
    element,
    async fill(signal) {
      const before = kept?.language === language() ? kept.answers : null;
      // What was just done is to count: it is told first.
      const fresh = Promise.race([told(), after(TELLING_MS)]).then(() => recommendPage("home", {}, signal));
      const late = before && after(PATIENCE_MS, before);
      const answers = await Promise.race(late ? [fresh, late] : [fresh]);
      if (signal.aborted) return [];
      kept = { language: language(), answers };
      element.replaceChildren(...answers.map((answer) => shelf(answer)).filter(Boolean));
      return answers.map(({ surface }) => surface);
    },
  };
}
