"""The interface and the query in Chinese."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]


def test_a_chinese_browser_gets_a_chinese_page_without_a_word_of_english_left(visit_shop):
    visit = visit_shop(locale="zh-CN")
    page = visit.open("/search")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(visit.box).to_have_attribute("placeholder", re.compile(r"\p{Han}".replace(r"\p{Han}", "[\u4e00-\u9fff]")))
    expect(page.get_by_role("heading", name="筛选").first).to_be_visible()
    expect(page.locator("#results-count")).to_have_text(re.compile(r"^\d+ 件商品$"))
    visit.shoot("search-zh")
    # A key that no word was found for would show itself by its dots.
    assert not re.search(r"\b[a-z]+(\.[a-z_]+)+\b", page.locator("body").inner_text().replace("shop.example", ""))


def test_a_chinese_query_finds_products_with_chinese_and_with_english_names(visit_shop):
    visit = visit_shop(locale="zh-CN")
    page = visit.open("/")
    visit.type("黄色羽绒服")
    visit.expect_first("黄色连帽羽绒服")
    visit.type("棒球帽")
    expect(visit.titles.filter(has_text="海港棒球帽")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=%E6%A3%92%E7%90%83%E5%B8%BD"))
    visit.titles.filter(has_text="海港棒球帽").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("海港棒球帽")
    expect(page.get_by_text("水洗棉棒球帽，弧形帽檐")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("材质"))).to_be_visible()
    visit.shoot("product-zh")
    visit.expect_accessible("a product in Chinese")


def test_the_language_is_switched_in_place_and_remembered(visit):
    page = visit.open("/search?q=cap")
    page.get_by_role("button", name="切换到中文").click()
    expect(page.get_by_label("排序")).to_be_visible()
    expect(visit.titles.filter(has_text="海港棒球帽")).to_be_visible()
    expect(visit.box).to_have_value("cap")
    page.reload()
    expect(page.get_by_label("排序")).to_be_visible()
    page.get_by_role("button", name="Switch to English").click()
    expect(visit.titles.filter(has_text="Harbour Cap")).to_be_visible()


def test_photo_voice_and_reasons_speak_chinese_too(visit_shop, catalogue):
    visit = visit_shop(locale="zh-CN")
    visit.understand_speech()
    page = visit.open("/search")
    visit.hand_over("paste", catalogue.parent / "asked" / "ask-handbag-red.jpg")
    expect(page.get_by_role("button", name="框选想找的物品", exact=True)).to_be_visible()
    visit.shoot("photo-zh")
    page.locator("#voice-button").click()
    expect(page.get_by_role("dialog", name="语音搜索")).to_contain_text("暂时还听不懂语音")
    page.keyboard.press("Escape")
    page.locator(".card .card-menu").first.press("Enter")
    page.get_by_role("menuitem", name="为什么是它？").press("Enter")
    expect(page.get_by_role("dialog", name="为什么会出现它")).to_contain_text("与你的照片")
