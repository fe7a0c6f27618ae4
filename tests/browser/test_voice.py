"""Voice: holding the button to speak, what was heard and what else it may have been, and all that may go wrong.

The service's answers are made up here; what it really hears is tested without a browser.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

SHOPPERS = {"English": ("en-US", "en"), "Chinese": ("zh-CN", "zh")}
WATCH_MICROPHONE = """
window.microphones = 0;
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wanted) => { window.microphones += 1; return real(wanted); };
"""


def answer(visit, text: str = "", *others: str, status: int = 200, error: dict[str, Any] | None = None) -> None:
    """Let the service hear this in every clip, others being what else it may have been; or refuse it."""
    alternatives = [{"text": text, "score": 0.6}, *({"text": other, "score": 0.2} for other in others)]
    body = {"text": text, "language": "en", "alternatives": alternatives}
    if error is not None:
        body = {"error": {"message": "no", "field": None, "link": "", **error}}
    visit.page.route("**/v1/audio/transcriptions", lambda route: route.fulfill(status=status, json=body))


@pytest.fixture
def speaking(visit):
    """A visit to a shop that understands English speech, by somebody with a microphone."""
    visit.context.grant_permissions(["microphone"])
    visit.understand_speech("en")
    return visit


def button(page):
    return page.locator("#voice-button")


def start(page) -> None:
    """Begin to listen by a key, and wait until enough was said to be sent."""
    button(page).press("Enter")
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(500)


def speak(page) -> None:
    """Say something, from one press of a key to the next."""
    start(page)
    button(page).press("Enter")


def bubble(page):
    return page.get_by_role("dialog")


def test_what_is_said_while_the_button_is_held_is_searched_for(speaking):
    answer(speaking, "red leather handbag")
    page = speaking.open("/")
    edges = button(page).bounding_box()
    page.mouse.move(edges["x"] + edges["width"] / 2, edges["y"] + edges["height"] / 2)
    with page.expect_request("**/v1/audio/transcriptions") as sent:
        page.mouse.down()
        expect(button(page)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".voice-meter")).to_be_visible()
        expect(page.locator("#live")).to_have_text("Listening…")
        speaking.shoot("voice-listening")
        speaking.expect_accessible("listening")
        page.wait_for_timeout(500)
        page.mouse.up()
    assert b'name="file"; filename="clip.webm"' in sent.value.post_data_buffer
    assert re.search(rb'name="language"\r\n\r\nen', sent.value.post_data_buffer)
    expect(speaking.box).to_have_value("red leather handbag")
    expect(page).to_have_url(re.compile(r"q=red\+leather\+handbag"))
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    speaking.expect_first("Structured Leather Handbag")
    expect(page.locator("#heard")).to_have_text("Heard: “red leather handbag”")
    expect(page.locator(".heard-other")).to_have_count(0)


def test_what_else_it_may_have_been_is_offered_until_the_next_search(speaking):
    answer(speaking, "tea pots", "teapot", "tree pot", "Tea Pots")
    page = speaking.open("/search?q=mug")
    speak(page)
    heard = page.locator("#heard")
    expect(heard).to_contain_text("Did you say")
    expect(heard.get_by_role("button")).to_have_text(["“teapot”?", "“tree pot”?"])
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        speaking.settle()
        speaking.expect_no_sideways_scroll(f"what was heard at {width}")
        speaking.shoot(f"voice-heard-{width}")
        speaking.expect_accessible(f"what was heard at {width}")
    heard.get_by_role("button", name="“teapot”?").press("Enter")
    expect(page).to_have_url(re.compile("q=teapot$"))
    expect(speaking.box).to_have_value("teapot")
    expect(heard).to_be_empty()
    speaking.expect_first("青花瓷茶壶")
    speak(page)
    expect(heard).to_contain_text("Did you say")
    speaking.type("cap")
    expect(heard).to_be_empty()


def test_escape_throws_away_what_was_said(speaking):
    answer(speaking, "never searched for")
    page = speaking.open("/")
    start(page)
    page.keyboard.press("Escape")
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".voice-meter")).to_have_count(0)
    expect(page.locator("#live")).to_have_text("Stopped. Nothing was searched for.")
    expect(button(page)).to_be_focused()
    assert "q=" not in page.url


def test_escape_also_stops_what_is_being_understood(speaking):
    # Nobody answers this call.
    speaking.page.route("**/v1/audio/transcriptions", lambda route: None)
    page = speaking.open("/")
    speak(page)
    expect(page.locator("#heard")).to_have_text("Understanding what you said…")
    expect(button(page)).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")
    expect(button(page)).to_have_attribute("aria-busy", "false")
    expect(page.locator("#heard")).to_be_empty()
    assert "q=" not in page.url


def test_after_fifteen_seconds_it_has_heard_enough(speaking):
    answer(speaking, "teapot")
    page = speaking.page
    page.clock.install()
    speaking.open("/")
    button(page).press("Enter")
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    page.clock.run_for(14_000)
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    page.clock.run_for(1_500)
    expect(page).to_have_url(re.compile("q=teapot"))
    expect(button(page)).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, "bad_audio", "What was recorded could not be understood"),
        (413, "too_large", "What was recorded could not be understood"),
        (501, "speech_unavailable", "This shop does not understand speech yet"),
        (500, "internal", "What you said could not be sent to the shop"),
        (400, "bad_input", "This shop does not understand speech in English"),
    ],
    ids=["broken", "large", "speechless", "fault", "language"],
)
def test_a_clip_that_the_service_refuses_is_told_in_the_shoppers_words(speaking, status, code, told):
    speaking.forgive(str(status))
    answer(speaking, status=status, error={"code": code, "field": "language" if code == "bad_input" else "file"})
    page = speaking.open("/")
    speak(page)
    expect(bubble(page)).to_contain_text(told)
    expect(page.locator("#live")).to_contain_text(told)
    expect(page.locator("#heard")).to_be_empty()
    speaking.expect_accessible(f"a clip refused as {code}")
    page.keyboard.press("Escape")
    expect(button(page)).to_be_focused()


def test_nothing_heard_is_said_and_nothing_is_searched_for(speaking):
    answer(speaking, " ")
    page = speaking.open("/")
    speak(page)
    expect(bubble(page)).to_contain_text("Nothing was understood")
    assert "q=" not in page.url


@pytest.mark.parametrize("shopper", SHOPPERS)
def test_until_speech_is_understood_the_button_says_so_and_asks_for_no_microphone(visit_shop, shopper):
    visit = visit_shop(locale=SHOPPERS[shopper][0])
    visit.understand_speech()
    visit.context.add_init_script(WATCH_MICROPHONE)
    page = visit.open("/")
    told = {"English": "This shop does not understand speech yet", "Chinese": "商店暂时还听不懂语音"}[shopper]
    button(page).click()
    expect(bubble(page)).to_contain_text(told)
    expect(page.locator("#live")).to_contain_text(told)
    visit.expect_accessible("the voice bubble")
    page.keyboard.press("Escape")
    expect(bubble(page)).to_have_count(0)
    expect(button(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(bubble(page)).to_be_visible()
    assert page.evaluate("window.microphones") == 0


def test_a_chinese_page_over_english_ears_says_so_before_it_listens_and_can_be_spoken_to_in_english(visit_shop):
    visit = visit_shop(locale="zh-CN")
    visit.context.grant_permissions(["microphone"])
    visit.context.add_init_script(WATCH_MICROPHONE)
    visit.understand_speech("en")
    answer(visit, "teapot")
    page = visit.open("/")
    button(page).click()
    expect(bubble(page)).to_contain_text("商店目前只听得懂英语，听不懂中文")
    assert page.evaluate("window.microphones") == 0
    visit.settle()
    visit.shoot("voice-other-language")
    visit.expect_accessible("a language that is not understood aloud")
    with page.expect_request("**/v1/audio/transcriptions") as sent:
        bubble(page).get_by_role("button", name="说英语").click()
        expect(button(page)).to_have_attribute("aria-pressed", "true")
        page.wait_for_timeout(500)
        button(page).press("Enter")
    assert re.search(rb'name="language"\r\n\r\nen', sent.value.post_data_buffer)
    expect(page).to_have_url(re.compile("q=teapot"))


def test_a_refused_microphone_is_explained(visit):
    visit.understand_speech("en")
    page = visit.open("/")
    visit.refuse_devices()
    button(page).click()
    expect(bubble(page)).to_contain_text("The microphone is not allowed for this page")
    expect(button(page)).to_have_attribute("aria-pressed", "false")
