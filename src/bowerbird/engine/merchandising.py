"""The merchandising rules of one search: matched once it is read, applied once its candidates are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import Documents, Floats, IndexView, Selection
from bowerbird.domain.rules import AppliedRule
from bowerbird.engine.stores import Stores
from bowerbird.rank.faults import Faults
from bowerbird.rank.merchandising import Merchandised, applied_rules, apply
from bowerbird.rank.rules import Moment, Resolved, RuleBook
from bowerbird.retrieve.candidates import Candidates


class Merchandiser:
    """What the rules in force do to one search; nothing where none of them is about it."""

    def __init__(self, book: RuleBook, moment: Moment, view: IndexView, stores: Stores, faults: Faults) -> None:
        self._book, self._view, self._stores, self._faults = book, view, stores, faults
        self._rules = book.match(moment)
        self._resolved = Resolved()
        self._done: Merchandised | None = None

    @property
    def narrowing(self) -> Filter | None:
        """What the rules narrow the search to."""
        return self._book.extra_filter(self._rules, self._view, self._faults) if self._rules else None

    def apply(
        self, candidates: Candidates, within: Selection | None, reorder: bool
    ) -> tuple[Candidates, NDArray[np.intp]]:
        """Candidates after the rules, and where each stood before, -1 for one that was put in."""
        count = len(candidates)
        self._resolved = self._book.resolve(self._view, self._rules, self._faults)
        if not self._resolved.steps:
            return candidates, np.arange(count)
        mask = None if within is None else within.mask
        done = self._done = apply(self._resolved, candidates.documents, candidates.scores, within=mask, reorder=reorder)
        sources = done.sources
        arranged = replace(
            candidates,
            documents=done.documents,
            scores=done.scores,
            variants=np.append(candidates.variants, np.int32(-1))[sources],
            total=candidates.total + len(done.documents) - count,
            signals=_rearranged(candidates.signals, sources),
            raw=_rearranged(candidates.raw, sources),
        )
        return arranged, sources

    def kept(self, candidates: Candidates) -> Documents:
        """The documents of other candidates of this search that the rules do not hide."""
        return apply(self._resolved, candidates.documents, candidates.scores, reorder=False).documents

    def told(self, names: Mapping[int, str], looked_at: int) -> dict[str, Any]:
        """What is added to the results: banners, a redirect, and ``applied_rules``."""
        return {
            "banners": self._resolved.banners,
            "redirect": self._resolved.redirect,
            "applied_rules": self.applied(names, looked_at),
        }

    def applied(self, names: Mapping[int, str], looked_at: int) -> tuple[AppliedRule, ...]:
        """What each rule did to the hits, whose ids are given by document, and which it hid of those ``looked_at``."""
        if not self._resolved.rules:
            return ()
        done = self._done or apply(Resolved(), np.empty(0, np.int32), np.empty(0, np.float32))
        hidden = done.effects.hidden(looked_at)
        missing = self._view.seqs(np.array(hidden, np.int32)).tolist()
        present = self._stores.products.get_many(missing) if missing else {}
        named = {document: present[seq].id for document, seq in zip(hidden, missing, strict=True) if seq in present}
        return applied_rules(self._resolved, done.effects, {**names, **named})


def _rearranged(columns: Mapping[str, Floats], sources: NDArray[np.intp]) -> dict[str, Floats]:
    return {name: np.append(column, np.float32(np.nan))[sources] for name, column in columns.items()}
