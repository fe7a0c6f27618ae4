"""What the shop believes about a shopper: shown to them, put right, taken back and cleared."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


def look_around(visit, *products: str):
    """Agree, and look at some products; answers the page with the panel open."""
    page = visit.open("/")
    page.locator(".consent-buttons button").last.click()
    for product in products:
        page.goto(f"{visit.address}/product/{product}")
        visit.wait()
    return page, open_panel(page)


def open_panel(page):
    page.locator("#tastes-button").click()
    panel = page.locator("dialog.tastes")
    expect(panel.locator("[aria-busy]")).to_have_count(0)
    return panel


def test_tastes_are_shown_and_put_right(visit):
    page, panel = look_around(visit, "runner-swift", "shorts-run", "cap-baseball")
    brands = panel.get_by_role("region", name="Brand")
    expect(brands).to_contain_text("Kestrel")
    visit.settle()
    visit.shoot("tastes")
    visit.expect_accessible("your tastes")
    brands.get_by_role("button", name="I like Kestrel").click()
    expect(brands.get_by_role("button", name="I like Kestrel")).to_have_attribute("aria-pressed", "true")
    expect(brands.get_by_role("button", name="I like Kestrel")).to_be_focused()
    brands.get_by_role("button", name="Not for me: Kestrel").click()
    expect(brands.get_by_role("button", name="Take back that Kestrel is not for me")).to_be_visible()
    expect(brands.get_by_role("button", name="I like Kestrel")).to_have_count(0)
    # It was said, so it is still so in another visit of the page.
    page.reload()
    panel = open_panel(page)
    brands = panel.get_by_role("region", name="Brand")
    back = brands.get_by_role("button", name="Take back that Kestrel is not for me")
    back.press("Enter")
    expect(brands.get_by_role("button", name="I like Kestrel")).to_be_visible()


def test_what_was_looked_at_can_be_forgotten(visit):
    _, panel = look_around(visit, "mug-stoneware", "lamp-desk")
    recent = panel.get_by_role("region", name="Looked at lately")
    expect(recent.get_by_role("listitem")).to_have_count(2)
    recent.get_by_role("button", name="Forget Jointed Desk Lamp").click()
    expect(recent.get_by_role("listitem")).to_have_count(1)
    expect(recent).not_to_contain_text("Jointed Desk Lamp")


def test_tastes_are_cleared_after_asking_once_more(visit):
    _, panel = look_around(visit, "runner-swift", "shorts-run")
    expect(panel.get_by_role("region", name="Brand")).to_be_visible()
    panel.get_by_role("button", name="Clear my tastes").click()
    panel.get_by_role("button", name="No, keep it").click()
    expect(panel.get_by_role("region", name="Brand")).to_be_visible()
    panel.get_by_role("button", name="Clear my tastes").click()
    panel.get_by_role("button", name="Clear them all?").click()
    expect(panel).to_contain_text("Nothing is known yet.")
    expect(panel.get_by_role("region", name="Brand")).to_have_count(0)


def test_what_is_known_is_downloaded_and_erased(visit):
    page, panel = look_around(visit, "mug-stoneware")
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Download what you know about me").click()
    everything = json.loads(Path(waiting.value.path()).read_text())
    (session,) = everything["sessions"]
    assert "mug-stoneware" in [item["item_id"] for event in everything["events"] for item in event.get("items", [])]
    panel.get_by_role("button", name="Erase everything about me").click()
    panel.get_by_role("button", name="Erase it for good?").click()
    expect(panel).to_contain_text("Nothing is known yet.")
    with urllib.request.urlopen(f"{visit.address}/v1/shoppers/export?session={session}") as answer:
        assert json.load(answer)["events"] == []


def test_the_shop_is_not_arranged_for_who_does_not_want_it(visit):
    page, panel = look_around(visit, "runner-swift")
    arranged = panel.get_by_role("switch", name=re.compile("^Arrange the shop for me"))
    expect(arranged).to_be_checked()
    arranged.press("Space")
    expect(arranged).not_to_be_checked()
    page.reload()
    panel = open_panel(page)
    expect(panel.get_by_role("switch", name=re.compile("^Arrange the shop for me"))).not_to_be_checked()


def test_consent_is_taken_back_and_given_in_the_panel(visit):
    page, panel = look_around(visit, "runner-swift")
    panel.get_by_role("switch", name=re.compile("^Learn from my visits")).click()
    expect(panel).to_contain_text("Nothing about you is kept here, as you wished.")
    assert page.evaluate("Object.keys(localStorage)") == ["bowerbird-consent"]
    visit.expect_accessible("your tastes without consent")
    panel.get_by_role("button", name="Yes, please").click()
    # Under a new name nothing is known.
    expect(panel).to_contain_text("Nothing is known yet.")


def test_the_panel_asks_who_has_not_answered(visit):
    page = visit.open("/")
    panel = open_panel(page)
    expect(panel).to_contain_text("May this shop learn your tastes?")
    panel.get_by_role("button", name="No, thanks").click()
    expect(panel).to_contain_text("Nothing about you is kept here, as you wished.")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator("#tastes-button")).to_be_focused()
    expect(page.get_by_role("region", name="May this shop learn")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panel_fits_a_phone_and_speaks_chinese(visit_shop, theme):
    visit = visit_shop(width=320, height=700, locale="zh-CN", color_scheme=theme, has_touch=True)
    _, panel = look_around(visit, "runner-swift", "handbag-structured")
    expect(panel.get_by_role("heading", level=2)).to_have_text("我的喜好")
    expect(panel.get_by_role("region", name="品牌")).to_contain_text("Kestrel")
    visit.settle()
    visit.shoot(f"tastes-zh-{theme}")
    visit.expect_no_sideways_scroll("your tastes")
    visit.expect_accessible("your tastes in Chinese")
