"""Searching with a photo: picked, taken, dropped or pasted, with a box and with words."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

STRIP = "#photo-strip .strip"


@pytest.fixture
def asked(catalogue):
    """The bytes' path of a photo that a shopper took of a product."""
    return lambda name: catalogue.parent / "asked" / f"{name}.jpg"


def two_things(left, right) -> bytes:
    """One photo of two things beside each other."""
    side = 400
    with Image.open(left) as one, Image.open(right) as other:
        both = Image.new("RGB", (2 * side, side), "white")
        both.paste(one.convert("RGB").resize((side, side)), (0, 0))
        both.paste(other.convert("RGB").resize((side, side)), (side, 0))
    buffer = io.BytesIO()
    both.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def test_a_chosen_photo_finds_the_product_it_shows_and_the_address_holds_it(visit, asked):
    page = visit.open("/search")
    page.locator("#photo-button").click()
    dialog = page.get_by_role("dialog", name="Search with a photo")
    visit.expect_accessible("the photo dialog")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose a photo").click()
    chooser.value.set_files(asked("ask-handbag-red"))
    visit.expect_first("Structured Leather Handbag")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(re.compile(r"[?&]photo=[0-9a-f]{16}"))
    page.reload()
    visit.expect_first("Structured Leather Handbag")
    visit.shoot("photo-results")
    visit.expect_accessible("the photo strip")


def test_a_photo_dropped_anywhere_is_searched_with_and_the_page_says_where_to_drop_it(visit, asked):
    page = visit.open("/")
    visit.hand_over("dragover", asked("ask-runner-blue"))
    expect(page.get_by_text("Drop your photo to search with it")).to_be_visible()
    visit.hand_over("drop", asked("ask-runner-blue"))
    visit.expect_first("Swift Running Shoes")
    expect(page.get_by_text("Drop your photo to search with it")).to_be_hidden()


def test_a_pasted_photo_is_searched_with_even_while_typing(visit, asked):
    page = visit.open("/search")
    visit.box.focus()
    visit.hand_over("paste", asked("ask-watch-steel"))
    visit.expect_first("Steel Diver's Watch")
    page.get_by_role("button", name="Remove the photo").click()
    expect(page.locator(STRIP)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("photo="))
    page.go_back()
    visit.expect_first("Steel Diver's Watch")


def test_a_box_drawn_on_a_photo_of_two_things_searches_for_the_one_inside(visit, asked):
    page = visit.open("/search")
    visit.hand_over("paste", two_things(asked("ask-handbag-red"), asked("ask-watch-steel")))
    page.get_by_role("button", name="Select a part", exact=True).click()
    area = page.locator(".crop-area")
    edges = area.bounding_box()
    page.mouse.move(edges["x"] + edges["width"] * 0.52, edges["y"] + edges["height"] * 0.03)
    page.mouse.down()
    page.mouse.move(edges["x"] + edges["width"] * 0.8, edges["y"] + edges["height"] * 0.5, steps=4)
    page.mouse.move(edges["x"] + edges["width"] * 0.98, edges["y"] + edges["height"] * 0.97)
    page.mouse.up()
    visit.expect_first("Steel Diver's Watch")
    expect(page).to_have_url(re.compile(r"box=0\.5\d*"))
    visit.settle()
    visit.shoot("photo-box")
    visit.expect_accessible("the box tool")
    # Taken by its middle the box moves, as large as it was.
    page.mouse.move(edges["x"] + edges["width"] * 0.75, edges["y"] + edges["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(edges["x"] + edges["width"] * 0.25, edges["y"] + edges["height"] * 0.5, steps=4)
    page.mouse.up()
    visit.expect_first("Structured Leather Handbag")
    page.get_by_role("button", name="Whole photo").click()
    expect(page).not_to_have_url(re.compile("box="))


def test_the_box_is_set_moved_and_sized_by_keys_alone(visit, asked):
    page = visit.open("/search")
    visit.hand_over("paste", asked("ask-handbag-red"))
    page.get_by_role("button", name="Select a part", exact=True).press("Enter")
    frame = page.locator(".crop-frame")
    expect(frame).to_be_focused()
    expect(frame).to_have_accessible_name("The whole photo is used.")
    page.keyboard.press("ArrowRight")
    expect(frame).to_have_accessible_name("Box from 20 to 80 percent across and from 20 to 80 percent down.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(frame).to_have_accessible_name("Box from 22 to 82 percent across and from 20 to 78 percent down.")
    expect(page).to_have_url(re.compile(r"box=0\.22%2C0\.2%2C0\.6%2C0\.58"))
    page.keyboard.press("Home")
    expect(frame).to_have_accessible_name("The whole photo is used.")
    expect(page).not_to_have_url(re.compile("box="))


def test_the_slider_weighs_the_photo_against_the_words(visit, asked):
    page = visit.open("/search")
    visit.hand_over("paste", asked("ask-handbag-red"))
    expect(page.get_by_text("Add words to say more")).to_be_visible()
    visit.type("running shoes")
    slider = page.get_by_role("slider", name="How much the photo counts against the words")
    slider.focus()
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "Only the photo counts")
    visit.expect_first("Structured Leather Handbag")
    visit.shoot("photo-and-words")
    page.keyboard.press("Home")
    visit.expect_first("Swift Running Shoes")
    expect(page).to_have_url(re.compile(r"pw=0(&|$)"))


def test_a_picture_is_taken_with_the_camera(visit):
    visit.context.grant_permissions(["camera"])
    page = visit.open("/search")
    page.locator("#photo-button").click()
    page.get_by_role("button", name="Take a picture").click()
    expect(page.locator(".photo-video")).not_to_have_js_property("videoWidth", 0)
    visit.shoot("photo-camera")
    page.get_by_role("button", name="Take the picture").click()
    expect(page.locator(STRIP)).to_be_visible()
    expect(page).to_have_url(re.compile("photo="))


def test_a_camera_that_is_refused_is_explained_and_leaves_the_other_ways(visit):
    page = visit.open("/search")
    visit.refuse_devices()
    page.locator("#photo-button").click()
    page.get_by_role("button", name="Take a picture").click()
    expect(page.get_by_role("alert").filter(has_text="The camera is not allowed for this page")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a photo")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#photo-button")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "type", "content", "told"),
    [
        ("list.pdf", "application/pdf", b"%PDF-1.7 not a photo", "That file is not a photo"),
        ("torn.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 torn", "This photo could not be opened"),
        (
            "art.svg",
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "SVG drawings cannot be searched with",
        ),
        ("art.png", "image/png", b"<?xml version='1.0'?><svg/>", "SVG drawings cannot be searched with"),
        ("dot.png", "image/png", None, "That picture is too small"),
    ],
    ids=["not-a-photo", "torn", "svg", "disguised-svg", "tiny"],
)
def test_a_file_that_is_no_photo_is_refused_kindly_and_changes_nothing(visit, name, type, content, told):
    if content is None:
        buffer = io.BytesIO()
        Image.new("RGB", (2, 2), "red").save(buffer, "PNG")
        content = buffer.getvalue()
    page = visit.open("/search?q=mug")
    visit.hand_over("drop", content, name, type)
    expect(page.get_by_role("alert").filter(has_text=told)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=mug$"))
    visit.expect_first("Stoneware Coffee Mug")


def test_a_large_photo_is_made_small_and_turned_upright_before_it_leaves_the_device(visit):
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # Lying on its side: to be turned a quarter to the right.
    Image.new("RGB", (3000, 1500), "teal").save(buffer, "JPEG", exif=exif)
    page = visit.open("/search")
    with page.expect_request(lambda request: '"images"' in (request.post_data or "")) as sent:
        visit.hand_over("paste", buffer.getvalue())
    kept = page.evaluate(
        """async () => {
          const { recent } = await import("/assets/js/photo_store.js");
          const [one] = await recent(1);
          return [one.width, one.height, one.blob.type];
        }"""
    )
    assert kept == [512, 1024, "image/jpeg"]
    assert len(sent.value.post_data) < 60_000


def test_a_shared_address_with_a_photo_of_another_device_says_so_and_goes_on_by_words(visit):
    page = visit.open("/search?q=mug&photo=0123456789abcdef")
    expect(page.get_by_text("This search was made with a photo on another device.")).to_be_visible()
    visit.expect_first("Stoneware Coffee Mug")
    visit.expect_accessible("the strip of a lost photo")
    page.get_by_role("button", name="Go on without a photo").click()
    expect(page).to_have_url(re.compile(r"\?q=mug$"))


def test_photos_used_lately_are_offered_again_and_forgotten_on_demand(visit, asked):
    page = visit.open("/search")
    visit.hand_over("paste", asked("ask-handbag-red"))
    visit.expect_first("Structured Leather Handbag")
    page.get_by_role("button", name="Remove the photo").click()
    page.locator("#photo-button").click()
    page.get_by_role("button", name="Use photo 1 again").click()
    visit.expect_first("Structured Leather Handbag")
    page.locator("#photo-button").click()
    page.get_by_role("button", name="Forget these photos").click()
    expect(page.get_by_role("button", name="Use photo 1 again")).to_have_count(0)
