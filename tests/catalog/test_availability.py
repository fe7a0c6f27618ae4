import pytest

from bowerbird.catalog.availability import best_availability, parse_availability
from bowerbird.domain.errors import InputError
from bowerbird.domain.product import Availability as A


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("in stock", A.IN_STOCK),
        ("In_Stock", A.IN_STOCK),
        ("http://schema.org/InStock", A.IN_STOCK),
        ("1", A.IN_STOCK),
        ("yes", A.IN_STOCK),
        (True, A.IN_STOCK),
        (12, A.IN_STOCK),
        ("3.0", A.IN_STOCK),
        ("有货", A.IN_STOCK),
        ("out of stock", A.OUT_OF_STOCK),
        ("Sold Out", A.OUT_OF_STOCK),
        (0, A.OUT_OF_STOCK),
        ("-2", A.OUT_OF_STOCK),
        (False, A.OUT_OF_STOCK),
        ("https://schema.org/OutOfStock", A.OUT_OF_STOCK),
        ("缺货", A.OUT_OF_STOCK),
        ("pre-order", A.PREORDER),
        ("PreOrder", A.PREORDER),
        ("预售", A.PREORDER),
        ("backorder", A.BACKORDER),
        ("onbackorder", A.BACKORDER),
        ("available for order", A.BACKORDER),
    ],
)
def test_words_and_numbers_of_every_platform_are_understood(value, word):
    assert parse_availability(value) is word


@pytest.mark.parametrize("bad", ["maybe", "", None, [], "12 pcs"])
def test_other_words_are_refused(bad):
    with pytest.raises(InputError, match="not an availability"):
        parse_availability(bad)


def test_a_product_is_as_available_as_its_best_variant():
    assert best_availability([A.OUT_OF_STOCK, A.PREORDER]) is A.PREORDER
    assert best_availability([A.OUT_OF_STOCK, A.IN_STOCK]) is A.IN_STOCK
    assert best_availability([]) is None
