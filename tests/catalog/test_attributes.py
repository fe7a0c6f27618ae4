import pytest

from bowerbird.catalog.attributes import attribute_name, measured, parse_value, parse_values
from bowerbird.domain.product import Measure


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("power", "65 W", Measure(65, "W")),
        ("volume", "1.5 l", Measure(1.5, "l")),
        ("volume", "1,5 L", Measure(1.5, "l")),
        ("screen", '13.3"', Measure(13.3, "in")),
        ("length", "55 cm", Measure(55, "cm")),
        ("容量", "500毫升", Measure(500, "ml")),
        ("memory", "64GB", Measure(64, "GB")),
        ("weight_kg", "2", Measure(2, "kg")),
        ("weight", "2.5", 2.5),
        ("year", "2011", 2011.0),
        ("touchscreen", "Yes", True),
        ("touchscreen", "no", False),
        ("防水", "是", True),
        ("size", "M", "M"),
        ("size", "32", "32"),
        ("size", "55 cm", "55 cm"),
        ("shoe_size", "42", "42"),
        ("model", "32A", "32A"),
        ("model", "5V", "5V"),
        ("model", "007 g", "007 g"),
        ("model", "4995", "4995"),
        ("temperature", "0 - 40", "0 - 40"),
        ("color", "<b>Red</b>", "Red"),
        ("color", "  ", None),
    ],
)
def test_values_are_read_and_codes_and_sizes_stay_words(name, text, value):
    found = parse_value(name, text)
    assert found == value
    assert type(found) is type(value)


def test_several_values_become_a_tuple_without_repeats():
    assert parse_values("material", ["Wool", "Fleece", "Wool"]) == ("Wool", "Fleece")
    assert parse_values("material", ["Wool"]) == "Wool"
    assert parse_values("material", [" ", ""]) is None


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("Base Colour", "base_colour"),
        ("baseColour", "base_colour"),
        ("contrast_ratio__typical_", "contrast_ratio_typical"),
        ("iPhone", "iphone"),
        ("颜色", "颜色"),
        ("--", ""),
    ],
)
def test_columns_become_attribute_names(column, name):
    assert attribute_name(column) == name


def test_a_name_may_carry_the_unit():
    assert measured("width_mm", 3) == Measure(3, "mm")
    assert measured("width", 3) == 3
