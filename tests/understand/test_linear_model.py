import json
from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.understand.linear_model import GramWeights, LinearModel
from bowerbird.understand.ngrams import GramSettings, text_grams

WORDS = {"good": (1.0, 0.0), "bad": (-1.0, 0.5), "shoe": (0.0, 1.0)}
SINGLE = GramSettings(1)


@pytest.fixture
def weights() -> GramWeights:
    grams = text_grams(list(WORDS), SINGLE).hashes
    order = np.argsort(grams)
    values = np.array(list(WORDS.values()), np.float32)[order]
    return GramWeights.rounded(SINGLE, grams[order], np.ones(3, np.float32), values)


def test_scores_are_the_mean_direction_of_the_known_grams(weights: GramWeights) -> None:
    scores = weights.scores(["good", "good shoe", "bad good shoe", "unknown", ""])
    expected = [[1, 0], [1 / 2**0.5, 1 / 2**0.5], [0, 1.5 / 3**0.5], [0, 0], [0, 0]]
    assert scores == pytest.approx(np.array(expected), abs=0.01)


def test_a_repeated_gram_counts_once(weights: GramWeights) -> None:
    assert weights.scores(["good shoe good good"]) == pytest.approx(weights.scores(["good shoe"]))


def test_a_large_batch_scores_as_its_texts_alone(weights: GramWeights) -> None:
    texts = ["good", "bad shoe", "", "good bad"] * 300
    assert weights.scores(texts) == pytest.approx(np.concatenate([weights.scores([text]) for text in texts]))


def test_every_known_hash_is_found_and_no_other() -> None:
    drawn = np.random.default_rng(0).integers(0, 2**32, 20_000, dtype=np.uint32)
    # Some close together, as in a crowded bucket, and the first and the last that there are.
    crowd = np.arange(1 << 20, (1 << 20) + 40, dtype=np.uint32)
    known = np.unique(np.concatenate([drawn[:10_000], crowd, np.array([0, 2**32 - 1], np.uint32)]))
    n = len(known)
    weights = GramWeights.rounded(SINGLE, known, np.ones(n, np.float32), np.ones((n, 1), np.float32))
    assert weights.find(known).tolist() == list(range(n))
    others = np.setdiff1d(drawn, known)
    assert (weights.find(others) == -1).all()


def test_hashes_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        GramWeights.rounded(SINGLE, np.array([2, 1], np.uint32), np.ones(2, np.float32), np.ones((2, 1), np.float32))


@pytest.fixture
def model(weights: GramWeights) -> LinearModel:
    return LinearModel("toy", {"en": weights}, {"bias": np.array([0.5], np.float32)}, {"words": 3})


def test_a_saved_model_is_the_model(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path / "toy")
    loaded = LinearModel.load(tmp_path / "toy", "toy")
    assert loaded.fingerprint == model.fingerprint
    assert loaded.fitted_on == {"words": 3}
    assert loaded.more["bias"].tolist() == [0.5]
    assert (loaded.weights["en"].scores(["good shoe"]) == model.weights["en"].scores(["good shoe"])).all()


def test_the_same_model_gives_the_same_file(model: LinearModel, tmp_path: Path) -> None:
    for name in ("one", "two"):
        model.save(tmp_path / name)
    assert (tmp_path / "one" / "weights.npz").read_bytes() == (tmp_path / "two" / "weights.npz").read_bytes()


def test_a_torn_file_is_refused(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path / "toy")
    file = tmp_path / "toy" / "weights.npz"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ArtefactError, match="torn"):
        LinearModel.load(tmp_path / "toy", "toy")


def test_a_file_with_other_numbers_is_refused(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path / "toy")
    manifest = tmp_path / "toy" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["details"]["fingerprint"] = "0" * 24
    manifest.write_text(json.dumps(told))
    with pytest.raises(ArtefactError, match="damaged"):
        LinearModel.load(tmp_path / "toy", "toy")


@pytest.mark.parametrize(("key", "value"), [("version", 99), ("kind", "other")])
def test_another_version_or_kind_is_refused(model: LinearModel, tmp_path: Path, key: str, value: object) -> None:
    model.save(tmp_path / "toy")
    manifest = tmp_path / "toy" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {key: value}))
    with pytest.raises(ArtefactError):
        LinearModel.load(tmp_path / "toy", "toy")
