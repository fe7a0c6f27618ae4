import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

import torch

from bowerbird.domain.errors import InputError
from bowerbird.learn.judge_recommender import hold_out, judge, model_scores
from bowerbird.learn.losses import sampled_softmax
from bowerbird.learn.sequence_network import Dropout, NetworkShape
from bowerbird.learn.train_sequence import STAGE, SequenceSettings, train_sequence
from bowerbird.learn.training_run import CHECKPOINT, TrainingRun
from bowerbird.recommend.histories import Histories
from bowerbird.testing.recommender_contract import RecommenderContract

SMALL = SequenceSettings(
    shape=NetworkShape(dim=16, hidden=32, longest=20), dropout=Dropout(0.0, 0.0), negatives=0, batch=128, epochs=30,
    warm_up=5, rate=0.02,
)  # fmt: skip
COUNT = 24


def ring(shoppers=60, seed=0):
    """A world where each product is always followed by one other, and by none else."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(COUNT)
    starts = rng.integers(0, COUNT, shoppers)
    walks = [[int(order[(start + step) % COUNT]) for step in range(rng.integers(3, 8))] for start in starts]
    return Histories.from_sequences(walks, [f"p{number}" for number in range(COUNT)])


SHORT, VALID = replace(SMALL, epochs=5, dropout=Dropout(), negatives=5), hold_out(ring())


class TestSequence(RecommenderContract):
    @classmethod
    def train(cls, histories, folder):
        train_sequence(histories, replace(SMALL, epochs=10)).save(folder)


@pytest.mark.parametrize("negatives", [0, 6])
def test_what_always_follows_is_learned(negatives):
    before, held = hold_out(ring())
    model = train_sequence(before, replace(SMALL, negatives=negatives))
    assert judge(model_scores(model, before), held).ndcg[5] > 0.9


def test_the_epoch_that_foretells_best_is_kept_and_it_stops_when_none_is_better():
    before, held = hold_out(ring())
    model = train_sequence(before, replace(SMALL, epochs=40, patience=2), (before, held))
    assert model.seen["epochs"] < 40
    assert judge(model_scores(model, before), held).ndcg[10] == pytest.approx(model.seen["valid ndcg@10"], abs=1e-3)


def test_the_same_seed_gives_the_same_model_and_another_one_another():
    settings = replace(SMALL, epochs=2, dropout=Dropout())
    first, again, other = (train_sequence(ring(), one) for one in (settings, settings, replace(settings, seed=1)))
    np.testing.assert_array_equal(first.vectors, again.vectors)
    assert not np.allclose(first.vectors, other.vectors)


def test_a_resumed_training_gives_what_an_unbroken_one_gives(tmp_path):
    unbroken = train_sequence(ring(), SHORT, VALID)

    class Killed(Exception):
        pass

    def kill_in_the_third_epoch(stage, done, total=None):
        if total and done > total // 2:
            raise Killed

    with TrainingRun(tmp_path, {"world": "ring"}) as run, pytest.raises(Killed):
        train_sequence(ring(), SHORT, VALID, run, kill_in_the_third_epoch)
    with TrainingRun(tmp_path, {"world": "ring"}) as run:
        assert (tmp_path / CHECKPOINT).is_file()
        resumed = train_sequence(ring(), SHORT, VALID, run)
    np.testing.assert_array_equal(resumed.vectors, unbroken.vectors)
    history, weights = np.array([1, 2, 3], np.int32), np.ones(3, np.float32)
    np.testing.assert_array_equal(resumed.read(history, weights), unbroken.read(history, weights))


KILLED = """
import os, signal, sys
from pathlib import Path
from test_train_sequence import SHORT, ring, VALID
from bowerbird.learn.train_sequence import train_sequence
from bowerbird.learn.training_run import TrainingRun

def kill(stage, done, total=None):
    if done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)

train_sequence(ring(), SHORT, VALID, TrainingRun(Path(sys.argv[1]), {"world": "ring"}), kill)
"""


@pytest.mark.crash
def test_a_killed_training_goes_on_to_what_an_unbroken_one_gives(tmp_path):
    here = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=here, timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL
    with TrainingRun(tmp_path, {"world": "ring"}) as run:
        assert run.has_checkpoint
        resumed = train_sequence(ring(), SHORT, VALID, run)
    np.testing.assert_array_equal(resumed.vectors, train_sequence(ring(), SHORT, VALID).vectors)


def test_training_leaves_the_callers_generator_alone():
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    train_sequence(ring(), replace(SMALL, epochs=1))
    assert torch.rand(1) == expected


def test_products_begin_where_an_encoder_puts_them():
    histories, vectors = ring(), np.random.default_rng(0).normal(size=(COUNT, 40)).astype(np.float32)
    settings = replace(SMALL, start=None, epochs=1, rate=0.0, shape=replace(SMALL.shape, dim=32))
    found = train_sequence(histories, settings, item_vectors=vectors).vectors
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.corrcoef((found @ found.T).ravel(), (unit @ unit.T).ravel())[0, 1] > 0.9


def test_vectors_of_other_products_are_refused():
    with pytest.raises(InputError, match="vectors"):
        train_sequence(ring(), SMALL, item_vectors=np.ones((3, 4), np.float32))


def test_shoppers_of_one_product_are_too_little_to_learn_from():
    with pytest.raises(InputError, match="no order"):
        train_sequence(Histories.from_sequences([[0], [1]], ("a", "b")), SMALL)


def test_progress_is_told():
    seen = []
    train_sequence(ring(), replace(SMALL, epochs=2), progress=lambda *step: seen.append(step))
    done = [steps for stage, steps, _ in seen if stage == STAGE]
    assert done == sorted(done)
    assert seen[-1] == (STAGE, done[-1], done[-1])


def test_with_every_product_a_candidate_it_is_the_full_softmax():
    states, products = torch.randn(700, 8), torch.randn(40, 8)
    targets = torch.randint(0, 40, (700,))
    full = torch.nn.functional.cross_entropy(states @ products.T, targets)
    torch.testing.assert_close(sampled_softmax(states, products, targets, torch.ones(40)), full)
    mixed = torch.randperm(40)
    places = torch.argsort(mixed)[targets]
    torch.testing.assert_close(sampled_softmax(states, products[mixed], places, torch.ones(40), chunk=64), full)


def test_drawn_candidates_stand_for_all_of_them_on_average():
    """What is drawn with a chance counts for one over it, so that sums of powers come out right on average."""
    rng = torch.Generator().manual_seed(0)
    state, products = 0.5 * torch.randn(1, 8, generator=rng), torch.randn(50_000, 8, generator=rng)
    target, chance = torch.tensor([0]), 0.5
    full = sampled_softmax(state, products, target, torch.ones(50_000))
    drawn = torch.rand(50_000, generator=rng) < chance
    drawn[0] = True
    chances = torch.full((int(drawn.sum()),), chance)
    chances[0] = 1.0
    torch.testing.assert_close(sampled_softmax(state, products[drawn], target, chances), full, atol=0.1, rtol=0)
