// Whether the shop's server can be reached. When it cannot, one probe at a time asks for it with growing pauses, and
// whoever waits for it goes on when it is back.
const FIRST_PAUSE_MS = 700;
const LONGEST_PAUSE_MS = 12_000;
const PROBE_LIMIT_MS = 4_000;
const listeners = new Set();
let away = null;

/** Be told when the server goes and comes back: {up, seconds} with the seconds until the next try. */
export function onConnection(listener) {
  listeners.add(listener);
}

const tell = (news) => { for (const listener of listeners) listener(news); };

/** A promise that is kept once the server answers again; the first caller starts the asking. Rejects when aborted. */
export function serverBack(signal) {
  away ??= begin();
  const { back } = away;
  return signal ? Promise.race([back, abortOf(signal)]) : back;
}

/** Ask at once instead of waiting for the next try. */
export function tryNow() {
  away?.hurry();
}

function abortOf(signal) {
  return new Promise((_, failed) => {
    const stop = () => failed(signal.reason ?? new DOMException("Aborted", "AbortError"));
    if (signal.aborted) stop(); else signal.addEventListener("abort", stop, { once: true });
  });
}

function begin() {
  const state = { hurry() {} };
  state.back = (async () => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.7, LONGEST_PAUSE_MS)) {
      tell({ up: false, seconds: Math.max(1, Math.round(pause / 1000)) });
      await new Promise((done) => {
        const timer = setTimeout(done, pause);
        state.hurry = () => { clearTimeout(timer); done(); };
      });
      tell({ up: false, seconds: 0 });
      if (await answers()) break;
    }
    away = null;
    tell({ up: true, seconds: 0 });
  })();
  return state;
}

async function answers() {
  try {
    return (await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
  } catch {
    return false;
  }
}

addEventListener("online", tryNow);
document.addEventListener("visibilitychange", () => { if (!document.hidden) tryNow(); });
