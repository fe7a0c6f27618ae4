"""A query in the other language, concept by concept: 紫色女士瑜伽裤 is purple women yoga pants.

What the lexicon does not name is put into English by the glossary, word by word; what that lacks too stays where its
letters can be read in the other language, and is left out where not. Modifiers stand before what they modify in both
languages, so the order stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bowerbird.domain.understanding import Bounds, Entity, EntityType, Level
from bowerbird.encode.folding import HAN
from bowerbird.understand.glossary import load_glossary
from bowerbird.understand.lexicon import Lexicon
from bowerbird.understand.plain import plain

_HAN_RUN = re.compile(f"[{HAN}]+")
_PUNCTUATION = re.compile(r"[^\w\s'&+.%-]")


def translate(
    text: str,
    entities: Sequence[Entity],
    to_chinese: bool,
    lexicon: Lexicon,
    known: Callable[[str], bool],
) -> str:
    """A text in English, or in Chinese, with its entities named in that language.

    ``entities`` are by the text's offsets; of a concept's names the first that ``known`` knows is taken.
    """
    pieces: list[str] = []
    at = 0
    for entity in entities:
        pieces.append(_left(text[at : entity.start], to_chinese))
        pieces.append(_name(entity, to_chinese, lexicon, known))
        at = entity.end
    pieces.append(_left(text[at:], to_chinese))
    return " ".join(" ".join(pieces).split())


def _left(text: str, to_chinese: bool) -> str:
    """What of a stretch that names nothing can be said, or at least read, in the other language."""
    if to_chinese:
        return "".join(_HAN_RUN.findall(text)) if _HAN_RUN.search(text) else _PUNCTUATION.sub(" ", text)
    return _PUNCTUATION.sub(" ", _HAN_RUN.sub(_in_english, text))


def _in_english(run: re.Match[str]) -> str:
    return f" {load_glossary().english(plain(run.group()))} "


def _name(entity: Entity, to_chinese: bool, lexicon: Lexicon, known: Callable[[str], bool]) -> str:
    value = entity.value
    if isinstance(value, Bounds):
        return _amount(value) if entity.type is EntityType.QUANTITY else ""
    if isinstance(value, Level) or entity.type in (EntityType.RATING, EntityType.STOCK, EntityType.NEWNESS):
        return ""
    concept = lexicon.concepts.get(entity.concept)
    if concept is None:
        return f"size {value}" if entity.type is EntityType.SIZE and not to_chinese else str(value)
    names = concept.zh if to_chinese else concept.en
    return next((name for name in names if known(name)), names[0])


def _amount(bounds: Bounds) -> str:
    number = bounds.low if bounds.low is not None else bounds.high
    return "" if number is None else f"{number:g}{bounds.unit or ''}"
