from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.filters import And, Not, OneOf, Range
from bowerbird.domain.query import Sort
from bowerbird.domain.understanding import Intent, Language, Level, RewriteReason, Sentiment
from bowerbird.understand.flow import READ, understand

STEPS = [
    "read_language",
    "correct",
    "name",
    "set_conditions",
    "put_into_words",
    "guess_intent",
    "judge_sentiment",
    "rewrite_it",
]
DESCRIPTION = (
    "The classic cotton t-shirt is cut from 100% combed cotton, comes in red, blue and white, and is not see-through. "
    "Machine wash at 30 degrees. Sizes S to XL. Free delivery over $50, usually ships within 2 days. Rated 4.6 stars. "
) * 12
NASTY = {
    "nothing": "",
    "blanks": " \t\n　 ",
    "emoji only": "😀👨‍👩‍👧‍👦🇨🇳",
    "10,000 characters": "x" * 10_000,
    "10,000 characters of words": "red dress " * 1000,
    "10,000 Chinese characters": "红色连衣裙" * 2000,
    "SQL": "'; DROP TABLE products; --",
    "HTML": "<script>alert('red shoes under $50')</script>",
    "control characters": "\x00red\x01\x1b[31m shoes\x7f\r\n",
    "right to left": "\u202eשמלה אדומה\u202c dress",
    "combining marks": "e\u0301" * 150 + "Z̷̝͘a",
    "half a character": "red \ud800 shoes",
    "a product description": DESCRIPTION,
    "brackets": "(" * 300,
    "signs": "$%^&*()_+{}|:\"<>?~`-=[]\\;',./",
    "numbers": "9," * 200,
    "Chinese numerals": "三十四" * 100,
    "negations": "not " * 75,
    "Chinese negations": "不" * 300,
    "bounds": "between 1 and " * 20,
    "format strings": "%s %n {0} {x!r} ${jndi:ldap://x}",
    "letters of every kind": "Ａﬃ½㎏İßŉ𠮷ﾊﾟ٣",
}


@pytest.fixture(scope="module")
def read(knowledge, holds):
    return lambda q, **how: understand(q, knowledge, holds, **how)


def parts(found):
    return [(one.type.value, one.text, one.value) for one in found.entities]


def runs(found):
    return [(one.text, one.reason.value) for one in found.rewritten]


def check(q, found):
    """What holds of every query: parts are stretches of it, in order and apart."""
    end = 0
    for one in found.entities:
        assert end <= one.start < one.end
        assert q[one.start : one.end] == one.text
        end = one.end
    for one in (*found.conditions, *found.soft):
        assert q[one.start : one.end] == one.text
    assert all(one.text.strip() and 0 < one.weight <= 1 for one in found.rewritten)


def test_a_query_is_understood_as_a_whole(read):
    found = read("i'm looking for a red dress under $80 not satin")
    assert found.language is Language.ENGLISH
    assert found.tokens[-3:] == ("80", "not", "satin")
    assert found.words == "red dress"
    assert [one.filter for one in found.conditions] == [
        Range("price", None, 80),
        Not(OneOf("material", ("satin",))),
    ]
    assert isinstance(found.filters, And)
    assert [one.text for one in found.soft] == ["red", "dress"]
    assert runs(found) == [("red dress", "typed")]
    assert (found.corrected, found.translated, found.unwanted) == (None, None, "")


def test_a_chinese_query_is_run_in_the_catalogues_words(read):
    found = read("红色连衣裙 60美元以下")
    assert (found.language, found.translated) == (Language.CHINESE, "red dress")
    assert found.words == "红色连衣裙"
    assert runs(found)[0] == ("red dress", "translated")
    assert found.filters == Range("price", None, 60)


def test_pinyin_is_read_as_what_it_sounds_like_and_never_put_right(read):
    found = read("lianyiqun")
    assert (found.language, found.corrected) == (Language.PINYIN, None)
    assert parts(found) == [("category", "lianyiqun", "dress")]
    assert ("dress", "translated") in runs(found)


def test_an_emoji_is_looked_for_by_its_name(read):
    found = read("🎒")
    assert parts(found) == [("category", "🎒", "backpack")]
    assert [text for text, _ in runs(found)] == ["backpack"]


def test_parts_refer_to_the_typed_query_even_where_a_word_was_put_right(read):
    q = "  womens lether boots not blakc"
    found = read(q)
    check(q, found)
    assert found.corrected == "womens leather boots not black"
    assert parts(found) == [
        ("audience", "womens", "women"),
        ("material", "lether", "leather"),
        ("category", "boots", "boot"),
        ("color", "blakc", "black"),
    ]
    assert [one.text for one in found.conditions] == ["blakc"]
    assert found.words == "womens lether boots"
    assert runs(found)[0] == ("womens leather boots", "corrected")


@pytest.mark.parametrize(
    "q",
    [
        "leatherboots",
        "LEATHERBOOTS!",
        "'leatherboots'",
        "léatherboots",
        "jacketset of 4",
        "wirelessheadphones under $50",
        "redd dressunder $50",
    ],
)
def test_two_words_run_together_are_parts_that_stand_apart(read, q):
    check(q, read(q))


def test_correcting_can_be_left_out(read):
    assert read("lether boots", correcting=False).corrected is None
    assert [text for text, _ in runs(read("lether boots", correcting=False))] == ["lether boots"]


def test_a_word_that_is_still_being_typed_is_not_put_right(read):
    assert read("leather sandls").corrected == "leather sandals"
    assert read("leather sandls", unfinished=True).corrected is None
    assert read("lether sandls", unfinished=True).corrected == "leather sandls"


@pytest.mark.parametrize("how", [{"unfinished": True}, {"asking": False}], ids=["typing", "not searched"])
def test_a_language_model_is_asked_only_for_what_is_searched(knowledge, holds, how):
    asked = []

    def model(text):
        asked.append(text)
        return ("leather thongs",)

    knows = replace(knowledge, minds=replace(knowledge.minds, rewrite=model))
    understand("leather sandals", knows, holds, **how)
    assert asked == []
    found = understand("leather sandals", knows, holds)
    assert asked == ["leather sandals"]
    assert ("leather thongs", RewriteReason.MODEL) in [(one.text, one.reason) for one in found.rewritten]


def test_a_word_of_a_product_written_a_moment_ago_is_not_put_right(knowledge, view):
    def holds(term):
        return term == "sandl" or view.document_frequency(term) > 0

    assert understand("sandls", knowledge, holds).corrected is None


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("sweater not red or black", "sweater"),
        ("shirt without hood and pockets", "shirt"),
        ("不要黑色和红色的包", "包"),
        ("包 不要黑色 也不要红色", "包"),
        ("jacket (not denim)", "jacket"),
        ("cheap laptop in stock", "laptop"),
        ("有没有新款背包", "背包"),
        ("请问有背包吗", "有背包"),
        ("not leather", ""),
    ],
)
def test_what_is_left_to_look_for_is_neither_asked_nor_ruled_out_nor_bounded(read, q, words):
    assert read(q).words == words


def test_what_is_ruled_out_and_has_no_field_is_unwanted(read):
    found = read("jacket without hood")
    assert (found.unwanted, found.conditions) == ("hood", ())
    assert read("bag no qwertzy").unwanted == "qwertzy"


def test_orders_are_preferences(read):
    found = read("cheap dress")
    assert parts(found)[0] == ("price", "cheap", Level.LOW)
    assert found.soft[0].sort is Sort.PRICE_ASC
    assert found.conditions == ()


def test_an_english_query_about_what_the_shop_lacks_is_still_run_in_english(read):
    for q in ("sofa", "armchair", "non slip mat"):
        assert q in [text for text, _ in runs(read(q))]


def test_every_step_says_how_long_it_took(read):
    timings = read("red dress").timings_ms
    assert list(timings) == STEPS
    assert all(took >= 0 for took in timings.values())


def test_minds_are_asked_with_what_was_typed(knowledge, holds):
    class Encoder:
        dim, fingerprint = 2, "ones"

        def encode_query(self, text):
            asked.append(text)
            return np.ones(2, np.float32)

    asked, given = [], []

    def guess(text, vector):
        given.append((text, vector is not None))
        return Intent("compare", {"compare": 0.9}, True)

    minds = replace(
        knowledge.minds,
        guess_intent=guess,
        judge_sentiment=lambda text: Sentiment("positive", 0.8),
        encoder=Encoder(),
    )
    found = understand("red dress or blue", replace(knowledge, minds=minds), holds)
    assert (found.intent.name, found.sentiment.label) == ("compare", "positive")
    understand("红色连衣裙", replace(knowledge, minds=minds), holds)
    understand("  ", replace(knowledge, minds=minds), holds)
    assert asked == ["red dress or blue"]
    assert given == [("red dress or blue", True), ("红色连衣裙", False), ("  ", False)]


def test_of_a_long_text_the_beginning_is_read_and_the_rest_is_looked_for(read):
    q = "red dress " + "word " * 100 + "under $50"
    found = read(q)
    assert [one.text for one in found.entities if one.type.value in ("color", "category")] == ["red", "dress"]
    assert found.conditions == ()
    assert found.words.endswith("word under $50")
    check(q, found)


def test_a_word_at_the_edge_of_what_is_read_is_not_torn(read):
    q = "thing " * (READ // 6 - 1) + "waterproofing of things"
    assert len(q) > READ
    assert read(q).words == q


@pytest.mark.parametrize("q", NASTY.values(), ids=NASTY)
def test_nasty_queries_are_read_like_any_other(read, q):
    found = read(q)
    check(q, found)
    assert found.q == q
    assert list(found.timings_ms) == STEPS


def test_nothing_is_understood_of_nothing(read):
    for q in ("", " \t\n　 "):
        found = read(q)
        assert (found.words, found.entities, found.rewritten, found.filters) == ("", (), (), None)


def test_a_wording_of_signs_is_still_the_shoppers(read):
    found = read("<script>alert(1)</script>")
    assert found.rewritten[0].reason in RewriteReason
    assert "script" in found.rewritten[0].text


pieces = st.sampled_from(
    "red dress|lether|boots|not |no |or |under $50|60美元以下|不要|黑色|和|的|连衣裙|👗|🎒|beibao|size 8|XL|65w|两三百"
    "|4 stars|in stock|新款|cheap|kestrel|leatherboots|set of 4| |,|'|-|\u202e|\x00|İ|ﬃ|5㎏".split("|")
)


# The first text waits for tables to be made.
@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.lists(pieces, max_size=8).map("".join))
def test_any_text_is_understood_part_by_part(read, text):
    check(text, read(text))
