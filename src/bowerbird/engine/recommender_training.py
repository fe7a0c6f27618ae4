"""Training a shop's recommenders from its event log, and putting one in use only when it wins.

    read histories -> hold products out -> fit -> judge beside popularity and the one in use -> keep -> promote

Which shoppers a product is held out of is told by their names, so it is the same ones in every training: no model has
been trained on the product that it is judged by, neither the new one nor the one in use.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.recommender_fits import FITS, FitOptions, Fitted, Parts
from bowerbird.engine.recommender_shelf import RecommenderShelf
from bowerbird.events.log import EventLog
from bowerbird.learn.judge_recommender import hold_out, model_scores, popularity_scores
from bowerbird.measure.intervals import Interval, mean_interval
from bowerbird.measure.next_item import HeldOut, NextItemScores, Score, gains_at, rank_all, summarise
from bowerbird.recommend.event_histories import read_histories
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.interactions import shopper_key
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import content_hash, write_whole
from bowerbird.storage.shop_folder import ShopFolder

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

CONFIDENCE = 0.9
"""How sure it must be that a model is better than popularity on held-out products."""
LEAST_PRODUCTS = 3
LEAST_SHOPPERS = 20
_TESTED, _VALIDATED = 0.3, 0.15
_MOST_TESTED, _MOST_VALIDATED = 5_000, 2_000
_BEGAN = "began.json"


@dataclass(frozen=True)
class RecommenderReport:
    """A trained recommender: its ``name`` on the shelf, how it foretells held-out products, and whether it is in use.

    ``gain`` is its nDCG@10 above popularity's, over shoppers. It ``wins`` where that is surely above 0 and it foretells
    no worse than the one in use.
    """

    name: str
    scores: Mapping[str, NextItemScores]
    gain: Interval
    wins: bool
    promoted: bool
    seen: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        scores = {name: found.to_dict() for name, found in self.scores.items()}
        return {**asdict(self), "scores": scores, "seen": dict(self.seen)}


class RecommenderTraining:
    """Trains recommenders of one shop."""

    def __init__(
        self,
        log: EventLog,
        folder: ShopFolder,
        shelf: RecommenderShelf,
        encoded: Callable[[Sequence[str]], Floats] | None = None,
    ) -> None:
        """``encoded`` gives what the shop's encoders make of products, (n, any) rows, zeros for those that are gone."""
        self._log, self._folder, self._shelf, self._encoded = log, folder, shelf, encoded

    def train(
        self,
        sort: str,
        options: FitOptions | None = None,
        *,
        resume: bool = False,
        promote: bool | None = None,
        progress: Progress = no_progress,
    ) -> RecommenderReport:
        """Train a recommender of a sort; ``promote`` None puts it in use when it wins.

        With ``resume`` a training that was broken off goes on, with the events that it began with. Raises InputError
        where there is too little to learn from or nothing to resume, NotFoundError for an unknown sort,
        MissingExtraError, StorageError.
        """
        self._shelf.of(sort)
        started, erasures = time.perf_counter(), self._log.erasures()
        options = options or FitOptions()
        run = self._folder.recommender_runs / sort
        progress("reading events", 0, None)
        logged = read_histories(self._log, until=_began(run) if resume else None)
        if not resume:
            _begin(run, logged.until)
        parts, test = split(logged.histories)
        if options.from_encoders and self._encoded is not None:
            parts = replace(parts, vectors=self._encoded(parts.train.products))
        data = content_hash(b"".join(array.tobytes() for array in (parts.train.starts, parts.train.items)))
        model, settings = FITS[sort](parts, replace(options, run=run, data=data), progress)
        progress("judging", 0, None)
        ranks = self._rank(sort, model, parts.train, test)
        seen = {
            "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "until_seq": logged.until,
            "events": logged.events,
            "shoppers": len(logged.histories),
            "products": len(model.products),
            "erasures": erasures,
            "settings": settings,
            "held_out": {name: summarise(found).to_dict() for name, found in ranks.items()},
            "seconds": round(time.perf_counter() - started, 1),
        }
        return self._keep(sort, replace(model, seen=seen), ranks, promote)

    def _rank(
        self, sort: str, model: Fitted, train: Histories, test: tuple[Histories, HeldOut]
    ) -> dict[str, NDArray[np.int64]]:
        """The ranks of the held-out products by the new model, by popularity and by the model in use."""
        before, held = test
        scores: dict[str, Score] = {"new": model_scores(model, before), "popularity": popularity_scores(train)}
        in_use = self._shelf.open_current(sort)
        if in_use is not None:
            scores["in use"] = model_scores(in_use, before)
        return {name: rank_all(score, held) for name, score in scores.items()}

    def _keep(
        self, sort: str, model: Fitted, ranks: Mapping[str, NDArray[np.int64]], promote: bool | None
    ) -> RecommenderReport:
        gains = {name: gains_at(found, 10) for name, found in ranks.items()}
        gain = mean_interval((gains["new"] - gains["popularity"]).tolist(), CONFIDENCE)
        wins = gain.low > 0 and ("in use" not in gains or bool(gains["new"].mean() >= gains["in use"].mean()))
        promoted = wins if promote is None else promote
        name = self._shelf.add(sort, model.save)
        if promoted:
            self._shelf.promote(name)
        scores = {name: summarise(found) for name, found in ranks.items()}
        return RecommenderReport(name, scores, gain, wins, promoted, model.seen)


def split(histories: Histories) -> tuple[Parts, tuple[Histories, HeldOut]]:
    """What is trained and validated on, and what is tested on: the last products of shoppers that their names choose.

    Only of those whose last product was new to them: what somebody came by before is easily told, and shown elsewhere.
    Raises InputError where fewer than ``LEAST_SHOPPERS`` have enough products to be tested on.
    """
    # The same shoppers in every training, whatever its seed.
    drawn = np.array([shopper_key(name) for name in histories.shoppers], np.uint64) / 2.0**64
    enough = (histories.lengths >= LEAST_PRODUCTS) & histories.ends_anew
    tested = _first(drawn, enough & (drawn < _TESTED), _MOST_TESTED)
    validated = _first(drawn, enough & (drawn >= _TESTED) & (drawn < _TESTED + _VALIDATED), _MOST_VALIDATED)
    if len(tested) < LEAST_SHOPPERS or not len(validated):
        raise InputError(
            "there is too little to learn from", field="events",
            found=f"{int(enough.sum())} shoppers who came by {LEAST_PRODUCTS} products, the last of them new to them",
            expected=f"about {round(LEAST_SHOPPERS / _TESTED)} or more",
        )  # fmt: skip
    left_out = np.zeros(len(histories), np.int64)
    left_out[tested] = left_out[validated] = 1
    train = histories.without_last(left_out)
    return Parts(train, hold_out(histories, 1, validated)), hold_out(histories, 1, tested)


def _first(drawn: NDArray[np.float64], mask: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    chosen = np.flatnonzero(mask)
    return np.sort(chosen[np.argsort(drawn[chosen], kind="stable")[:most]])


def _begin(run: Path, until: int) -> None:
    """Empty the folder of a training, and note the events that it is of."""
    with storage_faults(run):
        shutil.rmtree(run, ignore_errors=True)
        run.mkdir(parents=True)
        write_whole(run / _BEGAN, orjson.dumps({"until": until}))


def _began(run: Path) -> int:
    try:
        return int(orjson.loads((run / _BEGAN).read_bytes())["until"])
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError("there is no training to go on with", field="resume", found=str(run)) from None
