import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from index_world import columns_of, conditions, meets, products, rows_of, with_every_field

from bowerbird.domain.filters import Equals, parse_filter
from bowerbird.domain.product import Product
from bowerbird.index.columns import columns_from_arrays, columns_to_arrays
from bowerbird.index.product_rows import rows_of_product
from bowerbird.index.selection import Selector


@settings(max_examples=80, deadline=None)
@given(st.lists(products, max_size=8), conditions, st.integers(1, 9), st.data())
def test_a_filter_selects_what_a_look_at_every_variant_would(shop, condition, settled, data):
    shop = [with_every_field(), *shop]
    columns = columns_of(shop, settled)
    alive = np.array([data.draw(st.booleans()) for _ in shop])
    expected = [any(meets(row, condition) for row in rows_of(product)) for product in shop]
    selection = Selector(columns, alive).select(condition)
    assert selection.mask.tolist() == [fits and living for fits, living in zip(expected, alive.tolist(), strict=True)]
    assert selection.count == selection.mask.sum() == len(selection.documents)


@settings(max_examples=30, deadline=None)
@given(st.lists(products, min_size=1, max_size=8), conditions, st.data())
def test_filters_survive_the_disk_and_folding(shop, condition, data):
    shop = [with_every_field(), *shop]
    columns = columns_of(shop, 4)
    alive = np.array([True] + [data.draw(st.booleans()) for _ in shop[1:]])
    before = Selector(columns, alive).select(condition)
    expected = columns.seqs.array[before.documents].tolist()
    folded = columns.kept(alive)
    arrays, details = columns_to_arrays(folded)
    for version in (folded, columns_from_arrays(arrays, details)):
        after = Selector(version, np.ones(version.document_count, bool)).select(condition)
        assert version.seqs.array[after.documents].tolist() == expected


def test_an_older_view_does_not_see_newer_rows():
    columns = columns_of([with_every_field()], 1)
    older = Selector(columns, np.ones(1, bool))
    columns.append([rows_of_product(5, with_every_field())])
    assert older.select(Equals("color", "red")).mask.tolist() == [True]
    assert Selector(columns, np.ones(2, bool)).select(Equals("color", "red")).count == 2


def test_a_number_and_a_bool_that_are_equal_in_python_are_two_conditions():
    shop = [Product("a", "A", attributes={"x": True}), Product("b", "B", attributes={"x": 1.0})]
    selector = Selector(columns_of(shop, 2), np.ones(2, bool))
    assert selector.select(Equals("x", True)).mask.tolist() == [True, False]
    assert selector.select(Equals("x", 1.0)).mask.tolist() == [False, True]


def test_two_thousand_sparse_attributes_stay_small_and_quick_to_ask():
    shop = [Product(f"p{n}", "x", attributes={f"a{n % 2000}": "v", f"b{n % 50}": float(n)}) for n in range(4000)]
    columns = columns_of(shop, 4000)
    assert len(columns.fields()) > 2000
    assert columns.nbytes < 2_000_000
    assert Selector(columns, np.ones(4000, bool)).select(parse_filter("a7 = v AND b7 > 100")).count == 1
