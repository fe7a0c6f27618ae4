"""Why a product is where it is, told and looked up; and what the shop's own rules put beside the products."""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

RULES = [
    {
        "id": "walks",
        "title": "Walking week",
        "if": {"query": {"pattern": "shoes"}},
        "then": [
            {"pin": [{"id": "camp-lantern", "position": 2}]},
            {"banner": {"title": "Walking week", "text": "Free returns until Sunday.", "link": "/about"}},
        ],
    },
    {"id": "help", "if": {"query": {"pattern": "help", "match": "exact"}}, "then": [{"redirect": "/about"}]},
    {"id": "to", "if": {"query": {"pattern": "to", "match": "exact"}}, "then": [{"redirect": "/search?q=fro"}]},
    {"id": "fro", "if": {"query": {"pattern": "fro", "match": "exact"}}, "then": [{"redirect": "/search?q=to"}]},
]


@pytest.fixture(scope="module")
def ruled(shop: Path, tmp_path_factory: pytest.TempPathFactory):
    """A shop with merchandising rules, served."""
    from served_shop import ShopServer

    served = ShopServer(Path(shutil.copytree(shop, tmp_path_factory.mktemp("ruled") / "shop")))
    served.start()
    body = json.dumps({"author": "Ada", "rules": RULES}).encode()
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{served.address}/v1/rules", body, headers, method="PUT")).close()
    yield served
    served.stop()


def open_why(page, place: int = 0):
    page.locator(".card").nth(place).get_by_role("button", name=re.compile("^More about|^更多操作")).press("Enter")
    page.get_by_role("menuitem").nth(2).press("Enter")
    return page.locator(".bubble.why")


def open_how(page, place: int = 0):
    bubble = open_why(page, place)
    bubble.locator(".how > summary").press("Enter")
    expect(bubble.locator(".how-part").first).to_be_visible()
    expect(bubble.locator("[aria-busy]")).to_have_count(0)
    return bubble


def test_how_a_hit_was_ranked_is_looked_up_when_it_is_opened(visit):
    page = visit.open("/search?q=red+handbag")
    visit.expect_first("Structured Leather Handbag")
    visit.wait()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    bubble = open_why(page)
    assert not any(url.endswith("/v1/explain") for url in asked)
    with page.expect_request("**/v1/explain") as sent:
        bubble.locator(".how > summary").press("Enter")
    assert (sent.value.post_data_json["q"], sent.value.post_data_json["product"]) == (
        "red handbag",
        "handbag-structured",
    )
    expect(bubble).to_contain_text("Place 1 of")
    expect(bubble.get_by_role("heading", name="What counted")).to_be_visible()
    expect(bubble.locator(".how-row").first).to_contain_text("Match with your search")
    expect(bubble.locator(".how-match").nth(1)).to_have_text("handbag→Handbagthe same word")
    visit.settle()
    visit.shoot("how")
    visit.expect_accessible("how it was ranked")
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_shop_chose_is_marked_and_told(visit_shop, ruled, theme, width):
    visit = visit_shop(ruled.address, width=width, color_scheme=theme)
    page = visit.open("/search?q=shoes")
    expect(page.locator(".card").nth(1)).to_contain_text("Chosen by the shop")
    expect(page.locator(".card-chosen:visible")).to_have_count(1)
    visit.settle()
    visit.shoot(f"chosen-{theme}-{width}")
    visit.expect_accessible(f"a banner and a chosen product, {theme} at {width}")
    bubble = open_how(page, 1)
    expect(bubble.locator("li").first).to_have_text("Chosen for this place by the shop")
    expect(bubble).to_contain_text("The search by itself did not find it.")
    expect(bubble).to_contain_text("Placed here by the shop (Walking week)")
    visit.settle()
    visit.expect_no_sideways_scroll(f"how it was ranked at {width}")
    visit.shoot(f"how-chosen-{theme}-{width}")
    visit.expect_accessible(f"how a chosen product was ranked, {theme} at {width}")


def test_a_banner_of_a_rule_leads_where_it_says_and_goes_with_its_search(visit_shop, ruled):
    visit = visit_shop(ruled.address)
    page = visit.open("/search?q=shoes")
    banner = page.get_by_role("list", name="From the shop")
    expect(banner).to_contain_text("Walking week")
    visit.type("mug")
    visit.expect_first("Stoneware Coffee Mug")
    expect(banner).to_be_hidden()
    visit.type("shoes")
    banner.get_by_role("link", name="Walking week").click()
    expect(page).to_have_url(re.compile("/about$"))


def test_a_redirect_is_followed_once_the_search_is_asked_and_back_leads_before_it(visit_shop, ruled):
    visit = visit_shop(ruled.address)
    page = visit.open("/search?q=mug")
    visit.expect_first("Stoneware Coffee Mug")
    visit.type("help")
    expect(page).to_have_url(re.compile("q=help"))
    visit.wait()
    # Who is typing is not sent anywhere.
    expect(page).to_have_url(re.compile("q=help"))
    visit.box.press("Enter")
    expect(page).to_have_url(re.compile("/about$"))
    page.go_back()
    visit.expect_first("Stoneware Coffee Mug")


def test_rules_that_lead_to_each_other_end_somewhere(visit_shop, ruled):
    visit = visit_shop(ruled.address)
    page = visit.open("/search?q=to")
    expect(page).to_have_url(re.compile(r"q=fro$"))
    visit.wait()
    expect(page).to_have_url(re.compile(r"q=fro$"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_for_a_photo_the_places_that_match_glow(visit_shop, catalogue, theme):
    visit = visit_shop(width=390, height=844, color_scheme=theme, locale="zh-CN")
    page = visit.open("/")
    visit.hand_over("drop", catalogue.parent / "asked" / "ask-handbag-red.jpg")
    visit.expect_first("Structured Leather Handbag")
    bubble = open_how(page)
    image = bubble.get_by_role("img", name="你的照片，发亮处与Structured Leather Handbag相似")
    expect(image).to_be_visible()
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    image.scroll_into_view_if_needed()
    visit.settle()
    visit.expect_no_sideways_scroll("a heat map")
    visit.shoot(f"how-photo-{theme}")
    visit.expect_accessible(f"a heat map, {theme}")


def test_a_learned_ranking_tells_what_moved_it_most(visit):
    def learned(route):
        answer = route.fetch()
        told = answer.json()
        ranking = told["hit"]["ranking"]
        added = {"terms": 0.8, "meaning": -0.3, "sentiment": 0.1, "stock": 0.0}
        for signal in ranking["signals"]:
            signal["contribution"] = added.get(signal["name"])
        ranking |= {"by": "learned", "start": 1.0, "average": 0.1, "total": 1.7}
        route.fulfill(response=answer, body=json.dumps(told))

    visit.page.route("**/v1/explain", learned)
    page = visit.open("/search?q=red+handbag")
    visit.wait()
    bubble = open_how(page)
    expect(bubble).to_contain_text("What shoppers chose before was weighed in.")
    rows = bubble.locator(".how-part").first.locator(".how-row")
    expect(rows.nth(0)).to_have_text("Your words in its text+0.80")
    expect(rows.nth(1)).to_have_text("Meaning of its text-0.30")
    visit.settle()
    visit.shoot("how-learned")
    visit.expect_accessible("a learned ranking")


def test_what_cannot_be_looked_up_can_be_tried_again(visit):
    visit.forgive("400")
    refusing = True

    def refuse(route):
        if refusing:
            body = json.dumps({"error": {"code": "bad_input", "message": "no"}})
            route.fulfill(status=400, content_type="application/json", body=body)
        else:
            route.continue_()

    visit.page.route("**/v1/explain", refuse)
    page = visit.open("/search?q=red+handbag")
    visit.wait()
    bubble = open_why(page)
    bubble.locator(".how > summary").press("Enter")
    expect(bubble).to_contain_text("This could not be looked up just now.")
    refusing = False
    bubble.get_by_role("button", name="Try again").press("Enter")
    expect(bubble).to_contain_text("Place 1 of")
    expect(bubble).to_be_visible()
