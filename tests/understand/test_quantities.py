import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.understanding import EntityType
from bowerbird.understand.lexicon import HEADER, Lexicon, read_table
from bowerbird.understand.plain import plain
from bowerbird.understand.quantities import QuantityReader, symbol_of


@pytest.fixture(scope="module")
def found(readers):
    def read(text):
        quantities = readers.quantities.find(plain(text))
        return [(text[one.start : one.end], one.value.low, one.value.high, one.value.unit) for one in quantities]

    return read


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("65w charger", ("65w", 65, 65, "W")),
        ("kettle 1.5 l", ("1.5 l", 1.5, 1.5, "l")),
        ("27 inch monitor", ("27 inch", 27, 27, "inch")),
        ("15-inch laptop", ("15-inch", 15, 15, "inch")),
        ('a 15" screen', ('15"', 15, 15, "inch")),
        ("500ml", ("500ml", 500, 500, "ml")),
        ("4 person tent", ("4 person", 4, 4, "person")),
        ("3 hours", ("3 hours", 3, 3, "h")),
        ("two litres", ("two litres", 2, 2, "l")),
        ("20000毫安充电宝", ("20000毫安", 20_000, 20_000, "mAh")),
        ("2万毫安", ("2万毫安", 20_000, 20_000, "mAh")),
        ("28吋行李箱", ("28吋", 28, 28, "inch")),
        ("两件", ("两件", 2, 2, "pcs")),
    ],
)
def test_a_number_with_a_unit_is_exactly_so_much(found, text, quantity):
    assert found(text) == [quantity]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("at least 16GB ram", ("at least 16GB", 16, None, "GB")),
        ("16gb or more", ("16gb or more", 16, None, "GB")),
        ("over 5000mah", ("over 5000mah", 5000, None, "mAh")),
        ("20kg以上", ("20kg以上", 20, None, "kg")),
        ("至少10升", ("至少10升", 10, None, "l")),
        ("up to 20 kg", ("up to 20 kg", None, 20, "kg")),
        ("under 50 cm", ("under 50 cm", None, 50, "cm")),
        ("不超过2米", ("不超过2米", None, 2, "m")),
        ("10-15 inch", ("10-15 inch", 10, 15, "inch")),
        ("10 to 15 inches", ("10 to 15 inches", 10, 15, "inch")),
        ("10到15寸", ("10到15寸", 10, 15, "inch")),
    ],
)
def test_words_beside_it_open_or_bound_it(found, text, quantity):
    assert found(text) == [quantity]


@pytest.mark.parametrize(("text", "count"), [("set of 4", 4), ("pack of 12", 12), ("box of six", 6)])
def test_a_set_is_a_count_of_pieces(found, text, count):
    assert found(f"glasses {text}") == [(text, count, count, "pcs")]


@pytest.mark.parametrize(
    "text", ["", "red shoes", "iphone 12", "h264", "set of", "20 - 10 cm", "watt", "dv7-1211ea", "ux305a", "3 waxes"]
)
def test_numbers_of_nothing_and_model_numbers_are_no_quantities(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("written", "symbol"),
    [("W", "W"), ("watts", "W"), ("瓦", "W"), ("GB", "GB"), ("inches", "inch"), ("升", "l"), ("furlong", "furlong")],
)
def test_a_unit_has_one_symbol_however_it_is_written(readers, written, symbol):
    assert readers.quantities.symbol(written) == symbol


def test_units_are_the_lexicons():
    table = f"{HEADER}\nunit\tsmoot\t\tsmoot|smoots\t史慕特\tlength:1.7\n"
    reader = QuantityReader(Lexicon({one.key: one for one in read_table(table, "units.tsv")}))
    (one,) = reader.find("bridge of 364 smoots")
    assert (one.type, one.text, one.value.low, one.value.unit) == (EntityType.QUANTITY, "364 smoots", 364, "smoot")
    assert list(reader.find("65 w")) == []
    assert symbol_of("smoot") == "smoot"


def test_without_units_nothing_is_a_quantity():
    assert list(QuantityReader(Lexicon({})).find("65 w and set 4")) == []


parts = st.sampled_from(
    ["65", "w", " ", "at least ", "inch", "-", "毫安", "三十四", "to", "or more", "以上", "gb", "1.5"]
)


# The first text waits for tables to be made.
@settings(deadline=None)
@given(st.lists(parts, max_size=8).map("".join))
def test_a_quantity_is_the_characters_it_stands_on_and_its_ends_are_in_order(readers, text):
    for one in readers.quantities.find(text):
        assert text[one.start : one.end] == one.text
        assert one.value.low is None or one.value.high is None or one.value.low <= one.value.high


@pytest.mark.parametrize("piece", ["三十四", "两三百", "twenty ", "1,234", "1-", "at least "])
def test_quantities_are_looked_for_in_endless_numerals_too(readers, piece):
    list(readers.quantities.find(piece * 40))
