"""What models take in between trainings, and that nobody is the worse for it."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.engine.recommender_updates import RecommenderUpdates, UpdateSettings
from bowerbird.events.log import EventLog
from bowerbird.learn.fit_factors import FactorSettings, fit_factors
from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.event_histories import read_histories
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.interactions import keys_of
from bowerbird.recommend.live_counts import LiveCounts

pytest.importorskip("implicit")

THEMES, SIZE, LENGTH = 4, 12, 8


@pytest.fixture
def log(tmp_path):
    opened = EventLog.open(tmp_path)
    yield opened
    opened.close()


def walk(random, theme, names):
    return [f"{theme}-{name}" for name in random.choice(names, LENGTH, replace=False)]


def record(log, histories, first=0):
    log.record(
        [
            Event(f"{first + n}-{place}", EventName.VIEW_ITEM, time.time(), Who(f"u{first + n}"), (EventItem(product),))
            for n, history in enumerate(histories)
            for place, product in enumerate(history)
        ]
    )


def hits(scan, histories, held_out):
    """The share of held-out products among the best ten that are not in the history."""
    found = 0
    for history, truth in zip(histories, held_out, strict=True):
        vector = scan.read(keys_of(history), np.ones(len(history), np.float32))
        scores = scan.model.vectors @ vector
        scores[scan.places(keys_of(history))] = -np.inf
        best = [scan.model.products[place] for place in np.argsort(-scores)[:10]]
        found += truth in best
    return found / len(histories)


def test_old_shoppers_are_served_as_well_after_many_new_ones_came(log):
    random = np.random.default_rng(5)
    old = [walk(random, n % THEMES, range(SIZE)) for n in range(160)]
    record(log, [history[:-1] for history in old])
    logged = read_histories(log)
    model = fit_factors(logged.histories, FactorSettings(factors=16, regularisation=1.0, rounds=8))
    scan = ModelScan.of(replace(model, seen={"until_seq": logged.until}))
    # New shoppers of one theme alone, with products that nobody knew.
    new = [walk(random, 0, range(SIZE // 2, SIZE + 6)) for _ in range(80)]
    record(log, new, first=1_000)
    counts = LiveCounts()
    counts.rebuild(log.iterate())
    updates = RecommenderUpdates(log, lambda: counts, UpdateSettings(events=1))
    assert updates.due({"factors": scan})
    updated = updates.update({"factors": scan})["factors"]
    truth = [history[-1] for history in old]
    before = hits(scan, [history[:-1] for history in old], truth)
    after = hits(updated, [history[:-1] for history in old], truth)
    assert before > 0.6
    assert after >= before - 0.03
    fresh = [one for one in updated.model.products if one not in model.products]
    assert fresh
    assert hits(updated, [history[:-1] for history in new], [history[-1] for history in new]) > 0.4


def test_nothing_is_due_where_little_happened(log):
    counts = LiveCounts()
    updates = RecommenderUpdates(log, lambda: counts, UpdateSettings(events=10))
    assert not updates.due({})
    histories = Histories.from_sequences([[0, 1], [1, 0]], ["a", "b"])
    scan = ModelScan.of(fit_factors(histories, FactorSettings(factors=2, rounds=1)))
    trained = {"factors": scan}
    assert updates.due(trained)
    assert updates.update(trained)["factors"] is scan
    assert not updates.due(trained)
    updates.forget()
    assert updates.due(trained)
