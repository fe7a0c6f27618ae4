"""A query in plain characters, one for one, so that every offset in it is an offset in what was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bowerbird.encode.folding import HAN, simplified
from bowerbird.encode.terms import stem_plural

_SPECIAL = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u0060\u00b4\uff07", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u301c\uff5e\u223c", "~"),
    "\u00d7": "x",
    "\u3002": ".",
    "\u3001": ",",
    "\ufe65": ">",
    "\u2265": ">",
    "\u2264": "<",
}
_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)?|[+&%]")
_POSSESSIVE = re.compile(r"'s?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A Chinese character, or a word of other letters: ``key`` is what phrases are matched by."""

    key: str
    surface: str
    start: int
    end: int


def plain(text: str) -> str:
    """Small letters without accents, half width, simplified, controls as blanks; as many characters as before."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return text.translate(_TABLE)


def units_of(text: str) -> list[Unit]:
    """The units of a plain text; English plurals and possessives share a key with their singular."""
    return [Unit(_key(match.group()), match.group(), match.start(), match.end()) for match in _UNIT.finditer(text)]


def _key(word: str) -> str:
    if not word.isascii():
        return word
    return stem_plural(_POSSESSIVE.sub("", word))


class _Table(dict[int, str]):
    """A ``str.translate`` table that fills itself as characters come by."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _plain_character(chr(code))
        return found


_TABLE = _Table()


def _plain_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if "\u3400" <= character:
        character = simplified().get(character, character)
    category = unicodedata.category(character)
    if category[0] == "C" or category[0] == "Z":
        return " "
    wide = unicodedata.normalize("NFKC", character)
    if len(wide) == 1:
        character = wide
    small = character.lower()
    if len(small) != 1:
        small = character
    apart = unicodedata.normalize("NFKD", small)
    base, marks = apart[0], apart[1:]
    # ㎏ and ™ come apart into letters, é into a letter and its accent: only that leaves one character.
    plain_letter = base.isalpha() and base.isascii() and all(unicodedata.combining(mark) for mark in marks)
    return base.lower() if plain_letter else small
