import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

from bowerbird.learn.judge_alignment import judge_alignment
from bowerbird.learn.losses import infonce, triplet
from bowerbird.learn.pairs import Pairs, split_products
from bowerbird.learn.ridge import fit_ridge
from bowerbird.learn.train_towers import TowerSettings, train_towers

SETTINGS = TowerSettings(hidden=32, batch=64, fewest_steps=80, dropout=0.0)


@pytest.mark.parametrize("loss", [infonce, triplet])
def test_training_improves_on_a_poor_start(planted: Pairs, loss):
    kept, held = split_products(planted.products, 0.3, seed=0)
    start = fit_ridge(planted.take(kept), 16, 1000.0)
    trained = train_towers([planted.take(kept)], start, loss, SETTINGS, name="test")
    before, after = (judge_alignment(a, planted.take(held)) for a in (start, trained))
    assert after.overall > before.overall


def test_the_same_seed_gives_the_same_towers(planted: Pairs):
    start = fit_ridge(planted, 16, 1.0)
    first, second = (train_towers([planted], start, infonce, SETTINGS, name="test") for _ in range(2))
    assert first.fingerprint == second.fingerprint


def test_progress_is_told(planted: Pairs):
    seen = []
    settings = TowerSettings(hidden=8, batch=32, fewest_steps=20, most_steps=20)
    start = fit_ridge(planted, 8, 1.0)
    train_towers([planted], start, infonce, settings, name="x", progress=lambda *step: seen.append(step))
    assert seen[-1] == ("fitting the alignment (x)", 20, 20)


def test_losses_are_least_where_pairs_agree():
    import torch

    right = torch.eye(8)
    wrong = right.roll(1, 0)
    same, scale = torch.eye(8), torch.tensor(20.0)
    for loss in (infonce, triplet):
        assert loss(right, right, same, scale) < loss(wrong, right, same, scale)
    assert float(infonce(right, right, same, scale)) == pytest.approx(0.0, abs=1e-4)


def test_two_products_of_the_same_name_are_both_right_answers():
    import torch

    photos = torch.nn.functional.normalize(torch.tensor([[1.0, 0.1], [1.0, -0.1], [-1.0, 0.0]]), dim=1)
    texts = torch.tensor([[1.0, 0.0], [1.0, 0.0], [-1.0, 0.0]])
    same = torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    scale = torch.tensor(20.0)
    # Half of the probability each: the loss is that of the best possible split, ln 2, on the two alike.
    assert float(infonce(photos, texts, same, scale)) == pytest.approx(np.log(2) * 2 / 3, abs=1e-2)
    assert float(triplet(photos, texts, same, scale)) == pytest.approx(0.0, abs=1e-6)
