import numpy as np
import pytest

from bowerbird.understand.attention import intent_attention, sentiment_weight

PRODUCTS = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])


def test_attention_is_the_softmax_of_the_products_likeness() -> None:
    found = intent_attention(np.array([1.0, 0.0]), PRODUCTS, temperature=0.5)
    powers = np.exp([2.0, 0.0, 1.2])
    assert found == pytest.approx(powers / powers.sum())
    assert found.dtype == np.float32


def test_several_queries_are_rows() -> None:
    queries = np.array([[1.0, 0.0], [0.0, 1.0]], np.float16)
    found = intent_attention(queries, PRODUCTS)
    assert found.shape == (2, 3)
    assert found.sum(1) == pytest.approx([1.0, 1.0])
    assert found[0] == pytest.approx(intent_attention(queries[0], PRODUCTS))


def test_a_low_temperature_gives_all_to_the_nearest_and_nothing_overflows() -> None:
    assert intent_attention(np.array([1e4, 0.0]), PRODUCTS, temperature=1e-4) == pytest.approx([1.0, 0.0, 0.0])


def test_no_products_take_no_attention() -> None:
    assert intent_attention(np.ones(2), np.zeros((0, 2))).shape == (0,)


@pytest.mark.parametrize(
    ("query", "products", "temperature"),
    [(np.ones(3), PRODUCTS, 1.0), (np.ones(2), np.ones(2), 1.0), (np.ones(2), PRODUCTS, 0.0)],
)
def test_what_does_not_fit_is_refused(query: np.ndarray, products: np.ndarray, temperature: float) -> None:
    with pytest.raises(ValueError, match=r"expected above 0|do not fit"):
        intent_attention(query, products, temperature)


def test_sentiment_weighs_as_its_exponential() -> None:
    found = sentiment_weight(np.array([[-1.0, 0.0], [0.5, 1.0]]), strength=2.0)
    assert found == pytest.approx(np.exp([[-2.0, 0.0], [1.0, 2.0]]))
    assert found.dtype == np.float32


def test_scores_outside_the_range_are_taken_for_its_ends_and_unknown_ones_for_neutral() -> None:
    assert sentiment_weight(np.array([9.0, -9.0, np.nan]), 1.0) == pytest.approx([np.e, 1 / np.e, 1.0])
    assert sentiment_weight(np.array([0.7]), 0.0).tolist() == [1.0]
