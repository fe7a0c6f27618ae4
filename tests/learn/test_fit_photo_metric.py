import numpy as np
import pytest

from bowerbird.encode.photo_metric import PhotoMetric
from bowerbird.learn.fit_photo_metric import ChangedCopies, KnownPhotos, MetricSettings, fit_once, fit_photo_metric

SETTINGS = MetricSettings(dim=8, rank=4, lean=20, shrinkage=0.001)


@pytest.fixture
def noisy_shop() -> tuple[np.ndarray, np.ndarray]:
    """40 products with 8 photos each: few directions tell products apart, others are loud and tell nothing."""
    rng = np.random.default_rng(0)
    products = np.repeat(np.arange(40), 8)
    telling = rng.normal(size=(40, 8))[products] + 0.3 * rng.normal(size=(320, 8))
    loud = 5.0 * rng.normal(size=(320, 8))
    photos = np.concatenate([telling, loud], axis=1).astype(np.float32)
    return photos, products


def test_it_learns_what_to_ignore(noisy_shop):
    photos, products = noisy_shop
    metric, report = fit_photo_metric(photos, products, settings=SETTINGS)
    assert report.kept != "identity"
    scores = report.scores
    assert scores["start"]["other scenes"] < 0.4
    assert scores[report.kept]["other scenes"] > 0.8
    assert metric.dim == 8


def test_it_learns_from_changed_copies_where_products_have_one_photo():
    rng = np.random.default_rng(1)
    telling, loud = rng.normal(size=(200, 8)), 5.0 * rng.normal(size=(200, 8))
    photos = np.concatenate([telling, loud], axis=1).astype(np.float32)
    changed = np.concatenate([telling + 0.1 * rng.normal(size=(200, 8)), 5.0 * rng.normal(size=(200, 8))], axis=1)
    copies = ChangedCopies(changed.astype(np.float32), np.arange(200))
    _, report = fit_photo_metric(photos, np.arange(200), copies, settings=SETTINGS)
    assert report.scores[report.kept]["changed copies"] > 0.8 > 0.3 > report.scores["start"]["changed copies"]


def test_a_handful_of_photos_keeps_the_start(noisy_shop):
    photos, products = noisy_shop
    start = fit_once(KnownPhotos.of(photos, products, None), None, SETTINGS)
    metric, _ = fit_photo_metric(photos[:5], products[:5], start=start, settings=SETTINGS)
    assert metric is start


def test_a_small_shop_leans_on_the_start(noisy_shop):
    photos, products = noisy_shop
    start = fit_once(KnownPhotos.of(photos, products, None), None, SETTINGS, keep_spread=True)
    few = np.arange(24)
    alone = fit_once(KnownPhotos.of(photos[few], few, None), None, SETTINGS)
    leaning = fit_once(KnownPhotos.of(photos[few], few, None), start, SETTINGS)

    def found(metric: PhotoMetric) -> float:
        scores = metric.project(photos) @ metric.project(photos).T
        np.fill_diagonal(scores, -1)
        return float(np.mean(products[scores.argmax(1)] == products))

    assert found(leaning) > found(alone)


def test_another_models_metric_is_no_start(noisy_shop):
    photos, products = noisy_shop
    metric, _ = fit_photo_metric(photos[:5], products[:5], start=PhotoMetric.identity(99), settings=SETTINGS)
    assert metric.photo_dim == photos.shape[1]


def test_photos_and_products_must_match(noisy_shop):
    photos, products = noisy_shop
    with pytest.raises(ValueError, match="do not match"):
        fit_photo_metric(photos, products[:-1], settings=SETTINGS)
