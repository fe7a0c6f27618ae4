"""What was read from the words: conditions, preferences and corrections, each shown and each to be taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

WIDTHS = (320, 390, 1280)
PRICES = """
([low, high]) => {
  const shown = [...document.querySelectorAll("#view .card-price")];
  const prices = shown.map((node) => Number(node.innerText.replace(/[$,]/g, "")));
  return prices.length > 0 && prices.some((price) => price >= low) && prices.every((price) => price <= high);
}
"""
ONE_LINE = """
(most) => {
  const line = document.querySelector(".understood");
  return line.offsetHeight <= most && [...line.querySelectorAll(".part:not([hidden])")].every((part) => {
    const edges = part.getBoundingClientRect();
    return edges.width === 0 || edges.right <= line.getBoundingClientRect().right + 1;
  });
}
"""


def chip(page, kind: str, text: str | re.Pattern[str]):
    return page.locator(f".understood .part-{kind}").filter(has_text=text)


def take_away(page, name: str) -> None:
    page.get_by_role("button", name=f"Remove {name}", exact=True).click()


def wait_for_prices(page, low: float, high: float) -> None:
    """The hits change when the answer is there, which is after the address."""
    page.wait_for_function(PRICES, arg=[low, high])


def test_a_price_and_a_negation_are_read_from_the_words_and_each_can_be_taken_away(visit):
    page = visit.open("/")
    visit.type("shoes under 60 not leather")
    visit.box.press("Enter")
    expect(chip(page, "condition", "at most $60")).to_be_visible()
    expect(chip(page, "condition", "not leather")).to_be_visible()
    expect(chip(page, "preference", "shoes")).to_contain_text("prefers:")
    visit.expect_first("Low Canvas Sneakers")
    wait_for_prices(page, 0, 60)
    visit.settle()
    visit.shoot("understood")
    visit.expect_accessible("what was understood")
    take_away(page, "at most $60")
    expect(page).to_have_url(re.compile(r"q=shoes\+not\+leather$"))
    expect(chip(page, "condition", "at most")).to_have_count(0)
    expect(visit.box).to_have_value("shoes not leather")
    expect(page.get_by_role("button", name="Remove not leather", exact=True)).to_be_focused()
    visit.expect_first("Swift Running Shoes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=shoes$"))
    expect(visit.titles.filter(has_text="Laced Leather Boots")).to_be_visible()
    page.go_back()
    expect(chip(page, "condition", "not leather")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=shoes\+under\+60\+not\+leather$"))
    expect(chip(page, "condition", "at most $60")).to_be_visible()
    wait_for_prices(page, 0, 60)


def test_a_price_at_the_end_of_what_is_typed_counts_after_a_pause(visit):
    page = visit.open("/")
    visit.box.press_sequentially("shoes under 60", delay=20)
    expect(chip(page, "condition", "at most $60")).to_be_visible()
    wait_for_prices(page, 0, 60)
    expect(visit.box).to_be_focused()
    page.keyboard.type("0")
    expect(chip(page, "condition", "at most $600")).to_be_visible()
    wait_for_prices(page, 61, 600)
    page.go_back()
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_price_and_a_negation_are_read_from_chinese_words_too(visit_shop):
    visit = visit_shop(locale="zh-CN")
    page = visit.open("/")
    visit.type("鞋 60美元以下 不要皮革")
    visit.box.press("Enter")
    expect(chip(page, "condition", "不超过 $60")).to_be_visible()
    expect(chip(page, "condition", "不要皮革")).to_be_visible()
    expect(chip(page, "preference", "鞋")).to_contain_text("优先")
    expect(page.locator(".understood .part-translation")).to_contain_text("shoe")
    visit.expect_first("Low Canvas Sneakers")
    visit.settle()
    visit.shoot("understood-zh")
    visit.expect_accessible("what was understood in Chinese")
    page.get_by_role("button", name="移除不超过 $60", exact=True).click()
    expect(visit.box).to_have_value("鞋 不要皮革")
    visit.expect_first("Swift Running Shoes")
    page.get_by_role("button", name="移除不要皮革", exact=True).click()
    expect(visit.box).to_have_value("鞋")
    expect(visit.titles.filter(has_text="Laced Leather Boots")).to_be_visible()


def test_what_was_said_in_the_other_language_is_told_in_the_pages(visit):
    page = visit.open("/search?q=红色鞋 60美元以下 不要皮革")
    expect(chip(page, "condition", "at most $60")).to_be_visible()
    expect(chip(page, "condition", "not leather")).to_be_visible()
    expect(chip(page, "preference", "red")).to_have_count(1)
    expect(page.locator(".understood .part-translation")).to_contain_text("also searched as“red shoe”")


def test_stars_and_stock_are_said_as_such_and_span_what_was_said(visit):
    page = visit.open("/search?q=😀 shoes in stock 4 stars")
    expect(chip(page, "condition", "in stock")).to_be_visible()
    take_away(page, "at least 4 stars")
    expect(visit.box).to_have_value("😀 shoes in stock")
    take_away(page, "in stock")
    expect(visit.box).to_have_value("😀 shoes")


def test_a_misspelt_query_is_put_right_and_the_words_as_typed_are_a_press_away(visit):
    page = visit.open("/search?q=yello+hoodie")
    line = page.locator(".corrected")
    expect(line).to_have_text("Showing results for yellow hoodie. Search instead for yello hoodie")
    expect(chip(page, "preference", "yellow")).to_be_visible()
    expect(visit.box).to_have_value("yello hoodie")
    visit.settle()
    visit.shoot("corrected")
    visit.expect_accessible("a query that was put right")
    with page.expect_request("**/v1/search") as sent:
        line.get_by_role("link", name="yello hoodie", exact=True).click()
    assert sent.value.post_data_json["correct"] is False
    expect(page).to_have_url(re.compile(r"q=yello\+hoodie&exact=1$"))
    expect(line).to_have_text("Did you mean yellow hoodie?")
    expect(chip(page, "preference", "yellow")).to_have_count(0)
    expect(visit.box).to_have_value("yello hoodie")
    line.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"q=yello\+hoodie$"))
    expect(line).to_contain_text("Showing results for yellow hoodie.")


def test_a_condition_that_nothing_met_is_told_and_taken_out(visit):
    page = visit.open("/search?q=mug+under+2")
    given_up = chip(page, "given_up", "under 2")
    expect(given_up).to_have_text("no resultsunder 2: shown without it")
    visit.expect_first("Stoneware Coffee Mug")
    visit.settle()
    visit.shoot("given-up")
    visit.expect_accessible("a condition that was given up")
    take_away(page, "no results under 2")
    expect(page).to_have_url(re.compile(r"q=mug$"))
    expect(given_up).to_have_count(0)


def test_preferences_that_are_met_are_reasons(visit):
    page = visit.open("/search?q=red+leather+handbag+under+200")
    visit.expect_first("Structured Leather Handbag")
    visit.wait()
    page.locator(".card").first.get_by_role("button", name=re.compile("^More about")).press("Enter")
    page.get_by_role("menuitem", name="Why this?").press("Enter")
    bubble = page.get_by_role("dialog", name="Why this is here")
    expect(bubble).to_contain_text("In the colour you asked for: red")
    expect(bubble).to_contain_text("Of the material you asked for: leather")
    expect(bubble).to_contain_text("Price: $189.00, as you asked")
    visit.settle()
    visit.shoot("why-preferences")
    visit.expect_accessible("why this, with preferences")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_however_much_was_understood_the_line_stays_one_line_until_it_is_opened(visit_shop, theme):
    visit = visit_shop(width=320, height=700, color_scheme=theme)
    page = visit.open("/search?q=cheap red cotton summer shirt for women in stock 4 stars under 90")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_function(ONE_LINE, arg=48)
        visit.settle()
        visit.expect_no_sideways_scroll(f"what was understood at {width}")
        visit.shoot(f"understood-much-{theme}-{width}")
        visit.expect_accessible(f"what was understood at {width}, {theme}")
    page.set_viewport_size({"width": 320, "height": 700})
    more = page.locator(".understood-more")
    expect(more).to_have_text(re.compile(r"^\+\d+$"))
    last = page.locator(".understood .part").last
    expect(last).to_be_hidden()
    more.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(more).to_be_focused()
    expect(last).to_be_visible()
    visit.settle()
    visit.expect_no_sideways_scroll("all that was understood")
    visit.shoot(f"understood-open-{theme}-320")
    visit.expect_accessible(f"all that was understood, {theme}")
    more.press("Enter")
    expect(last).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_understood_moves_nothing_when_it_comes(visit_shop, width):
    visit = visit_shop(width=width)
    visit.slow_down()
    page = visit.open("/search?q=red leahter handbag under 200 for women")
    expect(page.locator(".corrected")).to_be_visible()
    visit.settle()
    assert visit.shifts < 0.1
