"""Which stretches of a query name something: the best set of names that do not overlap, each read in one way.

Every name found is a candidate; the set that covers most characters with fewest names is kept. That is a weighted
interval schedule, solved by dynamic programming over the ends (Kleinberg and Tardos, Algorithm Design, 6.1).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bowerbird.domain.understanding import Entity, EntityType, Level
from bowerbird.encode.folding import HAN
from bowerbird.understand.glossary import load_glossary
from bowerbird.understand.lexicon import TYPES, Lexicon
from bowerbird.understand.phrases import Found, says_little
from bowerbird.understand.phrasings import AFTER_NEGATION, AND_SO_ON, BETWEEN, JOINING, NEGATION

PIECE_COST = 0.5
"""What another name costs, in characters covered: one long name beats two short ones."""
NUMBER_BONUS = 0.4
"""What a price, quantity or rating gains over a name of the same length."""
TORN_COST = 0.9
"""What an end costs that lies inside a Chinese word."""

_HAN = re.compile(f"[{HAN}]")
_BEFORE = frozenset("太很更最超要不的")
"""A word begins after these, however the characters are cut."""

_LONGEST_WORD = 5
_GAPS = ("", " ", "-")
_PARTED = frozenset({"material", "color", "pattern", "season", "feature", "style"})
"""What is told apart from a kind that has it in its name; running shoes and school bags are kinds of their own."""

_TYPES = {
    "kind": EntityType.CATEGORY,
    "brand": EntityType.BRAND,
    "price": EntityType.PRICE,
    **{name: EntityType(name) for name in TYPES if name not in ("kind", "price", "unit")},
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    score: float
    names: tuple[Found, ...] = ()
    entity: Entity | None = None


def choose_entities(
    text: str,
    names: Sequence[Found],
    others: Iterable[Entity],
    lexicon: Lexicon,
    in_shop: Callable[[str], bool],
    cuts: frozenset[int],
) -> list[Entity]:
    """The entities of a plain text, in order.

    ``names`` are what the phrase table found, ``others`` what numbers and cues gave; ``in_shop`` tells whether the
    shop has a concept; ``cuts`` are the offsets at which Chinese words begin or end.
    """
    candidates = [
        _Candidate(entity.start, entity.end, _length(text, entity.start, entity.end) + NUMBER_BONUS, entity=entity)
        for entity in others
    ]
    by_span: dict[tuple[int, int], list[Found]] = {}
    for name in names:
        by_span.setdefault((name.start, name.end), []).append(name)
    for (start, end), found in by_span.items():
        score = _score(text, start, end, cuts)
        if score > 0 and not says_little(text[start:end]):
            candidates.append(_Candidate(start, end, score, tuple(found)))
    kept = [part for one in _best_set(candidates) for part in _parted(text, one, by_span, lexicon)]
    has_kind = any(one.names and all(name.key.startswith("kind:") for name in one.names) for one in kept)
    return [one.entity if one.entity is not None else _read(text, one, lexicon, in_shop, has_kind) for one in kept]


def _parted(
    text: str, one: _Candidate, by_span: dict[tuple[int, int], list[Found]], lexicon: Lexicon
) -> Iterable[_Candidate]:
    """A kind whose name is an attribute and a broader kind, as both: a denim jacket is a jacket, and of denim."""
    kinds = [name.key for name in one.names if name.key.startswith("kind:")]
    if not kinds:
        return (one,)
    above = {broader for key in kinds for broader in lexicon.broader(key)}
    for (start, end), names in by_span.items():
        if end != one.end or start <= one.start or not any(name.key in above for name in names):
            continue
        if end - start == 1:
            # 手提包 is one word for a handbag, not a bag with a handle.
            continue
        for (first, last), others in by_span.items():
            attributes = tuple(name for name in others if name.key.partition(":")[0] in _PARTED)
            if first == one.start and last <= start and text[last:start] in _GAPS and attributes:
                kept = tuple(name for name in names if name.key.startswith("kind:"))
                return _Candidate(first, last, 0.0, attributes), _Candidate(start, end, 0.0, kept)
    return (one,)


def _length(text: str, start: int, end: int) -> float:
    return end - start - text.count(" ", start, end)


def _score(text: str, start: int, end: int, cuts: frozenset[int]) -> float:
    score = _length(text, start, end)
    if _HAN.match(text[start]) or _HAN.match(text[end - 1]):
        torn = (start not in cuts and text[start - 1 : start] not in _BEFORE) + (end not in cuts)
        if end - start == 1 and torn:
            return 0.0
        score -= TORN_COST * torn
    return score


def _best_set(candidates: list[_Candidate]) -> list[_Candidate]:
    ordered = sorted(candidates, key=lambda one: (one.end, -one.start))
    ends = [one.end for one in ordered]
    best = [0.0] * (len(ordered) + 1)
    taken = [False] * len(ordered)
    before = [0] * len(ordered)
    for place, one in enumerate(ordered):
        before[place] = bisect_right(ends, one.start, 0, place)
        with_it = best[before[place]] + one.score - PIECE_COST
        taken[place] = with_it > best[place]
        best[place + 1] = max(with_it, best[place])
    kept: list[_Candidate] = []
    place = len(ordered)
    while place:
        if taken[place - 1]:
            kept.append(ordered[place - 1])
            place = before[place - 1]
        else:
            place -= 1
    return kept[::-1]


def _read(text: str, one: _Candidate, lexicon: Lexicon, in_shop: Callable[[str], bool], has_kind: bool) -> Entity:
    """The one reading of a stretch that stands for several things.

    As written before in another number; what the shop has before what it does not; beside a kind of product an
    attribute, and alone the kind.
    """

    def rank(name: Found) -> tuple[bool, bool, bool, int]:
        type_ = name.key.partition(":")[0]
        place = -1 if type_ == "brand" else TYPES.index(type_)
        return not name.exact, not in_shop(name.key), has_kind and type_ == "kind", place

    name = min(one.names, key=rank)
    type_, _, rest = name.key.partition(":")
    concept = lexicon.concepts.get(name.key)
    value: str | Level = rest if concept is None else concept.name
    if type_ == "price" and concept is not None:
        value = Level(concept.value or "low")
    key = name.key if concept is not None else ""
    return Entity(_TYPES[type_], value, text[one.start : one.end], one.start, one.end, concept=key)


@dataclass(frozen=True, slots=True)
class Negations:
    """The entities with those that are excluded marked; the stretches that only exclude, and unknown words that are."""

    entities: list[Entity]
    cues: list[tuple[int, int]]
    unknown: list[tuple[int, int]]


def mark_negated(text: str, entities: Sequence[Entity], asked: Sequence[tuple[int, int]]) -> Negations:
    """Find what is excluded: "not leather", "no red or black", 不要黑色, 黑色不要.

    ``asked`` are stretches that only ask, in which 有没有 excludes nothing. A price in words that is excluded stays
    as it is.
    """
    negated: set[int] = set()
    cues: list[tuple[int, int]] = []
    unknown: list[tuple[int, int]] = []
    for match in NEGATION.finditer(text):
        start, end = match.span()
        if any(start < last and first < end for first, last in asked):
            continue
        if any(one.start <= start < one.end for one in entities) or _in_word(text, start, end):
            continue
        target = next((place for place, one in enumerate(entities) if one.start > start), None)
        if target is not None and BETWEEN.fullmatch(text, min(end, entities[target].start), entities[target].start):
            cues.append((start, entities[target].start))
            together = _together(text, entities, target)
            negated.update(together)
            cues.extend((entities[place - 1].end, entities[place].start) for place in together[1:])
        elif (word := _next_word(text, end, entities[target].start if target is not None else len(text))) is not None:
            cues.append((start, word[0]))
            unknown.append(word)
    for place, one in enumerate(entities):
        after = AFTER_NEGATION.match(text, one.end)
        following = entities[place + 1] if place + 1 < len(entities) else None
        # 椅子 不要太贵 rules out nothing but the price: what follows is what is not wanted.
        alone = after and (following is None or after.end() <= following.start)
        led_to = following and after and BETWEEN.fullmatch(text, after.end(), following.start)
        if after and alone and (after.group().endswith("free") or not led_to):
            negated.add(place)
            cues.append(after.span())
    marked = [
        replace(one, negated=True) if place in negated and not isinstance(one.value, Level) else one
        for place, one in enumerate(entities)
    ]
    return Negations(marked, cues, unknown)


def _in_word(text: str, start: int, end: int) -> bool:
    """Whether what seems to exclude is part of a longer word: 不伤手 is kind to hands, 别人 is somebody else."""
    glossary = load_glossary()
    last = min(len(text), end + _LONGEST_WORD)
    return any(text[start:stop] in glossary for stop in range(end + 1, last + 1))


def _together(text: str, entities: Sequence[Entity], first: int) -> list[int]:
    """The entity that is excluded, and those of its type that follow it joined by or, and, a comma."""
    found = [first]
    for place in range(first + 1, len(entities)):
        between = text[entities[place - 1].end : entities[place].start]
        joined = AND_SO_ON.fullmatch(between) and any(sign in between for sign in JOINING)
        if not joined or entities[place].type is not entities[first].type:
            break
        found.append(place)
    return found


def _next_word(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """The word after a place, where one stands right there before the limit."""
    rest = BETWEEN.match(text, start)
    at = rest.end() if rest else start
    end = at
    while end < limit and text[end].isalnum() and (text[end].isascii() or end - at < 2):
        end += 1
    return (at, end) if end - at > 1 else None
