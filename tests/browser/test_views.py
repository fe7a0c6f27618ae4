"""Every view, in light and dark, narrow and wide: accessible, no wider than its window, and standing still."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

ADDRESSES = {
    "home": "/",
    "results": "/search?q=red",
    "all-filters": "/search?f=category:Clothing&f=brand:Kestrel&r=price:..60&like=runner-swift",
    "empty": "/search?q=teapot&f=brand:Kestrel",
    "product": "/product/tee-classic",
    "about": "/about",
    "missing": "/product/no-such-thing",
}
WIDTHS = (320, 768, 1280)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_view_is_blamed_by_axe_or_scrolls_sideways(visit_shop, theme):
    visit = visit_shop(color_scheme=theme)
    visit.forgive("404")
    for name, address in ADDRESSES.items():
        page = visit.open(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            visit.settle()
            visit.expect_no_sideways_scroll(f"{name} at {width}")
            visit.shoot(f"{name}-{theme}-{width}")
            if width == 1280 or (width == 320 and theme == "light"):
                visit.expect_accessible(f"{name} at {width}, {theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_narrow_page_fits_and_is_accessible(visit_shop, catalogue, theme):
    visit = visit_shop(width=320, height=700, color_scheme=theme, has_touch=True)
    visit.understand_speech()
    page = visit.open("/search?q=bag")
    page.get_by_role("button", name="Filters").tap()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    _look(visit, f"drawer-{theme}")
    page.get_by_role("button", name="Close the filters").tap()
    page.locator("#photo-button").tap()
    expect(page.get_by_role("dialog", name="Search with a photo")).to_be_visible()
    _look(visit, f"photo-dialog-{theme}")
    page.get_by_role("dialog").get_by_role("button", name="Close").tap()
    visit.hand_over("paste", catalogue.parent / "asked" / "ask-handbag-red.jpg")
    visit.expect_first("Structured Leather Handbag")
    _look(visit, f"photo-strip-{theme}")
    page.locator(".strip-open").tap()
    expect(page.locator(".crop-frame")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    _look(visit, f"photo-box-{theme}")
    page.locator(".strip-open").tap()
    page.locator(".card .card-menu").first.press("Enter")
    _look(visit, f"card-menu-{theme}")
    page.get_by_role("menuitem", name="Why this?").press("Enter")
    expect(page.get_by_role("dialog", name="Why this is here")).to_be_visible()
    _look(visit, f"why-{theme}")
    page.keyboard.press("Escape")
    page.locator("#voice-button").tap()
    expect(page.get_by_role("dialog", name="Speak your search")).to_be_visible()
    _look(visit, f"voice-{theme}")


def _look(visit, name: str) -> None:
    visit.settle()
    visit.expect_no_sideways_scroll(name)
    visit.shoot(f"{name}-320")
    visit.expect_accessible(name)


def test_the_theme_is_switched_remembered_and_does_not_flash(visit):
    page = visit.open("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.locator("#theme-button")
    button.click()
    assert page.evaluate(ground) == light
    button.click()
    dark = page.evaluate(ground)
    assert dark != light
    # Asked at the first moment there is a body to paint, before any module ran.
    page.add_init_script(
        """new MutationObserver((_, watch) => {
          if (!document.body) return;
          window.first = document.documentElement.dataset.theme;
          watch.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.reload()
    visit.wait()
    assert page.evaluate("window.first") == "dark"
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["home", "results", "product"])
def test_nothing_moves_while_a_view_is_loading(visit_shop, name, width):
    visit = visit_shop(width=width)
    visit.slow_down()
    visit.open(ADDRESSES[name])
    visit.settle()
    assert visit.shifts < 0.1


def test_typing_moves_nothing_but_what_is_found(visit):
    visit.open("/search")
    # Keys that are really pressed: what follows them soon is an answer to them and no shift.
    visit.box.press_sequentially("red handbag", delay=120)
    visit.expect_first("Structured Leather Handbag")
    visit.settle()
    assert visit.shifts < 0.1
