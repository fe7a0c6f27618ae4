import numpy as np

from bowerbird.encode.photo_parts import BUILT_IN_DIM
from bowerbird.learn.judge_alignment import judge_alignment
from bowerbird.learn.pairs import Pairs, split_products
from bowerbird.learn.ridge import fit_ridge, prior_alignment


def test_a_planted_linear_map_is_recovered(planted: Pairs):
    kept, held = split_products(planted.products, 0.3, seed=0)
    scores = judge_alignment(fit_ridge(planted.take(kept), 16, 0.01), planted.take(held))
    assert scores.title_at_10 > 0.9
    assert scores.kind_at_10 > 0.7


def test_chance_is_judged_as_chance(planted: Pairs):
    kept, held = split_products(planted.products, 0.3, seed=0)
    shuffled = planted.take(kept)
    photos = np.random.default_rng(0).permutation(shuffled.photos)
    lost = Pairs("lost", (photos,), shuffled.phrases, shuffled.products)
    scores = judge_alignment(fit_ridge(lost, 16, 1.0), planted.take(held))
    assert scores.title_at_10 < 0.35


def test_the_label_prior_alone_finds_what_a_label_names():
    rng = np.random.default_rng(0)
    labels = rng.normal(size=(50, 384)).astype(np.float32)
    labels /= np.linalg.norm(labels, axis=1, keepdims=True)
    photos = np.abs(rng.normal(size=(50, BUILT_IN_DIM))).astype(np.float32)
    photos[:, 1280:1664] = labels
    alignment = prior_alignment(BUILT_IN_DIM, labels, labels, 64)
    found = np.argmax(alignment.texts(labels) @ alignment.photos(photos).T, axis=1)
    np.testing.assert_array_equal(found, np.arange(50))
