import numpy as np
import pytest

from bowerbird.encode.photo_parts import BUILT_IN_DIM, FEATURES
from bowerbird.learn.pairs import Pairs, Phrases
from bowerbird.learn.train_default import DefaultSettings, fit_default_metric, label_pairs

LABELS = 12


@pytest.fixture
def shop() -> Pairs:
    rng = np.random.default_rng(0)
    views = tuple(rng.random((40, BUILT_IN_DIM)).astype(np.float32) for _ in range(2))
    numbers = np.arange(40)
    return Pairs("shop", views, (Phrases(numbers, rng.random((40, 384)).astype(np.float32)),), numbers // 2)


def test_labels_become_photos_that_the_classifier_would_name_so(shop: Pairs):
    rng = np.random.default_rng(1)
    labels = rng.normal(size=(LABELS, 384)).astype(np.float32)
    classifier = rng.normal(size=(LABELS, FEATURES)).astype(np.float32)
    pairs = label_pairs(labels, classifier, [shop], DefaultSettings())
    for view in pairs.views:
        logits = (view[:, :FEATURES] - shop.photos[:, :FEATURES].mean(0)) @ classifier.T
        np.testing.assert_array_equal(logits.argmax(1), np.arange(LABELS))
        np.testing.assert_array_equal(view[:, FEATURES : FEATURES + 384], labels)


def test_products_of_two_shops_are_not_confused(shop: Pairs):
    metric = fit_default_metric([shop, shop])
    assert metric.spread is not None
    assert metric.fitted_on == {"shops": {"shop": 40}}
    np.testing.assert_allclose(np.linalg.norm(metric.project(shop.photos), axis=1), 1.0, rtol=1e-4)
