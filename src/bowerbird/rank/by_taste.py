"""Signals of a shopper's tastes: how far each product is what they like. Pure functions of arrays and of one affinity.

Tastes choose among what answers a query equally well: everything is held against the mean of the candidates that meet
as much of the query as the product does. What the query itself asks for silences the taste for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.filters import fields_of
from bowerbird.domain.ports import IndexView
from bowerbird.domain.taste_edits import TASTE_FIELDS
from bowerbird.profile.affinity import HIDDEN, LIKED, Affinity
from bowerbird.profile.facts import levels_of, taste_field_of, value_key
from bowerbird.rank.question import Question

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

Numbers: TypeAlias = NDArray[np.float64]
Groups: TypeAlias = NDArray[np.intp]

SIGNALS = ("taste_text", "taste_look", "taste_fit", "taste_price", "taste", "hidden")
"""Of one shopper: a ranker for all of them learns nothing from these."""


@dataclass(frozen=True, slots=True)
class TasteSettings:
    """How far each part of a taste counts in the whole of it, which is cut to -1..1.

    Chosen on invented shoppers of two seeds; ``benchmarks/personal.py`` reports on others.
    """

    text: float = 3.0
    """For a cosine of 1 over the others'."""
    look: float = 2.0
    fit: float = 3.0
    """For having looked at nothing but one of its values, over not having looked at any."""
    price: float = 1.0
    said: float = 0.5
    """For each value that the shopper said they like."""
    brand: float = 1.0
    """What a field counts in the fit."""
    color: float = 1.0
    category: float = 0.5
    size: float = 0.5
    audience: float = 1.0


DEFAULT = TasteSettings()
LEAST_TOLD = 0.3
"""A value with a smaller share is no taste to tell anybody of."""


def read_taste(
    view: IndexView,
    question: Question,
    documents: Documents,
    met: Sequence[Floats] = (),
    settings: TasteSettings = DEFAULT,
) -> dict[str, Floats]:
    """The signals of documents, (n,) each; ``met`` are what products have to agree in to be held against each other."""
    affinity = question.affinity
    if affinity is None or affinity.empty or not len(documents):
        return {}
    asked = asked_fields(question)
    texts = read_values(view, documents)
    signals: dict[str, Floats] = {}
    if affinity.text is not None:
        signals["taste_text"] = _similarities(view, "text", affinity.text, documents)
    if affinity.look is not None and "color" not in asked:
        signals["taste_look"] = _similarities(view, "photo", affinity.look, documents)
    fit = _fit(affinity, texts, asked, settings)
    if fit is not None:
        signals["taste_fit"] = fit
    prices = view.numbers("price", documents)
    if affinity.level is not None and "price" not in asked:
        signals["taste_price"] = price_taste(prices, affinity.level)
    groups = _groups(met, len(documents))
    weights = {"taste_text": settings.text, "taste_look": settings.look, "taste_fit": settings.fit}
    weights["taste_price"] = settings.price
    # What goes last anyway is nothing to hold the others against.
    last = _count(affinity, texts, asked, HIDDEN) > 0
    if affinity.price_most and "price" not in asked:
        last |= prices > affinity.price_most
    learned = np.zeros(len(documents))
    for name, values in signals.items():
        learned += weights[name] * over_the_mean(np.where(last, np.float32(np.nan), values), groups)
    learned *= [max((affinity.reach(path) for path in paths), default=1.0) for paths in texts["category"]]
    taste = np.clip(learned + settings.said * _count(affinity, texts, asked, LIKED), -1, 1)
    taste[last] = -1
    return {**signals, "taste": taste.astype(np.float32), "hidden": last.astype(np.float32)}


def read_values(view: IndexView, documents: Documents) -> dict[str, list[tuple[str, ...]]]:
    """The values of each taste field of documents, whatever the shop calls the field."""
    found: dict[str, list[tuple[str, ...]]] = {name: [()] * len(documents) for name in TASTE_FIELDS}
    for name, taste in _taste_fields(view):
        read = view.texts(name, documents)
        found[taste] = [before + more for before, more in zip(found[taste], read, strict=True)]
    return found


def _taste_fields(view: IndexView) -> tuple[tuple[str, str], ...]:
    """The fields of a view that tell of tastes, each with the taste; looked up once a view."""
    known = _fields.get(view)
    if known is None:
        found = ((name, taste_field_of(name)) for name in view.fields())
        known = _fields[view] = tuple((name, taste) for name, taste in found if taste is not None)
    return known


def asked_fields(question: Question) -> frozenset[str]:
    """The tastes that a query speaks of itself, with ``price``: there the shopper has said what they want now."""
    asked: set[str] = {one.type.value for one in question.preferences}
    for name in () if question.filters is None else fields_of(question.filters):
        taste = "price" if name.casefold() == "price" else taste_field_of(name)
        if taste is not None:
            asked.add(taste)
    return frozenset(asked)


def price_taste(prices: Numbers, level: tuple[float, float]) -> Floats:
    """How usual each price is for the shopper, 0..1 (n,), its level held against the middle one; NaN without one."""
    known = prices[prices > 0]
    if not len(known):
        return np.full(len(prices), np.nan, np.float32)
    mean, spread = level
    levels = np.log(np.where(prices > 0, prices, np.nan) / np.median(known))
    return np.asarray(np.exp(-0.5 * ((levels - mean) / spread) ** 2), np.float32)


def over_the_mean(values: Floats, groups: Groups) -> Numbers:
    """Values less the mean of their group, (n,); 0 for those without one."""
    known = np.isfinite(values)
    counts = np.bincount(groups, known)
    means = np.bincount(groups, np.where(known, values, 0.0)) / np.maximum(counts, 1)
    return np.where(known, values - means[groups], 0.0)


def strongest(
    affinity: Affinity, values: Mapping[str, tuple[str, ...]], asked: frozenset[str]
) -> tuple[str, str] | None:
    """The field and the value of a product that a shopper likes best; None where they like none of them."""
    found = [
        (max(affinity.said.get(name, {}).get(key, 0.0), share), name, value)
        for name in ("brand", "color", "audience", "size", "category")
        if name not in asked
        for value in values.get(name, ())
        if (share := affinity.shares.get(name, {}).get(key := value_key(value), 0.0)) >= LEAST_TOLD
        or affinity.said.get(name, {}).get(key, 0.0) > 0
    ]
    best = max(found, key=lambda one: one[0], default=None)
    return None if best is None else (best[1], best[2])


def _similarities(view: IndexView, field: str, vector: Floats, documents: Documents) -> Floats:
    """Of another width, from another model, a taste says nothing."""
    rows = next((found for one in documents[:20].tolist() if len(found := view.vectors_of(field, one))), None)
    if rows is None or rows.shape[1] != len(vector):
        return np.full(len(documents), np.nan, np.float32)
    return view.similarities(field, vector, documents)


def _fit(
    affinity: Affinity, texts: dict[str, list[tuple[str, ...]]], asked: frozenset[str], settings: TasteSettings
) -> Floats | None:
    """The weighed sum, over the fields that tell something, of the share each product has; None where none does."""
    count = len(texts["brand"])
    summed, told = np.zeros(count), False
    for name, shares in affinity.shares.items():
        if name in asked or name not in texts:
            continue
        found = [_share(name, values, shares) for values in texts[name]]
        if any(found):
            summed += getattr(settings, name) * np.array(found)
            told = True
    return summed.astype(np.float32) if told else None


def _share(name: str, values: tuple[str, ...], shares: Mapping[str, float]) -> float:
    """The share of the value that is liked most; of a path the mean over its levels."""
    if name == "category":
        found = (levels_of(path) for path in values)
        return max((sum(shares.get(value_key(one), 0.0) for one in path) / len(path) for path in found), default=0.0)
    return max((shares.get(value_key(value), 0.0) for value in values), default=0.0)


def _count(
    affinity: Affinity, texts: dict[str, list[tuple[str, ...]]], asked: frozenset[str], wanted: float
) -> Numbers:
    """How many of each product's values the shopper said they like, or hid, (n,)."""
    counted = np.zeros(len(texts["brand"]))
    for name, said in affinity.said.items():
        if name not in asked:
            counted += [
                sum(said.get(value_key(value)) == wanted for value in with_levels(name, values))
                for values in texts[name]
            ]
    return counted


def with_levels(name: str, values: tuple[str, ...]) -> Iterable[str]:
    """Values, of categories with all that are above them."""
    return (level for path in values for level in levels_of(path)) if name == "category" else values


def _groups(met: Sequence[Floats], count: int) -> Groups:
    """A number for each document: the same where all of ``met`` are the same."""
    if not met:
        return np.zeros(count, np.intp)
    columns = np.round(np.nan_to_num(np.array(met, np.float64).T, nan=-1.0), 3)
    return np.unique(columns, axis=0, return_inverse=True)[1].reshape(-1)


# An old view takes its entry with it.
_fields: WeakKeyDictionary[IndexView, tuple[tuple[str, str], ...]] = WeakKeyDictionary()
