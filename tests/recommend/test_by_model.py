from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from recommend_world import World, products, shopper
from recommend_world import view as viewed

from bowerbird.domain.recommendation import Surface, WhyKind
from bowerbird.recommend.by_model import ModelScan, look
from bowerbird.recommend.interactions import keys_of

IDS = [product.id for product in products()]


@dataclass(frozen=True)
class MeanModel:
    """Likes what lies near the mean of a history."""

    products: tuple[str, ...]
    vectors: np.ndarray

    def read(self, history, weights):
        return (self.vectors[history] * weights[:, None]).sum(axis=0)


def model(seed=3, dim=24):
    known = (*reversed(IDS), "gone")
    return MeanModel(known, np.random.default_rng(seed).standard_normal((len(known), dim)).astype(np.float32))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_are_those_of_all_inner_products_within_the_filter(view, seed):
    made = model(seed)
    scan, random = ModelScan.of(made), np.random.default_rng(seed)
    allowed = random.random(len(IDS)) < 0.6
    vector = random.standard_normal(24).astype(np.float32)
    documents, scores = scan.best(view, vector, allowed, 8)
    by_document = dict(zip(view.documents_of(keys_of(made.products)).tolist(), made.vectors @ vector, strict=True))
    expected = sorted(((score, one) for one, score in by_document.items() if one >= 0 and allowed[one]), reverse=True)
    assert documents.tolist() == [one for _, one in expected[:8]]
    assert scores.tolist() == pytest.approx([score for score, _ in expected[:8]], rel=1e-5)


def test_a_history_of_unknown_products_alone_is_not_read(view):
    scan = ModelScan.of(model())
    assert scan.read(keys_of(["who", "knows"]), np.ones(2, np.float32)) is None
    assert scan.read(keys_of(["who", IDS[0]]), np.ones(2, np.float32)) is not None


def test_products_that_are_no_more_are_not_found(view):
    scan = ModelScan.of(model())
    documents, _ = scan.best(view, np.ones(24, np.float32), np.ones(len(IDS), bool), 100)
    assert sorted(documents.tolist()) == list(range(len(IDS)))


def test_scores_of_products_are_exact_and_unknown_ones_have_none(view):
    made = model()
    scan, vector = ModelScan.of(made), np.ones(24, np.float32)
    found = scan.scores(vector, keys_of([IDS[4], "who"]))
    assert found[0] == pytest.approx(made.vectors[made.products.index(IDS[4])].sum(), rel=1e-5)
    assert np.isnan(found[1])


def test_what_a_sequence_model_expects_next_is_recommended_and_told_as_such(view):
    made = model()
    world = World(view, models={"sequence": ModelScan.of(made)})
    listed = world.ask(Surface.FOR_YOU, shopper(view, viewed("tea-0", "x")), limit=40)
    sources = {one.source for one in listed.told}
    assert "sequence" in sources
    assert all(one.kind is WhyKind.NEXT for one in listed.told if one.source == "sequence")


def test_a_model_that_fails_is_left_out(view):
    class Broken(MeanModel):
        def read(self, history, weights):
            raise RuntimeError("no such node")

    made = model()
    world = World(view, models={"sequence": ModelScan.of(Broken(made.products, made.vectors))})
    who = shopper(view, viewed("tea-0", "x"))
    with pytest.raises(AssertionError):
        world.ask(Surface.FOR_YOU, who)
    assert world.faults.counts


@pytest.mark.parametrize("dim", [16, 33, 64])
def test_among_many_products_nearly_all_of_the_best_are_found(dim):
    random = np.random.default_rng(dim)
    centres = random.standard_normal((50, dim)).astype(np.float32)
    lengths = random.gamma(2, 0.5, (15_000, 1)).astype(np.float32)
    vectors = (centres[random.integers(0, 50, 15_000)] + random.standard_normal((15_000, dim))).astype(np.float32)
    scan = ModelScan.of(MeanModel(tuple(f"p{n}" for n in range(15_000)), vectors * lengths))
    found = 0
    for centre in centres[:20]:
        scores = scan.model.vectors @ centre
        best = np.argsort(-scores)[:20]
        found += len(set(best.tolist()) & set(look(scan.codes, centre, 120).tolist()))
    assert found >= 0.9 * 400
