"""A cart is kept on the device, tells what goes into it, and says at its checkout that nothing is charged."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


@pytest.fixture
def told(server):
    """What the shop's log receives during a test."""
    from told import Told

    found = Told(server.shop)
    yield found
    found.close()


def test_a_cart_is_filled_changed_and_ordered(visit, told):
    page = visit.open("/product/tee-classic")
    page.get_by_role("button", name="Yes, please").click()
    page.get_by_role("radio", name="blue").check()
    page.get_by_role("radio", name=re.compile("^L")).check()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator(".cart-said")).to_contain_text("In your cart: 1.")
    added = told.wait_for("add_to_cart")
    assert [(item.product, item.variant, item.quantity) for item in added.items] == [
        ("tee-classic", "tee-classic-blue-l", 1)
    ]
    assert (added.value, added.currency) == (19.9, "USD")
    page.get_by_role("link", name="Cart, 1 thing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cart")
    line = page.locator(".cart-line")
    expect(line).to_contain_text("blue, L")
    line.get_by_role("button", name="One more of Classic Cotton T-Shirt").click()
    expect(page.locator(".cart-aside .cart-sum")).to_have_text("$39.80")
    visit.settle()
    visit.shoot("cart", full=True)
    visit.expect_accessible("the cart")
    page.get_by_role("button", name="Check out").click()
    dialog = page.get_by_role("dialog", name="Place this order?")
    expect(dialog).to_contain_text("Nothing is charged")
    visit.expect_accessible("the checkout")
    begun = told.wait_for("begin_checkout")
    assert (begun.value, begun.items[0].quantity) == (39.8, 2)
    dialog.get_by_role("button", name="Place the demo order").click()
    expect(page.get_by_text("was a demonstration")).to_be_visible()
    ordered = told.wait_for("purchase")
    assert (ordered.value, ordered.currency, ordered.items[0].product) == (39.8, "USD", "tee-classic")
    assert ordered.transaction.startswith("demo-")
    expect(page.locator("#cart-count")).to_be_hidden()
    visit.expect_accessible("an order that was placed")


def test_a_line_is_taken_out_by_keys_and_the_focus_goes_on(visit, told):
    page = visit.open("/product/mug-stoneware")
    page.get_by_role("button", name="Yes, please").click()
    page.get_by_role("button", name="Add to cart").click()
    page.goto(f"{visit.address}/product/lamp-desk")
    visit.wait()
    page.get_by_role("button", name="Add to cart").press("Enter")
    page.locator("#cart-link").press("Enter")
    page.get_by_role("button", name="Remove Stoneware Coffee Mug").press("Enter")
    gone = told.wait_for("remove_from_cart")
    assert [(item.product, item.quantity) for item in gone.items] == [("mug-stoneware", 1)]
    last = page.get_by_role("button", name="Remove Jointed Desk Lamp")
    expect(last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("There is nothing in it yet.")).to_be_visible()


def test_what_is_sold_out_cannot_be_put_into_the_cart(visit):
    page = visit.open("/product/kettle-electric")
    expect(page.locator(".cart-add")).to_be_disabled()
    expect(page.locator(".cart-add")).to_have_text("Sold out")


def test_the_cart_stays_on_the_device_and_is_told_to_nobody_without_consent(visit, told):
    page = visit.open("/product/mug-stoneware")
    page.get_by_role("button", name="Add to cart").click()
    page.reload()
    expect(page.get_by_role("link", name="Cart, 1 thing")).to_be_visible()
    page.goto(f"{visit.address}/cart")
    expect(page.locator(".cart-line")).to_have_count(1)
    assert told.all() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_cart_fits_a_phone_and_speaks_chinese(visit_shop, theme):
    visit = visit_shop(width=320, height=700, locale="zh-CN", color_scheme=theme, has_touch=True)
    page = visit.open("/product/tee-classic")
    page.get_by_role("button", name="加入购物车").tap()
    page.goto(f"{visit.address}/cart")
    expect(page.get_by_role("heading", level=1)).to_have_text("购物车")
    expect(page.get_by_role("button", name="去结算")).to_be_visible()
    visit.settle()
    visit.shoot(f"cart-zh-{theme}", full=True)
    visit.expect_no_sideways_scroll("the cart")
    visit.expect_accessible("the cart in Chinese")
