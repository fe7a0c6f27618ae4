"""Training a shop's ranker from judgements and clicks, and putting it in use only when it wins."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.ports import IndexView
from bowerbird.domain.query import Query, Wish
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.live import Live
from bowerbird.engine.ranker_shelf import RankerShelf
from bowerbird.engine.ranking import Ranker
from bowerbird.engine.searching import Search
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores
from bowerbird.index.product_rows import id_hash
from bowerbird.learn.fit_clicks import fit_behaviour, weigh_clicks
from bowerbird.learn.fit_ranker import RankFit, fit_ranker
from bowerbird.learn.rank_examples import RankExample, fill_unshown
from bowerbird.measure.click_log import ClickTable, read_table
from bowerbird.measure.click_models import PositionModel, fit_position_model
from bowerbird.measure.compare import Comparison, compare
from bowerbird.measure.judgements import read_judgements
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.flow import Ranked, RankParts, RankSettings, rank
from bowerbird.rank.question import Question, query_key
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage.files import file_hash

CONFIDENCE = 0.8
"""A model wins when it is better on held-out queries and this interval of the difference leaves no doubt of it."""


@dataclass(frozen=True)
class TrainReport:
    """A trained ranker: its ``name`` on the shelf, how it did against the default score, and whether it is in use.

    It ``wins`` where the interval of the difference, at ``CONFIDENCE``, lies above 0.
    """

    name: str
    comparison: Comparison
    wins: bool
    promoted: bool
    chosen: Mapping[str, float]
    seen: Mapping[str, Any]
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        return {**asdict(self), "comparison": self.comparison.to_dict()}

    def __str__(self) -> str:
        outcome = f"it {'wins' if self.wins else 'does not surely win'}, and is {'' if self.promoted else 'not '}in use"
        return f"Ranker {self.name}: {self.comparison}; {outcome} ({self.seconds:.0f} s)"


@dataclass(frozen=True)
class Found:
    """The candidates of a query, ready to be ranked."""

    view: IndexView
    candidates: Candidates
    question: Question

    def rank(self, settings: RankSettings, parts: RankParts) -> Ranked:
        """The candidates ranked by given parts."""
        return rank(self.view, self.candidates, self.question, settings, parts)


class RankTraining:
    """Trains rankers for one open shop."""

    def __init__(
        self, live: Live, stores: Stores, settings: EngineSettings, shelf: RankerShelf, ranker: Ranker
    ) -> None:
        self._live, self._stores, self._settings, self._shelf, self._ranker = live, stores, settings, shelf, ranker

    def train(
        self,
        judgements: Path | None,
        clicks: Path | None,
        *,
        promote: bool | None = None,
        progress: Progress = no_progress,
    ) -> TrainReport:
        """Train from judgements, clicks or both; ``promote`` None puts it in use when it wins.

        Raises InputError where there is neither or too little, FormatError, StorageError.
        """
        if judgements is None and clicks is None:
            raise InputError("nothing to learn from", field="judgments", expected="judgements, clicks or both")
        started = time.perf_counter()
        # What is ranked with later is ranked with here: without new clicks those that are known.
        behaviour, examples, seen = self.parts.behaviour, list[RankExample](), dict[str, Any]()
        if clicks is not None:
            behaviour, found = self.learn_clicks(read_table(clicks), progress)
            examples += found
            seen["clicks"] = {"file": clicks.name, "hash": file_hash(clicks), "queries": len(found)}
        if judgements is not None:
            judged = read_judgements(judgements)
            examples += self.examples(((query, ratings, 1.0) for query, ratings in judged.items()), behaviour, progress)
            seen["judgements"] = {"file": judgements.name, "hash": file_hash(judgements), "queries": len(judged)}
        fit = fit_ranker(distinct(examples), progress=progress)
        return self._keep(fit, behaviour if clicks is not None else None, seen, promote, started)

    def learn_clicks(
        self, table: ClickTable, progress: Progress, model: PositionModel | None = None
    ) -> tuple[Behaviour, list[RankExample]]:
        """What the whole log says of products, and examples of one half as seen by the other.

        An example must not be told its own answer: its signals by clicks come from other searches than its gains.
        ``model`` says how far each position is looked at; it is fitted where none is given.
        """
        # By turns and not by time: a log may be sorted by its queries.
        even = np.arange(table.sessions) % 2 == 0
        told_by, learned_from = table.select(even), table.select(~even)
        model = model or fit_position_model(table)
        gains = weigh_clicks(learned_from, model)
        usual = float(np.mean([np.sqrt(one.sessions) for one in gains])) if gains else 1.0
        told = ((one.query, one.gains, float(np.sqrt(one.sessions)) / usual) for one in gains)
        found = self.examples(told, fit_behaviour(told_by, model), progress)
        return fit_behaviour(table, model), fill_unshown([replace(one, clicked=True) for one in found])

    def examples(
        self, told: Iterable[tuple[str, Mapping[str, float], float]], behaviour: Behaviour, progress: Progress
    ) -> list[RankExample]:
        """The candidates of each query with what is told of them: a gain by product id, and the query's weight."""
        found = []
        for done, (query, gains, weight) in enumerate(told):
            progress("reading signals", done, None)
            example = self._example(query, gains, weight, RankParts(behaviour=behaviour))
            if example is not None:
                found.append(example)
        return found

    @property
    def settings(self) -> RankSettings:
        """How this shop ranks."""
        return self._ranker.settings

    @property
    def parts(self) -> RankParts:
        """What this shop ranks with."""
        return self._ranker.parts

    def find(self, query: str) -> Found | None:
        """The candidates for some words as retrieval has them; None where there are none, or no words."""
        search = Search(self._live, self._stores, self._settings.retrieve, Query(Wish(query), rules=False))
        candidates = search.find()[0]
        question = search.question()
        return Found(search.view, candidates, question) if len(candidates) and question.wordings else None

    def order(self, query: str, parts: RankParts | None, count: int) -> list[str]:
        """The ids of the first products for some words, ranked by given parts: to measure them before any is in use.

        Without parts they come as retrieval has them.
        """
        return self.orders(query, [parts], count)[0]

    def orders(self, query: str, ways: Sequence[RankParts | None], count: int) -> list[list[str]]:
        """``order`` by each of several parts, found for once."""
        found = self.find(query)
        if found is None:
            return [[] for _ in ways]
        settings = self._ranker.settings
        shown = [found.candidates if parts is None else found.rank(settings, parts).candidates for parts in ways]
        orders = [found.view.seqs(candidates.documents[:count]).tolist() for candidates in shown]
        present = self._stores.products.get_many(seq for seqs in orders for seq in seqs)
        return [[present[seq].id for seq in seqs if seq in present] for seqs in orders]

    def _example(self, query: str, gains: Mapping[str, float], weight: float, parts: RankParts) -> RankExample | None:
        found = self.find(query)
        if found is None:
            return None
        ranked = found.rank(self._ranker.settings, parts)
        # The table keeps retrieval's order, as the candidates do.
        keys = found.view.keys(found.candidates.documents[: len(ranked.table)]).tolist()
        # By the best of its query, so that ratings and clicks are on one scale; nDCG does not change by it.
        best = max(gains.values(), default=0.0) or 1.0
        by_key = {id_hash(product): gain / best for product, gain in gains.items()}
        values = np.array([by_key.get(key, 0.0) for key in keys], np.float32)
        judged = np.array([key in by_key for key in keys], np.bool_)
        ideal = tuple(sorted((gain for gain in by_key.values() if gain > 0), reverse=True)[:100])
        return RankExample(query, ranked.table, ranked.score.values, values, ideal, weight, judged)

    def _keep(
        self, fit: RankFit, behaviour: Behaviour | None, seen: dict[str, Any], promote: bool | None, started: float
    ) -> TrainReport:
        comparison = compare(fit.default, fit.learned, "ndcg@10", confidence=CONFIDENCE)
        told = {
            "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "queries": comparison.queries,
            "default": round(comparison.first, 4),
            "learned": round(comparison.second, 4),
            **self._told_of_present(fit),
            **fit.chosen,
        }
        wins = comparison.low > 0
        promoted = wins if promote is None else promote
        name = self._shelf.add(replace(fit.model, seen={**seen, **told}), behaviour)
        if promoted:
            self._shelf.promote(name)
            self._ranker.renew()
        return TrainReport(
            name, comparison, wins, promoted, fit.chosen, {**seen, **told}, time.perf_counter() - started
        )

    def _told_of_present(self, fit: RankFit) -> dict[str, float]:
        """How the ranker in use does on the same queries, which it may have seen: to be looked at, not to decide."""
        present = self.parts.model
        if present is None:
            return {}
        values = [one.ndcg(present.scores(one.table, one.default)) for one, _ in fit.held_out]
        return {"in_use": round(float(np.mean(values)), 4)}


def distinct(examples: Iterable[RankExample]) -> list[RankExample]:
    """One example a query: what people judged stands before what was clicked."""
    kept: dict[str, RankExample] = {}
    for one in examples:
        kept[query_key(one.query)] = one
    return list(kept.values())
