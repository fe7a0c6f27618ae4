import numpy as np

from bowerbird.domain.filters import Equals
from bowerbird.retrieve.similar import find_similar

NOISE = [f"thing number {number}" for number in range(40)]


def test_more_like_this_leaves_itself_out_and_puts_the_nearest_first(view_of, texts_of):
    view = view_of(
        {"text": "red shoe", "photo": "red shoe"},
        {"text": "crimson trainer", "photo": "red shoe"},
        {"text": "red bag", "photo": "red bag"},
        *NOISE,
    )
    found = find_similar(view, 0)
    assert texts_of(view, found)[:2] == ["crimson trainer", "red bag"]
    assert 0 not in found.documents
    assert set(found.signals) == {"text", "photo"}


def test_the_filter_holds(view_of):
    view = view_of({"text": "red shoe"}, {"text": "red shoe", "brand": "Luma"}, {"text": "red shoe"}, *NOISE)
    assert find_similar(view, 0, view.select(Equals("brand", "Luma"))).documents.tolist() == [1]


def test_a_product_without_vectors_is_like_nothing(view_of):
    view = view_of({"text": "bare", "vectors": {"text": np.zeros((0, 8), np.float32)}})
    view.things[0].vectors = {}
    assert find_similar(view, 0).total == 0
