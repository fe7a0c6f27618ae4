"""Recommendations on home, product and cart: with reasons, from what shoppers did, changing as one looks around."""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

SHOPPERS = 60
TOGETHER = ("runner-swift", "shorts-run", "cap-baseball")
APART = ("lamp-desk", "mug-stoneware", "honey-wild", "laptop-14")


@pytest.fixture(scope="module")
def busy(shop: Path, tmp_path_factory: pytest.TempPathFactory):
    """A shop where many bought running shoes, shorts and a cap together, and others other things."""
    from served_shop import ShopServer
    from told import tell

    served = ShopServer(Path(shutil.copytree(shop, tmp_path_factory.mktemp("busy") / "shop")))
    served.start()
    tell(served.address, [event for shopper in range(SHOPPERS) for event in _visit_of(shopper)])
    _wait_for_charts(served.address)
    yield served
    served.stop()


def _wait_for_charts(address: str) -> None:
    """What is in demand is drawn up now and then, not with every event."""
    for _ in range(300):
        with urllib.request.urlopen(f"{address}/v1/recommend/trending?limit=1") as answer:
            if json.load(answer)["hits"][0]["why"]["kind"] in ("trending", "popular"):
                return
        time.sleep(0.1)
    raise AssertionError("nothing is in demand")


def _visit_of(shopper: int) -> list[dict]:
    products = TOGETHER if shopper % 2 else (APART[shopper % 4], APART[(shopper // 2) % 4])
    items = [{"item_id": product, "quantity": 1} for product in dict.fromkeys(products)]
    whose = {"session": f"{shopper:032x}", "consent": True, "timestamp_micros": int((time.time() - 3600) * 1e6)}
    viewed = [
        {"id": f"v{shopper}-{place}", "name": "view_item", "items": [item], **whose} for place, item in enumerate(items)
    ]
    return [
        *viewed,
        {"id": f"p{shopper}", "name": "purchase", "transaction_id": f"t{shopper}", "items": items, **whose},
    ]


def shelf(page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def test_home_shows_what_is_liked_and_what_is_new_to_who_is_unknown(visit_shop, busy):
    visit = visit_shop(busy.address)
    page = visit.open("/")
    expect(shelf(page, "You may like").or_(shelf(page, "In demand now")).first).to_be_visible()
    expect(shelf(page, "New in").locator(".card").first).to_be_visible()
    expect(shelf(page, "For you")).to_have_count(0)
    expect(shelf(page, "Looked at lately")).to_have_count(0)
    visit.settle()
    visit.shoot("shelves-home", full=True)
    visit.expect_accessible("home with shelves")
    assert visit.shifts < 0.05


def test_what_one_looks_at_is_on_the_home_view_when_one_comes_back(visit_shop, busy):
    visit = visit_shop(busy.address)
    page = visit.open("/")
    page.get_by_role("button", name="Yes, please").click()
    before = page.locator(".shelf .card-link").all_inner_texts()
    visit.box.fill("running shoes")
    visit.box.press("Enter")
    visit.titles.filter(has_text="Swift Running Shoes").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Swift Running Shoes")
    page.get_by_role("link", name="Bowerbird, home").click()
    visit.wait()
    expect(shelf(page, "Looked at lately").get_by_role("link", name="Swift Running Shoes")).to_be_visible()
    assert page.locator(".shelf .card-link").all_inner_texts() != before
    visit.settle()
    visit.shoot("shelves-home-known", full=True)


def test_a_product_page_shows_what_is_bought_with_it_and_what_is_like_it(visit_shop, busy):
    visit = visit_shop(busy.address)
    page = visit.open("/product/runner-swift")
    together = shelf(page, "Bought together")
    expect(together.get_by_role("link", name="Featherweight Running Shorts")).to_be_visible()
    similar = shelf(page, "Similar products")
    first = similar.locator(".card-link").all_inner_texts()
    similar.get_by_role("radio", name="By look").check()
    expect(similar.locator("[aria-busy]")).to_have_count(0)
    expect(similar.locator(".card-link").first).to_be_visible()
    similar.get_by_role("radio", name="By description").check()
    expect(similar.locator("[aria-busy]")).to_have_count(0)
    similar.get_by_role("radio", name="All in all").check()
    expect(similar.locator("[aria-busy]")).to_have_count(0)
    assert similar.locator(".card-link").all_inner_texts() == first
    visit.settle()
    visit.shoot("shelves-product", full=True)
    visit.expect_accessible("a product with shelves")
    assert visit.shifts < 0.05


def test_the_cart_shows_what_goes_with_it_and_the_shelf_is_told_of(visit_shop, busy):
    from told import Told

    visit, told = visit_shop(busy.address), Told(busy.shop)
    page = visit.open("/product/runner-swift")
    page.get_by_role("button", name="Yes, please").click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="See the cart").click()
    goes = shelf(page, "Goes with your cart")
    goes.scroll_into_view_if_needed()
    seen = told.wait_for("view_item_list", lambda event: event.surface == "complete-the-cart")
    assert [item.position for item in seen.items] == list(range(1, len(seen.items) + 1))
    # Which products are there depends on what the shelves above it show, and those on chance.
    first = seen.items[0].product
    goes.get_by_role("link").first.click()
    chosen = told.wait_for("select_item")
    assert (chosen.items[0].product, chosen.surface, chosen.query_id) == (first, "complete-the-cart", seen.query_id)
    page.get_by_role("button", name="Add to cart").click()
    added = told.wait_for("add_to_cart", lambda event: event.items[0].product == first)
    assert (added.surface, added.query_id) == ("complete-the-cart", seen.query_id)
    told.close()


def test_a_shop_whose_recommendations_fail_is_as_it_was(visit_shop, busy):
    visit = visit_shop(busy.address)
    visit.forgive("500")
    visit.page.route("**/v1/recommend**", lambda route: route.fulfill(status=500, body="{}"))
    page = visit.open("/")
    expect(shelf(page, "Departments").locator(".tile").first).to_be_visible()
    expect(page.locator(".shelf")).to_have_count(0)
    page.goto(f"{busy.address}/product/runner-swift")
    visit.wait()
    expect(shelf(page, "Similar products").locator(".card").first).to_be_visible()
    expect(shelf(page, "Bought together")).to_have_count(0)


def test_shelves_speak_chinese(visit_shop, busy):
    visit = visit_shop(busy.address, locale="zh-CN", width=390, height=800)
    page = visit.open("/")
    expect(shelf(page, "新品上架").locator(".card").first).to_be_visible()
    page.goto(f"{busy.address}/product/runner-swift")
    visit.settle()
    expect(shelf(page, "常一起购买").locator(".card").first).to_be_visible()
    expect(shelf(page, "相似商品")).to_be_visible()
    visit.shoot("shelves-product-zh", full=True)
    visit.expect_no_sideways_scroll("a product with shelves")
    visit.expect_accessible("shelves in Chinese")


def test_the_cards_of_a_shelf_are_reached_by_keys_and_come_into_sight(visit_shop, busy):
    visit = visit_shop(busy.address)
    page = visit.open("/")
    links = shelf(page, "New in").locator(".card-link")
    links.first.focus()
    last = links.last
    for _ in range(100):
        page.keyboard.press("Tab")
        if last.evaluate("(node) => node === document.activeElement"):
            break
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
