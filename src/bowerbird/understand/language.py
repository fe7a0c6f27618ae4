"""Which language and script a query is in, told by its characters: English and Chinese share none."""

from __future__ import annotations

import re
import unicodedata

from bowerbird.domain.understanding import Language
from bowerbird.encode.folding import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]{2,}")
_MODEL = re.compile(r"[A-Za-z]*\d[A-Za-z\d-]*")


def detect_language(text: str) -> Language:
    """English, Chinese, both, or another; a text without letters is taken for English.

    Pinyin looks like English here: it is told when its sounds are looked up.
    """
    han = bool(_HAN.search(text))
    # Units and model numbers are written in Latin letters everywhere.
    latin = bool(_LATIN.search(_MODEL.sub(" ", text)))
    if han:
        return Language.MIXED if latin else Language.CHINESE
    if latin:
        return Language.ENGLISH
    letters = [character for character in text[:200] if unicodedata.category(character)[0] == "L"]
    return Language.OTHER if any(not character.isascii() for character in letters) else Language.ENGLISH
