import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.understanding import Bounds, Entity, EntityType, Level
from bowerbird.understand.entities import choose_entities, mark_negated
from bowerbird.understand.lexicon import HEADER, Lexicon, read_table
from bowerbird.understand.naming import word_ends
from bowerbird.understand.phrases import PhraseTable
from bowerbird.understand.phrasings import ASKING
from bowerbird.understand.plain import units_of

TABLE = f"""{HEADER}
kind\tjacket\t\tjacket\t夹克|外套\t
kind\tdenim-jacket\tjacket\tdenim jacket|jean jacket\t牛仔夹克\t
kind\tshoe\t\tshoe\t鞋|鞋子\t
kind\trunning-shoe\tshoe\trunning shoe\t跑步鞋\t
kind\tbag\t\tbag\t包\t
kind\thandbag\tbag\thandbag\t手提包\t
kind\torange-fruit\t\torange\t橙子\t
kind\tmat\t\tmat\t垫子\t
color\torange\t\torange\t橙色\t#f57c00
color\tred\t\tred\t红色|红\t#d32f2f
color\tdark-red\tred\tdark red\t深红色\t#8b0000
color\tblack\t\tblack\t黑色|黑\t#000000
material\tdenim\t\tdenim\t牛仔\t
material\tleather\t\tleather\t真皮\t
occasion\trunning\t\trunning\t跑步\t
feature\tportable\t\tportable\t手提\t
feature\thooded\t\thood\t帽子\t
feature\tnon-slip\t\tnon slip\t防滑\t
price\tcheap\t\tcheap|expensive\t便宜\tlow
"""
LEXICON = Lexicon({one.key: one for one in read_table(TABLE, "small.tsv")})
NAMES = PhraseTable(
    [(name, one.key) for one in LEXICON.concepts.values() for name in (*one.en, *one.zh)]
    + [("luma", "brand:Luma"), ("a", "brand:A")]
)


def choose(text, others=(), has=lambda key: True):
    return choose_entities(text, NAMES.find(units_of(text)), others, LEXICON, has, word_ends(text))


def negations(text, others=()):
    return mark_negated(text, choose(text, others), [match.span() for match in ASKING.finditer(text)])


def told(text, **how):
    return [(one.type.value, one.text, one.value) for one in choose(text, **how)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("red shoes", [("color", "red", "red"), ("category", "shoes", "shoe")]),
        ("dark red shoes", [("color", "dark red", "dark red"), ("category", "shoes", "shoe")]),
        ("running shoes", [("category", "running shoes", "running shoe")]),
        ("luma bag", [("brand", "luma", "Luma"), ("category", "bag", "bag")]),
        ("深红色鞋子", [("color", "深红色", "dark red"), ("category", "鞋子", "shoe")]),
        ("a bag", [("category", "bag", "bag")]),
        ("cheap bag", [("price", "cheap", Level.LOW), ("category", "bag", "bag")]),
        ("", []),
        ("something else", []),
    ],
)
def test_the_longest_names_that_cover_a_text_are_taken(text, named):
    assert told(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("denim jacket", [("material", "denim", "denim"), ("category", "jacket", "jacket")]),
        ("denim-jackets", [("material", "denim", "denim"), ("category", "jackets", "jacket")]),
        ("牛仔夹克", [("material", "牛仔", "denim"), ("category", "夹克", "jacket")]),
        ("jean jacket", [("category", "jean jacket", "denim jacket")]),
        ("手提包", [("category", "手提包", "handbag")]),
    ],
)
def test_a_compound_is_parted_where_it_is_an_attribute_and_a_broader_kind(text, named):
    assert told(text) == named


def test_a_name_of_several_things_is_the_kind_alone_and_the_attribute_beside_one():
    assert told("orange") == [("category", "orange", "orange")]
    assert told("orange bag") == [("color", "orange", "orange"), ("category", "bag", "bag")]


def test_what_the_shop_has_is_meant_before_what_it_has_not():
    assert told("orange", has=lambda key: key == "color:orange") == [("color", "orange", "orange")]


def test_a_concept_is_told_by_its_key_and_a_brand_has_none():
    assert [one.concept for one in choose("luma red shoes")] == ["", "color:red", "kind:shoe"]


def test_a_number_wins_over_a_name_of_its_length():
    price = Entity(EntityType.PRICE, Bounds(None, 50), "under 50", 4, 12)
    assert [one.text for one in choose("red under 50 bag", [price])] == ["red", "under 50", "bag"]
    red = Entity(EntityType.SIZE, "x", "red", 0, 3)
    assert told("red bag", others=[red])[0] == ("size", "red", "x")


def test_one_character_inside_a_word_names_nothing():
    # 红 is no colour in 网红, nor 包 a bag in 面包.
    assert told("网红面包") == []
    assert told("红 包") == [("color", "红", "red"), ("category", "包", "bag")]


def negated(text):
    return [one.text for one in negations(text).entities if one.negated]


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("bag not leather", ["leather"]),
        ("bag not made of leather", ["leather"]),
        ("jacket without a hood", ["hood"]),
        ("jacket no hood", ["hood"]),
        ("anything but red", ["red"]),
        ("bag not red or black", ["red", "black"]),
        ("bag not red, black or orange", ["red", "black", "orange"]),
        ("no red bag", ["red"]),
        ("bag but not red and not black", ["red", "black"]),
        ("not red leather bag", ["red"]),
        ("包 不要黑色", ["黑色"]),
        ("不要黑色和红色的包", ["黑色", "红色"]),
        ("非真皮 鞋子", ["真皮"]),
        ("黑色不要", ["黑色"]),
        ("夹克 黑色的不要", ["黑色"]),
        ("黑色除外", ["黑色"]),
        ("red bag", []),
        ("non slip mat", []),
        ("有没有红色的包", []),
        ("包有没有", []),
        ("notred bag", []),
    ],
)
def test_what_is_excluded(text, excluded):
    assert negated(text) == excluded


def test_a_price_in_words_that_is_excluded_stays_as_it_is():
    low = Entity(EntityType.PRICE, Level.LOW, "not expensive", 4, 17)
    (bag, price) = negations("bag not expensive", [low]).entities
    assert (bag.negated, price.negated, price.value) == (False, False, Level.LOW)


def test_before_a_dear_price_nothing_else_is_excluded():
    low = Entity(EntityType.PRICE, Level.LOW, "不要太贵", 3, 7)
    assert not any(one.negated for one in negations("鞋子 不要太贵", [low]).entities)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("bag without zippers", ["zippers"]), ("no qwert bag", ["qwert"]), ("bag not", []), ("不要拉链的包", ["拉链"])],
)
def test_an_unknown_word_that_is_excluded_is_told_too(text, unknown):
    found = negations(text)
    assert [text[start:end] for start, end in found.unknown] == unknown
    assert not any(one.negated for one in found.entities)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("bag not red", "bag"),
        ("bag not red or black", "bag"),
        ("不要黑色和红色的包", "的包"),
        ("包 黑色不要", "包"),
    ],
)
def test_what_only_excludes_and_joins_is_told_with_it(text, left):
    found = negations(text)
    gone = [*found.cues, *((one.start, one.end) for one in found.entities if one.negated)]
    rest = "".join(letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in gone))
    assert rest.strip() == left


pieces = [
    "red",
    "shoes",
    "not",
    "no",
    "denim",
    "jacket",
    "or",
    ",",
    "不要",
    "黑色",
    "的",
    "牛仔夹克",
    "包",
    "除外",
    "x",
]


# The first text waits for tables to be made.
@settings(deadline=None)
@given(st.lists(st.sampled_from(pieces), max_size=10), st.sampled_from(["", " "]))
def test_entities_stand_in_order_and_apart(parts, joiner):
    text = joiner.join(parts)
    end = 0
    for one in negations(text).entities:
        assert end <= one.start < one.end
        assert text[one.start : one.end] == one.text
        end = one.end
