import re
from dataclasses import dataclass
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bowerbird.present.highlight import highlight


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int


def words(text: str, wanted: frozenset[str]) -> list[Word]:
    found = [Word(match[0].lower(), match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    return [word for word in found if word.text in wanted]


def test_marks_each_wanted_word_and_escapes_the_rest() -> None:
    marked = highlight('Red <b>"bag"</b> & red strap', frozenset({"red"}), words)

    assert marked == "<mark>Red</mark> &lt;b&gt;&quot;bag&quot;&lt;/b&gt; &amp; <mark>red</mark> strap"


def test_gives_nothing_where_no_word_matches() -> None:
    assert highlight("Blue bag", frozenset({"red"}), words) == ""


def test_joins_overlapping_cuts_of_one_word() -> None:
    def twice(text: str, wanted: frozenset[str]) -> list[Word]:
        return [Word("a", 0, 4), Word("b", 2, 6)]

    assert highlight("abcdefgh", frozenset({"a", "b"}), twice) == "<mark>abcdef</mark>gh"


def test_a_snippet_shows_the_first_match() -> None:
    text = "filler " * 60 + "needle " + "filler " * 60

    marked = highlight(text, frozenset({"needle"}), words, limit=80)

    assert "<mark>needle</mark>" in marked
    assert marked.startswith("…") and marked.endswith("…")
    assert len(marked) < 120


@given(st.text(), st.text(max_size=3), st.integers(0, 50))
def test_never_lets_markup_of_the_text_through(text: str, term: str, limit: int) -> None:
    marked = highlight(text, frozenset({term.lower()}), words, limit)

    bare = marked.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare and ">" not in bare
    assert limit or not marked or unescape(bare) == text
