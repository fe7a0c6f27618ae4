// What the shop knows about the shopper, asked and changed by the shopper's own session.
import { call, send } from "./api.js";
import { language } from "./i18n.js";
import { forgetSession, who } from "./shopper.js";

const address = (path, more = {}) => `/v1/profile${path}?${new URLSearchParams({ ...who(), ...more })}`;

/** The shopper's profile. */
export function readProfile(signal) {
  return call(address("", { lang: language() }), null, signal);
}

/** Change what the shopper says themselves: parts of {liked, hidden, price_most, forget, personal}. Answers the profile. */
export function editProfile(change, signal) {
  return send("PATCH", address("", { lang: language() }), change, signal);
}

/** Forget the tastes; what was bought and seen stays in the shop's log. */
export function clearTastes(signal) {
  return send("DELETE", address(""), null, signal);
}

// A session is a secret of this browser, and speaks for itself: no account may be named beside it.
const own = (path) => `/v1/shoppers${path}?${new URLSearchParams({ session: who().session })}`;

/** Everything that is kept of the shopper. */
export function readEverything(signal) {
  return call(own("/export"), null, signal);
}

/** Have everything erased that is kept of the shopper; a new name begins. */
export async function eraseEverything(signal) {
  await send("DELETE", own(""), null, signal);
  forgetSession();
}
