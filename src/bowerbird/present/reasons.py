"""Why a product was found: what spoke for it, the strongest first, from the signals its score was made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import Span
from bowerbird.domain.product import AttributeValue, Measure, Product
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.rules import RuleMove
from bowerbird.encode.terms import group_words
from bowerbird.index.product_rows import Value, Values
from bowerbird.present.conditions import row_of, values_met
from bowerbird.present.highlight import Find
from bowerbird.present.languages import translation_of
from bowerbird.present.ranked_reasons import in_stock, ranked_reasons
from bowerbird.rank.standing import Standing

_LEAST = 0.25
"""A photo or an example that a product is less like than this is no reason."""
_LEAST_MEANING = 0.5
"""The same for meaning, where words speak for the product already."""
_LOOKED_AT = 1_200
_NUMBERED = re.compile(r"(photo|joint\.text|like\.text|like\.photo)(?: (\d+))?")
_TERMS = "terms"
_MEANING = ("text", "joint.photo")


Surfaces: TypeAlias = Mapping[str, frozenset[str]]
"""The terms of words, by the words as they are written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a query hits are dressed for; ``words`` are as typed, with those put right after them.

    ``photos`` are the number and weight of each photo that was looked for: one that weighs nothing was not.
    """

    words: str = ""
    filters: Filter | None = None
    sort: Sort = Sort.RELEVANCE
    lang: str = ""
    words_weight: float = 1.0
    photos: tuple[tuple[int, float], ...] = ()
    preferred: tuple[Filter, ...] = ()

    @classmethod
    def of(cls, query: Query, words: str, did_you_mean: str | None, preferred: tuple[Filter, ...] = ()) -> Asked:
        """What a query asked: its ``words`` in every wording that was run, and with those put right."""
        numbered = enumerate(query.wish.photos, 1)
        return cls(
            f"{words} {did_you_mean or ''}",
            query.filters,
            query.sort,
            query.lang,
            query.wish.text_weight,
            tuple((number, photo.weight) for number, photo in numbered if photo.weight > 0),
            preferred,
        )


def reasons_for(
    product: Product,
    variant: int | None,
    signals: Mapping[str, float],
    asked: Asked,
    surfaces: Surfaces,
    find: Find,
    standing: Standing | None = None,
    moves: Sequence[RuleMove] = (),
) -> tuple[Reason, ...]:
    """What spoke for a product: words, meaning, photos and examples by strength, then the conditions it meets.

    ``surfaces`` are those of the asked words. What ranking tells by ``standing`` comes last, a place that the shop
    chose by ``moves`` first. Stars are a reason only where hits are sorted by them.
    """
    looked_for = asked.words_weight > 0
    by_words = list(_words(product, variant, signals.get(_TERMS, 0.0), asked, surfaces, find)) if looked_for else []
    weighed = [(asked.words_weight * (reason.strength or 0.0), reason) for reason in by_words]
    weighed += [(asked.words_weight * strength, reason) for strength, reason in _meaning(signals, bool(by_words))]
    weighed += _photos_and_examples(signals, asked.photos)
    # The sort is stable: of the fields that hold words, the one that says most comes first.
    ordered = [reason for _, reason in sorted(weighed, key=lambda pair: -pair[0])]
    row = row_of(product, variant) if asked.filters is not None or asked.preferred else {}
    met = [] if asked.filters is None else list(dict.fromkeys(values_met(asked.filters, row)))
    ordered += [Reason(ReasonKind.FILTER, field=name, value=value) for name, value in met]
    ordered += _preferences(asked, row, dict(met))
    if asked.sort is Sort.RATING and product.rating is not None:
        ordered.insert(0, Reason(ReasonKind.RATING, value=product.rating, count=len(product.reviews)))
    ranked = ranked_reasons(product, variant, standing, moves)
    chosen = [reason for reason in ranked if reason.kind is ReasonKind.CHOSEN]
    others = [reason for reason in ranked if reason.kind is not ReasonKind.CHOSEN]
    return (*chosen, *in_stock(ordered, product, variant), *others)


def _preferences(asked: Asked, row: Mapping[str, Values], told: Mapping[str, Value]) -> list[Reason]:
    """One reason for each preference that is met, in the fields that no condition has told of."""
    found: dict[str, Value] = {}
    for one in asked.preferred:
        for name, value in values_met(one, row):
            if name not in told:
                found.setdefault(name, value)
                break
    return [Reason(ReasonKind.PREFERENCE, field=name, value=value) for name, value in found.items()]


def _words(
    product: Product,
    variant: int | None,
    strength: float,
    asked: Asked,
    surfaces: Surfaces,
    find: Find,
) -> Iterator[Reason]:
    """For each field the words of the query that stand in it and in none of those before."""
    left = dict(surfaces)
    for name, texts in _fields(product, variant, asked.lang):
        if not left:
            return
        terms = frozenset(term for found in left.values() for term in found)
        held = {span.text for text in texts for span in find(text, terms)}
        words = tuple(surface for surface, found in left.items() if found & held)
        if words:
            yield Reason(ReasonKind.WORDS, strength=strength, field=name, words=words)
            left = {surface: found for surface, found in left.items() if surface not in words}


def surfaces_of(words: str, cut: Callable[[str], Sequence[Span]]) -> Surfaces:
    """The terms of each distinct word of a query."""
    surfaces: dict[str, frozenset[str]] = {}
    for tokens in group_words(cut(words)):
        surface = words[tokens[0].start : max(token.end for token in tokens)]
        terms = frozenset(token.text for token in tokens)
        if terms not in surfaces.values():
            surfaces[surface] = terms
    return surfaces


def _fields(product: Product, variant: int | None, lang: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A product's texts by field, what says most about it first."""
    shown = translation_of(product, lang)
    translations = ([shown] if shown is not None else []) + list(product.translations.values())
    yield "title", (product.title, *(text.title for text in translations))
    yield "brand", (product.brand,)
    yield "category", product.categories
    own = {} if variant is None else product.variants[variant].attributes
    for name, value in {**product.attributes, **own}.items():
        texts = tuple(_texts(value))
        if texts:
            yield name, texts
    descriptions = (product.description, *(text.description for text in translations))
    yield "description", tuple(text[:_LOOKED_AT] for text in descriptions)
    yield "id", (product.id, *(other.id for other in product.variants[:1_000]))


def _meaning(signals: Mapping[str, float], by_words: bool) -> Iterator[tuple[float, Reason]]:
    strength = max((signals[name] for name in _MEANING if name in signals), default=0.0)
    if strength >= (_LEAST_MEANING if by_words else _LEAST):
        yield strength, Reason(ReasonKind.MEANING, strength=min(strength, 1.0))


def _photos_and_examples(
    signals: Mapping[str, float], photos: Sequence[tuple[int, float]]
) -> Iterator[tuple[float, Reason]]:
    """A photo by the first signal that there is, as it is scored; an example by the mean of how it reads and looks."""
    found: dict[tuple[ReasonKind, int], list[float]] = {}
    for name, value in signals.items():
        match = _NUMBERED.fullmatch(name)
        if match is not None:
            kind = ReasonKind.LIKE if match[1].startswith("like.") else ReasonKind.PHOTO
            found.setdefault((kind, int(match[2] or 1)), []).append(value)
    for (kind, place), values in found.items():
        strength, number, weight = values[0], place, 1.0
        if kind is ReasonKind.LIKE:
            strength = sum(values) / len(values)
        elif place <= len(photos):
            number, weight = photos[place - 1]
        if strength >= _LEAST:
            yield weight * strength, Reason(kind, strength=min(strength, 1.0), number=number)


def _texts(value: AttributeValue) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return value
    return (f"{value.value:g} {value.unit}",) if isinstance(value, Measure) else ()
