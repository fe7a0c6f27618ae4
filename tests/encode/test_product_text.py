"""The text that is embedded begins with what tells most and stays short."""

from __future__ import annotations

from dataclasses import replace

from bowerbird.domain.product import Measure, Product, Variant
from bowerbird.encode.product_text import ProductTextSettings, product_text

BAG = Product(
    "1",
    "Tote bag",
    description="A roomy bag\nfor every day. " * 60,
    brand="Acme",
    categories=("Women/Bags/Totes", "Sale"),
    attributes={"sku": "x" * 50, "weight": Measure(1.5, "kg"), "color": "red", "waterproof": True, "pockets": 3.0},
)


def test_title_brand_and_categories_come_before_the_description() -> None:
    assert product_text(BAG).startswith("Tote bag. Acme. Totes. Sale. red. A roomy bag for every day.")


def test_looks_stand_in_for_a_missing_description() -> None:
    assert product_text(replace(BAG, description=" ")) == "Tote bag. Acme. Totes. Sale. red. 1.5 kg"


def test_what_the_title_says_is_not_said_again() -> None:
    assert product_text(Product("1", "Acme red tote", brand="Acme", attributes={"color": "Red"})) == "Acme red tote"


def test_it_never_grows_beyond_its_limit() -> None:
    assert len(product_text(BAG)) <= 320
    assert len(product_text(BAG, ProductTextSettings(max_characters=80))) <= 80


def test_a_bare_title_is_enough() -> None:
    assert product_text(Product("1", "Kettle")) == "Kettle"


def test_the_colours_of_a_product_in_few_are_said_even_beside_a_description() -> None:
    def bag(*colours: str) -> Product:
        variants = tuple(Variant(colour, attributes={"color": colour}) for colour in colours)
        return Product("1", "Tote", description="Roomy.", variants=variants)

    assert product_text(bag("red", "black")) == "Tote. red. black. Roomy."
    assert product_text(bag("red", "black", "blue", "green")) == "Tote. Roomy."
