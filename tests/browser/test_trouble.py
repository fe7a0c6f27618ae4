"""A server that goes and comes back, searches that are refused, and addresses that make no sense."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from visit import WAIT_MS

pytestmark = [pytest.mark.browser, pytest.mark.models]

# What a browser says about a server that is not there.
GONE = r"ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_SOCKET|503|Failed to fetch"


def test_a_server_that_goes_away_is_told_of_and_the_search_is_made_when_it_is_back(visit_shop, own_server):
    visit = visit_shop(own_server.address)
    visit.forgive(GONE)
    visit.page.clock.install()
    page = visit.open("/search?q=mug")
    visit.expect_first("Stoneware Coffee Mug")
    own_server.stop()
    visit.type("teapot")
    banner = page.locator("#banner")
    expect(banner).to_contain_text("The shop cannot be reached right now.")
    # What was found before stays there to be read.
    expect(visit.titles.first).to_have_text("Stoneware Coffee Mug")
    visit.shoot("server-gone")
    visit.expect_accessible("the banner of a server that is gone")
    # With the page's clock standing still it cannot ask by itself, so it is the press that makes it ask.
    page.clock.pause_at(datetime.now() + timedelta(seconds=1))
    own_server.start()
    page.get_by_role("button", name="Try now").click()
    expect(banner).to_contain_text("The shop is back.")
    page.clock.resume()
    visit.expect_first("青花瓷茶壶")
    expect(banner).to_be_hidden()
    expect(visit.box).to_have_value("teapot")


def test_a_product_page_waits_for_a_server_that_is_gone_and_comes_by_itself(visit_shop, own_server):
    visit = visit_shop(own_server.address)
    visit.forgive(GONE)
    page = visit.open("/search?q=mug")
    visit.expect_first("Stoneware Coffee Mug")
    # The modules of the product's page have to come before the server goes.
    visit.titles.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stoneware Coffee Mug")
    page.go_back()
    own_server.stop()
    visit.titles.nth(1).get_by_role("link").click()
    expect(page.locator("#banner")).to_contain_text("The shop cannot be reached right now.")
    own_server.start()
    # The pauses between two tries grow to twelve seconds on a machine that starts the server slowly.
    expect(page.locator(".product-title")).to_be_visible(timeout=2 * WAIT_MS)


@pytest.mark.parametrize(
    ("wrong", "way_out"),
    [("f=nosuchfield:x", "Search without filters"), ("like=no-such-product", "Search without examples")],
    ids=["filter", "example"],
)
def test_a_refused_search_says_what_may_help(visit, wrong, way_out):
    visit.forgive("40[04]")
    page = visit.open(f"/search?q=mug&{wrong}")
    expect(page.get_by_role("heading", name="This search did not work")).to_be_visible()
    visit.shoot("error")
    visit.expect_accessible("a failed search")
    page.get_by_role("button", name=way_out).click()
    visit.expect_first("Stoneware Coffee Mug")


@pytest.mark.parametrize(
    "address",
    [
        "/search?page=999999&sort=nonsense&r=price:x..y&r=:&f=:&f=x&box=1,2,3&photo=zz&pw=9",
        "/search?q=" + "x" * 3000,
        "/search?q=%00%ff%e4&like=&unlike=",
        "/product/%2e%2e%2f%2e%2e%2fetc",
    ],
    ids=["nonsense", "long", "bytes", "dots"],
)
def test_an_address_that_makes_no_sense_breaks_nothing(visit, address):
    visit.forgive("40[04]")
    page = visit.open(address)
    expect(page.locator("#view h1, #view h2").first).to_be_attached()
    visit.type("mug")
    visit.expect_first("Stoneware Coffee Mug")


def test_a_shop_that_asks_for_a_key_is_asked_for_one_and_told_when_it_is_wrong(visit):
    visit.forgive("401")
    asked = []

    def guarded(route):
        key = route.request.headers.get("authorization")
        asked.append(key)
        if key == "Bearer right":
            route.continue_()
        else:
            error = {
                "code": "key_missing" if key is None else "key_unknown",
                "message": "no",
                "field": None,
                "link": "",
            }
            route.fulfill(status=401, json={"error": error})

    visit.page.route("**/v1/**", guarded)
    page = visit.page
    page.goto(f"{visit.address}/search?q=mug")
    dialog = page.get_by_role("dialog", name="This shop asks for a key")
    dialog.get_by_label("Search key").fill("wrong")
    dialog.get_by_label("Search key").press("Enter")
    expect(page.get_by_text("This shop does not know that key.")).to_be_visible()
    visit.expect_accessible("the dialog for a key")
    page.get_by_label("Search key").fill("right")
    page.get_by_label("Search key").press("Enter")
    visit.expect_first("Stoneware Coffee Mug")
