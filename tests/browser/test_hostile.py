"""A catalogue, an address and a service that mean harm: the page shows what they say as text and runs none of it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect
from served_shop import HOSTILE, HOSTILE_ID

pytestmark = [pytest.mark.browser, pytest.mark.models]

MARKUP = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script><b onclick=window.pwned=1>bold</b>"
# What the page reads as something other than text: identifiers it asks for again, and words of the API itself.
MEANT_BY_NAME = {
    *("id", "variant", "kind", "field", "availability", "currency", "image", "address", "language", "created_at"),
    *("from", "facets", "fields", "languages", "name", "query_id", "surface"),
}


def poisoned(value: Any, key: str = "") -> Any:
    """An answer of the API with markup in all that is text in it."""
    if isinstance(value, dict):
        return {name: poisoned(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    if not isinstance(value, str) or key in MEANT_BY_NAME:
        return value
    return "javascript:window.pwned=1" if key == "url" else f"{value} {MARKUP}"


def expect_nothing_ran(page) -> None:
    """No script of a text ran, and no element came to be out of one."""
    assert page.evaluate("window.pwned") is None
    expect(page.locator("body script, img[src='x'], [onclick], [onerror], a[href^='javascript:' i]")).to_have_count(0)


def test_a_hostile_product_is_shown_as_text_among_the_results_and_on_its_page(visit):
    page = visit.open("/search?q=hostile+lantern")
    card = page.locator(".card").filter(has_text="Hostile").first
    expect(card).to_contain_text(HOSTILE)
    visit.shoot("hostile-results")
    visit.expect_no_sideways_scroll("hostile results")
    card.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hostile lantern")
    expect(page.locator(".product-title")).to_contain_text(HOSTILE)
    expect(page.locator(".review")).to_contain_text(f"Mallory {HOSTILE}")
    expect(page.get_by_role("row").filter(has_text="Made of")).to_contain_text(f"spite {HOSTILE}")
    expect_nothing_ran(page)
    visit.shoot("hostile-product", full=True)
    visit.expect_accessible("a hostile product")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        visit.expect_no_sideways_scroll(f"a hostile product at {width}")
    page.goto(f"{visit.address}/product/{quote(HOSTILE_ID)}")
    expect(page.locator(".product-title")).to_contain_text(HOSTILE)


def test_hostile_suggestions_filters_and_chips_are_text(visit):
    page = visit.open("/search?q=lantern")
    page.get_by_role("button", name=re.compile("^Lanterns")).first.click()
    page.get_by_role("group", name="Colour", exact=True).get_by_role("checkbox", name=re.compile("^black")).check()
    expect(page.locator(".understood .part").filter(has_text="black")).to_contain_text(HOSTILE)
    visit.expect_first_contains("Hostile lantern")
    visit.box.fill("")
    visit.box.press_sequentially("evil", delay=20)
    expect(page.locator("#suggestions").get_by_role("option").first).to_be_visible()
    expect_nothing_ran(page)


def test_hostile_words_of_the_address_are_text(visit):
    page = visit.open(f"/search?q={quote(MARKUP)}&f={quote('brand:' + MARKUP)}&unlike={quote(HOSTILE_ID)}")
    expect(visit.box).to_have_value(MARKUP)
    expect(page.locator(".understood .part").first).to_contain_text("<img src=x")
    expect_nothing_ran(page)


@pytest.mark.parametrize(
    "address", ["/", "/search?q=leahter+bag", "/product/tee-classic"], ids=["home", "results", "product"]
)
def test_whatever_the_service_answers_is_text(visit, address):
    def answer(route):
        fetched = route.fetch()
        body = poisoned(fetched.json())
        for hit in body.get("hits", []):
            # Highlights are the one text that comes as markup; what is not a plain mark in it must stay text.
            hit["highlights"] = {"title": f"<mark>{MARKUP}</mark> {MARKUP} <mark onclick=window.pwned=1>x</mark>"}
        route.fulfill(status=fetched.status, content_type="application/json", body=json.dumps(body))

    visit.page.route("**/v1/**", answer)
    page = visit.open(address)
    expect(page.locator("#view")).to_contain_text("<script>window.pwned=1</script>")
    if "search" in address:
        page.locator(".card .card-menu").first.press("Enter")
        page.get_by_role("menuitem", name="Why this?").press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
    expect_nothing_ran(page)
    visit.expect_no_sideways_scroll("a poisoned page")


def test_every_page_comes_with_a_policy_that_lets_no_inline_script_or_style_run(server):
    for address in ("/", "/search?q=x", "/product/any", "/about"):
        answer = httpx.get(server.address + address)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert re.findall(r"<script(?![^>]*\bsrc=)", answer.text) == []
