// The shop's recommendations. They are an extra: where they cannot be had, nothing is shown and nobody is bothered.
import { quietly } from "./api.js";
import { kept } from "./because.js";
import { language } from "./i18n.js";
import { who } from "./shopper.js";

const LIMIT = 12;

/** Ask one surface: {surface, hits, query_id, ...}, or null. `about` may hold product, cart (ids), by, limit and filter. */
export async function recommend(surface, about = {}, signal) {
  const answer = await quietly(`/v1/recommend/${surface}?${asked(about)}`, null, signal);
  return answer?.hits ? kept(answer) : null;
}

/** The surfaces of a page (home or cart), best first, each with its hits; empty where there are none. */
export async function recommendPage(page, about = {}, signal) {
  const answer = await quietly(`/v1/recommend?${asked({ page, ...about })}`, null, signal);
  return (answer?.surfaces ?? []).map(kept).filter(({ hits }) => hits.length);
}

function asked({ cart = [], ...about }) {
  const given = new URLSearchParams({ limit: LIMIT, lang: language(), ...who(), ...about });
  for (const id of cart) given.append("cart", id);
  return given;
}
