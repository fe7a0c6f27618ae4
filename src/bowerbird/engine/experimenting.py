"""One search's part in an experiment: which one, the arm it gets, and ranking by it.

A shopper is in one arm of an experiment whatever is searched for, and a search in one experiment at most: the oldest
that takes the shopper. What goes wrong is noted, and the search answers as without; it is told to be of its arm all the
same, since an arm whose failures are left out is judged by its good searches alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from bowerbird.domain.errors import ModelError
from bowerbird.domain.ports import IndexView
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.results import ExperimentShown, Hit, Results
from bowerbird.engine.experiments import Running
from bowerbird.engine.ranking import Ranker
from bowerbird.measure.experiments import assign
from bowerbird.measure.interleaving import team_draft
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked, rank, unranked
from bowerbird.rank.merchandising import positions
from bowerbird.rank.question import Question
from bowerbird.rank.signals import SignalTable
from bowerbird.retrieve.candidates import Candidates

DEPTH = 50
"""So many of the first places are interleaved; below them the first arm's order stands, and belongs to no team."""


def part_of(query: Query, running: Sequence[Running], ranker: Ranker) -> Trial | None:
    """The part of a search in the oldest experiment that takes its shopper; None where it has none.

    Searches that are not ranked, as those for nothing or by price, would tell nothing of the arms.
    """
    if not query.shopper or query.sort is not Sort.RELEVANCE or query.wish.empty:
        return None
    for one in running:
        try:
            arm = assign(one.definition.experiment, query.shopper)
        except ValueError as error:  # a name that has no bytes
            ranker.faults.note(f"experiment:{one.definition.name}", error)
            continue
        if arm is not None:
            return Trial(one, arm, query, ranker)
    return None


class Trial:
    """Ranks one search by its arm; stands where the ranker stands."""

    def __init__(self, running: Running, arm: str, query: Query, ranker: Ranker) -> None:
        self._running, self._arm, self._query, self._ranker = running, arm, query, ranker
        self._teams: Mapping[int, str] = {}

    @property
    def faults(self) -> Faults:
        """What ranking got over since the shop was opened."""
        return self._ranker.faults

    def rank(self, view: IndexView, candidates: Candidates, question: Question) -> Ranked:
        """Candidates in the order of the arm, or of both interleaved; where that fails in the shop's own."""
        definition = self._running.definition
        try:
            if not definition.interleaved:
                return self._by_arm(self._arm, view, candidates, question)
            first, second = (arm.name for arm in definition.experiment.arms)
            a = self._by_arm(first, view, candidates, question)
            b = self._by_arm(second, view, candidates, question, a.table if len(a.table) else None)
            merged, self._teams = interleave(a, b, self._seed())
            return merged
        except Exception as error:  # whatever an arm does, a shopper is owed an answer
            self.faults.note(f"experiment:{definition.name}", error)
            return self._ranker.rank(view, candidates, question)

    def tell(self, results: Results, documents: Mapping[str, int]) -> Results:
        """Results with the experiment and each hit's team; ``documents`` are those of the hits by product id."""
        definition = self._running.definition
        arm = "" if definition.interleaved else self._arm
        shown = ExperimentShown(definition.name, arm, results.query_id)
        if not self._teams:
            return replace(results, experiment=shown)
        hits = tuple(replace(hit, team=self._team(hit, documents)) for hit in results.hits)
        return replace(results, experiment=shown, hits=hits)

    def _by_arm(
        self, arm: str, view: IndexView, candidates: Candidates, question: Question, table: SignalTable | None = None
    ) -> Ranked:
        way = self._running.definition.ways[arm]
        if way.rank == "relevance":
            return unranked(candidates)
        model = self._running.models[arm] if way.rank == "learned" else None
        parts = replace(self._ranker.parts, model=model)
        ranked = rank(view, candidates, question, self._ranker.settings, parts, table)
        # A model that fails is left out by the flow, but then this is not its arm.
        asked = question.words_alone and question.wordings and len(ranked.table)
        if model is not None and ranked.model is None and asked:
            raise ModelError(f"the model of the arm {arm} does not rank")
        return ranked

    def _seed(self) -> str:
        """The same for every page of one query, so that the pages belong together."""
        query = self._query
        asked = (query.wish.text.strip().casefold(), query.wish.products, query.filters)
        return f"{self._running.definition.name}\0{query.shopper}\0{asked!r}"

    def _team(self, hit: Hit, documents: Mapping[str, int]) -> str:
        """The team that put a hit on the page; none where a rule of the shop did."""
        if any(move.action == "pin" for move in hit.moves):
            return ""
        return self._teams.get(documents.get(hit.product.id, -1), "")


def interleave(a: Ranked, b: Ranked, seed: str, depth: int = DEPTH) -> tuple[Ranked, dict[int, str]]:
    """Two orders of the same candidates as one, and the team of each document that was drafted.

    Places keep the first order's scores, so that rules which multiply them leave the draft alone. What explanations go
    by is the first order's, or the second's where the first was not ranked.
    """
    first, second = a.candidates.documents, b.candidates.documents
    orders = ([str(one) for one in documents[:depth].tolist()] for documents in (first, second))
    draft = team_draft(*orders, depth=depth, seed=seed)
    drafted = np.array([int(one) for one in draft.products], first.dtype)
    taken = positions(first, drafted)
    order = np.concatenate([taken, np.setdiff1d(np.arange(len(first)), taken)]).astype(np.intp)
    base = a if len(a.table) else b
    merged = replace(
        a.candidates,
        documents=first[order],
        variants=a.candidates.variants[order],
        signals={name: column[order] for name, column in a.candidates.signals.items()},
        raw={name: column[order] for name, column in a.candidates.raw.items()},
    )
    rows = base.rows[positions(base.candidates.documents, merged.documents)]
    return replace(base, candidates=merged, rows=rows), dict(zip(drafted.tolist(), draft.teams, strict=True))
