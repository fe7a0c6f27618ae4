"""What merchandising rules do to searches of the tiny shop, facets and browsing among them."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from engine_world import ask, becomes_true, ids

from bowerbird.domain.query import FacetRequest
from bowerbird.domain.rule_records import read_rules

BRANDS = FacetRequest("brand", disjunctive=True)


def put_in_force(engine, *then):
    engine.set_rules(read_rules([{"id": "r", "title": "R", "then": list(then)}]), "Ada")


def counts(facet):
    return {value.value: value.count for value in facet.values}


@pytest.fixture
def held_up(own, monkeypatch):
    """An engine whose index does not catch up until it may, and what lets it."""
    go = threading.Event()
    keep_up = own._keeper.live().keep_up
    make = keep_up._make
    monkeypatch.setattr(keep_up, "_make", lambda *told: (go.wait(30), make(*told))[1])
    yield own, go
    go.set()


def test_a_hidden_product_stays_hidden_while_it_waits_to_be_indexed_again(held_up):
    engine, go = held_up
    first, second = ids(engine, "shoes")[:2]
    engine.patch(first, {"title": "Shoes that were written again"})
    # Rules that nothing was looked up for before the write.
    put_in_force(engine, {"hide": {"products": [first]}}, {"pin": [{"id": second, "position": 3}]})
    found = ids(engine, "shoes", per_page=100)
    assert first not in found and found[2] == second
    go.set()
    assert becomes_true(lambda: engine._keeper.live().index.view().applied == engine._stores.products.last_seq(), 5)
    assert first not in ids(engine, "shoes", per_page=100)


def test_rules_by_product_ask_nothing_of_the_store(own, monkeypatch):
    first = ids(own, "shoes")[0]
    put_in_force(own, {"hide": {"products": [first]}})
    monkeypatch.setattr(own._stores.products, "get_by_ids", None)
    assert first not in ids(own, "shoes", per_page=100)


def test_a_disjunctive_facet_counts_what_the_merchant_lets_through(own):
    found = own.search(ask("clothing", per_page=100, facets=(BRANDS,)))
    before = counts(found.facets[0])
    one, other = list(before)[:2]
    hidden = next(hit.product.id for hit in found.hits if hit.product.brand == other)
    put_in_force(own, {"hide": {"products": [hidden]}})
    asked = ask("clothing", filters=f"brand = '{one}' AND price > 0", facets=(BRANDS,))
    assert counts(own.search(asked).facets[0])[other] == before[other] - 1
    put_in_force(own, {"filter": f"brand = '{other}'"})
    for filters in ("", f"brand = '{one}'", f"brand = '{other}'"):
        asked = ask("clothing", filters=filters, facets=(BRANDS,))
        assert counts(own.search(asked).facets[0]) == {other: before[other]}


def test_a_disjunctive_facet_is_relaxed_under_a_rule_that_narrows_another_field(own):
    before = counts(own.search(ask("clothing", facets=(BRANDS,))).facets[0])
    one = next(iter(before))
    put_in_force(own, {"filter": "price > 0"})
    asked = ask("clothing", filters=f"brand = '{one}' AND price < 100000", facets=(BRANDS,))
    assert counts(own.search(asked).facets[0]) == before


def test_counting_facets_changes_nothing_of_what_rules_are_told_to_have_done(own):
    first = ids(own, "clothing")[0]
    put_in_force(own, {"hide": {"products": [first]}})
    asked = ask("clothing", filters="price > 0", facets=(FacetRequest("price", disjunctive=True),), explain=True)
    told = own.search(asked).applied_rules
    assert told == own.search(replace(asked, facets=())).applied_rules and told[0].effects


def test_boost_and_bury_move_products_while_browsing(own):
    shown = ids(own, per_page=100)
    put_in_force(own, {"boost": {"products": [shown[-1]], "by": 3}}, {"bury": {"products": [shown[0]], "by": 3}})
    hits = own.search(ask(per_page=100)).hits
    assert [hit.product.id for hit in hits] == [shown[-1], *shown[1:-1], shown[0]]
    assert {hit.score for hit in hits} == {0.0}
