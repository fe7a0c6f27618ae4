"""From candidates to the order that a shopper sees.

    read the signals of the first -> default score -> learned score -> second look -> variety -> rules

Only the first ``window`` candidates are ranked; those after them keep retrieval's order. Nothing in here can break a
search: what fails is noted once and left out, and the default score answers.

Scores decide up to the second look. From there on places keep their scores and products change places, so that scores
fall along the list whatever put a product where it is, and the rules that multiply them undo no variety.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.by_taste import TasteSettings
from bowerbird.rank.diversity import Cap, DiversitySettings, diversify
from bowerbird.rank.exposure import ExposureSettings, give_floor
from bowerbird.rank.faults import Faults
from bowerbird.rank.model import RankModel
from bowerbird.rank.question import Question
from bowerbird.rank.read import mean_sentiment, read_signals
from bowerbird.rank.reranking import PART, Reranked, RerankingSettings
from bowerbird.rank.score import BY_LOOK, Score, ScoreSettings, score
from bowerbird.rank.signals import SignalTable
from bowerbird.retrieve.candidates import Candidates

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

Rows: TypeAlias = NDArray[np.intp]
SecondLook: TypeAlias = "Callable[[str, NDArray[np.int64], Floats], Reranked]"
"""The words of a query and the products by seq, best first, with their scores, 0..1, to their new order."""
_SLOPE = 4.0
"""Of the curve that brings learned scores to 0..1: in its middle they then rise as the default score does."""


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
    taste: TasteSettings = field(default_factory=TasteSettings)
    variety: VarietySettings = field(default_factory=VarietySettings)
    cross_encoder: str = ""
    """The folder or hub name of the model that looks at the first once more; empty for none."""
    reranking: RerankingSettings = field(default_factory=RerankingSettings)


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
    logits: Floats | None = None
    """What the cross-encoder gave each row of the table, NaN where it did not read; None where there is none."""


def unranked(candidates: Candidates) -> Ranked:
    """Candidates as retrieval has them."""
    nothing = Score(np.empty(0, np.float32), {})
    return Ranked(candidates, SignalTable.of({}, 0), nothing, np.full(len(candidates), -1))


def rank(
    view: IndexView,
    candidates: Candidates,
    question: Question,
    settings: RankSettings,
    parts: RankParts,
    table: SignalTable | None = None,
) -> Ranked:
    """Rank the first of the candidates; ``table`` holds their signals where these were read before."""
    count = min(settings.window, len(candidates))
    if table is None:
        table = read_signals(view, candidates, question, count, parts.behaviour, parts.faults, settings.taste)
    default = score(table, settings.score if question.wordings else settings.score_by_look, mean_sentiment(view))
    in_words = question.words_alone and bool(question.wordings)
    values, model = learned(table, default, parts if in_words else RankParts())
    scaled = values if model is None else to_shares(values, model.start)
    documents = candidates.documents[:count]
    order, logits = by_score(values), None
    scores = np.sort(scaled)[::-1]
    if in_words and parts.second_look is not None:
        order, logits = look_again(view, documents, order, scores, question.text, parts)
    spread, moved = vary(view, documents[order], scores, settings.variety, parts.faults)
    return assemble(candidates, order[spread], scores, Ranking(table, default, model, moved, logits))


def by_score(scores: Floats) -> Rows:
    """Places by falling score; equal scores, to the fifth decimal, as they came."""
    return np.argsort(-np.round(scores.astype(np.float64), 5), kind="stable")


def learned(table: SignalTable, default: Score, parts: RankParts) -> tuple[Floats, RankModel | None]:
    """The scores of the model where there is one and it answers; else the default ones."""
    model = parts.model
    if model is None or not len(table):
        return default.values, None
    try:
        values = model.scores(table, default.values)
        if not np.isfinite(values).all():
            raise ValueError("it gave what are no numbers")
    except Exception as error:  # whatever a file from elsewhere makes LightGBM do
        parts.faults.note("model", error)
        return default.values, None
    return values, model


def to_shares(values: Floats, start: float) -> Floats:
    """Learned scores, of which the default score counted ``start``, to 0..1 as the default ones are."""
    # By tanh, which does not overflow.
    return np.asarray(0.5 + 0.5 * np.tanh(_SLOPE / 2 * (values.astype(np.float64) / start - 0.5)), np.float32)


def look_again(
    view: IndexView, documents: Documents, order: Rows, scores: Floats, words: str, parts: RankParts
) -> tuple[Rows, Floats | None]:
    """The order after the second look, and what the cross-encoder gave each document; as it was where that fails."""
    assert parts.second_look is not None
    try:
        found = parts.second_look(words, view.seqs(documents[order]), scores)
    except Exception as error:  # a second look that was made elsewhere; a shopper is owed an answer
        parts.faults.note(PART, error)
        return order, None
    logits = np.full(len(order), np.nan, np.float32)
    logits[order] = found.logits
    return order[found.order], logits


def vary(
    view: IndexView, documents: Documents, scores: Floats, settings: VarietySettings, faults: Faults
) -> tuple[Rows, dict[int, int]]:
    """Positions in a more varied order, and the documents that moved by it with the place they had.

    A cap or seller by a field that the view does not have does nothing, and is noted.
    """
    count = len(documents)
    whole = np.arange(count)
    if not count:
        return whole, {}
    order = whole
    if settings.likeness.relevance < 1 or settings.caps:
        vectors = text_rows(view, documents) if settings.likeness.relevance < 1 else None
        caps = [
            Cap(read_codes(view, name, documents, f"variety.caps.{name}", faults), most, settings.first)
            for name, most in settings.caps.items()
        ]
        order = diversify(scores, vectors, caps, settings.likeness)
    if settings.seller and settings.exposure.floor > 0:
        sellers = read_codes(view, settings.seller, documents[order], "variety.seller", faults)
        order = order[give_floor(scores[order], sellers, settings.exposure).order]
    moved = {int(documents[place]): int(place) for at, place in enumerate(order.tolist()) if place != at}
    return order, moved


def read_codes(view: IndexView, name: str, documents: Documents, setting: str, faults: Faults) -> Documents:
    """The codes of a field that a setting names; a field that holds no texts is noted."""
    codes = view.codes(name, documents)
    # Only a field that nobody among the candidates has is worth a look at all fields.
    if not (codes >= 0).any():
        kinds = {field.casefold(): kind for field, kind in view.fields().items()}
        if kinds.get(name.casefold(), "number") == "number":
            faults.note(setting, f"no product has a field {name[:100]!r} that holds texts")
    return codes


def text_rows(view: IndexView, documents: Documents) -> Floats | None:
    """(n, d) unit rows of the text vectors of documents; NaN for those without, None where all are."""
    rows = view.first_rows("text", documents)
    return None if np.isnan(rows[:, :1]).all() else rows


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What the order of the first candidates came from."""

    table: SignalTable
    score: Score
    model: RankModel | None
    moved: Mapping[int, int]
    logits: Floats | None = None


def assemble(candidates: Candidates, order: Rows, values: Floats, ranking: Ranking) -> Ranked:
    """The candidates with their first ones in a new order and the others after them, below the last of those.

    ``values`` (n,) are the scores of the first places, falling.
    """
    count = len(order)
    whole = np.concatenate([order, np.arange(count, len(candidates))])
    scores = candidates.scores.copy()
    scores[:count] = values
    if count and len(candidates) > count:
        highest, least = float(scores[count:].max()), max(float(values[-1]), 0.0)
        if highest > least:
            scores[count:] *= np.float32(least / highest)
    ranked = replace(
        candidates,
        documents=candidates.documents[whole],
        scores=scores,
        variants=candidates.variants[whole],
        signals={name: column[whole] for name, column in candidates.signals.items()},
        raw={name: column[whole] for name, column in candidates.raw.items()},
    )
    rows = np.where(whole < count, whole, -1)
    return Ranked(ranked, ranking.table, ranking.score, rows, ranking.model, ranking.moved, ranking.logits)
