"""Signals by the words of the query: how well each field answers them. Pure functions of counts.

Several wordings of one query are run; a product counts by the one that speaks best for it, as in retrieval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView, WordCounts

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats, Mask

FIELDS = ("title", "about", "body", "brand")
MOST_WORDS = 12
"""Of one wording; what comes after says little more."""
_K1, _B = 1.2, 0.75


def read_words(view: IndexView, wordings: Sequence[Sequence[str]], documents: Documents) -> dict[str, Floats]:
    """Every signal by words of documents (n,); none without words.

    ``wordings`` are cut words, distinct, in their order.
    """
    cut = [tuple(dict.fromkeys(words))[:MOST_WORDS] for words in wordings]
    cut = [words for words in dict.fromkeys(cut) if words]
    if not cut or not len(documents):
        return {}
    together = tuple(dict.fromkeys(word for words in cut for word in words))
    rarity = rarities(view, together)
    counted = {name: view.count_words(name, together, documents) for name in FIELDS}
    best: dict[str, Floats] = {}
    for words in cut:
        places = [together.index(word) for word in words]
        for name, values in signals_of_wording(counted, rarity, places).items():
            best[name] = values if name not in best else _better(name, best[name], values)
    for name in ("title_match", "about_match", "body_match", "brand_match"):
        best[name] = share_of_best(best[name])
    best["title_length"] = counted["title"].lengths.astype(np.float32)
    best["body_length"] = np.log1p(counted["body"].lengths).astype(np.float32)
    return best


def read_kind(view: IndexView, kinds: Sequence[str], documents: Documents) -> dict[str, Floats]:
    """Whether the kind that each title names is one that was asked for; NaN for a title that names none."""
    if not kinds or not len(documents):
        return {}
    counted = view.count_words("kind", kinds, documents)
    same = np.where(counted.lengths > 0, counted.counts.any(axis=1), np.nan)
    return {"same_kind": same.astype(np.float32)}


def rarities(view: IndexView, words: Sequence[str]) -> Floats:
    """The inverse document frequency of words, (words,): Robertson and Zaragoza, 2009, never below 0."""
    held = np.array([view.document_frequency(word) for word in words], np.float32)
    held = np.minimum(held, view.size)
    return np.log1p((view.size - held + 0.5) / (held + 0.5)).astype(np.float32)


def signals_of_wording(counted: Mapping[str, WordCounts], rarity: Floats, places: Sequence[int]) -> dict[str, Floats]:
    """The signals of one wording: the words at ``places`` of those counted."""
    rare = rarity[places]
    total = max(float(rare.sum()), 1e-6)
    present = {name: counts.counts[:, places] > 0 for name, counts in counted.items()}
    anywhere = np.logical_or.reduce(list(present.values()))
    title = counted["title"]
    spots = title.places[:, places]
    held = spots >= 0
    before = np.where(held, spots, np.iinfo(np.int32).max).min(axis=1)
    last = spots.max(axis=1)
    without: Mask = np.logical_not(held.any(axis=1))
    return {
        **{f"{name}_match": bm25(counts, rare, places) for name, counts in counted.items()},
        "coverage": (anywhere @ rare / np.float32(total)).astype(np.float32),
        "title_coverage": (present["title"] @ rare / np.float32(total)).astype(np.float32),
        "phrase": is_phrase(spots),
        "title_before": _or_missing(before, without),
        "title_after": _or_missing(title.lengths - 1 - last, without),
    }


def bm25(counts: WordCounts, rarity: Floats, places: Sequence[int]) -> Floats:
    """BM25 of one field, (n,): Robertson and Zaragoza, 2009, with k1 1.2 and b .75."""
    often = counts.counts[:, places].astype(np.float32)
    length = counts.lengths.astype(np.float32) / np.float32(max(counts.mean_length, 1e-6))
    share = often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length)[:, None])
    return np.asarray(share @ rarity, np.float32)


def is_phrase(places: NDArray[np.int32]) -> Floats:
    """1 where the words' first places (n, words) follow each other, else 0."""
    steps = np.diff(places, axis=1) == 1
    return np.asarray((places[:, 0] >= 0) & steps.all(axis=1), np.float32)


def share_of_best(values: Floats) -> Floats:
    """Values from 0 to 1, which the best has; all 0 where nothing is above 0."""
    best = float(values.max(initial=0.0))
    return np.asarray(values / (best if best > 0 else 1.0), np.float32)


def _better(name: str, one: Floats, other: Floats) -> Floats:
    if name in ("title_before", "title_after"):
        return np.fmin(one, other)
    return np.maximum(one, other)


def _or_missing(values: NDArray[np.int32], missing: Mask) -> Floats:
    return np.where(missing, np.nan, values).astype(np.float32)
