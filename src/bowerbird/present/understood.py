"""How a query was read: its words, what was put right, each condition, each photo and each example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from bowerbird.domain.explanation import PartKind, QueryPart
from bowerbird.domain.filter_text import filter_text, top_conditions
from bowerbird.domain.filters import fields_of
from bowerbird.domain.query import Query, Wish
from bowerbird.domain.understanding import Condition, Preference, RewriteReason, Understanding


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of the words, and what of it the search went by."""

    reading: Understanding
    conditions: tuple[Condition, ...]
    preferences: tuple[Preference, ...]
    given_up: tuple[Condition, ...] = ()


def parts_of(
    query: Query, did_you_mean: str | None, titles: Mapping[str, str], understood: Understood | None = None
) -> tuple[QueryPart, ...]:
    """The parts in the order they are best shown: what is wanted, then what is not; ``titles`` are the examples'."""
    return (*_wanted(query, did_you_mean, titles, understood), *_unwanted(query.without, titles))


def _wanted(
    query: Query, did_you_mean: str | None, titles: Mapping[str, str], understood: Understood | None
) -> Iterator[QueryPart]:
    wish = query.wish
    text = " ".join(wish.text.split())
    if text:
        yield QueryPart(PartKind.WORDS, text=text, weight=wish.text_weight)
    if did_you_mean:
        yield QueryPart(PartKind.CORRECTION, text=did_you_mean, replaced=_replaced(text, did_you_mean))
    if understood is not None:
        yield from _read_from_words(understood)
    for condition in top_conditions(query.filters):
        fields = set(fields_of(condition))
        yield QueryPart(PartKind.FILTER, text=filter_text(condition), field=fields.pop() if len(fields) == 1 else None)
    yield from _photos(wish, PartKind.PHOTO)
    yield from _examples(wish.products, PartKind.LIKE, titles)


def _read_from_words(understood: Understood) -> Iterator[QueryPart]:
    reading = understood.reading
    if reading.translated and any(one.reason is RewriteReason.TRANSLATED for one in reading.rewritten):
        yield QueryPart(PartKind.TRANSLATION, text=reading.translated)
    for kind, conditions in ((PartKind.CONDITION, understood.conditions), (PartKind.GIVEN_UP, understood.given_up)):
        for one in conditions:
            text = filter_text(one.filter)
            yield QueryPart(kind, text, replaced=one.text, field=one.type.value, start=one.start, end=one.end)
    shown: set[tuple[int, int]] = {(one.start, one.end) for one in understood.given_up}
    for raised in understood.preferences:
        if (raised.start, raised.end) not in shown:
            shown.add((raised.start, raised.end))
            text = raised.text if raised.filter is None else filter_text(raised.filter)
            yield QueryPart(
                PartKind.PREFERENCE,
                text,
                weight=raised.weight,
                replaced=raised.text,
                field=raised.type.value,
                start=raised.start,
                end=raised.end,
            )


def _unwanted(wish: Wish, titles: Mapping[str, str]) -> Iterator[QueryPart]:
    text = " ".join(wish.text.split())
    if text:
        yield QueryPart(PartKind.NOT_WORDS, text=text, weight=wish.text_weight)
    yield from _photos(wish, PartKind.NOT_PHOTO)
    yield from _examples(wish.products, PartKind.UNLIKE, titles)


def _photos(wish: Wish, kind: PartKind) -> Iterator[QueryPart]:
    for number, photo in enumerate(wish.photos, 1):
        yield QueryPart(kind, number=number, weight=photo.weight, box=photo.box)


def _examples(ids: Iterable[str], kind: PartKind, titles: Mapping[str, str]) -> Iterator[QueryPart]:
    for number, product in enumerate(ids, 1):
        yield QueryPart(kind, number=number, product=product, title=titles.get(product, ""))


def _replaced(asked: str, put_right: str) -> str:
    """The asked words that do not stand in what they were put right to."""
    words = asked.split()
    steps = SequenceMatcher(None, [word.casefold() for word in words], put_right.casefold().split(), autojunk=False)
    return " ".join(
        word for tag, first, last, _, _ in steps.get_opcodes() if tag != "equal" for word in words[first:last]
    )
