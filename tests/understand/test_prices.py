import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.understanding import Bounds, EntityType, Level
from bowerbird.understand.plain import plain


@pytest.fixture(scope="module")
def longest(readers):
    """The longest price of a text, as its characters and what it bounds; None where there is none."""

    def read(text):
        found = sorted(readers.prices.find(plain(text)), key=lambda one: one.start - one.end)
        if not found:
            return None
        value = found[0].value
        bounds = (value.low, value.high, value.unit) if isinstance(value, Bounds) else value
        return text[found[0].start : found[0].end], bounds

    return read


@pytest.mark.parametrize(
    ("text", "price", "bounds"),
    [
        ("shoes under $50", "under $50", (None, 50, "USD")),
        ("less than 50 dollars", "less than 50 dollars", (None, 50, "USD")),
        ("under 1,299.50", "under 1,299.50", (None, 1299.5, None)),
        ("under fifty bucks", "under fifty bucks", (None, 50, "USD")),
        ("under 100 usd", "under 100 usd", (None, 100, "USD")),
        ("budget of £20", "budget of £20", (None, 20, "GBP")),
        ("20 euros or less", "20 euros or less", (None, 20, "EUR")),
        ("up to 2k", "up to 2k", (None, 2000, None)),
        ("under 5 pounds", "under 5 pounds", (None, 5, "GBP")),
        ("椅子60美元以下", "60美元以下", (None, 60, "USD")),
        ("不超过200元", "不超过200元", (None, 200, "CNY")),
        ("预算500", "预算500", (None, 500, None)),
        ("内衣100以内", "100以内", (None, 100, None)),
        ("千元以下的手机", "千元以下", (None, 1000, "CNY")),
        ("1.5万以下", "1.5万以下", (None, 15_000, None)),
    ],
)
def test_what_a_price_may_be_at_most(longest, text, price, bounds):
    assert longest(text) == (price, bounds)


@pytest.mark.parametrize(
    ("text", "price", "bounds"),
    [
        ("over 100", "over 100", (100, None, None)),
        ("from $50", "from $50", (50, None, "USD")),
        ("$100+", "$100+", (100, None, "USD")),
        ("$100 and up", "$100 and up", (100, None, "USD")),
        ("40元起", "40元起", (40, None, "CNY")),
        ("不低于100元", "不低于100元", (100, None, "CNY")),
    ],
)
def test_what_a_price_must_be_at_least(longest, text, price, bounds):
    assert longest(text) == (price, bounds)


@pytest.mark.parametrize(
    ("text", "price", "bounds"),
    [
        ("between 20 and 40", "between 20 and 40", (20, 40, None)),
        ("$20-$40", "$20-$40", (20, 40, "USD")),
        ("20–40 dollars", "20–40 dollars", (20, 40, "USD")),
        ("from 20 to 30", "from 20 to 30", (20, 30, None)),
        ("150到200美元", "150到200美元", (150, 200, "USD")),
        ("价格在100到200之间", "价格在100到200之间", (100, 200, None)),
        ("两三百", "两三百", (200, 300, None)),
        ("两三百块的", "两三百块", (200, 300, "CNY")),
        ("300多", "300多", (300, 400, None)),
        ("1000多元", "1000多元", (1000, 2000, "CNY")),
        ("几百块", "几百块", (100, 1000, "CNY")),
    ],
)
def test_what_a_price_lies_between(longest, text, price, bounds):
    assert longest(text) == (price, bounds)


@pytest.mark.parametrize(
    ("text", "price", "bounds"),
    [
        ("around 100", "around 100", (80, 120, None)),
        ("about $50", "about $50", (40, 60, "USD")),
        ("100元左右", "100元左右", (80, 120, "CNY")),
        ("一百块上下", "一百块上下", (80, 120, "CNY")),
        ("$50", "$50", (40, 60, "USD")),
        ("￥199", "￥199", (159.2, 238.8, "CNY")),
    ],
)
def test_around_a_price_is_a_fifth_to_both_sides(longest, text, price, bounds):
    assert longest(text) == (price, bounds)


@pytest.mark.parametrize(
    "text",
    [
        "not too expensive",
        "nothing pricey",
        "isn't expensive",
        "not pricey",
        "不要太贵",
        "别太贵",
        "不贵的",
        "不要贵的",
    ],
)
def test_what_must_not_be_dear_is_low(longest, text):
    assert longest(f"chair {text}") == (text, Level.LOW)


@pytest.mark.parametrize(
    "text",
    [
        "", "shoes", "65w charger", "under 50cm", "under 50 cm", "at least 16gb", "iphone 15", "usb 3.0", "size 50",
        "between 40 and 20", "$", "元", "under", "100内衣", "dv7-1211ea", "under 50% off", "2024", "under 1e999",
        "under 3 stars", "5 stars and up", "above 4.5 stars",
    ],
)  # fmt: skip
def test_other_numbers_are_no_prices(longest, text):
    assert longest(text) is None


def test_a_number_too_large_to_be_one_is_no_price(longest):
    assert longest("under " + "9" * 400) is None


def test_a_price_says_where_it_stands(readers):
    text = "red shoes under $50 please"
    (longest,) = (one for one in readers.prices.find(text) if one.text == "under $50")
    assert (longest.type, longest.start, longest.end) == (EntityType.PRICE, 10, 19)


@pytest.mark.parametrize("piece", ["三十四", "两三百", "百", "twenty ", "1,234", "$", "under ", "between 1 and ", "1-"])
def test_prices_are_looked_for_in_endless_numerals_too(readers, piece):
    list(readers.prices.find(piece * 40))


parts = st.sampled_from(
    ["under ", "$", "20", "40", " to ", "-", "元", "以下", "两三百", "多", "左右", "around ", " ", "k"]
)


# The first text waits for tables to be made.
@settings(deadline=None)
@given(st.lists(parts, max_size=8).map("".join))
def test_a_price_is_the_characters_it_stands_on_and_its_ends_are_in_order(readers, text):
    for one in readers.prices.find(text):
        assert text[one.start : one.end] == one.text == one.text.strip()
        if isinstance(one.value, Bounds) and None not in (one.value.low, one.value.high):
            assert 0 <= one.value.low <= one.value.high
