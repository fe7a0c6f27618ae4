// What the shop knows about the shopper, asked and changed by the shopper's own session.
import { call, send } from "./api.js";
import { language } from "./i18n.js";
import { who } from "./shopper.js";

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
