import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.catalog.cleaning import clean_line, clean_text

FRAGMENTS = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br/>", "<li>", "&amp;", "&lt;b&gt;", "&#233;", "<script>", "</script>", "a", " ", "\n"]
    )
    | st.text(max_size=6)
).map("".join)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain words", "plain words"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("a<br>b<br />c", "a\nb\nc"),
        ("<ul>\n<li>red\n<li>blue\n</ul>", "red\nblue"),
        ("caf&eacute; &amp; bar", "café & bar"),
        ("&lt;p&gt;escaped&lt;/p&gt; once", "escaped\n\nonce"),
        ("&amp;lt;b&amp;gt;twice", "twice"),
        ("<script>steal()</script>safe<style>p{}</style>", "safe"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("I <3 you", "I <3 you"),
        ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
        ("tab\tand\u00a0blank", "tab and blank"),
        ("nul\x00 bell\x07 mark\ufeff", "nul bell mark"),
        ("e\u0301", "é"),
        ("<td>1</td><td>2</td>", "1 2"),
        ("cafÃ©", "cafÃ©"),
        ("broken \ud800 half", "broken \ufffd half"),
    ],
)
def test_text_is_freed_of_markup_and_keeps_its_paragraphs(raw, clean):
    assert clean_text(raw) == clean


@given(FRAGMENTS)
def test_cleaning_twice_is_cleaning_once(raw):
    once = clean_text(raw)
    assert clean_text(once) == once
    line = clean_line(raw)
    assert clean_line(line) == line
    assert "\n" not in line


def test_deep_markup_is_cleaned_without_recursion():
    assert clean_text("<div>" * 50_000 + "deep" + "</div>" * 50_000) == "deep"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "&",
        "<a ",
        "&lt;",
        "<p ",
        "<![CDATA[",
        "<x y='",
        "<script>",
        "<svg>",
        "<!",
        "</",
        "<?",
        '<a b=">',
        "&amp;lt;",
    ],
)
def test_hostile_markup_takes_no_longer_than_its_length(piece):
    # Quadratic reading of these would take minutes: the test would be cut off, not slow.
    clean_text(piece * 60_000)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ('<img alt="a > b" src=x>after', "after"),
        ("<a href='it > is'>link</a>", "link"),
        ("before <!-- never closed", "before <!-- never closed"),
        ("before <!-- never closed <b>", "before"),
        ("<script>never closed", ""),
        ("<svg>never closed", "never closed"),
        ("<SCRIPT>x</SCRIPT >y", "y"),
        ("a <b", "a <b"),
        ("<!DOCTYPE html><p>x", "x"),
        ("</ p>x", "x"),
        ("<p <b>x", "x"),
    ],
)
def test_broken_markup_survives(raw, clean):
    assert clean_text(raw) == clean
