"""Reading every signal of the first candidates: words, vectors, what fits, the offer, clicks, and tastes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Equals
from bowerbird.domain.ports import IndexView
from bowerbird.domain.understanding import EntityType, Preference
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.by_meaning import attention, nearness, typical
from bowerbird.rank.by_offer import freshness, margin, price_fit, price_level, shrunk_sentiment
from bowerbird.rank.by_taste import DEFAULT as DEFAULT_TASTE
from bowerbird.rank.by_taste import TasteSettings, read_taste
from bowerbird.rank.by_words import read_kind, read_words
from bowerbird.rank.faults import Faults
from bowerbird.rank.question import Question
from bowerbird.rank.signals import SignalTable
from bowerbird.retrieve.candidates import Candidates

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

_KINDS = (EntityType.CATEGORY, EntityType.BRAND)
IN_STOCK = Equals("in_stock", True)


def read_signals(
    view: IndexView,
    candidates: Candidates,
    question: Question,
    count: int,
    behaviour: Behaviour,
    faults: Faults,
    taste: TasteSettings = DEFAULT_TASTE,
) -> SignalTable:
    """Every signal of the first ``count`` candidates, in their order."""
    documents = candidates.documents[:count]
    columns: dict[str, Floats] = {"relevance": candidates.scores[:count]}
    columns |= nearness(candidates.signals, count)
    columns |= read_words(view, question.wordings, documents)
    columns |= read_kind(view, question.kinds, documents)
    text = candidates.raw.get("text")
    if text is not None:
        columns["attention"] = attention(text[:count])
    likeness = typical(view, documents) if question.wordings else None
    if likeness is not None:
        columns["typical"] = likeness
    columns |= read_fit(view, question.preferences, documents, faults)
    columns |= read_offer(view, documents, question)
    columns |= behaviour.read(question.key, view.keys(documents))
    met = [columns[name] for name in ("kind_fit", "attribute_fit", "same_kind") if name in columns]
    columns |= read_taste(view, question, documents, met, taste)
    return SignalTable.of(columns, len(documents))


def read_fit(
    view: IndexView, preferences: tuple[Preference, ...], documents: Documents, faults: Faults
) -> dict[str, Floats]:
    """How far the preferences are met, by weight: those for a kind or brand, and the others."""
    met: dict[str, list[tuple[float, Floats]]] = {"kind_fit": [], "attribute_fit": []}
    for one in preferences:
        if one.filter is None:
            continue
        try:
            mask = view.select(one.filter).mask
        except InputError as error:
            faults.note("preferences", error)
            continue
        name = "kind_fit" if one.type in _KINDS else "attribute_fit"
        met[name].append((one.weight, mask[documents].astype(np.float32)))
    return {
        name: np.asarray(sum(weight * values for weight, values in found) / sum(weight for weight, _ in found), "f4")
        for name, found in met.items()
        if found and sum(weight for weight, _ in found) > 0
    }


def read_offer(view: IndexView, documents: Documents, question: Question) -> dict[str, Floats]:
    """What the offer of each product is like."""
    prices = view.numbers("price", documents)
    reviews = view.numbers("review_count", documents)
    return {
        "sentiment": shrunk_sentiment(view.numbers("sentiment", documents), reviews, mean_sentiment(view)),
        "reviews": np.log1p(np.nan_to_num(reviews)).astype(np.float32),
        "price_level": price_level(prices),
        "price_fit": price_fit(prices, question.price),
        "freshness": freshness(view.numbers("updated_at", documents), question.now),
        "stock": view.select(IN_STOCK).mask[documents].astype(np.float32),
        "margin": margin(view.numbers("margin", documents), view.numbers("cost_of_goods_sold", documents), prices),
    }


def mean_sentiment(view: IndexView) -> float:
    """The mean of what is said of the shop's products, 0 where nothing is; worked out once a view."""
    known = _means.get(view)
    if known is None:
        alive = np.flatnonzero(view.select(None).mask).astype(np.int32)
        said = view.numbers("sentiment", alive)
        said = said[~np.isnan(said)]
        known = _means[view] = float(said.mean()) if len(said) else 0.0
    return known


# An old view takes its entry with it.
_means: WeakKeyDictionary[IndexView, float] = WeakKeyDictionary()
