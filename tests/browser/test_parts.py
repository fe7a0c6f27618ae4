"""The rules inside the page's own modules, asked directly: boxes on photos, variants, and what was read from words."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.models]

SMALLEST = 0.06
HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
VARIANTS = [
    {"id": "red-s", "options": {"color": "red", "size": "S"}, "availability": "in_stock"},
    {"id": "red-m", "options": {"color": "red", "size": "M"}, "availability": "out_of_stock"},
    {"id": "blue-m", "options": {"color": "blue", "size": "M"}, "availability": "in_stock"},
    {"id": "blue-xl", "options": {"color": "blue", "size": "XL"}, "availability": "in_stock"},
]


@pytest.fixture
def ask(visit):
    """Call an exported function of one of the page's modules with plain values."""
    visit.open("/about")

    def called(module: str, name: str, *given: object) -> object:
        return visit.page.evaluate(
            "async ([module, name, given]) => (await import(`/assets/js/${module}.js`))[name](...given)",
            [module, name, list(given)],
        )

    return called


def test_a_box_stays_on_its_photo_and_visible_however_it_is_pulled(ask):
    chance = random.Random(7)
    box = [0.2, 0.2, 0.6, 0.6]
    for _ in range(120):
        across, down = chance.uniform(-1.5, 1.5), chance.uniform(-1.5, 1.5)
        if chance.random() < 0.4:
            box = ask("crop_box", "moved", box, across, down)
        else:
            box = ask("crop_box", "resized", box, chance.choice(HANDLES), across, down)
        x, y, width, height = box
        assert min(x, y) >= 0
        assert max(x + width, y + height) <= 1 + 1e-9
        assert min(width, height) >= SMALLEST - 1e-9


def test_moving_keeps_a_box_its_size_and_a_handle_moves_its_own_edges_only(ask):
    assert ask("crop_box", "moved", [0.5, 0.5, 0.3, 0.2], 0.9, -0.9) == pytest.approx([0.7, 0.0, 0.3, 0.2])
    assert ask("crop_box", "resized", [0.2, 0.2, 0.4, 0.4], "nw", 0.1, -0.1) == pytest.approx([0.3, 0.1, 0.3, 0.5])
    assert ask("crop_box", "resized", [0.2, 0.2, 0.4, 0.4], "e", 0.1, 0.3) == pytest.approx([0.2, 0.2, 0.5, 0.4])


def test_a_box_as_good_as_the_photo_is_the_whole_photo(ask):
    assert ask("crop_box", "settled", [0.004, 0.0, 0.993, 1.0]) is None
    assert ask("crop_box", "settled", [0.1, 0.12345, 0.5, 0.5]) == [0.1, 0.123, 0.5, 0.5]


def test_a_value_tells_whether_it_goes_with_the_rest(ask):
    def fits(option: str, value: str) -> object:
        return ask("variants", "fit", VARIANTS, {"color": "red", "size": "S"}, option, value)

    assert fits("color", "red") == "yes"
    assert fits("size", "M") == "sold_out"
    assert fits("size", "XL") == "no"


def test_choosing_what_does_not_go_together_leads_to_the_nearest_variant_that_there_is(ask):
    def chosen(option: str, value: str) -> object:
        found = ask("variants", "nearestVariant", VARIANTS, {"color": "red", "size": "S"}, option, value)
        return found and found["id"]

    assert chosen("size", "XL") == "blue-xl"
    assert chosen("size", "M") == "red-m"
    assert chosen("color", "blue") == "blue-m"
    assert chosen("color", "green") is None
    assert ask("variants", "firstVariant", VARIANTS, "no such variant")["id"] == "red-s"


TAKEN_OUT = [
    ("yello hoodie not cotton under 50", "under 50", False, "yello hoodie not cotton"),
    ("yello hoodie not cotton under 50", "cotton", True, "yello hoodie under 50"),
    ("shirt without polyester, in red for women", "polyester", True, "shirt, in red for women"),
    ("shirt without polyester, in red for women", "red", False, "shirt without polyester for women"),
    ("red and blue shirt", "red", False, "blue shirt"),
    ("red and blue shirt", "blue", False, "red shirt"),
    ("I don't want leather shoes", "leather", True, "shoes"),
    ("vitamin a under 5", "under 5", False, "vitamin a"),
    ("紫色女士瑜伽裤 60美元以下", "60美元以下", False, "紫色女士瑜伽裤"),
    ("不要皮革的鞋 100美元以下", "皮革", True, "鞋 100美元以下"),
    ("黑色不要 鞋", "黑色", True, "鞋"),
    ("除了黑色以外的鞋", "黑色", True, "鞋"),
    ("红色的裙子", "红色", False, "裙子"),
]


def test_words_are_taken_out_of_a_query_with_what_led_to_them(ask):
    for query, words, negated, left in TAKEN_OUT:
        start = query.index(words)
        assert ask("spans", "withoutWords", query, [start, start + len(words)], {"negated": negated}) == left


def test_of_two_excluded_names_the_other_stays_excluded(ask):
    query = "shoes not black or brown"
    black, brown = [10, 15], [19, 24]
    assert ask("spans", "withoutWords", query, black, {"negated": True, "excluded": [brown]}) == "shoes not brown"
    assert ask("spans", "withoutWords", query, brown, {"negated": True, "excluded": [black]}) == "shoes not black"


def test_spans_count_characters_and_not_the_units_of_javascript(ask):
    assert ask("spans", "unitsOf", "😀 hoodie under 60", [9, 17]) == [10, 18]
    assert ask("spans", "unitsOf", "short", [2, 9]) is None
    assert ask("spans", "unitsOf", "short", None) is None


def test_a_filter_is_read_where_it_is_simple_and_left_alone_where_it_is_not(ask):
    def read(text: str) -> object:
        return ask("filter_words", "readFilter", text)

    assert read("price <= 60") == {"field": "price", "low": None, "high": 60}
    assert read("price 10..20.5") == {"field": "price", "low": 10, "high": 20.5}
    assert read("rating >= 4") == {"field": "rating", "low": 4, "high": None}
    assert read("in_stock = true") == {"field": "in_stock", "values": ["true"]}
    assert read("NOT (material IN [leather])") == {"field": "material", "values": ["leather"], "not": True}
    assert read('color IN [red, "dark \\"blue\\""]') == {"field": "color", "values": ["red", 'dark "blue"']}
    assert read('category UNDER "Home & Kitchen/Tea, Coffee"') == {
        "field": "category",
        "values": ["Home & Kitchen/Tea, Coffee"],
    }
    assert read("brand != Luma") == {"field": "brand", "values": ["Luma"], "not": True}
    for more in ("storage >= 16 OR memory >= 16", "price >= 5 AND price < 9", "NOT (a = b) AND NOT (c = d)", "", "<b>"):
        assert read(more) is None


def test_the_language_of_a_review_is_told_by_its_letters(ask):
    assert ask("reviews", "languageOf", "很喜欢，做工扎实") == "zh"
    assert ask("reviews", "languageOf", "Bought in 上海, works well") == "en"
    assert ask("reviews", "languageOf", "") == "en"


def test_both_languages_have_the_same_words_with_the_same_gaps(ask, visit):
    listed = visit.page.evaluate(
        """async () => {
          const gaps = (phrase) => JSON.stringify(phrase).match(/\\{\\w+\\}/g) ?? [];
          const told = async (name) => Object.entries((await import(`/assets/js/words/${name}.js`)).default)
            .filter(([key]) => !/^(field|value)\\./.test(key))
            .map(([key, phrase]) => [key, [...new Set(gaps(phrase))].sort().join(" ")]).sort();
          const parts = ["", "_product", "_how", "_shopper", "_cart", "_tastes"];
          return Promise.all(parts.flatMap((part) => [`en${part}`, `zh${part}`]).map(told));
        }"""
    )
    for english, chinese in list(pairwise(listed))[::2]:
        assert [key for key, _ in english] == [key for key, _ in chinese]
        unlike = [(key, here, there) for (key, here), (_, there) in zip(english, chinese, strict=True) if here != there]
        # A language without a plural may leave out a count, and none may fill a gap that the other does not.
        assert [entry for entry in unlike if not set(entry[2].split()) <= set(entry[1].split())] == []


def test_an_impossible_choice_on_a_page_changes_the_other_option(visit):
    page = visit.open("/search?q=hostile+lantern")
    page.locator(".card").filter(has_text="Hostile").first.get_by_role("link").first.click()
    far = page.locator(".choice-value").filter(has_text="XL")
    expect(far).to_have_attribute("data-fits", "no")
    expect(far).to_contain_text("not with the rest of your choice")
    far.get_by_role("radio").check()
    expect(far).to_have_attribute("data-fits", "yes")
    expect(page.locator(".choice-value").filter(has_text="black").get_by_role("radio")).to_be_checked()
