"""Voice: what the button says until the shop understands speech, and what it does once it does."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

WATCH_MICROPHONE = """
window.microphones = 0;
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (wanted) => { window.microphones += 1; return real(wanted); };
"""


def understanding(page, text: str, status: int = 200) -> None:
    """Let the service understand speech, which it will one day; the rest of it stays the real one."""

    def capabilities(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "speech": True}))

    body = (
        {"text": text} if status == 200 else {"error": {"code": "speech_unavailable", "message": "no", "field": None}}
    )
    page.route("**/v1/capabilities", capabilities)
    page.route("**/v1/audio/transcriptions", lambda route: route.fulfill(status=status, json=body))


def test_until_speech_is_understood_the_button_says_so_and_asks_for_no_microphone(visit):
    visit.context.add_init_script(WATCH_MICROPHONE)
    page = visit.open("/")
    voice = page.locator("#voice-button")
    voice.click()
    bubble = page.get_by_role("dialog", name="Speak your search")
    expect(bubble).to_contain_text("This shop does not understand speech yet")
    expect(page.locator("#live")).to_contain_text("does not understand speech yet")
    visit.expect_accessible("the voice bubble")
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    expect(voice).to_be_focused()
    page.keyboard.press("Enter")
    expect(bubble).to_be_visible()
    assert page.evaluate("window.microphones") == 0


def test_what_is_said_while_the_button_is_held_is_searched_for(visit):
    visit.context.grant_permissions(["microphone"])
    understanding(visit.page, "red leather handbag")
    page = visit.open("/")
    edges = page.locator("#voice-button").bounding_box()
    page.mouse.move(edges["x"] + edges["width"] / 2, edges["y"] + edges["height"] / 2)
    with page.expect_request("**/v1/audio/transcriptions") as sent:
        page.mouse.down()
        expect(page.locator("#voice-button")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".voice-meter")).to_be_visible()
        visit.shoot("voice-listening")
        page.wait_for_timeout(700)
        page.mouse.up()
    assert b'name="model"' in sent.value.post_data_buffer
    assert re.search(rb'name="language"\r\n\r\nen', sent.value.post_data_buffer)
    expect(visit.box).to_have_value("red leather handbag")
    expect(page).to_have_url(re.compile(r"q=red\+leather\+handbag"))


def test_a_press_of_a_key_starts_listening_and_the_next_one_ends_it(visit):
    visit.context.grant_permissions(["microphone"])
    understanding(visit.page, "teapot")
    page = visit.open("/")
    voice = page.locator("#voice-button")
    voice.press("Enter")
    expect(voice).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(500)
    voice.press("Enter")
    expect(page).to_have_url(re.compile("q=teapot"))
    expect(voice).to_have_attribute("aria-pressed", "false")


def test_escape_throws_away_what_was_said(visit):
    visit.context.grant_permissions(["microphone"])
    understanding(visit.page, "never searched for")
    page = visit.open("/")
    voice = page.locator("#voice-button")
    voice.press(" ")
    expect(voice).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(voice).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".voice-meter")).to_have_count(0)
    assert "q=" not in page.url


def test_a_refused_microphone_is_explained(visit):
    understanding(visit.page, "")
    page = visit.open("/")
    visit.refuse_devices()
    page.locator("#voice-button").click()
    expect(page.get_by_role("dialog")).to_contain_text("The microphone is not allowed for this page")


def test_a_server_that_does_not_understand_after_all_is_believed(visit):
    visit.forgive("501")
    visit.context.grant_permissions(["microphone"])
    understanding(visit.page, "", status=501)
    page = visit.open("/")
    voice = page.locator("#voice-button")
    voice.press("Enter")
    expect(voice).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(500)
    voice.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("This shop does not understand speech yet")
