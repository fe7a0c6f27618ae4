import numpy as np
import orjson
import pytest

from bowerbird.engine.product_vectors import product_vectors


@pytest.fixture(scope="module")
def products(tiny_shop):
    return [orjson.loads(line)["id"] for line in tiny_shop.read_bytes().splitlines() if line]


def test_each_product_has_its_text_beside_its_photos(engine, products):
    view = engine.live_view()
    rows = product_vectors(view, products)
    texts, photos = (product_vectors(view, products, [name]) for name in ("text", "photo"))
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, np.concatenate([texts, photos], axis=1))
    lengths = np.linalg.norm(texts, axis=1)
    np.testing.assert_allclose(lengths[lengths > 0], 1, rtol=1e-3)
    assert (lengths > 0).mean() > 0.9


def test_a_product_that_is_gone_has_zeros_and_moves_nobody_else(engine, products):
    view, (first, second) = engine.live_view(), products[:2]
    rows = product_vectors(view, [first, "no such product", second])
    assert not rows[1].any()
    np.testing.assert_array_equal(rows[[0, 2]], product_vectors(view, [first, second]))


def test_without_products_that_have_any_there_is_no_dimension(engine):
    assert product_vectors(engine.live_view(), ["no such product"]).shape == (1, 0)
    assert product_vectors(engine.live_view(), []).shape == (0, 0)
