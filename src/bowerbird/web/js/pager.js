// Endless scroll over real pages: the next one is loaded before its place is reached, the address says which page one
// is at, and links to the pages before and after stand there for keyboards, for sharing, and for when scrolling ends.
import { announce, el } from "./dom.js";
import { lastPage, loadPage } from "./found.js";
import { t } from "./i18n.js";
import { rename, write } from "./state.js";

const AHEAD = "1200px 0px";
// So many pages come by themselves; then the link waits to be pressed, and the page's foot can be reached.
const BY_THEMSELVES = 4;

/** The pager of a grid: its two places in the page, and what starts it for a result. */
export function startPager({ cards, show }) {
  const previous = el("a", { className: "button" }, t("pages.previous")), next = el("a", { className: "button" });
  const before = el("nav", { className: "pages", "aria-label": t("pages.before"), hidden: true }, previous);
  const where = el("p", { className: "pages-where" });
  const after = el("nav", { className: "pages", "aria-label": t("pages.after"), hidden: true }, where, next);
  let found = null, state = null, running = new AbortController(), loading = false, left = BY_THEMSELVES;

  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting) && left > 0 && !loading && found && found.last < lastPage(found)) more(1);
  }, { rootMargin: AHEAD });
  watcher.observe(after);

  function draw() {
    const last = lastPage(found);
    before.hidden = found.first <= 1;
    previous.href = write({ ...state, page: found.first - 1 });
    after.hidden = last <= 1;
    next.hidden = found.last >= last;
    next.href = write({ ...state, page: found.last + 1 });
    next.textContent = t(loading ? "pages.loading" : "pages.next");
    where.textContent = found.last >= last ? t("pages.all", { count: found.total }) : t("pages.where", { page: found.last, count: last });
  }
  async function more(way) {
    const page = way > 0 ? found.last + 1 : found.first - 1, { signal } = running;
    loading = true;
    left -= 1;
    draw();
    try {
      const grown = await loadPage(state, page, signal);
      if (signal.aborted) return null;
      found = grown;
      const height = document.documentElement.scrollHeight;
      const nodes = cards.add(found, page, way < 0);
      // What is read stays where it is when a page comes in above it.
      if (way < 0) scrollBy({ top: document.documentElement.scrollHeight - height, behavior: "instant" });
      show(found, state);
      return nodes;
    } catch (error) {
      if (!signal.aborted) { left = 0; announce(error.message); }
      return null;
    } finally {
      if (!signal.aborted) {
        loading = false;
        draw();
        again();
      }
    }
  }
  /** The watcher tells changes only; after a page it is asked anew whether there is still room. */
  function again() {
    watcher.unobserve(after);
    watcher.observe(after);
  }
  async function pressed(event, way) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    if (loading) return;
    left = BY_THEMSELVES + 1;
    const nodes = await more(way);
    nodes?.[way > 0 ? 0 : nodes.length - 1]?.querySelector("a")?.focus({ preventScroll: way < 0 });
    if (nodes) announce(t("pages.came", { count: nodes.length }));
  }
  next.addEventListener("click", (event) => pressed(event, 1));
  previous.addEventListener("click", (event) => pressed(event, -1));

  // The page one is at is the one whose cards cross the middle of the window.
  let waiting = 0;
  const look = () => {
    waiting = 0;
    if (!found || !cards.list.isConnected) return;
    const middle = innerHeight / 2;
    let page = found.first;
    for (let other = found.first + 1; other <= found.last; other++) {
      const start = cards.list.querySelector(`[data-page="${other}"]`);
      if (start && start.getBoundingClientRect().top < middle) page = other;
    }
    if (page !== state.page) {
      state = { ...state, page };
      rename(write(state));
    }
  };
  const scrolled = () => { waiting ||= setTimeout(look, 120); };
  addEventListener("scroll", scrolled, { passive: true });

  return {
    before, after,
    start(nextFound, nextState) {
      running.abort();
      running = new AbortController();
      [found, state, loading, left] = [nextFound, nextState, false, BY_THEMSELVES];
      draw();
      again();
    },
    /** Keep the place of the link to the page before, where there will be one. */
    expect({ page }) { before.hidden = page <= 1; },
    /** A new query is on its way: nothing more of this one. */
    pause() {
      running.abort();
      found = null;
    },
    stop() {
      running.abort();
      clearTimeout(waiting);
      watcher.disconnect();
      removeEventListener("scroll", scrolled);
      found = null;
    },
  };
}
