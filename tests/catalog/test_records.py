import copy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.catalog.records import product_from_record, product_to_record
from bowerbird.domain.errors import InputError
from bowerbird.domain.product import Availability, Measure, Translation

FULL = {
    "id": "JK-1",
    "title": "Rain <b>jacket</b>",
    "description": "<p>Dry.</p><p>Light.</p>",
    "brand": "Luma",
    "categories": ["Women/Tops/Jackets", "Sale"],
    "price": 49.9,
    "currency": "EUR",
    "availability": "in stock",
    "images": ["jk1.jpg", "https://cdn.example/jk1b.jpg"],
    "attributes": {
        "material": ["nylon", "elastane"],
        "waterproof": True,
        "weight": {"value": 300, "unit": "g"},
        "season": "autumn",
        "pockets": 3,
    },
    "variants": [
        {"id": "JK-1-M", "price": "45 EUR", "availability": 3, "images": ["m.jpg"], "attributes": {"size": "M"}}
    ],
    "reviews": [{"text": "Fine", "rating": 4, "title": "ok", "author": "Ann", "created_at": "2026-01-02"}, "No stars"],
    "url": "https://shop.example/jk1",
    "updated_at": "2026-03-01T12:00:00Z",
    "links": {"related": ["JK-2"]},
    "translations": {
        "zh-CN": {"title": "雨衣 <b>", "description": "<p>防水。</p>"},
        "pt_BR": {"title": "Capa"},
        "de": {},
        "fr": None,
    },
}


def test_a_whole_record_becomes_a_product():
    product = product_from_record(FULL)
    assert product.title == "Rain jacket"
    assert product.description == "Dry.\n\nLight."
    assert (product.price, product.currency) == (Decimal("49.9"), "EUR")
    assert product.availability is Availability.IN_STOCK
    assert product.attributes["weight"] == Measure(300, "g")
    assert product.attributes["material"] == ("nylon", "elastane")
    assert product.variants[0].price == Decimal(45)
    assert product.rating == 4.0
    assert product.links == {"related": ("JK-2",)}
    assert product.translations == {"zh-cn": Translation("雨衣", "防水。"), "pt-br": Translation("Capa")}


def test_a_product_written_as_a_record_reads_as_itself():
    product = product_from_record(FULL)
    assert product_from_record(product_to_record(product)) == product


def test_only_id_and_title_are_needed():
    product = product_from_record({"id": 7, "title": "Cup"})
    assert (product.id, product.price, product.variants) == ("7", None, ())
    assert product_to_record(product) == {"id": "7", "title": "Cup"}


def test_the_shops_currency_fills_in_where_a_price_names_none():
    assert product_from_record({"id": "1", "title": "a", "price": 5}, currency="USD").currency == "USD"
    assert product_from_record({"id": "1", "title": "a"}, currency="USD").currency is None


def _deep(levels):
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": None}, "id"),
        ({"id": ""}, "id"),
        ({"id": "  "}, "id"),
        ({"id": "a\x00b"}, "id"),
        ({"id": "x" * 513}, "id"),
        ({"id": True}, "id"),
        ({"id": ["a"]}, "id"),
        ({"id": 1.5}, "id"),
        ({"title": None}, "title"),
        ({"title": "<p></p>"}, "title"),
        ({"title": {"en": "x"}}, "title"),
        ({"title": "x" * 5_001}, "title"),
        ({"description": "x" * 10_000_000}, "description"),
        ({"price": -1}, "price"),
        ({"price": "cheap"}, "price"),
        ({"price": float("nan")}, "price"),
        ({"price": True}, "price"),
        ({"currency": "dollars"}, "currency"),
        ({"availability": "perhaps"}, "availability"),
        ({"categories": {"a": 1}}, "categories"),
        ({"categories": [1.5]}, "categories[0]"),
        ({"images": ["javascript:alert(1)"]}, "images"),
        ({"images": ["file:///etc/passwd"]}, "images"),
        ({"images": [["a"]]}, "images[0]"),
        ({"images": ["a\x00.jpg"]}, "images"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"rating": 6}, "rating"),
        ({"rating": "good"}, "rating"),
        ({"attributes": []}, "attributes"),
        ({"attributes": {"a": {"b": 1}}}, "attributes.a"),
        ({"attributes": {"": 1}}, "attributes"),
        ({"attributes": {"a": float("inf")}}, "attributes.a"),
        ({"attributes": {"a": _deep(100)}}, "attributes.a[0]"),
        ({"attributes": {f"a{n}": n for n in range(100_000)}}, "attributes"),
        ({"attributes": {1: "a"}}, "attributes"),
        ({"variants": {}}, "variants"),
        ({"variants": ["a"]}, "variants[0]"),
        ({"variants": [{}]}, "variants[0].id"),
        ({"variants": [{"id": "v"}, {"id": "v"}]}, "variants[1].id"),
        ({"variants": [{"id": "v", "price": "x"}]}, "variants[0].price"),
        ({"variants": [{"id": "v", "colour": "x"}]}, "variants[0].colour"),
        ({"reviews": [{"text": "a", "rating": 9}]}, "reviews[0].rating"),
        ({"reviews": [3]}, "reviews[0]"),
        ({"updated_at": "yesterday"}, "updated_at"),
        ({"updated_at": "2026-13-40"}, "updated_at"),
        ({"updated_at": 5}, "updated_at"),
        ({"links": {"related": [{}]}}, "links.related[0]"),
        ({"translations": []}, "translations"),
        ({"translations": {"zh": "红"}}, "translations.zh"),
        ({"translations": {"Chinese (simplified)": {"title": "红"}}}, "translations.Chinese (simplified)"),
        ({"translations": {"": {"title": "红"}}}, "translations."),
        ({"translations": {"../..": {"title": "红"}}}, "translations.../.."),
        ({"translations": {"zh": {"titel": "红"}}}, "translations.zh.titel"),
        ({"translations": {"zh": {"title": ["红"]}}}, "translations.zh.title"),
        ({"translations": {"zh": {"title": "红" * 5_001}}}, "translations.zh.title"),
        (
            {"translations": {f"a{n:c}": {} for n in range(97, 97 + 26)} | {f"b{n:c}": {} for n in range(97, 123)}},
            "translations",
        ),
        ({"prize": 5}, "prize"),
    ],
)
def test_bad_fields_are_named_with_what_was_found_and_expected(change, field):
    with pytest.raises(InputError) as caught:
        product_from_record({**FULL, **change})
    assert caught.value.field == field
    assert caught.value.expected
    assert len(str(caught.value)) < 1_000


def test_an_unknown_field_names_the_nearest_known_one():
    with pytest.raises(InputError, match="price \\(the nearest"):
        product_from_record({**FULL, "prize": 5})


@pytest.mark.parametrize("record", [None, [], "text", 5, {1: 2}])
def test_what_is_no_object_is_refused(record):
    with pytest.raises(InputError):
        product_from_record(record)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(FULL)), JSON)
def test_any_value_in_any_field_gives_a_product_or_one_clear_error(field, value):
    record = copy.deepcopy(FULL)
    record[field] = value
    try:
        product = product_from_record(record)
    except InputError as error:
        assert error.expected
    else:
        assert product_from_record(product_to_record(product)) == product
