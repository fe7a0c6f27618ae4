"""What every trained recommender is held to.

A new one adds three lines:

class TestMyRecommender(RecommenderContract):
    @classmethod
    def train(cls, histories: Histories, folder: Path) -> None:
        ...
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import orjson
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.models import open_recommender
from bowerbird.recommend.neighbours_model import NeighboursModel
from bowerbird.storage.artefacts import MANIFEST
from bowerbird.testing.checkerboard import PRODUCTS, checkerboard

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Recommender


class RecommenderContract(ABC):
    """Subclass it, name the class Test..., and say how to train the model and write it into a folder."""

    @classmethod
    @abstractmethod
    def train(cls, histories: Histories, folder: Path) -> None:
        """Train on histories, from a seed, and write the model into a folder that is not there yet."""

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("models") / "model"
        cls.train(checkerboard(), folder)
        return folder

    @pytest.fixture
    def model(self, folder: Path) -> Recommender:
        model = open_recommender(folder)
        assert not isinstance(model, NeighboursModel)
        return model

    def test_each_product_has_a_row(self, model: Recommender) -> None:
        assert model.products == PRODUCTS
        assert model.vectors.shape[0] == len(PRODUCTS)
        assert model.vectors.dtype == np.float32

    @pytest.mark.parametrize("start", [0, 1])
    def test_whoever_keeps_to_one_colour_is_given_the_rest_of_it(self, model: Recommender, start: int) -> None:
        own = range(start, len(PRODUCTS), 2)
        for missing in own:
            scores = np.dot(model.vectors, read(model, [place for place in own if place != missing]))
            assert scores[missing] > scores[1 - start :: 2].max()

    def test_an_empty_history_reads_as_nothing(self, model: Recommender) -> None:
        assert read(model, []).tolist() == [0.0] * model.vectors.shape[1]

    def test_a_history_of_any_length_reads_as_one_vector(self, model: Recommender) -> None:
        for length in (1, 2, 9, 300):
            vector = read(model, [place % len(PRODUCTS) for place in range(length)])
            assert vector.shape == model.vectors.shape[1:]
            assert vector.dtype == np.float32
            assert np.isfinite(vector).all()

    def test_the_same_history_reads_alike(self, model: Recommender) -> None:
        assert read(model, [1, 3]).tolist() == read(model, [1, 3]).tolist()

    def test_the_same_seed_gives_the_same_model(self, model: Recommender, tmp_path: Path) -> None:
        self.train(checkerboard(), tmp_path / "again")
        again = open_recommender(tmp_path / "again")
        assert not isinstance(again, NeighboursModel)
        np.testing.assert_allclose(again.vectors, model.vectors, atol=1e-5)

    def test_a_torn_file_is_refused(self, folder: Path, tmp_path: Path) -> None:
        copy = copied(folder, tmp_path)
        largest = max((path for path in copy.iterdir() if path.name != MANIFEST), key=lambda path: path.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:-7])
        with pytest.raises(ArtefactError, match="torn"):
            open_recommender(copy)

    def test_a_damaged_file_is_refused(self, folder: Path, tmp_path: Path) -> None:
        copy = copied(folder, tmp_path)
        for path in copy.iterdir():
            if path.name != MANIFEST:
                raw = bytearray(path.read_bytes())
                raw[-3] ^= 0xFF
                path.write_bytes(bytes(raw))
        with pytest.raises(ArtefactError, match="damaged"):
            open_recommender(copy)

    def test_another_version_is_refused(self, folder: Path, tmp_path: Path) -> None:
        copy = copied(folder, tmp_path)
        manifest = orjson.loads((copy / MANIFEST).read_bytes())
        (copy / MANIFEST).write_bytes(orjson.dumps({**manifest, "version": manifest["version"] + 1}))
        with pytest.raises(ArtefactError, match="version"):
            open_recommender(copy)


def read(model: Recommender, history: list[int]) -> Floats:
    """A history of products of weight 1."""
    return model.read(np.array(history, np.int32), np.ones(len(history), np.float32))


def copied(folder: Path, beside: Path) -> Path:
    """A copy to be spoilt."""
    copy = beside / "copy"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    return copy
