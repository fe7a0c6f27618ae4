"""What a page may offer over a shop, decided from the shop's own columns."""

from __future__ import annotations

import pytest
from engine_world import open_fake_shop

from bowerbird.domain.product import Product, Variant
from bowerbird.present.facet_choice import MOST


@pytest.fixture
def facets_of(tmp_path):
    opened = []

    def facets_of(*products: Product) -> tuple[str, ...]:
        engine = open_fake_shop(tmp_path / f"shop-{len(opened)}")
        opened.append(engine)
        engine.put(products)
        engine.build(force=True)
        return engine.capabilities().facets

    yield facets_of
    for engine in opened:
        engine.close()


def things(count=60, **attributes):
    """Products whose attributes are what each function makes of their number; None leaves it out."""
    return [
        Product(
            f"thing-{number}",
            f"Thing {number}",
            attributes={name: made for name, make in attributes.items() if (made := make(number)) is not None},
        )
        for number in range(count)
    ]


def test_the_facets_worth_showing_are_the_shop_s_own(engine):
    found = engine.capabilities()
    assert (found.products, found.currency, found.languages) == (50, "USD", ("en", "zh"))
    assert found.facets[:4] == ("category", "brand", "price", "color")
    assert {"id", "currency", "availability", "updated_at", "review_count"}.isdisjoint(found.facets)
    assert set(found.facets) <= set(found.fields)


def test_an_empty_shop_offers_nothing(facets_of):
    assert facets_of() == ()


def test_what_everything_shares_what_nothing_shares_and_what_is_rare_are_no_facets(facets_of):
    found = facets_of(
        *things(
            material=lambda n: "wool" if n % 2 else "silk",
            origin=lambda n: "France",
            barcode=lambda n: f"code {n}",
            wattage=lambda n: float(n % 7),
            depth=lambda n: 3.0,
            margin=lambda n: 0.1 * (n % 7),
            Cost_of_goods_sold=lambda n: float(n % 7),
            award=lambda n: ["gold", "silver"][n] if n < 1 else None,
            care=lambda n: f"{'wash by hand and never in the machine, ' * 2} {n % 2}",
        )
    )
    assert found == ("material", "wattage")


def test_the_usual_come_first_and_then_what_most_products_have(facets_of):
    found = facets_of(
        *things(
            neck=lambda n: f"neck {n % 3}" if n < 20 else None,
            fit=lambda n: f"fit {n % 3}" if n < 50 else None,
            size=lambda n: "SML"[n % 3] if n < 30 else None,
            color=lambda n: f"colour {n % 4}",
        )
    )
    assert found == ("color", "size", "fit", "neck")


def test_variants_count_as_products_do(facets_of):
    shirts = [
        Product(
            f"shirt-{n}", "Shirt", variants=tuple(Variant(f"{n}-{size}", attributes={"size": size}) for size in "SML")
        )
        for n in range(5)
    ]
    assert facets_of(*shirts) == ("size",)


def test_no_more_are_offered_than_a_page_can_show(facets_of):
    many = {f"field {number:02}": (lambda n, number=number: f"v{n % (2 + number % 3)}") for number in range(40)}
    found = facets_of(*things(**many))
    assert len(found) == MOST and len(set(found)) == MOST
