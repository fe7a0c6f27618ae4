"""What is told of a visit, and that nothing is before the shopper agrees."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

SESSION = re.compile("[0-9a-f]{32}")


@pytest.fixture
def told(server):
    """What the shop's log receives during a test."""
    from told import Told

    found = Told(server.shop)
    yield found
    found.close()


@pytest.fixture
def sent(visit):
    """The bodies of events that the page sends, as they leave."""
    bodies: list[dict] = []

    def keep(request) -> None:
        if request.url.endswith("/v1/events"):
            bodies.append(json.loads(request.post_data))

    visit.page.on("request", keep)
    return bodies


def stored(page) -> dict[str, str]:
    """What the page keeps in the browser, less the searches that the box offers again."""
    kept = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return {name: text for name, text in kept.items() if name != "bowerbird-recent"}


def test_before_the_shopper_answers_nothing_is_told_and_nothing_is_kept(visit, sent):
    page = visit.open("/search?q=mug")
    visit.titles.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stoneware Coffee Mug")
    page.go_back()
    expect(page.get_by_role("region", name="May this shop learn your tastes?")).to_be_visible()
    visit.expect_accessible("the question for consent")
    page.goto(f"{visit.address}/about")
    visit.wait()
    assert sent == []
    assert stored(page) == {}


def test_both_answers_are_offered_alike(visit):
    page = visit.open("/")
    yes, no = page.get_by_role("button", name="Yes, please"), page.get_by_role("button", name="No, thanks")
    look = "(node) => ((s) => [s.color, s.backgroundColor, s.fontSize, node.offsetWidth])(getComputedStyle(node))"
    assert yes.evaluate(look) == no.evaluate(look)


def test_after_a_yes_a_visit_is_told_under_a_random_name_of_the_device(visit, told):
    page = visit.open("/search?q=mug")
    page.get_by_role("button", name="Yes, please").click()
    expect(page.get_by_role("region", name="May this shop learn")).to_have_count(0)
    # What is in sight when the shopper says yes was seen.
    seen = told.wait_for("view_search_results", lambda event: bool(event.items))
    session = json.loads(stored(page)["bowerbird-session"])["id"]
    assert SESSION.fullmatch(session)
    assert seen.who.session == session
    assert seen.consent
    assert seen.query == "mug"
    visit.titles.first.get_by_role("link").click()
    chosen = told.wait_for("select_item")
    viewed = told.wait_for("view_item")
    assert [chosen.items[0].product, chosen.items[0].position] == [viewed.items[0].product, 1]
    assert chosen.query_id == seen.query_id == viewed.query_id != ""
    assert viewed.who.session == session
    page.reload()
    visit.wait()
    expect(page.get_by_role("region", name="May this shop learn")).to_have_count(0)
    assert json.loads(stored(page)["bowerbird-session"])["id"] == session


def test_after_a_no_what_is_done_is_told_but_not_by_whom(visit, told, sent):
    page = visit.open("/")
    page.get_by_role("button", name="No, thanks").click()
    page.goto(f"{visit.address}/product/mug-stoneware")
    visit.wait()
    viewed = told.wait_for("view_item", lambda event: not event.consent)
    assert not viewed.who.known
    assert stored(page) == {"bowerbird-consent": "no"}
    assert not any("session" in event or "user" in event for body in sent for event in body["events"])


def test_only_the_cards_that_were_in_sight_are_impressions_each_with_its_place(visit, told):
    page = visit.open("/search")
    page.get_by_role("button", name="Yes, please").click()
    first = told.wait_for("view_search_results", lambda event: bool(event.items))
    cards = page.locator(".card").evaluate_all("(all) => all.slice(0, 24).map((one) => one.dataset.anchor)")
    seen = [(item.position, item.product) for item in first.items]
    assert seen == [(place, cards[place - 1]) for place, _ in seen]
    assert 0 < len(seen) < len(cards)
    page.locator(".card").nth(23).scroll_into_view_if_needed()
    later = told.wait_for("view_search_results", lambda event: any(item.product == cards[-1] for item in event.items))
    assert later.query_id == first.query_id
    assert next(item.position for item in later.items if item.product == cards[-1]) == len(cards)
    # Nothing is counted twice.
    told_of = [item.product for event in told.all() if event.query_id == first.query_id for item in event.items]
    assert len(told_of) == len(set(told_of))


def test_a_search_that_finds_nothing_is_told_as_well(visit, told):
    page = visit.open("/search?q=teapot&f=brand:Kestrel")
    page.get_by_role("button", name="Yes, please").click()
    page.reload()
    nothing = told.wait_for("view_search_results")
    assert (nothing.query, nothing.items) == ("teapot", ())


def test_the_shop_around_the_page_names_its_account(visit, told):
    page = visit.open("/")
    page.get_by_role("button", name="Yes, please").click()
    page.evaluate("bowerbird.identify('ada')")
    login = told.wait_for("login")
    assert (login.who.user, bool(login.who.session)) == ("ada", True)
    session = json.loads(stored(page)["bowerbird-session"])["id"]
    page.evaluate("bowerbird.identify(null)")
    page.goto(f"{visit.address}/product/mug-stoneware")
    visit.wait()
    viewed = told.wait_for("view_item")
    assert viewed.who.user == ""
    assert viewed.who.session not in ("", session)


def test_events_wait_for_a_server_that_is_away_and_are_told_once(visit_shop, own_server):
    from told import Told

    visit = visit_shop(own_server.address)
    visit.forgive("ERR_|Failed to fetch|503")
    page = visit.open("/product/mug-stoneware")
    told = Told(own_server.shop)
    page.get_by_role("button", name="Yes, please").click()
    own_server.stop()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator("#cart-count")).to_have_text("2")
    # The page goes while the server is away; the next one tells what was left.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert len(json.loads(stored(page)["bowerbird-unsent"])) == 2
    own_server.start()
    page.goto(f"{own_server.address}/about")
    visit.wait()
    told.wait_for("add_to_cart", lambda event: event.items[0].product == "mug-stoneware")
    page.wait_for_function("!localStorage['bowerbird-unsent']")
    ids = [event.id for event in told.all() if event.name == "add_to_cart"]
    assert len(ids) == len(set(ids)) == 2
    told.close()


def test_a_browser_that_asks_not_to_be_followed_is_not_asked(visit):
    visit.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
    )
    page = visit.open("/")
    expect(page.get_by_role("region", name="May this shop learn")).to_have_count(0)
    assert stored(page) == {}
