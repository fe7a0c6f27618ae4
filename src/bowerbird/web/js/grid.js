// The grid of cards: cards that are still wanted keep their nodes, so nothing flickers while one types.
import { card, skeletonCard, updateCard } from "./card.js";
import { keyed } from "./dom.js";
import { hitsOf } from "./found.js";
import { showsHit } from "./search_events.js";

const EAGER = 6;
const SKELETONS = 12;

/** What draws cards into a list. */
export function cardsOf(list) {
  const make = (one, found) => {
    const node = card(one.hit, { eager: one.place < EAGER });
    node.dataset.page = one.page;
    showsHit(node, found, one);
    return node;
  };
  const update = (node, one, found) => {
    updateCard(node, one.hit);
    node.dataset.page = one.page;
    showsHit(node, found, one);
  };
  const placed = (hits) => hits.map((one, place) => ({ ...one, place }));
  return {
    list,
    /** Show the hits of all pages that were loaded. */
    show(found) {
      if (list.querySelector(".is-skeleton")) list.replaceChildren();
      keyed(list, placed(hitsOf(found)), ({ hit }) => hit.id, (one) => make(one, found), (node, one) => update(node, one, found));
    },
    /** Add the hits of a page at the end, or at the beginning. */
    add(found, page, atStart = false) {
      const there = new Set([...list.children].map((node) => node.dataset.key));
      const nodes = hitsOf(found).filter((one) => one.page === page && !there.has(one.hit.id)).map((one) => {
        const node = make({ ...one, place: EAGER }, found);
        node.dataset.key = one.hit.id;
        return node;
      });
      if (atStart) list.prepend(...nodes); else list.append(...nodes);
      return nodes;
    },
    skeletons() { list.replaceChildren(...Array.from({ length: SKELETONS }, skeletonCard)); },
    clear() { list.replaceChildren(); },
  };
}
