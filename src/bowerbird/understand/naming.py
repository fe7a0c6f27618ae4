"""What a query names: names of the lexicon and the shop, prices, quantities and cues, read together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bowerbird.domain.understanding import Entity
from bowerbird.encode.chinese import cut_chinese
from bowerbird.encode.folding import HAN
from bowerbird.understand.cues import find_cues
from bowerbird.understand.emojis import find_emojis
from bowerbird.understand.entities import Negations, choose_entities, mark_negated
from bowerbird.understand.knowledge import Knowledge
from bowerbird.understand.phrases import Found
from bowerbird.understand.phrasings import ASKING
from bowerbird.understand.plain import Unit, plain, units_of
from bowerbird.understand.working import Working

_RUN = re.compile(f"[{HAN}]+")
_FOR_WHOM = re.compile("[男女童][裤鞋裙包帽袜靴表衣]")


@dataclass(frozen=True, slots=True)
class Named:
    """What was found in a working text: entities by its offsets, what only asks, and whether some of it was pinyin."""

    text: str
    negations: Negations
    asked: tuple[tuple[int, int], ...]
    pinyin: bool

    @property
    def entities(self) -> list[Entity]:
        """The entities in order."""
        return self.negations.entities

    def with_entities(self, entities: list[Entity]) -> Named:
        """The same with some of the entities."""
        return replace(self, negations=replace(self.negations, entities=entities))


def name_parts(working: Working, knowledge: Knowledge) -> Named:
    """Find what a working text names, and what of it is ruled out."""
    text = plain(working.text)
    units = units_of(text)
    sounded = list(_sounded(units, knowledge))
    names = [*knowledge.names.find(units), *find_emojis(working.text, knowledge.names), *sounded]
    others = [*knowledge.prices.find(text), *knowledge.quantities.find(text), *find_cues(text, working.text)]
    entities = choose_entities(text, names, others, knowledge.lexicon, knowledge.shop.has, word_ends(text))
    asked = tuple(match.span() for match in ASKING.finditer(text))
    # What asks may hold a name ("show me"), but a name is never only asked with.
    asked = tuple(span for span in asked if not any(one.start < span[1] and span[0] < one.end for one in entities))
    negations = mark_negated(text, entities, asked)
    kept = {(one.start, one.end) for one in negations.entities}
    return Named(text, negations, asked, any((one.start, one.end) in kept for one in sounded))


def _sounded(units: list[Unit], knowledge: Knowledge) -> Iterator[Found]:
    """Names typed in pinyin."""
    words = [(unit.surface, unit.start, unit.end) for unit in units if unit.surface.isascii()]
    if not any(word not in knowledge.english and not knowledge.spelling.knows(word) for word, _, _ in words):
        return
    for one in knowledge.sounds.read(words, lambda word: word in knowledge.english or knowledge.spelling.knows(word)):
        for key in knowledge.names.keys_of(one.name):
            yield Found(key, one.start, one.end)


def word_ends(text: str) -> frozenset[int]:
    """The offsets at which Chinese words begin or end, as the index's own module cuts them."""
    ends: set[int] = set()
    for run in _RUN.finditer(text):
        ends.add(run.end())
        begin = run.end()
        # The shorter words inside a longer one come before it, so that from behind each long one is met first.
        for _, start, end in reversed(cut_chinese(run.group(), run.start())):
            if end == begin:
                ends.add(start)
                begin = start
    # 女裤 is one word for trousers for women: who it is for ends before what it is.
    ends.update(match.start() + 1 for match in _FOR_WHOM.finditer(text))
    return frozenset(ends)


def in_typed(entity: Entity, working: Working, q: str) -> Entity:
    """An entity by the offsets and characters of what was typed."""
    start, end = working.typed(entity.start, entity.end)
    return replace(entity, start=start, end=end, text=q[start:end])
