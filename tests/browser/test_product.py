"""A product's own page: photos, variants, facts, reviews and what is like it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


def test_the_page_tells_what_the_product_is(visit):
    page = visit.open("/product/camp-lantern")
    expect(page).to_have_title(re.compile("^Camping Lantern with Warm Light"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Camping Lantern with Warm Light")
    expect(page.locator(".product-price")).to_have_text("$34.50")
    expect(page.locator(".product-stock")).to_have_text("In stock")
    expect(page.get_by_text("Charges in three hours")).to_be_visible()
    expect(page.get_by_role("row", name="Power 6 W")).to_be_visible()
    expect(page.get_by_role("row", name="Rechargeable Yes")).to_be_visible()
    visit.shoot("product", full=True)
    visit.expect_accessible("the product page")


def test_choosing_a_colour_changes_photo_stock_and_address(visit):
    page = visit.open("/product/tee-classic")
    colour = page.locator(".product").get_by_role("group", name=re.compile("^Colour:"))
    size = page.locator(".product").get_by_role("group", name=re.compile("^Size:"))
    before = page.locator(".gallery-photo").get_attribute("src")
    expect(size.get_by_role("radio", name=re.compile(r"^M \(sold out\)"))).to_have_count(1)
    colour.get_by_role("radio", name="black").check()
    expect(page.locator(".gallery-photo")).not_to_have_attribute("src", before)
    expect(page).to_have_url(re.compile(r"variant=tee-classic-black-s"))
    size.get_by_role("radio", name=re.compile("^L")).check()
    expect(page.locator(".product-stock")).to_have_text("Sold out")
    page.reload()
    expect(colour.get_by_role("radio", name="black")).to_be_checked()
    expect(page.locator(".product-stock")).to_have_text("Sold out")
    visit.shoot("product-variants")
    visit.expect_accessible("a product with variants")


def test_options_are_chosen_by_arrow_keys(visit):
    page = visit.open("/product/tee-classic")
    page.get_by_role("radio", name="red").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="blue")).to_be_checked()
    expect(page).to_have_url(re.compile(r"variant=tee-classic-blue"))


def test_the_gallery_turns_by_thumbnails_and_arrows(visit):
    page = visit.open("/product/tee-classic")
    photo = page.locator(".gallery-photo")
    expect(photo).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 1 of 4")
    page.get_by_role("button", name="Photo 3 of 4", exact=True).click()
    expect(photo).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 3 of 4")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(photo).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 1 of 4")
    page.get_by_role("button", name="Previous photo").click()
    expect(photo).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 4 of 4")


def test_a_photo_is_zoomed_and_moved_by_keys_and_by_wheel(visit):
    page = visit.open("/product/tee-classic")
    page.get_by_role("button", name=re.compile("^Enlarge")).click()
    dialog = page.get_by_role("dialog", name="Photos of Classic Cotton T-Shirt, enlarged")
    level, photo = dialog.locator(".zoom-level"), dialog.locator(".zoom-photo")
    expect(level).to_have_text("100%")
    page.keyboard.press("+")
    expect(level).to_have_text("150%")
    page.keyboard.press("ArrowRight")
    expect(photo).to_have_css("transform", re.compile(r"matrix\(1\.5, 0, 0, 1\.5, -60, 0\)"))
    page.keyboard.press("0")
    expect(level).to_have_text("100%")
    page.mouse.move(640, 400)
    page.mouse.wheel(0, -300)
    expect(level).not_to_have_text("100%")
    visit.shoot("product-zoom")
    visit.expect_accessible("the enlarged photo")
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    expect(photo).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 2 of 4")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".gallery-stage")).to_be_focused()
    expect(page.locator(".gallery-photo")).to_have_attribute("alt", "Classic Cotton T-Shirt, photo 2 of 4")


def test_two_fingers_zoom_a_photo(visit_shop):
    visit = visit_shop(width=390, height=800, has_touch=True)
    page = visit.open("/product/tee-classic")
    page.get_by_role("button", name=re.compile("^Enlarge")).tap()
    fingers = visit.context.new_cdp_session(page)

    def touch(kind: str, spread: float) -> None:
        points = (
            []
            if kind == "touchEnd"
            else [{"x": 195 - spread, "y": 350, "id": 1}, {"x": 195 + spread, "y": 350, "id": 2}]
        )
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    touch("touchMove", 60)
    touch("touchMove", 80)
    touch("touchEnd", 80)
    expect(page.locator(".zoom-level")).to_have_text("200%")


def test_reviews_are_sorted_filtered_by_stars_and_language_and_shown_bit_by_bit(visit):
    page = visit.open("/product/camp-lantern")
    reviews = page.get_by_role("region", name="Reviews")
    items = reviews.locator(".review")
    expect(items).to_have_count(5)
    expect(reviews.get_by_text("5 of 12 reviews")).to_be_visible()
    reviews.get_by_role("button", name="Show 7 more").click()
    expect(items).to_have_count(12)
    expect(items.nth(5)).to_be_focused()
    reviews.get_by_label("Order").select_option("worst")
    expect(items.first).to_contain_text("Broke in a week")
    reviews.get_by_label("Language").select_option("zh")
    expect(items).to_have_count(4)
    expect(items.first).to_contain_text("比较失望")
    expect(items.first.locator("p").first).to_have_attribute("lang", "zh")
    reviews.get_by_role("button", name=re.compile("^5 stars: 5 reviews")).click()
    expect(items).to_have_count(2)
    reviews.get_by_label("Language").select_option("en")
    reviews.get_by_role("button", name=re.compile("^5 stars")).click()
    expect(items).to_have_count(5)
    expect(reviews.get_by_role("button", name=re.compile("^Show 3 more"))).to_be_visible()


def test_similar_products_lead_on_and_back_leads_back(visit):
    page = visit.open("/product/runner-swift")
    alike = page.get_by_role("region", name="Similar products")
    expect(alike.locator(".card").nth(3)).to_be_visible()
    alike.locator(".card a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Swift Running Shoes")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Swift Running Shoes")


def test_the_photo_of_a_product_is_searched_with(visit):
    page = visit.open("/product/handbag-structured")
    page.get_by_role("button", name="Search with this photo").click()
    expect(page).to_have_url(re.compile(r"/search\?photo=[0-9a-f]{16}"))
    expect(visit.titles.first).to_have_text(re.compile("Handbag"))


def test_more_and_less_like_a_product_are_searches(visit):
    page = visit.open("/product/runner-swift")
    page.locator(".product").get_by_role("button", name="More like this").click()
    expect(page).to_have_url(re.compile(r"/search\?like=runner-swift"))
    expect(visit.titles.first).to_be_visible()
    page.go_back()
    page.locator(".product").get_by_role("button", name="Less like this").click()
    expect(page).to_have_url(re.compile(r"/search\?unlike=runner-swift"))


def test_breadcrumbs_lead_to_the_category(visit):
    page = visit.open("/product/tee-classic")
    page.get_by_role("navigation", name="Where this is in the shop").get_by_role("link", name="Tops").click()
    expect(page).to_have_url(re.compile(r"f=category%3AClothing%2FTops"))
    expect(visit.titles.filter(has_text="Classic Cotton T-Shirt")).to_have_count(1)


def test_the_address_is_copied(visit):
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("/product/tee-classic?variant=tee-classic-blue-l")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Address copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_product_that_is_not_there_is_said_kindly(visit):
    visit.forgive("404")
    page = visit.open("/product/no/such/thing")
    expect(page.get_by_role("heading", level=1)).to_have_text("This product is not here")
    visit.shoot("product-missing")
    visit.expect_accessible("a missing product")
    page.locator("#view").get_by_role("link", name="All products").click()
    expect(visit.titles.first).to_be_visible()
