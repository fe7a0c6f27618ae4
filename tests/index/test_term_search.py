import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from index_world import columns_of, conditions, meets, products, rows_of, with_every_field

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import IndexDocument, TermClause, TermQuery
from bowerbird.domain.product import Product
from bowerbird.index import term_search
from bowerbird.index.build import build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.index.product_rows import rows_of_product
from bowerbird.index.selection import Selector
from bowerbird.index.tags import necessary_tags, tags_of


class Kinds:
    """A view's fields, as far as tags ask."""

    def __init__(self, selector: Selector) -> None:
        self.selector = selector

    def keyword_field(self, name):
        columns = self.selector.columns
        return name if name in columns.keywords and name not in columns.numbers else None

    def number_field(self, name):
        columns = self.selector.columns
        if name not in columns.numbers or name in columns.keywords:
            return None
        return (name, *columns.numbers[name].span(self.selector.row_count))


@settings(max_examples=80, deadline=None)
@given(st.lists(products, max_size=6), conditions)
def test_every_product_that_meets_a_filter_carries_its_tags(shop, condition):
    shop = [with_every_field(), *shop]
    kinds = Kinds(Selector(columns_of(shop, len(shop)), np.ones(len(shop), bool)))
    for product in shop:
        if any(meets(row, condition) for row in rows_of(product)):
            carried = tags_of(rows_of_product(1, product))
            assert all(tags & carried for tags in necessary_tags(condition, kinds))


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_rough_numbers_rise_with_numbers(one, other):
    from bowerbird.index.tags import _octave

    low, high = sorted((one, other))
    assert _octave(low) <= _octave(high)


def test_a_filter_that_leaves_little_is_looked_for_further_down(tmp_path, monkeypatch):
    documents = [
        IndexDocument(seq, Product(f"p{seq}", "x", attributes={"rank": float(seq)}), {"title": "hat " * (400 - seq)})
        for seq in range(1, 300)
    ]
    build_index(tmp_path / "index", documents, applied=300)
    index = EmbeddedIndex(tmp_path / "index")
    view = index.view()
    query = TermQuery((TermClause((("hat", 1.0),)),), {"title": 1.0})
    # NOT leaves no tags to help, so the mask alone must find them.
    within = view.select(parse_filter("NOT rank <= 290"))
    monkeypatch.setattr(term_search, "_FIRST_HITS", 3)
    matches = view.match_terms(query, 5, within)
    assert (len(matches.documents), matches.total) == (5, 9)
    assert (view.seqs(matches.documents) > 290).all()
    monkeypatch.setattr(term_search, "_MOST_HITS", 100)
    assert view.match_terms(query, 5, view.select(parse_filter("NOT rank > 290"))).total > 100
    index.close()


def test_a_prefix_stands_for_the_most_frequent_longer_words(tmp_path):
    documents = [
        IndexDocument(seq, Product(f"p{seq}", "x"), {"title": word})
        for seq, word in enumerate(["lamp", "lamp", "lampshade", "lantern", "la"], start=1)
    ]
    build_index(tmp_path / "index", documents, applied=5)
    index = EmbeddedIndex(tmp_path / "index")
    view = index.view()
    found = view.match_terms(TermQuery((TermClause((("la", 1.0),), prefix=True),), {"title": 1.0}), 10)
    assert sorted(view.seqs(found.documents).tolist()) == [1, 2, 3, 4, 5]
    assert view.seqs(found.documents)[0] == 5
    assert view.vocabulary("title", "lam", 5) == [("lamp", 2), ("lampshade", 1)]
    index.close()
