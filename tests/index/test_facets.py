from collections import Counter, defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from index_world import columns_of, conditions, meets, products, rows_of, with_every_field

from bowerbird.domain.filters import without_field
from bowerbird.domain.query import FacetRequest
from bowerbird.index.facets import count_facets
from bowerbird.index.selection import Selector


def naive(shop, among, condition, name):
    """Products by value, a path counting for those above it."""
    owners = defaultdict(set)
    for place in among:
        for row in rows_of(shop[place]):
            if condition is None or meets(row, condition):
                for value in row.get(name, ()):
                    parts = value.split("/") if name == "category" else [value]
                    for depth in range(1, len(parts) + 1):
                        owners["/".join(parts[:depth])].add(place)
    return Counter({value: len(places) for value, places in owners.items()})


@settings(max_examples=80, deadline=None)
@given(st.lists(products, max_size=8), st.none() | conditions, st.integers(1, 9), st.booleans(), st.data())
def test_facets_count_what_a_look_at_every_variant_would(shop, condition, settled, disjunctive, data):
    shop = [with_every_field(), *shop]
    alive = np.array([data.draw(st.booleans()) for _ in shop])
    among = data.draw(st.none() | st.lists(st.sampled_from(range(len(shop))), unique=True))
    places = [place for place in (range(len(shop)) if among is None else among) if alive[place]]
    documents = None if among is None else np.array(among, np.int32)
    selector = Selector(columns_of(shop, settled), alive)
    names = ("color", "brand", "category", "in_stock")
    requests = [FacetRequest(name, disjunctive=disjunctive) for name in names]
    for name, facet in zip(names, count_facets(selector, documents, condition, requests), strict=True):
        used = without_field(condition, name) if disjunctive else condition
        expected = naive(shop, places, used, name)
        assert {value.value.lower(): value.count for value in facet.values} == expected
        order = [(-value.count, value.value) for value in facet.values]
        assert order == sorted(order)


@settings(max_examples=40, deadline=None)
@given(st.lists(products, max_size=8), st.none() | conditions, st.integers(1, 9))
def test_ranges_and_stats_are_of_products(shop, condition, settled):
    shop = [with_every_field(), *shop]
    selector = Selector(columns_of(shop, settled), np.ones(len(shop), bool))
    request = FacetRequest("price", disjunctive=False, ranges=((None, 20.0), (20.0, 40.0), (50.0, None)))
    (facet,) = count_facets(selector, None, condition, [request])
    kept = [[row["price"] for row in rows_of(one) if condition is None or meets(row, condition)] for one in shop]
    numbers = [numbers for rows in kept if (numbers := sorted(set().union(*rows)))]
    assert [value.count for value in facet.values] == [
        sum(any(number <= 20 for number in one) for one in numbers),
        sum(any(20 <= number <= 40 for number in one) for one in numbers),
        sum(any(number >= 50 for number in one) for one in numbers),
    ]
    if numbers:
        assert facet.stats is not None
        assert facet.stats.minimum == min(one[0] for one in numbers)
        assert facet.stats.maximum == max(one[-1] for one in numbers)
        assert np.isclose(facet.stats.mean, np.mean([one[0] for one in numbers]))
    else:
        assert facet.stats is None


def test_the_limit_keeps_the_most_frequent():
    shop = [with_every_field()] * 1
    selector = Selector(columns_of(shop, 1), np.ones(1, bool))
    (facet,) = count_facets(selector, None, None, [FacetRequest("category", limit=1)])
    assert [(value.value, value.count) for value in facet.values] == [("a", 1)]
