"""One spelling for every character: width, case, accents, quotes, dashes, and traditional Chinese to simplified.

Folding goes character by character, so that each folded character knows its place in the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"

_SPECIAL = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4\uff07", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
    # 1920 × 1080 is typed with an x.
    "\u00d7": "x",
    "\u00df": "ss",
    "\u0131": "i",
    "\u00f8": "o",
    "\u0142": "l",
    "\u00e6": "ae",
    "\u0153": "oe",
}
_ACCENTS = range(0x0300, 0x0370)


def fold(text: str) -> tuple[str, list[int] | None]:
    """Fold a text; the list gives each folded character's offset in ``text``, None where they are the same.

    Letters, digits and marks come out small and plain; ASCII punctuation stays; everything else is a blank.
    """
    if text.isascii():
        return text.lower(), None
    folded = text.translate(_TABLE)
    if _TABLE.irregular.isdisjoint(text):
        return folded, None
    offsets: list[int] = []
    for position, character in enumerate(text):
        offsets.extend([position] * len(_TABLE[ord(character)]))
    return folded, offsets


class _Table(dict[int, str]):
    """A ``str.translate`` table that fills itself as characters come by."""

    def __init__(self) -> None:
        super().__init__()
        self.irregular: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_character(character)
        if len(folded) != 1:
            self.irregular.add(character)
        self[code] = folded
        return folded


_TABLE = _Table()


def _fold_character(character: str) -> str:
    # Twice, as what comes apart may be folded further: an accented ash is an ash, and that is ae.
    return "".join(map(_fold_once, _fold_once(character)))


def _fold_once(character: str) -> str:
    small = character.casefold()
    for spelling in (character, small):
        if spelling in _SPECIAL:
            return _SPECIAL[spelling]
    if small.isascii():
        return small
    category = unicodedata.category(character)
    if category == "Cf" or ord(character) in _ACCENTS:
        return ""
    if category[0] in "LNM":
        return _fold_letter(character)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() else " "


def _fold_letter(character: str) -> str:
    if len(character) == 1 and "\u3400" <= character:
        character = simplified().get(character, character)
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    kept = "".join(part for part in apart if ord(part) not in _ACCENTS)
    # Vulgar fractions and the like come apart around signs that separate words.
    return "".join(
        part if part.isalnum() or unicodedata.category(part)[0] == "M" else " "
        for part in unicodedata.normalize("NFC", kept)
    )


@cache
def simplified() -> dict[str, str]:
    """Traditional characters with their simplified forms, from OpenCC's table, one for one."""
    import opencc

    han = [chr(code) for block in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for code in range(*block)]
    folded = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {old: new for old, new in zip(han, folded, strict=True) if old != new and len(new) == 1}
