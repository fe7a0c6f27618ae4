from decimal import Decimal

from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.domain.results import Swatch
from bowerbird.present.swatches import MOST, choose_swatches, with_addresses


def variant(id, colour, *images, stock=Availability.IN_STOCK, name="color"):
    return Variant(id, attributes={name: colour, "size": id}, images=images, availability=stock, price=Decimal(5))


def test_each_colour_has_one_swatch_in_the_variants_order():
    shirt = Product(
        "shirt",
        "Shirt",
        variants=(
            variant("1", "red", "red.jpg", stock=Availability.OUT_OF_STOCK),
            variant("2", "Blue", "lost.jpg"),
            variant("3", "RED"),
            variant("4", "blue "),
        ),
    )
    # Red is shown by what can be bought, with the photo that another red one has.
    chosen = choose_swatches(shirt)
    assert chosen == (Swatch("red", 2, "red.jpg"), Swatch("Blue", 1, "lost.jpg"))
    assert with_addresses(chosen, {"red.jpg": "r" * 40}) == (Swatch("red", 2, "r" * 40), Swatch("Blue", 1, None))


def test_a_variant_with_a_photo_stands_before_one_without():
    shirt = Product("shirt", "Shirt", variants=(variant("1", "red"), variant("2", "red", "red.jpg")))
    assert choose_swatches(shirt) == (Swatch("red", 1, "red.jpg"),)


def test_colours_go_by_their_names_in_other_spellings_and_languages():
    for name in ("Color", "colour", "颜色"):
        assert choose_swatches(Product("a", "A", variants=(variant("1", "红色", name=name),)))[0].value == "红色"
    both = Product("a", "A", variants=(variant("1", ("red", "white")),))
    assert choose_swatches(both)[0].value == "red / white"


def test_what_comes_in_no_colours_has_no_swatches():
    plain = Product("a", "A", attributes={"color": "red"}, variants=(Variant("1", attributes={"size": "S"}),))
    assert choose_swatches(plain) == choose_swatches(Product("b", "B")) == ()
    assert choose_swatches(Product("a", "A", variants=(variant("1", "  "), variant("2", ())))) == ()


def test_a_product_in_ten_thousand_colours_has_as_many_as_a_card_can_show():
    loud = Product("a", "A", variants=tuple(variant(str(n), f"colour {n}", f"{n}.jpg") for n in range(10_000)))
    assert len(choose_swatches(loud)) == MOST
