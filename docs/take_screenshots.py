"""The README's pictures, from a shop that is being served by ``bowerbird demo``.

Usage: python docs/take_screenshots.py [--address http://127.0.0.1:8000]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent / "screenshots"
SEARCH = "floral dress under $100 not black"
EXPLAINED = "red leather handbag"
LOOKED_FOR = "floral dress"
LOOKED_AT = 4
WIDE = {"width": 1280, "height": 1000}


def open_why(page: Page) -> None:
    """Open "why this?" of the first hit, and how it was ranked below it."""
    page.locator(".card").first.get_by_role("button", name=re.compile("^More about")).press("Enter")
    page.get_by_role("menuitem").nth(2).press("Enter")
    page.locator(".bubble.why .how > summary").press("Enter")
    page.locator(".bubble.why .how-part").first.wait_for()


def look_around(page: Page) -> None:
    """Say yes to the shop's question, look at the first few products found, and put the last into the cart."""
    page.get_by_role("button", name="Yes, please").click()
    for place in range(LOOKED_AT):
        page.goto(f"{origin_of(page)}/search?q={quote(LOOKED_FOR)}&f=in_stock:true")
        page.locator(".card-link").nth(place).click()
        page.locator(".cart-add").wait_for()
    page.locator(".cart-add").click()


def show_shelves(page: Page) -> None:
    """The home view of somebody who has looked around, scrolled to what is recommended."""
    look_around(page)
    page.get_by_role("link", name="Bowerbird, home").click()
    page.locator(".shelf[data-surface=for-you] .card-note").first.wait_for()
    page.locator(".shelf[data-surface=for-you]").evaluate("(shelf) => scrollTo(0, shelf.offsetTop - 100)")


def show_tastes(page: Page) -> None:
    """What the shop believes of them."""
    look_around(page)
    page.locator("#tastes-button").click()
    page.locator(".taste-value").first.wait_for()


def show_cart(page: Page) -> None:
    """Their cart, and what goes with it."""
    look_around(page)
    page.locator("#cart-link").click()
    page.locator(".shelf[data-surface=complete-the-cart] .card-note").first.wait_for()
    page.locator(".shelf[data-surface=complete-the-cart]").scroll_into_view_if_needed()


def origin_of(page: Page) -> str:
    """The address of the shop."""
    return str(page.evaluate("location.origin"))


def take(
    browser: Browser,
    address: str,
    name: str,
    locale: str = "en-US",
    scheme: str = "light",
    act: Callable[[Page], None] | None = None,
) -> None:
    """One picture, once all photos of the view are there and something was done on it."""
    context = browser.new_context(viewport=WIDE, locale=locale, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_500)
    if act is not None:
        act(page)
        page.wait_for_timeout(1_500)
    page.screenshot(path=PICTURES / name)
    context.close()


def main() -> None:
    """Take all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--product", default="backpack-1126", help="the id of the product page's product")
    options = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take(browser, f"{options.address}/", "home.png")
        take(browser, f"{options.address}/search?q={quote(SEARCH)}", "results.png")
        take(browser, f"{options.address}/search?q={quote(EXPLAINED)}", "why.png", act=open_why)
        take(browser, f"{options.address}/product/{quote(options.product)}", "product-zh.png", "zh-CN", "dark")
        take(browser, f"{options.address}/", "for-you.png", act=show_shelves)
        take(browser, f"{options.address}/", "tastes.png", act=show_tastes)
        take(browser, f"{options.address}/", "cart.png", act=show_cart)
        browser.close()


if __name__ == "__main__":
    main()
