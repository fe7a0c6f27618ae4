from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.domain.product import Availability, Measure, Product, Review, Translation, Variant
from bowerbird.storage.files import content_hash
from bowerbird.storage.records import product_from_json, product_to_json

texts = st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
prices = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
words = st.lists(texts, max_size=3).map(tuple)
attributes = st.dictionaries(
    texts, texts | st.booleans() | numbers | st.builds(Measure, numbers, texts) | words, max_size=4
)
offers = {
    "price": prices,
    "currency": st.none() | texts,
    "availability": st.none() | st.sampled_from(Availability),
    "images": words,
    "attributes": attributes,
}
variants = st.builds(Variant, id=texts, title=texts, **offers)
reviews = st.builds(
    Review, text=texts, rating=st.none() | numbers, title=texts, author=texts, created_at=st.none() | texts
)
products = st.builds(
    Product,
    id=texts,
    title=texts,
    description=texts,
    brand=texts,
    categories=words,
    variants=st.lists(variants, max_size=3).map(tuple),
    rating=st.none() | numbers,
    reviews=st.lists(reviews, max_size=2).map(tuple),
    url=texts,
    updated_at=st.none() | texts,
    links=st.dictionaries(texts, words, max_size=2),
    translations=st.dictionaries(texts, st.builds(Translation, title=texts, description=texts), max_size=2),
    **offers,
)


@given(products)
def test_a_product_comes_back_as_it_was_written(product: Product):
    data = product_to_json(product)
    again = product_from_json(data)
    assert again == product
    assert product_to_json(again) == data


@given(products)
def test_the_order_of_attributes_does_not_change_the_bytes(product: Product):
    turned = Product(
        **{name: getattr(product, name) for name in product.__dataclass_fields__ if name != "attributes"},
        attributes=dict(reversed(product.attributes.items())),
    )
    assert product_to_json(turned) == product_to_json(product)


def test_only_what_was_given_is_stored():
    assert product_to_json(Product("p1", "Lamp")) == b'{"id":"p1","title":"Lamp"}'


def test_decimals_are_stored_as_strings_and_measures_with_their_unit():
    product = Product("p1", "Lamp", price=Decimal("19.90"), attributes={"power": Measure(65, "W")})
    assert product_to_json(product) == (
        b'{"attributes":{"power":{"unit":"W","value":65.0}},"id":"p1","price":"19.90","title":"Lamp"}'
    )


def test_zero_is_a_value_and_not_a_gap():
    product = Product("p1", "Lamp", price=Decimal(0), rating=0.0, currency="", attributes={"used": False, "tags": ()})
    assert product_from_json(product_to_json(product)) == product


@pytest.mark.parametrize(
    "product",
    [
        Product("p1", "Lamp", rating=float("nan")),
        Product("p1", "Lamp", attributes={"power": Measure(float("inf"), "W")}),
        Product("p1", "Lamp", price=Decimal("NaN")),
        Product("p1", "broken \ud800 text"),
    ],
)
def test_what_json_cannot_say_is_refused_and_not_bent(product: Product):
    with pytest.raises(InputError):
        product_to_json(product)


def test_content_hashes_tell_bytes_apart():
    assert content_hash(b"a") != content_hash(b"b")
    assert content_hash(b"a") == content_hash(memoryview(b"a"))
    assert len(content_hash(b"")) == 40
