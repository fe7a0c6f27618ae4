"""A whole visit without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


def tab_to(page, wanted, most: int = 80) -> None:
    """Press Tab until the element has the focus; it must be reached, and be seen when it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(node) => node === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            # What has the focus must not lie under the head that stays on top.
            assert wanted.evaluate(
                """(node) => {
                  const box = (node.closest("label") ?? node).getBoundingClientRect();
                  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                  const around = node.closest("label, li") ?? node;
                  return top !== null && (around.contains(top) || top.contains(node));
                }"""
            ), "it is covered by something else"
            return
    raise AssertionError(f"{wanted} was not reached by {most} presses of Tab")


def test_search_filter_open_a_product_and_come_back_by_keys_alone(visit):
    page = visit.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("/")
    expect(visit.box).to_be_focused()
    page.keyboard.type("shoes")
    page.keyboard.press("Enter")
    visit.wait()
    expect(visit.titles.first).to_be_visible()
    brand = page.get_by_role("group", name="Brand", exact=True).get_by_label("Kestrel")
    tab_to(page, brand)
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("f=brand%3AKestrel"))
    visit.wait()
    expect(brand).to_be_focused()
    first = page.locator(".card-link").first
    name = first.inner_text()
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    # Alt and the arrow belong to the browser's own window, which there is none of here.
    page.go_back()
    expect(page).to_have_url(re.compile("f=brand%3AKestrel"))
    expect(visit.titles.first).to_have_text(name)
    chip = page.get_by_role("button", name=re.compile("Remove.*Kestrel"))
    chip.focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("f=brand"))


def test_everything_on_a_product_page_is_reached_by_tab(visit):
    page = visit.open("/product/tee-classic")
    for wanted in (
        page.get_by_role("button", name=re.compile("^Enlarge")),
        page.get_by_role("radio", name="red"),
        page.get_by_role("button", name="Search with this photo"),
        page.locator(".alike .card-link").first,
        page.get_by_label("Order"),
    ):
        tab_to(page, wanted)


def test_the_filter_drawer_of_a_narrow_window_is_opened_used_and_closed_by_keys(visit_shop):
    visit = visit_shop(width=390, height=800)
    page = visit.open("/search")
    button = page.get_by_role("button", name=re.compile("^Filters"))
    button.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Filters")
    expect(drawer).to_be_visible()
    tab_to(page, drawer.get_by_label("Kestrel"))
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("f=brand%3AKestrel"))
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(button).to_be_focused()


def test_the_whole_way_of_a_photo_is_walked_by_keys(visit, catalogue):
    page = visit.open("/search")
    page.locator("#photo-button").press("Enter")
    expect(page.get_by_role("button", name="Choose a photo")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(catalogue.parent / "asked" / "ask-handbag-red.jpg")
    visit.expect_first("Structured Leather Handbag")
    visit.box.focus()
    page.keyboard.type("black")
    expect(page).to_have_url(re.compile("q=black"))
    slider = page.get_by_role("slider", name="How much the photo counts against the words")
    tab_to(page, slider)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"pw=0\.55"))
    tab_to(page, page.get_by_role("button", name="Remove the photo"))
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("photo="))
    expect(page.locator("#photo-button")).to_be_focused()
