from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from recommend_world import DAY, NOW, counted, products, together
from recommend_world import view as viewed

from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.fold_in import fold_in, mean_at_length
from bowerbird.recommend.interactions import keys_of

KNOWN = tuple(one.id for one in products() if not one.id.endswith("-4"))
KINDS = sorted({one.split("-")[0] for one in KNOWN})


@dataclass(frozen=True)
class KindModel:
    """Likes what is of the kind of a history."""

    products: tuple[str, ...]
    vectors: np.ndarray

    def read(self, history, weights):
        return (self.vectors[history] * weights[:, None]).sum(axis=0)


def trained():
    random = np.random.default_rng(0)
    vectors = np.array([np.eye(len(KINDS))[KINDS.index(one.split("-")[0])] for one in KNOWN])
    return ModelScan.of(
        KindModel(KNOWN, (2 * vectors + 0.1 * random.standard_normal(vectors.shape)).astype(np.float32))
    )


def visits():
    """The new tea and the new shoe are looked at with others of their kind."""
    return [
        one
        for n in range(10)
        for kind in ("tea", "shoe")
        for one in viewed(f"{kind}-{n % 4} {kind}-4 {kind}-{(n + 1) % 4}", f"{kind}{n}", NOW - DAY, f"{kind}{n}")
    ]


def ids_of(view, scan, history, count):
    places = {int(view.documents_of(keys_of([one.id]))[0]): one.id for one in products()}
    vector = scan.read(keys_of(history), np.ones(len(history), np.float32))
    documents, _ = scan.best(view, vector, np.ones(len(places), bool), count)
    return [places[one] for one in documents.tolist()]


def test_a_new_product_is_recommended_to_who_likes_what_it_is_met_with(view):
    scan = fold_in(trained(), counted(visits()), NOW)
    assert set(scan.added.keys.tolist()) == set(keys_of(["tea-4", "shoe-4"]).tolist())
    assert "tea-4" in ids_of(view, scan, ["tea-0"], 6)
    assert "shoe-4" not in ids_of(view, scan, ["tea-0"], 6)


def test_a_history_of_a_new_product_reads_as_one_that_stands_for_it(view):
    before, after = trained(), fold_in(trained(), counted(visits()), NOW)
    assert before.read(keys_of(["tea-4"]), np.ones(1, np.float32)) is None
    assert {one.split("-")[0] for one in ids_of(view, after, ["tea-4"], 4)} == {"tea"}


def test_what_old_shoppers_are_recommended_among_trained_products_stays_as_it_was(view):
    before, after = trained(), fold_in(trained(), counted(visits(), together("tea-4", "milk-0")), NOW)
    for history in (["milk-1", "bread-2"], ["tea-1"], ["phone-0", "case-1"]):
        old = ids_of(view, before, history, 32)
        assert [one for one in ids_of(view, after, history, 40) if one in KNOWN] == old


def test_nothing_new_adds_nothing():
    scan = fold_in(trained(), counted(), NOW)
    assert len(scan.added.keys) == 0


def test_a_mean_keeps_the_length_of_what_it_is_made_of():
    vectors = np.array([[3.0, 0.0], [0.0, 3.0]], np.float32)
    mean = mean_at_length(vectors, np.array([1.0, 1.0], np.float32))
    assert np.linalg.norm(mean) == pytest.approx(3.0)
    assert mean[0] == pytest.approx(mean[1])
