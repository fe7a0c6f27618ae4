"""From a key to the first result on the screen, in Chromium, on a shop that is being served.

    bowerbird demo &                                    # or any shop: bowerbird serve --shop SHOP
    python benchmarks/first_paint.py [--address http://127.0.0.1:8000/] [--rounds 1]

Words are typed letter by letter; after each letter the clock runs until a frame has been painted that shows the cards
of a new answer. Thumbnails are not waited for: their places are.
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


def times_of(page: Page, words: str) -> list[float]:
    """Milliseconds from each key of some words to the frame with its results; keys that change none are left out."""
    box = page.get_by_role("combobox").first
    box.fill("")
    page.wait_for_timeout(700)
    times = []
    for letter in words:
        page.evaluate("window.painted = null; window.armed = true")
        box.press("Space" if letter == " " else letter)
        page.wait_for_timeout(900)
        painted = page.evaluate("window.painted")
        if painted is not None:
            times.append(float(painted))
    return times


def main() -> None:
    """Print the median and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="http://127.0.0.1:8000/")
    parser.add_argument("--rounds", type=int, default=1)
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
                times += times_of(page, words)
        browser.close()
    middle, high = np.percentile(times, (50, 95))
    print(
        f"{len(times)} keys: first result painted after {middle:.0f} ms (95 %: {high:.0f} ms, slowest {max(times):.0f})"
    )


if __name__ == "__main__":
    main()
