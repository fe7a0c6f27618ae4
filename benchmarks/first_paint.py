"""From a key to the first result on the screen, in Chromium, on a shop that is being served.

    bowerbird demo &                                    # or any shop: bowerbird serve --shop SHOP
    python benchmarks/first_paint.py [--address http://127.0.0.1:8000/] [--rounds 5]

Words are typed letter by letter; after the last letter of each word the clock runs until a frame has been painted that
shows the cards of the new answer. Thumbnails are not waited for: their places are.
"""

from __future__ import annotations

import argparse

import numpy as np
from playwright.sync_api import Page, sync_playwright
from shops import machine

WORDS = (
    "red dress", "coffee", "running shoes", "blue mug", "leather wallet", "striped scarf", "headphones", "teddy bear",
    "yoga mat", "green tea",
)  # fmt: skip

# Runs in the page: notes when a key goes down and when a frame shows cards that were not there then.
WATCH = """
() => {
  const list = () => [...document.querySelectorAll('article a[href*="/product/"], li a[href*="/product/"]')];
  window.painted = null;
  document.addEventListener('keydown', (event) => {
    if (event.key.length !== 1 || !window.armed) return;
    window.armed = false;
    const pressed = performance.now();
    const before = list().map((link) => link.href).join(' ');
    const look = () => {
      const now = list();
      if (now.length && now.map((link) => link.href).join(' ') !== before) {
        requestAnimationFrame(() => setTimeout(() => { window.painted = performance.now() - pressed; }));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}
"""


def time_of(page: Page, words: str) -> float | None:
    """Milliseconds from the last key of some words to the frame with their results, None where nothing changed."""
    box = page.get_by_role("combobox").first
    box.fill("")
    page.wait_for_timeout(700)
    box.type(words[:-1], delay=25)
    page.wait_for_timeout(900)
    box.press("Backspace")
    page.wait_for_timeout(900)
    box.type(words[-2])
    page.wait_for_timeout(900)
    page.evaluate("window.painted = null; window.armed = true")
    box.type(words[-1])
    try:
        page.wait_for_function("window.painted !== null", timeout=3_000)
    except Exception:
        return None
    return float(page.evaluate("window.painted"))


def main() -> None:
    """Print the median and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="http://127.0.0.1:8000/")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(machine())
    times: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(options.address)
        page.evaluate(WATCH)
        for _ in range(options.rounds):
            for words in WORDS:
                taken = time_of(page, words)
                # Where the last letter changes no result, nothing new is painted.
                if taken is not None:
                    times.append(taken)
        browser.close()
    middle, high = np.percentile(times, (50, 95))
    print(
        f"{len(times)} keys: first result painted after {middle:.0f} ms (95 %: {high:.0f} ms, slowest {max(times):.0f})"
    )


if __name__ == "__main__":
    main()
