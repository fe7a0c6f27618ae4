"""What kind of thing a product is, read from its title: the last kind that the title names before it says more of it.

"Mouse Wrist Pillow" is a pillow and "Notebook PC 15 inch, 8 GB" a laptop: in English and Chinese alike the thing itself
stands last, before "for", "with", a comma or a bracket. What is found is a guess that raises and never excludes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bowerbird.domain.understanding import Entity, EntityType
from bowerbird.understand.knowledge import lexicon_table
from bowerbird.understand.lexicon import Lexicon, load_lexicon
from bowerbird.understand.phrases import Found
from bowerbird.understand.plain import plain, units_of

LOOKED_AT = 200
_KIND = "kind:"
_ENDS = re.compile(
    r"\b(?:for|with|without|in|incl|including|to fit|fits|by|from)\b|[,;:()\[\]/|·–—]|\s-\s|适用|适合|配|带"
)

_COUNTS = frozenset("pc piece sheet pack set roll box pair count page license 件 个 片 张 盒 包 支 双 套 瓶".split())
_NUMBER = re.compile(r"\d[\s-]?$")


@dataclass(frozen=True, slots=True)
class TitleKind:
    """The kinds that a title's last name stands for, and the last word of that name."""

    keys: tuple[str, ...]
    head: str


def title_kind(title: str) -> TitleKind | None:
    """The kind of thing that a title names; None where it names none that the lexicon has."""
    text = plain(title[:LOOKED_AT])
    every = lexicon_table().find(units_of(text))
    named = _longest([found for found in every if found.key.startswith(_KIND) and not _is_counted(text, found)])
    if not named:
        return None
    ends = next((match.start() for match in _ENDS.finditer(text) if match.start() >= named[0].end), len(text))
    last = [found for found in named if found.end <= ends][-1]
    keys = tuple(found.key for found in named if (found.start, found.end) == (last.start, last.end))
    return TitleKind(keys, head_of(text[last.start : last.end]))


def kind_words(title: str) -> str:
    """What the index counts of a title's kind, joined by blanks: its keys, all broader ones, and its last word."""
    kind = title_kind(title)
    if kind is None:
        return ""
    lexicon = load_lexicon()
    keys = dict.fromkeys(kind.keys)
    for key in kind.keys:
        keys |= dict.fromkeys(lexicon.broader(key))
    return " ".join([*keys, head_word(kind.head)])


def head_word(head: str) -> str:
    """The word under which the last word of a kind's name is counted."""
    return f"head:{head}"


def head_of(name: str) -> str:
    """The last word of a kind's name, without its plural; of Chinese the last character."""
    units = units_of(plain(name))
    return units[-1].key if units else ""


def kinds_asked(entities: Iterable[Entity], lexicon: Lexicon) -> tuple[str, ...]:
    """What the index counts of the kinds that a query names and does not rule out: keys, and last words of names."""
    found: dict[str, None] = {}
    for entity in entities:
        concept = lexicon.concepts.get(entity.concept)
        if entity.type is EntityType.CATEGORY and not entity.negated and concept is not None:
            heads = (head_of(name) for name in (entity.text, concept.name) if name.isascii() or not concept.zh)
            found |= dict.fromkeys([entity.concept, *(head_word(head) for head in heads if head)])
    return tuple(found)


def _is_counted(text: str, found: Found) -> bool:
    """Whether a name only says how many: "1 pc(s)" is no computer and "750 sheets" are no bed linen."""
    return head_of(text[found.start : found.end]) in _COUNTS and _NUMBER.search(text[: found.start]) is not None


def _longest(found: list[Found]) -> list[Found]:
    """The names that lie in no longer one, in order; several of the same stretch are all kept."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(
            one.end <= other.start or other.end <= one.start or (one.start, one.end) == (other.start, other.end)
            for other in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
