from __future__ import annotations

from collections import Counter
from itertools import pairwise

from bowerbird.demo.catalogue import make_line
from bowerbird.demo.invent import invent, invent_all, kind_at, linked, number_of
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.kinds.palettes import PALETTES
from bowerbird.demo.look import COLOURS, MATERIALS, PATTERNS
from bowerbird.demo.offers import TODAY, charm, make_offer


def test_the_same_seed_is_the_same_shop_and_another_seed_another():
    assert [make_line(3, number) for number in range(60)] == [make_line(3, number) for number in range(60)]
    assert [invent(3, number) for number in range(60)] != [invent(4, number) for number in range(60)]


def test_a_product_is_the_same_whatever_the_number_of_products():
    assert list(invent_all(7, 200))[:50] == list(invent_all(7, 50))
    assert make_line(7, 999_999) == make_line(7, 999_999)


def test_kinds_come_about_equally_often():
    counts = Counter(kind_at(7, number) for number in range(1_200))
    assert set(counts) == set(KINDS)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_ids_are_unique_and_links_lead_to_products_that_are_there():
    products = list(invent_all(7, 600))
    ids = [product.id for product in products]
    assert len(set(ids)) == len(ids)
    for at, product in enumerate(products):
        for kind, targets in linked(product).items():
            assert targets and set(targets) <= set(ids[:at]), kind
    assert all("related" in linked(product) for product in products[len(KINDS) :])
    assert sum("cross_sell" in linked(product) for product in products) > 500
    assert number_of(7, products[500].kind.id, 500 // len(KINDS)) == 500


def test_about_a_third_of_what_comes_in_colours_comes_in_several(truths):
    coloured = [truth for truth in truths if KINDS[truth.kind].names_colour]
    several = sum(len(truth.colours) > 1 for truth in coloured)
    assert 0.2 < several / len(coloured) < 0.4
    assert max(len(truth.colours) for truth in truths) == 3


def test_a_look_is_of_known_things_and_its_second_colour_differs(truths):
    for truth in truths:
        assert set(truth.colours) <= set(COLOURS) and set(truth.accents) <= set(COLOURS)
        assert truth.material in MATERIALS and truth.pattern in PATTERNS
        for colour, accent in zip(truth.colours, truth.accents, strict=True):
            assert colour != accent


def test_looks_tell_products_apart_and_views_of_one_together():
    product = next(product for product in invent_all(7, 400) if len(product.colours) > 1)
    front, second, other = product.look(0, 0), product.look(0, 1), product.look(1, 0)
    assert (front.view, second.view) == (0, 1) and front.seed == second.seed == other.seed
    assert front.colour == second.colour != other.colour
    assert len({product.look_seed for product in invent_all(7, 400)}) == 400
    packet = next(product for product in invent_all(7, 85) if product.kind.id == "tea")
    assert packet.look().flavour == packet.english()["tea"] and packet.look().brand == packet.brand.name


def test_materials_have_their_own_colours_and_patterns(truths):
    for truth in truths:
        if truth.material in ("gold", "silver"):
            assert truth.colours == (truth.material,)
        if truth.material in ("leather", "denim", "pearl"):
            assert truth.pattern == "plain"
        if truth.material == "pearl":
            assert set(truth.colours) <= set(PALETTES["pearl"].names)


def test_prices_end_as_shop_prices_do_and_dear_brands_are_dearer():
    assert charm(20.4, 1, 0.3) == 19.99
    assert charm(229.0, 3, 0.2) == 230.0
    for price in (0.3, 4.2, 9.9, 33.0, 99.9, 640.0):
        for tier in range(4):
            for ending in (0.1, 0.6, 0.72, 0.95):
                assert charm(price, tier, ending) > 0
    cheap, dear = [], []
    for product in invent_all(7, 3_000):
        if product.kind.id == "handbag":
            (dear if product.brand.tier >= 2 else cheap).append(make_offer(product).price)
    assert sum(dear) / len(dear) > 1.3 * sum(cheap) / len(cheap)


def test_variants_are_every_colour_in_every_size_some_of_them_sold_out():
    sold_out = 0
    for product in invent_all(7, 500):
        offer = make_offer(product)
        sold_out += offer.availability == "out_of_stock"
        if offer.variants:
            sizes = len(offer.variants) // len(product.colours)
            assert len(offer.variants) == sizes * len(product.colours)
            assert len({variant.id for variant in offer.variants}) == len(offer.variants)
            assert offer.price == min(variant.price for variant in offer.variants)
            in_stock = any(variant.availability == "in_stock" for variant in offer.variants)
            assert (offer.availability == "in_stock") is in_stock
            assert all((variant.stock > 0) == (variant.availability == "in_stock") for variant in offer.variants)
        assert offer.updated_at[:10] <= TODAY.isoformat()
    assert 10 < sold_out < 100


def test_larger_sizes_with_a_price_of_their_own_cost_more():
    phones = [product for product in invent_all(7, 2_000) if product.kind.id == "smartphone"]
    for phone in phones:
        of_one_colour = [variant.price for variant in make_offer(phone).variants if variant.colour == 0]
        assert all(small < large for small, large in pairwise(of_one_colour))
