import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bowerbird.domain.errors import ModelError
from bowerbird.storage import vectors
from bowerbird.storage.database import Database
from bowerbird.storage.vectors import VectorStore


@pytest.fixture
def cache(database: Database) -> VectorStore:
    return VectorStore(database)


def rows(*names: str) -> dict[str, np.ndarray]:
    return {name: np.full(4, ord(name[0]), np.float32) for name in names}


def test_vectors_come_back_in_sixteen_bits(cache: VectorStore):
    cache.put_many("m", {"a": np.array([0.5, -0.25, 1 / 3], np.float32)})
    [vector] = cache.get_many("m", ["a", "unknown"]).values()
    assert vector.dtype == np.float16
    np.testing.assert_array_equal(vector, np.array([0.5, -0.25, 1 / 3], np.float16))


def test_models_do_not_see_each_other(cache: VectorStore):
    cache.put_many("m", rows("a", "b"))
    cache.put_many("n", rows("b"))
    assert set(cache.get_many("n", ["a", "b"])) == {"b"}
    assert cache.missing("n", ["a", "b"]) == {"a"}
    assert (cache.count("m"), cache.count("n"), cache.count("none")) == (2, 1, 0)


def test_putting_again_replaces(cache: VectorStore):
    cache.put_many("m", {"a": np.zeros(2, np.float32)})
    cache.put_many("m", {"a": np.ones(2, np.float32)})
    np.testing.assert_array_equal(cache.get_many("m", ["a"])["a"], [1, 1])
    assert cache.count("m") == 1


def test_a_matrix_keeps_the_order_and_repeats_and_marks_what_is_missing(cache: VectorStore):
    cache.put_many("m", rows("a", "b"))
    matrix, missing = cache.get_matrix("m", ["b", "x", "a", "b"], 4)
    np.testing.assert_array_equal(matrix[:, 0], [ord("b"), 0, ord("a"), ord("b")])
    np.testing.assert_array_equal(missing, [False, True, False, False])


def test_a_vector_of_another_length_counts_as_missing(cache: VectorStore):
    cache.put_many("m", {"a": np.ones(3, np.float32)})
    matrix, missing = cache.get_matrix("m", ["a"], 4)
    assert missing.all()
    assert not matrix.any()


def test_reading_most_of_a_model_gives_the_same_as_looking_up(cache: VectorStore, monkeypatch: pytest.MonkeyPatch):
    names = [f"hash{number:05}" for number in range(3_000)]
    stored = np.arange(6_000, dtype=np.float16).reshape(3_000, 2) % 1_000
    cache.put_matrix("m", names, stored)
    wanted = [*names[:1_500], "unknown"]
    looked_up, missing = cache.get_matrix("m", wanted, 2)
    monkeypatch.setattr(vectors, "_FEW", 0)
    scanned, missing_too = cache.get_matrix("m", wanted, 2)
    np.testing.assert_array_equal(looked_up, scanned)
    np.testing.assert_array_equal(missing, missing_too)
    np.testing.assert_array_equal(scanned[:-1], stored[:1_500])


def test_nothing_asked_is_nothing_given(cache: VectorStore):
    cache.put_many("m", {})
    matrix, missing = cache.get_matrix("m", [], 4)
    assert matrix.shape == (0, 4)
    assert missing.shape == (0,)


def test_old_models_are_forgotten(cache: VectorStore):
    cache.put_many("old", rows("a", "b"))
    cache.put_many("new", rows("a"))
    assert cache.prune(keep=["new"]) == 2
    assert (cache.count("old"), cache.count("new")) == (0, 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e6])
def test_a_vector_that_is_not_finite_is_refused(cache: VectorStore, value: float):
    with pytest.raises(ModelError):
        cache.put_many("m", {"a": np.ones(2, np.float32), "b": np.array([value, 0], np.float32)})
    assert cache.count("m") == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(arrays(np.float16, (3, 5), elements=st.floats(-1, 1, width=16)))
def test_sixteen_bit_vectors_survive_exactly(cache: VectorStore, matrix: np.ndarray):
    cache.put_matrix("m", ["a", "b", "c"], matrix)
    again, missing = cache.get_matrix("m", ["a", "b", "c"], 5)
    np.testing.assert_array_equal(again, matrix)
    assert not missing.any()
