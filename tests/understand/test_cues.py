import pytest

from bowerbird.domain.understanding import Bounds, EntityType
from bowerbird.understand.cues import find_cues
from bowerbird.understand.phrasings import AFTER_NEGATION, ASKING, NEGATION
from bowerbird.understand.plain import plain


def found(text, type_):
    """The longest of a type, as its characters and value; None where there is none."""
    cues = [one for one in find_cues(plain(text), text) if one.type is type_]
    if not cues:
        return None
    best = max(cues, key=lambda one: one.end - one.start)
    value = best.value.low if isinstance(best.value, Bounds) else best.value
    return text[best.start : best.end], value


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("4 stars and up", ("4 stars and up", 4)),
        ("at least 4.5 stars", ("at least 4.5 stars", 4.5)),
        ("five star", ("five star", 5)),
        ("rated 4 or higher", ("rated 4 or higher", 4)),
        ("rating above 4", ("rating above 4", 4)),
        ("4+ stars", ("4+ stars", 4)),
        ("评分4.5以上", ("评分4.5以上", 4.5)),
        ("四星以上", ("四星以上", 4)),
        ("五星", ("五星", 5)),
        ("top rated tent", ("top rated", 4)),
        ("well reviewed", ("well reviewed", 4)),
        ("with good reviews", ("with good reviews", 4)),
        ("好评", ("好评", 4)),
        ("口碑好的", ("口碑好的", 4)),
        ("star wars", None),
        ("9 stars", None),
        ("3 starfish", None),
        ("高分子床垫", None),
    ],
)
def test_stars_in_figures_and_in_words(text, rating):
    assert found(text, EntityType.RATING) == rating


@pytest.mark.parametrize(
    ("text", "stock"),
    [
        ("in stock", "in stock"),
        ("in-stock only", "in-stock only"),
        ("available now", "available now"),
        ("有货", "有货"),
        ("现货", "现货"),
        ("没有货", None),
        ("livestock", None),
        ("stockings", None),
    ],
)
def test_what_must_be_there(text, stock):
    assert found(text, EntityType.STOCK) == (None if stock is None else (stock, "in_stock"))


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("new arrivals", "new arrivals"),
        ("latest phone", "latest"),
        ("newest", "newest"),
        ("新款连衣裙", "新款"),
        ("最新款", "最新款"),
        ("新品", "新品"),
        ("new balance", None),
        ("newborn", None),
    ],
)
def test_what_must_be_new(text, new):
    assert found(text, EntityType.NEWNESS) == (None if new is None else (new, "new"))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("dress size 8", ("size 8", "8")),
        ("size 8.5", ("size 8.5", "8.5")),
        ("size XL", ("size XL", "xl")),
        ("XXL", ("XXL", "xxl")),
        ("2xl", ("2xl", "2xl")),
        ("uk 8", ("uk 8", "8")),
        ("43码", ("43码", "43")),
        ("尺码M", ("尺码M", "m")),
        ("尺码：43", ("尺码：43", "43")),
        ("size: 8", ("size: 8", "8")),
        ("t-shirt M", ("M", "m")),
        ("men's L", ("L", "l")),
        ("t-shirt m", None),
        ("H&M", None),
        ("M-65 jacket", None),
        ("RED DRESS M", None),
        ("size", None),
    ],
)
def test_sizes_and_a_capital_letter_alone(text, size):
    assert found(text, EntityType.SIZE) == size


def spans(pattern, text):
    return [match.group().strip() for match in pattern.finditer(plain(text))]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("i'm looking for a red dress", ["i'm looking for a"]),
        ("Can you show me some shoes", ["can you show me some"]),
        ("have you got any mugs", ["have you got any"]),
        ("i want to buy boots", ["i want to buy"]),
        ("want boots", []),
        ("needle", []),
        ("想买背包", ["想买"]),
        ("有没有背包", ["有没有"]),
        ("请问有背包吗", ["请问", "吗"]),
        ("帮我找一个背包", ["帮我找一个"]),
        ("背包", []),
    ],
)
def test_what_only_asks(text, asked):
    assert spans(ASKING, text) == asked


@pytest.mark.parametrize(
    ("text", "excluding"),
    [
        ("not red", ["not"]),
        ("but not leather", ["but not"]),
        ("without a hood", ["without a"]),
        ("don't want wool", ["don't want"]),
        ("anything but black", ["anything but"]),
        ("notebook", []),
        ("nonstick", []),
        ("不要黑色", ["不要"]),
        ("非真皮", ["非"]),
        ("不带帽", ["不带"]),
        ("不错", []),
        ("特别", []),
        ("别墅", []),
    ],
)
def test_what_excludes(text, excluding):
    assert spans(NEGATION, text) == excluding


@pytest.mark.parametrize("text", ["不要", "的不要", "除外", "就算了", " 都不要"])
def test_what_excludes_the_name_before_it(text):
    assert AFTER_NEGATION.match(text).end() == len(text)
