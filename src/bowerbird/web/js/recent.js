// The searches made lately, kept on this device only.
const KEPT = "bowerbird-recent";
const MOST = 12;
const LONGEST = 120;
let inMemory = [];

/** The recent searches, newest first. */
export function recentSearches() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
  } catch {
    return inMemory;
  }
}

function keep(texts) {
  inMemory = texts;
  try { localStorage.setItem(KEPT, JSON.stringify(texts)); } catch { /* They live as long as the page. */ }
}

const same = (one, other) => one.toLocaleLowerCase() === other.toLocaleLowerCase();

/** Remember a search; one made before comes to the front. */
export function remember(text) {
  const clean = text.trim().replace(/\s+/g, " ");
  if (clean.length < 2 || clean.length > LONGEST) return;
  keep([clean, ...recentSearches().filter((other) => !same(other, clean))].slice(0, MOST));
}

/** Forget one search, or all of them. */
export function forget(text = null) {
  keep(text === null ? [] : recentSearches().filter((other) => !same(other, text)));
}
