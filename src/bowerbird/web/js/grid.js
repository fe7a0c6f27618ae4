// The grid of cards: cards that are still wanted keep their nodes, so nothing flickers while one types.
import { card, skeletonCard, updateCard } from "./card.js";
import { keyed } from "./dom.js";
import { hitsOf } from "./found.js";

const EAGER = 6;
const SKELETONS = 12;

/** What draws cards into a list. */
export function cardsOf(list) {
  const make = ({ hit, page, place }) => {
    const node = card(hit, { eager: place < EAGER });
    node.dataset.page = page;
    return node;
  };
  const placed = (hits) => hits.map((one, place) => ({ ...one, place }));
  return {
    list,
    /** Show the hits of all pages that were loaded. */
    show(found) {
      if (list.querySelector(".is-skeleton")) list.replaceChildren();
      keyed(list, placed(hitsOf(found)), ({ hit }) => hit.id, make, (node, { hit, page }) => { updateCard(node, hit); node.dataset.page = page; });
    },
    /** Add the hits of a page at the end, or at the beginning. */
    add(found, page, atStart = false) {
      const there = new Set([...list.children].map((node) => node.dataset.key));
      const nodes = hitsOf(found).filter((one) => one.page === page && !there.has(one.hit.id)).map(({ hit }) => {
        const node = make({ hit, page, place: EAGER });
        node.dataset.key = hit.id;
        return node;
      });
      if (atStart) list.prepend(...nodes); else list.append(...nodes);
      return nodes;
    },
    skeletons() { list.replaceChildren(...Array.from({ length: SKELETONS }, skeletonCard)); },
    clear() { list.replaceChildren(); },
  };
}
