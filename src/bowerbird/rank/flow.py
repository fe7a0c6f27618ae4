"""From candidates to the order that a shopper sees.

    read the signals of the first -> default score -> learned score -> second look -> variety -> rules

Only the first ``window`` candidates are ranked; those after them keep retrieval's order. Nothing in here can break a
search: what fails is noted once and left out, and the default score answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.diversity import Cap, DiversitySettings, diversify
from bowerbird.rank.exposure import ExposureSettings, give_floor
from bowerbird.rank.faults import Faults
from bowerbird.rank.model import RankModel
from bowerbird.rank.question import Question
from bowerbird.rank.read import mean_sentiment, read_signals
from bowerbird.rank.score import BY_LOOK, Score, ScoreSettings, score
from bowerbird.rank.signals import SignalTable
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import rank as by_score

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

Rows: TypeAlias = NDArray[np.intp]
SecondLook: TypeAlias = "Callable[[Documents, Floats], Floats]"
"""Documents in order with their scores, 0..1, to new scores of all of them."""


@dataclass(frozen=True, slots=True)
class VarietySettings:
    """How varied the first page is. By default as it comes; a merchant turns it on."""

    likeness: DiversitySettings = field(default_factory=lambda: DiversitySettings(relevance=1.0))
    """``relevance`` below 1 spreads out what reads alike."""
    caps: Mapping[str, int] = field(default_factory=dict)
    """At most so many of one value of a field, such as ``{"brand": 3}``, among the first ``first``."""
    first: int = 12
    seller: str = ""
    """The field that names the seller, for ``exposure``."""
    exposure: ExposureSettings = field(default_factory=ExposureSettings)


@dataclass(frozen=True, slots=True)
class RankSettings:
    """How candidates are ranked."""

    window: int = 200
    """How many of the first candidates are ranked."""
    score: ScoreSettings = field(default_factory=ScoreSettings)
    score_by_look: ScoreSettings = BY_LOOK
    variety: VarietySettings = field(default_factory=VarietySettings)


@dataclass(frozen=True, slots=True, eq=False)
class RankParts:
    """What a shop ranks with besides the default score; each may be missing."""

    model: RankModel | None = None
    behaviour: Behaviour = field(default_factory=Behaviour)
    second_look: SecondLook | None = None
    faults: Faults = field(default_factory=Faults)


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Candidates in their final order, and what it came from.

    ``rows`` (n,) gives each candidate's row in ``table`` and in ``score``, -1 for one past the window.
    """

    candidates: Candidates
    table: SignalTable
    score: Score
    rows: Rows
    model: RankModel | None = None
    moved: Mapping[int, int] = field(default_factory=dict)
    """Documents that variety moved, with the place they would have had, from 0."""


def rank(
    view: IndexView, candidates: Candidates, question: Question, settings: RankSettings, parts: RankParts
) -> Ranked:
    """Rank the first of the candidates."""
    count = min(settings.window, len(candidates))
    table = read_signals(view, candidates, question, count, parts.behaviour, parts.faults)
    default = score(table, settings.score if question.wordings else settings.score_by_look, mean_sentiment(view))
    values, model = learned(table, default, parts if question.wordings and question.words_alone else RankParts())
    documents = candidates.documents[:count]
    if parts.second_look is not None and count:
        order = by_score(values, view.seqs(documents))
        looked = np.empty_like(values)
        looked[order] = parts.second_look(documents[order], values[order])
        values = looked
    order = by_score(values, view.seqs(documents))
    spread, moved = vary(view, documents[order], values[order], settings.variety)
    return assemble(candidates, order[spread], values, Ranking(table, default, model, moved))


def learned(table: SignalTable, default: Score, parts: RankParts) -> tuple[Floats, RankModel | None]:
    """The scores of the model where there is one and it answers, from 0 to 1; else the default ones."""
    if parts.model is None or not len(table):
        return default.values, None
    try:
        values = parts.model.scores(table, default.values)
    except Exception as error:  # whatever a file from elsewhere makes LightGBM do
        parts.faults.note("model", error)
        return default.values, None
    middle = np.float32(parts.model.start / 2)
    return np.asarray(1 / (1 + np.exp(middle - values)), np.float32), parts.model


def vary(
    view: IndexView, documents: Documents, scores: Floats, settings: VarietySettings
) -> tuple[Rows, dict[int, int]]:
    """Positions in a more varied order, and the documents that moved by it with the place they had."""
    count = len(documents)
    whole = np.arange(count)
    if not count:
        return whole, {}
    order = whole
    if settings.likeness.relevance < 1 or settings.caps:
        looked_at = max(settings.likeness.first, settings.first) * 4
        vectors = None
        if settings.likeness.relevance < 1:
            vectors = text_rows(view, documents[:looked_at], count)
        caps = [Cap(view.codes(name, documents), most, settings.first) for name, most in settings.caps.items()]
        order = diversify(scores, vectors, caps, settings.likeness)
    if settings.seller and settings.exposure.floor > 0:
        sellers = view.codes(settings.seller, documents[order])
        order = order[give_floor(scores[order], sellers, settings.exposure).order]
    moved = {int(documents[place]): int(place) for at, place in enumerate(order.tolist()) if place != at}
    return order, moved


def text_rows(view: IndexView, documents: Documents, count: int) -> Floats | None:
    """(count, d) unit rows of the text vectors of the first documents; NaN for the others and those without."""
    found = [view.vectors_of("text", document) for document in documents.tolist()]
    width = next((rows.shape[1] for rows in found if len(rows)), 0)
    if not width:
        return None
    vectors = np.full((count, width), np.nan, np.float32)
    for place, rows in enumerate(found):
        if len(rows):
            vectors[place] = rows[0]
    return vectors


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What the order of the first candidates came from."""

    table: SignalTable
    score: Score
    model: RankModel | None
    moved: Mapping[int, int]


def assemble(candidates: Candidates, order: Rows, values: Floats, ranking: Ranking) -> Ranked:
    """The candidates with their first ones in a new order and the others after them, below the last of those."""
    count = len(order)
    whole = np.concatenate([order, np.arange(count, len(candidates))])
    scores = candidates.scores.copy()
    scores[:count] = values
    if count and len(candidates) > count:
        highest = float(scores[count:].max())
        least = float(values.min(initial=1.0))
        if highest > least > 0:
            scores[count:] *= np.float32(least / highest)
    ranked = replace(
        candidates,
        documents=candidates.documents[whole],
        scores=scores[whole],
        variants=candidates.variants[whole],
        signals={name: column[whole] for name, column in candidates.signals.items()},
        raw={name: column[whole] for name, column in candidates.raw.items()},
    )
    rows = np.where(whole < count, whole, -1)
    return Ranked(ranked, ranking.table, ranking.score, rows, ranking.model, ranking.moved)
