from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.photo_metric import PhotoMetric, Spread, default_photo_metric, pull_together
from bowerbird.encode.photo_parts import BUILT_IN_DIM, PhotoParts


def a_metric(pull: float = 0.0) -> PhotoMetric:
    rng = np.random.default_rng(0)
    mean, projection = rng.normal(size=6).astype(np.float32), rng.normal(size=(6, 3)).astype(np.float32)
    factor = rng.normal(size=(2, 6)).astype(np.float16).astype(np.float32)
    spread = Spread(factor, factor, 0.25, 0.5)
    return PhotoMetric.of(PhotoParts(6), mean, projection, name="tiny", pull=pull, spread=spread)


def photos(count: int) -> np.ndarray:
    return np.random.default_rng(count).normal(size=(count, 6)).astype(np.float32)


def test_photos_come_out_as_unit_rows():
    projected = a_metric().project(photos(4))
    assert projected.shape == (4, 3)
    np.testing.assert_allclose(np.linalg.norm(projected, axis=1), 1.0, rtol=1e-5)


def test_what_is_saved_is_loaded_exactly(tmp_path: Path):
    metric = a_metric(0.5)
    metric.save(tmp_path / "m")
    loaded = PhotoMetric.load(tmp_path / "m")
    np.testing.assert_array_equal(loaded.product_rows(photos(4)), metric.product_rows(photos(4)))
    assert loaded.fingerprint == metric.fingerprint
    assert loaded.spread is not None
    assert loaded.spread.total_floor == 0.5


def test_a_metric_that_is_unknown_is_the_cosine(tmp_path: Path):
    metric = PhotoMetric.identity(6)
    np.testing.assert_allclose(metric.project(photos(2)), photos(2) / np.linalg.norm(photos(2), axis=1)[:, None])
    metric.save(tmp_path / "m")
    assert PhotoMetric.load(tmp_path / "m").fingerprint == metric.fingerprint


def test_pulling_moves_the_photos_of_a_product_together():
    metric = a_metric()
    rows = metric.project(photos(5))
    pulled = pull_together(rows, 0.5)
    assert (pulled @ pulled.T).mean() > (rows @ rows.T).mean()
    all_the_way = pull_together(rows, 1.0)
    np.testing.assert_allclose(all_the_way, np.tile(all_the_way[0], (5, 1)), rtol=1e-5)


def test_one_or_two_photos_are_not_pulled():
    rows = a_metric().project(photos(2))
    np.testing.assert_array_equal(pull_together(rows, 0.5), rows)


def test_pull_changes_the_fingerprint():
    assert a_metric(0.0).fingerprint != a_metric(0.5).fingerprint


def test_a_torn_artefact_is_refused(tmp_path: Path):
    a_metric().save(tmp_path / "m")
    arrays = tmp_path / "m" / "metric.npz"
    arrays.write_bytes(arrays.read_bytes()[:100])
    with pytest.raises(ArtefactError):
        PhotoMetric.load(tmp_path / "m")


def test_the_packaged_metric_takes_the_built_in_encoders_vectors():
    metric = default_photo_metric()
    assert metric.photo_dim == BUILT_IN_DIM
    assert metric.spread is not None
    zero = np.zeros((1, BUILT_IN_DIM), np.float32)
    assert np.isfinite(metric.project(zero)).all()
