from decimal import Decimal

from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.present.variants import choose_variant, image_of

SHIRT = Product(
    "shirt",
    "Shirt",
    price=Decimal(20),
    images=("shirt.jpg",),
    variants=(
        Variant("red-m", attributes={"color": "red"}, availability=Availability.OUT_OF_STOCK, images=("red.jpg",)),
        Variant("blue-m", attributes={"color": "blue"}, price=Decimal(25)),
        Variant("blue-l", attributes={"color": "blue"}, price=Decimal(15)),
    ),
)


def test_a_product_without_variants_has_none_to_choose() -> None:
    assert choose_variant(Product("a", "A"), ()) is None


def test_the_words_of_the_query_choose_first() -> None:
    assert choose_variant(SHIRT, (0, 1, 2), frozenset({"red"})) == 0


def test_then_the_variant_whose_photo_was_nearest() -> None:
    assert choose_variant(SHIRT, (0, 1, 2), nearest=1) == 1


def test_then_the_cheapest_in_stock() -> None:
    assert choose_variant(SHIRT, (0, 1, 2)) == 2


def test_only_among_those_that_fit_the_filter() -> None:
    assert choose_variant(SHIRT, (1,), frozenset({"red"}), nearest=0) == 1


def test_a_hit_shows_its_variants_photo_before_the_products() -> None:
    assert image_of(SHIRT, 0) == ("red.jpg", "shirt.jpg")
    assert image_of(SHIRT, 1) == ("shirt.jpg", "red.jpg")
