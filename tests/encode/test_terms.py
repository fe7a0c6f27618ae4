"""Words are cut alike for indexing and for queries."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.encode.terms import Terms, TermSettings, stem_plural

TERMS = Terms()
PLAIN = Terms(TermSettings(stemming="none"))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Red Running Shoes", ["red", "run", "shoe"]),
        ("006R90321", ["006", "90321", "006r90321"]),
        ("dv7-1211ea", ["dv7", "1211", "ea", "1211ea", "dv71211ea"]),
        ('13.3" display', ["13.3", "display"]),
        ("1.5L", ["1.5", "l", "1.5l"]),
        ("2,5 mm", ["2.5", "mm"]),
        ("1,920 pages", ["1920", "page"]),
        ("500GB", ["500", "gb", "500gb"]),
        ("usb3.0", ["usb", "3.0", "usb3.0"]),
        ("red,blue", ["red", "blue"]),
        ("Men’s", ["men"]),
        ("L'Oréal", ["l", "oreal", "loreal"]),
        ("wi-fi", ["wi", "fi", "wifi"]),
        ("H&M", ["h", "m", "hm"]),
        ("Ryzen™", ["ryzen"]),
        ("ＡＢＣ１２", ["abc", "12", "abc12"]),
        ("Straße", ["strass"]),
        ("cafe\u0301", ["cafe"]),
        ("!!! ... ---", []),
        ("", []),
    ],
)
def test_a_text_gives_these_terms(text: str, terms: list[str]) -> None:
    assert TERMS.query_terms(text) == terms


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("t-shirts", "Blue tshirt for men"),
        ("wifi router", "Wi-Fi Router"),
        ("dv7 1211ea", "HP dv7-1211ea"),
        ("500 gb disk", "500GB disk"),
        ("iphone 7", "Apple iPhone7"),
        ("levi's", "Levis jeans"),
        ("手机壳", "苹果 手機殼 透明"),
        ("鞋", "男士运动鞋"),
        ("iphone 手机", "苹果iPhone手机"),
    ],
)
def test_a_query_finds_other_spellings(query: str, title: str) -> None:
    indexed = TERMS.index_terms(title).split()
    assert set(TERMS.query_terms(query)) & set(indexed) - {"t"}


def test_chinese_words_come_with_the_words_inside_them() -> None:
    assert TERMS.query_terms("委员会") == ["委员", "委员会"]
    assert TERMS.index_terms("委员会").split() == ["委员会", "委员", "委", "员", "会"]


def test_traditional_and_simplified_are_one_spelling() -> None:
    assert TERMS.query_terms("手機殼") == TERMS.query_terms("手机壳")


def test_tokens_point_into_the_original_text() -> None:
    text = "Ein ﬁnes ＣＡＦÉ — 蘋果手機, Men’s t-shirts"
    spans = {text[token.start : token.end] for token in TERMS.cut(text)}
    assert {"Ein", "ﬁnes", "ＣＡＦÉ", "蘋果", "手機", "Men", "t-shirts"} <= spans


@settings(max_examples=200, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("aB9 -.',&_手机壳é½ß")), max_size=40))
def test_any_text_is_cut_into_places_of_its_own_and_is_found_by_itself(text: str) -> None:
    for every_character in (False, True):
        for token in TERMS.cut(text, every_character=every_character):
            assert 0 <= token.start < token.end <= len(text)
            assert token.text == token.text.strip() != ""
            assert not any(character.isspace() for character in token.text)
    assert set(TERMS.query_terms(text)) <= set(TERMS.index_terms(text).split())
    assert TERMS.index_terms(text).split() == [token.text for token in TERMS.cut(text, every_character=True)]


def test_stemming_is_a_choice() -> None:
    assert PLAIN.query_terms("running shoes") == ["running", "shoes"]
    assert Terms(TermSettings(stemming="plural")).query_terms("running shoes") == ["running", "shoe"]


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("shoes", "shoe"),
        ("dresses", "dress"),
        ("boxes", "box"),
        ("batteries", "battery"),
        ("cases", "case"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("gas", "gas"),
        ("watches", "watch"),
        ("bags", "bag"),
    ],
)
def test_plurals_are_taken_off(plural: str, singular: str) -> None:
    assert stem_plural(plural) == singular


def test_a_text_of_any_length_is_cut() -> None:
    assert len(TERMS.query_terms("a" * 1_000_000)[0]) == 64
    assert len(TERMS.cut("手机" * 3_000)) == 3_000


def test_many_threads_may_cut_at_once() -> None:
    terms = Terms()
    texts = [f"running shoes {n} 手机壳 dv7-{n}ea" for n in range(300)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(terms.index_terms, texts))
    assert found == [Terms().index_terms(text) for text in texts]


def test_loading_is_silent() -> None:
    code = "from bowerbird.encode.terms import Terms; print(Terms().query_terms('红色手机壳 running'))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "run" in done.stdout


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=40), st.text(max_size=12))
def test_finding_terms_marks_what_cutting_would(text: str, query: str) -> None:
    terms = Terms()
    wanted = frozenset(token.text for token in terms.cut(query))

    assert sorted(terms.find(text, wanted)) == sorted(token for token in terms.cut(text) if token.text in wanted)


def test_a_word_is_found_in_a_long_run_of_chinese() -> None:
    text = "这款轻便透气的女士跑步运动鞋采用柔软鞋垫和防滑鞋底" + "适合日常训练以及周末户外徒步旅行穿着舒适耐磨"

    found = Terms().find(text, frozenset({"运动鞋"}))

    assert [text[token.start : token.end] for token in found] == ["运动鞋"]
