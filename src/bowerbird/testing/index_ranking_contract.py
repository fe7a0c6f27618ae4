"""What every ``SearchIndex`` tells ranking of its documents; a part of ``SearchIndexContract``."""

from __future__ import annotations

import numpy as np
import pytest

from bowerbird.domain.ports import SearchIndex
from bowerbird.domain.product import Product
from bowerbird.testing.index_documents import document_of


class RankingContract:
    """Words, numbers, codes and keys of the five products; the fixture ``index`` holds them."""

    def test_words_are_counted_with_their_first_places(self, index: SearchIndex) -> None:
        view = index.view()
        counts = view.count_words("title", ["shoe", "red", "unheard"], view.find(np.array([4, 7, 8])))
        assert counts.counts.tolist() == [[1, 1, 0], [1, 0, 0], [0, 0, 0]]
        assert counts.places.tolist() == [[2, 0, -1], [1, -1, -1], [-1, -1, -1]]
        assert counts.lengths.tolist() == [3, 2, 2]
        assert counts.mean_length == pytest.approx(10 / 5)
        assert not view.count_words("nonsense", ["shoe"], view.find(np.array([4]))).counts.any()

    def test_numbers_are_the_lowest_of_a_product_s_rows(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([8, 3, 9]))
        assert view.numbers("price", documents).tolist()[:2] == [19.99, 60.0]
        assert np.isnan(view.numbers("price", documents)[2])
        np.testing.assert_array_equal(view.numbers("sentiment", documents), [np.nan, 0.5, np.nan])
        assert np.isnan(view.numbers("nonsense", documents)).all()
        assert view.numbers("PRICE", documents).tolist()[:2] == [19.99, 60.0]

    def test_codes_tell_equal_values(self, index: SearchIndex) -> None:
        view = index.view()
        luma, fleet, also, bare = view.codes("brand", view.find(np.array([3, 4, 7, 9]))).tolist()
        assert fleet == also != luma and bare == -1
        assert view.codes("nonsense", view.find(np.array([3]))).tolist() == [-1]
        assert view.codes("Brand", view.find(np.array([3, 4]))).tolist() == [luma, fleet]

    def test_texts_are_all_that_a_product_and_its_variants_have(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([7, 3, 9]))
        assert view.texts("color", documents) == [("brown",), ("Red", "Blue"), ()]
        assert view.texts("category", documents)[1] == ("Women/Tops/Jackets", "Sale")
        assert view.texts("Brand", documents) == [("Fleet",), ("Luma",), ()]
        assert view.texts("nonsense", documents) == [(), (), ()]
        assert view.texts("brand", documents[:0]) == []

    def test_keys_name_a_product_through_all_its_versions(self, index: SearchIndex) -> None:
        before = index.view()
        (key,) = before.keys(before.find(np.array([8])))
        index.apply([document_of(10, Product("lamp", "Desk Lamp, dimmed"), [], [])], [8], 10)
        after = index.view()
        assert after.keys(after.find(np.array([10]))).tolist() == [key]
        for view, seq in ((before, 8), (after, 10)):
            assert view.seqs(view.documents_of(np.array([key]))).tolist() == [seq]
        counted = after.count_words("title", ["desk", "dimmed"], after.find(np.array([10, 4])))
        assert counted.counts.tolist() == [[1, 1], [0, 0]]

    def test_products_are_found_by_their_keys_while_they_are_there(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([9, 3, 8]))
        keys = np.append(view.keys(documents), np.array([12345], np.uint64))
        assert view.documents_of(keys).tolist() == [*documents.tolist(), -1]
        assert view.documents_of(keys[:0]).tolist() == []
        index.apply([], [3], 10)
        after = index.view()
        assert after.documents_of(keys).tolist() == [*after.find(np.array([9, 3, 8])).tolist(), -1]
        assert after.documents_of(keys)[1] == -1
        index.apply([], [4, 7, 8, 9], 11)
        assert index.view().documents_of(keys).tolist() == [-1] * 4
