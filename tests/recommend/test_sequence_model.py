import numpy as np
import pytest

pytest.importorskip("torch", reason="the graph is made with torch")

from bowerbird.domain.errors import ArtefactError
from bowerbird.learn.sequence_network import NetworkShape, export_network, new_weights
from bowerbird.recommend.model_files import ModelFiles, write_model
from bowerbird.recommend.sequence_model import SORT, VERSION, SequenceModel

SHAPE = NetworkShape(dim=8, heads=2, hidden=16, longest=5)


@pytest.fixture(scope="module")
def model():
    vectors = np.random.default_rng(0).normal(size=(20, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    graph = export_network(new_weights(SHAPE, 10.0), SHAPE)
    return SequenceModel(tuple(f"p{number}" for number in range(20)), vectors, graph, SHAPE.longest, {"seed": 0})


def read(model, *history):
    return model.read(np.array(history, np.int32), np.ones(len(history), np.float32))


def test_only_the_last_products_are_read(model):
    np.testing.assert_array_equal(read(model, 9, 8, 1, 2, 3, 4, 5), read(model, 1, 2, 3, 4, 5))


def test_places_that_are_no_product_are_skipped(model):
    np.testing.assert_array_equal(read(model, 1, -1, 2, 20), read(model, 1, 2))
    assert read(model, -1, 99).tolist() == [0.0] * 8


def test_scores_are_logits_of_the_first_temperature(model):
    assert np.linalg.norm(read(model, 3, 4)) == pytest.approx(10.0, rel=1e-3)


def test_a_model_read_from_disk_reads_histories_alike(model, tmp_path):
    model.save(tmp_path / "model")
    again = SequenceModel.load(tmp_path / "model")
    assert again.products == model.products
    assert again.seen == {"seed": 0}
    np.testing.assert_array_equal(read(again, 1, 2, 3), read(model, 1, 2, 3))


def test_a_graph_that_is_none_is_refused_on_loading(model, tmp_path):
    files = ModelFiles(model.products, {"vectors": model.vectors}, {"longest": 5}, {}, {"network": b"no graph"})
    write_model(tmp_path / "model", SORT, VERSION, files)
    with pytest.raises(ArtefactError, match="graph"):
        SequenceModel.load(tmp_path / "model")
