"""A shopper's visit in a real browser: what they do, what they see, and everything that went wrong meanwhile."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, expect

WAIT_MS = 15_000
# WCAG 2.2 A and AA, and what axe's authors hold for good practice.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
# Layout shifts that follow no input of the shopper, summed from the first moment of every page.
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Photos reach a page in ways that a driver cannot perform with real fingers, so their events are made in the page.
HAND_OVER = """
([kind, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type }));
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent("paste", { clipboardData: given, ...how })
    : new DragEvent(kind, { dataTransfer: given, ...how });
  (document.activeElement ?? document.body).dispatchEvent(event);
}
"""
# Photos that are in sight are decoded, transitions are over, and two frames have been drawn.
SETTLED = """
async () => {
  const seen = (image) => {
    const edges = image.getBoundingClientRect();
    // A lazy photo at the far end of a row is not even asked for.
    return image.offsetParent && edges.top < innerHeight && edges.left < innerWidth;
  };
  const ends = (moving) => Number.isFinite(moving.effect?.getComputedTiming().endTime);
  await Promise.allSettled([...document.images].filter(seen).map((image) => image.decode()));
  await Promise.allSettled(document.getAnimations().filter(ends).map((moving) => moving.finished));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""


class Visit:
    """One browser window on the shop; ``page`` is Playwright's."""

    def __init__(
        self, browser: Browser, address: str, pictures: Path, width: int = 1280, height: int = 900, **context: Any
    ) -> None:
        self.address = address
        self.pictures = pictures
        self.faults: list[str] = []
        self._forgiven: list[re.Pattern[str]] = []
        settings = {"locale": "en-US", "color_scheme": "light", "reduced_motion": "reduce", **context}
        self.context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        self.context.add_init_script(WATCH_SHIFTS)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page.on("dialog", self._dismiss)
        # Whoever listens once makes the browser tell of choosers from now on; begun later, a quick key is missed.
        self.page.on("filechooser", lambda chooser: None)

    def _hear(self, message: ConsoleMessage) -> None:
        # A violated Content-Security-Policy and a module that does not load are told here as well.
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _dismiss(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def forgive(self, pattern: str) -> None:
        """Faults that a test brings about itself."""
        self._forgiven.append(re.compile(pattern))

    def close(self) -> list[str]:
        """End the visit and answer what went wrong in it."""
        self.context.close()
        return [fault for fault in self.faults if not any(known.search(fault) for known in self._forgiven)]

    def open(self, path: str = "/") -> Page:
        """Go to an address of the shop and wait until it is drawn."""
        self.page.goto(f"{self.address}{path}")
        self.wait()
        return self.page

    def wait(self) -> None:
        """Wait until the view is drawn, nothing is under way, and photo and voice, which load last, are there."""
        expect(self.page.locator("#voice-button[aria-pressed]")).to_have_count(1, timeout=WAIT_MS)
        expect(self.page.locator("#view h1").first).to_be_attached(timeout=WAIT_MS)
        unfinished = "[aria-busy=true], .results:not(:has(.is-failed)) #results-count:empty, .is-skeleton"
        expect(self.page.locator(unfinished)).to_have_count(0, timeout=WAIT_MS)

    def settle(self) -> None:
        """Wait until every photo in sight is there and the page stands still."""
        self.wait()
        self.page.evaluate(SETTLED)

    def slow_down(self) -> None:
        """From now on the service takes a while, so that a page is seen without its answers first."""
        self.page.route("**/v1/**", lambda route: (self.page.wait_for_timeout(250), route.continue_()))

    # --- the search bar and the results

    @property
    def box(self) -> Locator:
        """Where a search is typed."""
        return self.page.get_by_role("combobox").first

    def type(self, text: str) -> None:
        """Type a search over what is there; results follow by themselves."""
        self.box.fill(text)

    @property
    def titles(self) -> Locator:
        """The products' names in the results, best first."""
        return self.page.locator("#view .card h3, #view .card h2")

    def expect_first(self, title: str) -> None:
        """The first result is a product of this name."""
        expect(self.titles.first).to_have_text(title, timeout=WAIT_MS)

    def expect_first_contains(self, text: str) -> None:
        """The first result's name holds this."""
        expect(self.titles.first).to_contain_text(text, timeout=WAIT_MS)

    # --- photos

    def hand_over(self, kind: str, file: Path | bytes, name: str = "photo.jpg", type: str = "image/jpeg") -> None:
        """Drag over, drop or paste a file."""
        data = file if isinstance(file, bytes) else file.read_bytes()
        self.page.evaluate(HAND_OVER, [kind, name, type, base64.b64encode(data).decode()])

    def refuse_devices(self) -> None:
        """From now on, say no whenever the page asks for the camera or the microphone."""
        self.page.evaluate(
            """() => {
              const refusal = () => Promise.reject(new DOMException("", "NotAllowedError"));
              navigator.mediaDevices.getUserMedia = refusal;
            }"""
        )

    # --- voice

    def understand_speech(self, *languages: str) -> None:
        """Let the service say that it understands speech in these languages, or in none; the rest is its own answer."""

        def capabilities(route: Route) -> None:
            answer = route.fetch()
            told = {**answer.json(), "speech": bool(languages), "speech_languages": list(languages)}
            route.fulfill(response=answer, body=json.dumps(told))

        self.page.route("**/v1/capabilities", capabilities)

    # --- looking

    def shoot(self, name: str, full: bool = False) -> None:
        """Keep a screenshot."""
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=full)

    def expect_accessible(self, where: str) -> None:
        """axe finds nothing to blame."""
        heard = len(self.faults)
        found = Axe().run(self.page, options=RULES).response["violations"]
        # To measure, axe sets styles of its own, which the page's policy refuses out loud.
        self.faults[heard:] = [fault for fault in self.faults[heard:] if "inline style" not in fault]
        told = [
            f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert told == [], f"{where}: " + "\n".join(told)

    def expect_no_sideways_scroll(self, where: str) -> None:
        """Nothing is wider than the window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} pixels too wide"

    @property
    def shifts(self) -> float:
        """The layout shifts since the page was loaded."""
        return float(self.page.evaluate("window.shifts"))
