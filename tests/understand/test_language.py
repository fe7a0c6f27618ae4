import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.understanding import Language
from bowerbird.understand.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("red dress", Language.ENGLISH),
        ("beibao", Language.ENGLISH),
        ("红色连衣裙", Language.CHINESE),
        ("紅色連衣裙", Language.CHINESE),
        ("65W充电器", Language.CHINESE),
        ("T恤", Language.CHINESE),
        ("红色 dress", Language.MIXED),
        ("iPhone 手机壳", Language.MIXED),
        ("платье", Language.OTHER),
        ("ドレス", Language.OTHER),
        ("שמלה", Language.OTHER),
        ("", Language.ENGLISH),
        ("   ", Language.ENGLISH),
        ("12345", Language.ENGLISH),
        ("😀", Language.ENGLISH),
    ],
)
def test_a_language_is_told_by_its_characters(text, language):
    assert detect_language(text) is language


@given(st.text())
def test_any_text_has_a_language(text):
    assert detect_language(text) in Language
