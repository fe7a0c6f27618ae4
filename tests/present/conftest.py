"""Words cut at blanks, as the encoders' terms would be, and found again."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest


class Word(NamedTuple):
    text: str
    start: int
    end: int


def cut(text):
    return [Word(m[0].lower().rstrip("s"), m.start(), m.end()) for m in re.finditer(r"[一-鿿]{2}|[^\W一-鿿]+", text)]


@pytest.fixture
def cut_words():
    return cut


@pytest.fixture
def find_words():
    return lambda text, wanted: [word for word in cut(text) if word.text in wanted]
