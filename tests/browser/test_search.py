"""Searching by words: finding, filtering, reading how it was understood, and coming back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


def chips(page):
    return page.locator(".understood .part")


def count(visit):
    return visit.page.locator("#results-count")


def test_results_come_while_one_types_and_the_address_holds_them(visit):
    page = visit.open("/")
    visit.box.press_sequentially("trail backp", delay=30)
    visit.expect_first("Trail Backpack 22 L")
    expect(page).to_have_url(re.compile(r"/search\?q=trail\+backp$"))
    expect(page).to_have_title(re.compile("^trail backp"))
    expect(visit.titles.first.locator("mark").first).to_have_text("Trail")
    visit.shoot("search-typing")


def test_suggestions_are_walked_by_arrows_and_taken_by_enter_and_are_remembered(visit):
    page = visit.open("/")
    visit.box.press_sequentially("runn", delay=30)
    options = page.locator("#suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    visit.shoot("suggestions")
    visit.expect_accessible("the suggestions")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    taken = options.first.locator(".option-text").inner_text()
    page.keyboard.press("Enter")
    expect(visit.box).to_have_value(taken)
    expect(options).to_have_count(0)
    expect(visit.titles.first).to_have_text(re.compile("running", re.IGNORECASE))
    page.get_by_role("link", name="Bowerbird, home").click()
    visit.box.click()
    expect(options.filter(has_text=taken)).to_be_visible()


def test_filters_narrow_chips_take_them_away_and_back_brings_them_again(visit):
    page = visit.open("/search?q=red")
    everything = count(visit).inner_text()
    page.get_by_role("group", name="Brand", exact=True).get_by_label("Kestrel").check()
    expect(count(visit)).not_to_have_text(everything)
    narrowed = count(visit).inner_text()
    expect(chips(page).filter(has_text="Kestrel")).to_be_visible()
    expect(page).to_have_url(re.compile(r"f=brand%3AKestrel"))
    for title in visit.page.locator("#view .card-brand").all_inner_texts():
        assert title == "Kestrel"
    page.get_by_role("button", name=re.compile("Remove.*Kestrel")).click()
    expect(count(visit)).to_have_text(everything)
    expect(page.get_by_role("group", name="Brand", exact=True).get_by_label("Kestrel")).not_to_be_checked()
    page.go_back()
    expect(count(visit)).to_have_text(narrowed)
    expect(page.get_by_role("group", name="Brand", exact=True).get_by_label("Kestrel")).to_be_checked()


def test_categories_lead_down_and_up_again(visit):
    page = visit.open("/search")
    tree = page.get_by_role("group", name="Category")
    tree.get_by_role("button", name=re.compile("^Clothing")).click()
    expect(tree.get_by_role("button", name=re.compile("^Tops"))).to_be_visible()
    tree.get_by_role("button", name=re.compile("^Tops")).click()
    expect(page).to_have_url(re.compile("f=category%3AClothing%2FTops$"))
    tree.get_by_role("button", name=re.compile("^All categories")).click()
    expect(page).not_to_have_url(re.compile("f=category"))


DEAREST_AT_MOST = """
(limit) => {
  const shown = [...document.querySelectorAll("#view .card-price")];
  const prices = shown.map((node) => Number(node.innerText.replace(/[$,]/g, "")));
  return prices.length > 0 && Math.max(...prices) <= limit;
}
"""


def test_the_price_slider_narrows_and_its_chip_takes_it_away(visit):
    page = visit.open("/search")
    highest = page.get_by_role("slider", name=re.compile("highest"))
    highest.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    chip = chips(page).filter(has_text="Price")
    expect(chip).to_be_visible()
    limit = float(re.search(r"r=price%3A\.\.([\d.]+)", page.url)[1])
    # The chip and the address change at the key, the hits when the answer is there.
    page.wait_for_function(DEAREST_AT_MOST, arg=limit)
    chip.get_by_role("button").click()
    expect(page).not_to_have_url(re.compile("r=price"))


def test_sorting_by_price_sorts_by_price(visit):
    page = visit.open("/search?f=category:Clothing")
    page.get_by_label("Sort").select_option("price:asc")
    expect(page).to_have_url(re.compile("sort=price%3Aasc"))
    expect(page.locator("#view .card-price").first).to_have_text("$18.00")
    prices = [float(text.strip("$")) for text in page.locator("#view .card-price").all_inner_texts()]
    assert len(prices) > 5
    assert prices == sorted(prices)


def test_swatches_show_the_colour_and_lead_to_it(visit):
    page = visit.open("/search?q=classic+cotton+t-shirt")
    card = page.locator(".card").first
    before = card.locator("img").first.get_attribute("src")
    card.get_by_role("button", name="blue").click()
    expect(card.locator("img").first).not_to_have_attribute("src", before)
    card.get_by_role("link").first.click()
    expect(page.get_by_role("radio", name="blue")).to_be_checked()


def test_why_a_product_was_found_is_told_in_words(visit):
    page = visit.open("/search?q=red+handbag&f=brand:Finch+Leather")
    visit.expect_first("Structured Leather Handbag")
    menu = page.locator(".card").first.get_by_role("button", name=re.compile("^More about"))
    menu.press("Enter")
    page.get_by_role("menuitem", name="Why this?").press("Enter")
    bubble = page.get_by_role("dialog", name="Why this is here")
    expect(bubble).to_contain_text("is in its name")
    expect(bubble).to_contain_text("Brand: Finch Leather, as you filtered")
    visit.shoot("why")
    visit.expect_accessible("why this")
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    expect(menu).to_be_focused()


def test_more_and_less_like_a_product_change_what_is_found(visit):
    page = visit.open("/search?q=shoes")
    first = visit.titles.first.inner_text()
    menu = page.locator(".card").first.get_by_role("button", name=re.compile("^More about"))
    menu.press("Enter")
    page.get_by_role("menuitem", name="Less like this").press("Enter")
    expect(chips(page).filter(has_text="less like")).to_be_visible()
    expect(visit.titles.first).not_to_have_text(first)
    page.go_back()
    visit.expect_first(first)
    menu.press("Enter")
    page.get_by_role("menuitem", name="More like this").press("Enter")
    expect(chips(page).filter(has_text=first)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?like="))


def test_scrolling_goes_on_and_names_pages_that_can_be_shared(visit):
    page = visit.open("/search")
    expect(page.locator(".card")).to_have_count(24)
    page.locator(".card").last.scroll_into_view_if_needed()
    expect(page.locator('.card[data-page="2"]').first).to_be_attached()
    page.locator('.card[data-page="2"]').nth(12).scroll_into_view_if_needed()
    expect(page).to_have_url(re.compile(r"[?&]page=2"))
    names = visit.titles.all_inner_texts()
    assert len(set(names)) == len(names)
    shared = visit.page.context.new_page()
    shared.goto(page.url)
    expect(shared.locator(".card").first).to_be_visible()
    expect(shared.locator('.card[data-page="2"]').first).to_be_attached()
    shared.get_by_role("link", name="Show the page before").click()
    expect(shared.locator('.card[data-page="1"]').first).to_be_attached()


def test_back_from_a_product_leads_to_the_same_place_in_the_results(visit):
    page = visit.open("/search")
    page.locator(".card").last.scroll_into_view_if_needed()
    expect(page.locator('.card[data-page="2"]').first).to_be_attached()
    chosen = page.locator('.card[data-page="2"]').nth(9)
    chosen.scroll_into_view_if_needed()
    name = chosen.locator(".card-title").inner_text()
    page.wait_for_timeout(400)
    before = chosen.bounding_box()["y"]
    chosen.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.evaluate("scrollY") == 0
    page.go_back()
    again = page.locator(".card").filter(has_text=name)
    expect(again).to_be_in_viewport()
    assert abs(again.bounding_box()["y"] - before) < 60
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_nothing_found_says_what_could_be_taken_away(visit):
    page = visit.open("/search?q=teapot&f=brand:Kestrel")
    expect(page.get_by_role("heading", name="Nothing fits all of that")).to_be_visible()
    ways = page.locator(".way")
    expect(ways.first).to_contain_text("Without")
    visit.wait()
    visit.shoot("empty")
    visit.expect_accessible("nothing found")
    ways.first.click()
    expect(visit.titles.first).to_be_visible()
