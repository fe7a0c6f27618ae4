import pytest

from bowerbird.catalog.mapping import look_up, parse_mapping, require_columns
from bowerbird.domain.errors import SettingError

ROW = {
    "sku": "a",
    "offer": {"price": 5, "currency": "EUR"},
    "media": [{"url": "1.jpg"}, {"url": "2.jpg"}],
    "attr_t_x": "y",
}


def test_columns_are_found_nested_in_lists_and_by_template():
    assert look_up(ROW, "offer.price") == 5
    assert look_up(ROW, "media.url") == ["1.jpg", "2.jpg"]
    assert look_up(ROW, "photos/{sku}.jpg") == "photos/a.jpg"
    assert look_up(ROW, "photos/{nothing}.jpg") is None
    assert look_up(ROW, "offer.nothing") is None
    assert look_up({"offer.price": 9, **ROW}, "offer.price") == 9


def test_pairs_may_be_texts_or_a_dictionary():
    assert parse_mapping(["brand=supplier", "attributes=attr_*"]) == parse_mapping(
        {"brand": "supplier", "attributes": "attr_*"}
    )
    assert parse_mapping({"attributes": "attr_*"}).prefixes == ("attr_",)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"brnad": "supplier"}, "brand"),
        ({"colour": "c"}, "one of"),
        (["brand"], "field=column"),
        ({"brand": ""}, "brand=column"),
        ({"brand": "attr_*"}, "only attributes take a prefix"),
    ],
)
def test_wrong_mappings_are_one_clear_error(mapping, words):
    with pytest.raises(SettingError, match=words):
        parse_mapping(mapping)


def test_a_column_that_no_row_has_names_the_nearest():
    with pytest.raises(SettingError, match="offer"):
        require_columns(parse_mapping({"price": "ofer"}), [ROW])
    with pytest.raises(SettingError, match="no row has"):
        require_columns(parse_mapping({"attributes": "prop_*"}), [ROW])
    require_columns(parse_mapping({"price": "offer.price", "attributes": "attr_*", "images": "{sku}.jpg"}), [ROW])


def test_a_column_that_only_a_late_row_has_is_found():
    require_columns(parse_mapping({"brand": "maker"}), [{"sku": n} for n in range(5_000)] + [{"maker": "x"}])
