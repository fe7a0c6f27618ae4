"""What every ``SearchIndex`` must do, as one class of tests.

A new backend is held to it by three lines::

    class TestMyIndex(SearchIndexContract):
        def make(self, folder, documents):
            return MyIndex(...)
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter, parse_filter
from bowerbird.domain.ports import IndexDocument, IndexView, SearchIndex, TermClause, TermQuery, VectorRows
from bowerbird.domain.product import Product
from bowerbird.domain.query import FacetRequest, Sort
from bowerbird.testing.index_documents import contract_documents, document_of
from bowerbird.testing.index_ranking_contract import RankingContract

BOOSTS = {"title": 3.0, "brand": 2.0, "category": 1.5, "attributes": 1.0, "body": 0.5, "sku": 4.0}


class SearchIndexContract(RankingContract):
    """The behaviour behind ``ports.SearchIndex``; subclasses say how to make one."""

    def make(self, folder: Path, documents: Iterable[IndexDocument]) -> SearchIndex:
        """An index holding these documents, with ``applied`` 9."""
        raise NotImplementedError

    @pytest.fixture()
    def index(self, tmp_path: Path) -> Iterable[SearchIndex]:
        """The five products."""
        index = self.make(tmp_path / "index", contract_documents())
        yield index
        index.close()

    @pytest.mark.parametrize(
        ("condition", "seqs"),
        [
            ("color = red", [3, 4]),
            ("color = RED AND size = M", [3]),
            ("color = red AND size = M AND in_stock = true", []),
            ("color = blue AND size = M AND in_stock = true", [3]),
            ("NOT color = red", [3, 7, 8, 9]),
            ("NOT color EXISTS", [8, 9]),
            ("color = red OR brand = glow", [3, 4, 8]),
            ("brand IN [FLEET, Glow]", [4, 7, 8]),
            ("category UNDER Women", [3, 4]),
            ('category UNDER "women / tops"', [3]),
            ("category = Women", []),
            ('category = "Women/Shoes"', [4]),
            ("category = sale", [3]),
            ("price < 65", [3, 4, 7, 8]),
            ("price = 19.99", [8]),
            ("price 60..70 AND in_stock = true", [3]),
            ("price = 80", [3]),
            ("weight > 300", [7]),
            ("weight EXISTS", [4, 7]),
            ("waterproof = true", [3]),
            ("material = cotton AND material = nylon", [3]),
            ("in_stock = true", [3, 7, 8, 9]),
            ("availability = out_of_stock", [3, 4]),
            ("rating >= 4 AND review_count = 2", [3]),
            ("id = lamp", [8]),
            ("id IN [j-blue-l, walker]", [3, 7]),
            ("currency = eur", [3]),
            ("updated_at EXISTS AND NOT rating EXISTS", [7]),
        ],
    )
    def test_a_filter_needs_one_variant_that_meets_all_of_it(
        self, index: SearchIndex, condition: str, seqs: list[int]
    ) -> None:
        view = index.view()
        selection = view.select(parse_filter(condition))
        assert _seqs(view, np.flatnonzero(selection.mask)) == seqs
        assert selection.count == len(seqs)

    @pytest.mark.parametrize("condition", ["colr = red", "color > 3", "price UNDER x", "price = cheap"])
    def test_a_wrong_filter_is_refused_and_names_the_part(self, index: SearchIndex, condition: str) -> None:
        with pytest.raises(InputError) as raised:
            index.view().select(parse_filter(condition))
        assert raised.value.field == "filters"

    def test_an_unknown_field_is_answered_with_the_nearest(self, index: SearchIndex) -> None:
        with pytest.raises(InputError, match="color"):
            index.view().select(parse_filter("colr = red"))

    def test_fields_tell_their_kind(self, index: SearchIndex) -> None:
        fields = index.view().fields()
        assert {name: fields[name] for name in ("category", "price", "color", "weight", "in_stock", "waterproof")} == {
            "category": "path",
            "price": "number",
            "color": "keyword",
            "weight": "number",
            "in_stock": "keyword",
            "waterproof": "keyword",
        }

    def test_words_find_the_documents_that_hold_them_best_first(self, index: SearchIndex) -> None:
        view = index.view()
        matches = view.match_terms(_words("red", "shoe"), 10)
        assert _seqs(view, matches.documents)[0] == 4
        assert sorted(_seqs(view, matches.documents)) == [4, 7, 8]
        assert matches.total == 3
        assert list(matches.scores) == sorted(matches.scores, reverse=True)

    def test_a_minimum_of_words_is_required(self, index: SearchIndex) -> None:
        view = index.view()
        assert _seqs(view, view.match_terms(_words("red", "shoe", minimum=2), 10).documents) == [4]
        assert not len(view.match_terms(_words("red", minimum=2), 10).documents)

    def test_boosts_decide_which_field_counts(self, index: SearchIndex) -> None:
        view = index.view()
        titles = view.match_terms(TermQuery((TermClause((("rain", 1.0),)),), {"title": 5.0, "body": 0.1}), 2)
        bodies = view.match_terms(TermQuery((TermClause((("rain", 1.0),)),), {"title": 0.1, "body": 5.0}), 2)
        assert _seqs(view, titles.documents) == [3, 4]
        assert _seqs(view, bodies.documents) == [4, 3]

    def test_a_variant_word_counts_by_its_weight(self, index: SearchIndex) -> None:
        view = index.view()
        clause = TermClause((("sneaker", 1.0), ("lamp", 0.5), ("jacket", 0.9)))
        assert _seqs(view, view.match_terms(TermQuery((clause,), BOOSTS), 5).documents) == [3, 8]

    def test_a_prefix_finds_longer_words(self, index: SearchIndex) -> None:
        view = index.view()
        assert _seqs(view, view.match_terms(TermQuery((TermClause((("walk", 1.0),), True),), BOOSTS), 5).documents) == [
            7
        ]

    def test_words_stay_within_a_selection(self, index: SearchIndex) -> None:
        view = index.view()
        within = view.select(parse_filter("in_stock = true AND brand IN [fleet, glow]"))
        matches = view.match_terms(_words("red", "shoe"), 10, within)
        assert sorted(_seqs(view, matches.documents)) == [7, 8]
        assert matches.total == 2
        assert not len(view.match_terms(_words("red"), 10, view.select(parse_filter("brand = nobody"))).documents)

    def test_the_nearest_row_of_a_product_counts_and_tells_its_variant(self, index: SearchIndex) -> None:
        view = index.view()
        matches = view.nearest("photo", _unit(0.1, 1, 0), 10)
        assert _seqs(view, matches.documents) == [3, 7, 4, 8]
        assert matches.variants is not None
        assert matches.variants[0] == 2
        assert matches.total == 4
        np.testing.assert_allclose(matches.scores[0], _unit(0.1, 1, 0)[1], atol=2e-3)
        within = view.select(parse_filter("in_stock = true AND NOT color = blue AND NOT color = red"))
        assert _seqs(view, view.nearest("photo", _unit(1, 0.2, 0.1), 1, within).documents) == [7]

    def test_an_unknown_vector_field_matches_nothing(self, index: SearchIndex) -> None:
        view = index.view()
        assert view.nearest("smell", _unit(1, 0, 0), 3).total == 0
        assert np.isnan(view.similarities("smell", _unit(1, 0, 0), np.array([0, 1], np.int32))).all()

    def test_similarities_are_exact_and_missing_ones_are_nan(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([9, 3, 8], np.int64))
        similar = view.similarities("photo", _unit(0, 1, 1), documents)
        assert np.isnan(similar[0])
        np.testing.assert_allclose(similar[1:], [np.sqrt(0.5)] * 2, atol=2e-3)
        assert view.vectors_of("photo", int(documents[1])).shape == (2, 3)
        assert view.vectors_of("photo", int(documents[0])).shape == (0, 3)

    def test_facets_count_products_not_variants(self, index: SearchIndex) -> None:
        assert _facet(index.view(), "color") == {"Red": 2, "Blue": 1, "brown": 1}
        assert _facet(index.view(), "in_stock") == {"true": 4, "false": 2}
        assert _facet(index.view(), "brand") == {"Fleet": 2, "Glow": 1, "Luma": 1}

    def test_a_facet_of_paths_counts_what_under_would_find(self, index: SearchIndex) -> None:
        assert _facet(index.view(), "category") == {
            "Women": 2,
            "Women/Tops": 1,
            "Women/Tops/Jackets": 1,
            "Sale": 1,
            "Women/Shoes": 1,
            "Men": 1,
            "Men/Shoes": 1,
            "Home": 1,
        }

    def test_a_disjunctive_facet_ignores_its_own_condition(self, index: SearchIndex) -> None:
        condition = parse_filter("color = red AND in_stock = true")
        assert _facet(index.view(), "color", condition) == {"Red": 1, "Blue": 1, "brown": 1}
        assert _facet(index.view(), "color", condition, disjunctive=False) == {"Red": 1}
        assert _facet(index.view(), "size", condition) == {"S": 1}

    def test_facets_of_numbers_give_ranges_and_their_spread(self, index: SearchIndex) -> None:
        ranges = ((None, 20.0), (50.0, 65.0), (100.0, None))
        (facet,) = index.view().count_facets(None, None, [FacetRequest("price", ranges=ranges)])
        assert [(value.value, value.count) for value in facet.values] == [("..20", 1), ("50..65", 3), ("100..", 0)]
        assert facet.stats is not None
        assert (facet.stats.minimum, facet.stats.maximum) == (19.99, 80.0)
        assert facet.stats.mean == pytest.approx((60 + 50 + 50 + 19.99) / 4)
        (plain,) = index.view().count_facets(None, None, [FacetRequest("price", limit=1)])
        assert [(value.value, value.count) for value in plain.values] == [("50", 2)]

    def test_facets_stay_within_the_given_documents(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([8, 3], np.int64))
        (facet,) = view.count_facets(documents, None, [FacetRequest("brand", limit=1)])
        assert [(value.value, value.count) for value in facet.values] == [("Glow", 1)]

    def test_an_unknown_facet_is_refused(self, index: SearchIndex) -> None:
        with pytest.raises(InputError) as raised:
            index.view().count_facets(None, None, [FacetRequest("brnd")])
        assert raised.value.field == "facets"

    def test_order_is_stable_with_missing_values_last(self, index: SearchIndex) -> None:
        view = index.view()
        documents = view.find(np.array([9, 7, 4, 3, 8], np.int64))
        assert _seqs(view, view.order(documents, Sort.PRICE_ASC)) == [8, 7, 4, 3, 9]
        assert _seqs(view, view.order(documents, Sort.PRICE_DESC)) == [3, 7, 4, 8, 9]
        assert _seqs(view, view.order(documents, Sort.RATING)) == [3, 4, 9, 7, 8]
        assert _seqs(view, view.order(documents, Sort.NEWEST)) == [4, 7, 3, 9, 8]
        assert _seqs(view, view.order(documents, Sort.RELEVANCE)) == [9, 7, 4, 3, 8]
        within = view.select(parse_filter("color = red OR brand = fleet"))
        three = view.find(np.array([3, 7, 4], np.int64))
        assert _seqs(view, view.order(three, Sort.PRICE_DESC, within)) == [3, 7, 4]

    def test_the_variants_that_meet_a_selection_are_told(self, index: SearchIndex) -> None:
        view = index.view()
        jacket, lamp = (int(one) for one in view.find(np.array([3, 8], np.int64)))
        assert view.fitting_variants(jacket, None) == (0, 1, 2, 3)
        assert view.fitting_variants(jacket, view.select(parse_filter("color = red"))) == (0, 1)
        assert view.fitting_variants(jacket, view.select(parse_filter("size = m AND in_stock = true"))) == (2,)
        assert view.fitting_variants(jacket, view.select(parse_filter("brand = glow"))) == ()
        assert view.fitting_variants(lamp, None) == ()

    def test_words_are_known_by_prefix_and_frequency(self, index: SearchIndex) -> None:
        view = index.view()
        assert view.vocabulary("title", "sh", 5) == [("shoe", 2)]
        assert view.document_frequency("shoe") == 2
        assert view.document_frequency("nothing") == 0

    def test_a_change_shows_in_the_next_view_only(self, index: SearchIndex) -> None:
        before = index.view()
        new = document_of(12, Product("lamp", "Floor Lamp", brand="Glow", price=Decimal(5)), [(0, 1, 1)], [-1])
        index.apply([new], [8, 4], 12)
        after = index.view()
        assert (before.applied, before.size, after.applied, after.size) == (9, 5, 12, 4)
        for view, lamp, reds in ((before, 8, [4, 8]), (after, 12, [])):
            assert _seqs(view, view.match_terms(_words("lamp"), 5).documents) == [lamp]
            assert sorted(_seqs(view, view.match_terms(_words("red"), 5).documents)) == reds
            assert lamp in _seqs(view, view.nearest("photo", _unit(0, 1, 1.5), 2).documents)
            assert _seqs(view, np.flatnonzero(view.select(parse_filter("brand = glow")).mask)) == [lamp]
            assert _facet(view, "brand")["Glow"] == 1
        assert list(after.find(np.array([8, 4, 5], np.int64))) == [-1, -1, -1]

    def test_the_same_change_again_changes_nothing(self, index: SearchIndex) -> None:
        new = document_of(12, Product("lamp", "Floor Lamp", brand="Glow"), [(0, 1, 1)], [-1])
        for _ in range(2):
            index.apply([new], [8], 12)
            view = index.view()
            assert view.size == 5
            assert _seqs(view, view.match_terms(_words("lamp"), 5).documents) == [12]
            assert _seqs(view, view.nearest("photo", _unit(0, 1, 1), 9).documents).count(12) == 1

    def test_a_product_may_bring_new_fields(self, index: SearchIndex) -> None:
        product = Product("new", "New", attributes={"fit": "slim", "color": 7.0})
        vectors = {"text": VectorRows(np.array([[0.6, 0.8]], np.float32), (-1,))}
        index.apply([IndexDocument(10, product, {"title": "new"}, vectors)], [], 10)
        view = index.view()
        assert _seqs(view, np.flatnonzero(view.select(parse_filter("fit = slim")).mask)) == [10]
        assert _seqs(view, np.flatnonzero(view.select(parse_filter("color = 7")).mask)) == [10]
        assert _seqs(view, np.flatnonzero(view.select(parse_filter("color = red")).mask)) == [3, 4]
        assert _seqs(view, view.nearest("text", np.array([1, 0], np.float32), 3).documents) == [10]

    def test_vectors_of_another_width_are_refused_and_nothing_changes(self, index: SearchIndex) -> None:
        vectors = {"photo": VectorRows(np.ones((1, 5), np.float32), (-1,))}
        with pytest.raises(InputError):
            index.apply([IndexDocument(10, Product("x", "X"), {}, vectors)], [3], 10)
        assert index.view().size == 5

    def test_an_empty_index_answers_and_grows(self, tmp_path: Path) -> None:
        index = self.make(tmp_path / "empty", [])
        view = index.view()
        assert view.size == 0
        assert view.match_terms(_words("red"), 5).total == 0
        assert view.nearest("photo", _unit(1, 0, 0), 5).total == 0
        assert view.select(parse_filter("brand = x")).count == 0
        assert _facet(view, "category") == {}
        index.apply(contract_documents(), [], 9)
        assert index.view().size == 5
        assert _seqs(index.view(), index.view().nearest("photo", _unit(0, 0, 1), 1).documents) == [8]
        index.close()

    def test_many_threads_may_search_while_one_writes(self, index: SearchIndex) -> None:
        faults: list[Exception] = []

        def search() -> None:
            try:
                for _ in range(30):
                    view = index.view()
                    selection = view.select(parse_filter("color = red"))
                    assert len(view.nearest("photo", _unit(1, 0, 0), 3, selection).documents)
                    assert view.match_terms(_words("red"), 5).total >= 2
                    view.count_facets(None, None, [FacetRequest("color"), FacetRequest("category")])
            except (AssertionError, IndexError, ValueError, RuntimeError) as fault:
                faults.append(fault)

        threads = [Thread(target=search) for _ in range(3)]
        for thread in threads:
            thread.start()
        for seq in range(20, 26):
            index.apply([document_of(seq, Product(f"p{seq}", "Red Hat"), [(1, 0, 0.1)], [-1])], [], seq)
        for thread in threads:
            thread.join()
        assert not faults


def _words(*words: str, minimum: int = 1) -> TermQuery:
    return TermQuery(tuple(TermClause(((word, 1.0),)) for word in words), BOOSTS, minimum)


def _unit(*numbers: float) -> NDArray[np.float32]:
    vector = np.array(numbers, np.float32)
    unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return unit


def _seqs(view: IndexView, documents: NDArray[np.int32] | NDArray[np.int64]) -> list[int]:
    return [int(seq) for seq in view.seqs(documents.astype(np.int32))]


def _facet(view: IndexView, name: str, condition: Filter | None = None, disjunctive: bool = True) -> dict[str, int]:
    (facet,) = view.count_facets(None, condition, [FacetRequest(name, disjunctive=disjunctive)])
    assert [value.count for value in facet.values] == sorted((value.count for value in facet.values), reverse=True)
    return {value.value: value.count for value in facet.values}
