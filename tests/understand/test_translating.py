import pytest

from bowerbird.domain.understanding import Bounds, Entity, EntityType, Level
from bowerbird.understand.translating import translate


@pytest.fixture(scope="module")
def in_english(lexicon):
    def put(text, *entities, known=lambda name: True):
        return translate(text, placed(text, entities), False, lexicon, known)

    return put


@pytest.fixture(scope="module")
def in_chinese(lexicon):
    def put(text, *entities, known=lambda name: True):
        return translate(text, placed(text, entities), True, lexicon, known)

    return put


def placed(text, entities):
    found, at = [], 0
    for type_, value, name, concept in entities:
        at = text.index(name, at)
        found.append(Entity(EntityType(type_), value, name, at, at + len(name), concept=concept))
        at += len(name)
    return found


PURPLE = ("color", "purple", "紫色", "color:purple")
WOMEN = ("audience", "women", "女士", "audience:women")
YOGA = ("category", "yoga pants", "瑜伽裤", "kind:yoga-pants")


def test_names_are_put_into_english_in_their_order(in_english):
    assert in_english("紫色女士瑜伽裤", PURPLE, WOMEN, YOGA) == "purple women yoga pants"


def test_names_are_put_into_chinese(in_chinese):
    red, dress = ("color", "red", "red", "color:red"), ("category", "dress", "dresses", "kind:dress")
    assert in_chinese("red dresses", red, dress) == "红色 连衣裙"


def test_of_several_names_one_that_the_shop_knows_is_taken(in_english, lexicon):
    shoe = ("category", "shoe", "鞋", "kind:shoes")
    assert in_english("鞋", shoe) == "shoe"
    assert in_english("鞋", shoe, known=lambda name: name == "footwear") == "footwear"
    assert in_english("鞋", shoe, known=lambda name: False) == lexicon["kind:shoes"].name


def test_what_names_nothing_stays_where_it_can_be_read(in_english):
    luma = ("brand", "Luma", "Luma", "")
    assert in_english("Luma紫色GTX瑜伽裤", luma, PURPLE, YOGA) == "Luma purple GTX yoga pants"


def test_characters_that_nothing_is_known_of_are_left_out_of_english(in_english):
    assert in_english("紫色龘龘瑜伽裤", PURPLE, YOGA) == "purple yoga pants"


def test_numbers_keep_their_units_and_what_orders_or_bounds_is_left_out(in_english):
    parts = [
        ("quantity", Bounds(65, 65, "W"), "65瓦", ""),
        ("category", "charger", "充电器", "kind:charger"),
        ("price", Bounds(None, 100, "CNY"), "100元以下", ""),
        ("price", Level.LOW, "便宜", "price:cheap"),
        ("rating", Bounds(4, None, "stars"), "好评", ""),
        ("stock", "in_stock", "有货", ""),
        ("newness", "new", "新款", ""),
    ]
    assert in_english("65瓦充电器100元以下便宜好评有货新款", *parts) == "65W charger"


@pytest.mark.parametrize(
    ("bounds", "amount"), [((16, None, "GB"), "16GB"), ((None, 2.5, "kg"), "2.5kg"), ((1, 1, None), "1")]
)
def test_an_amount_is_written_short(in_english, bounds, amount):
    assert in_english("数", ("quantity", Bounds(*bounds), "数", "")) == amount


def test_a_size_is_called_one(in_english, in_chinese):
    assert in_english("43码", ("size", "43", "43码", "")) == "size 43"
    assert in_chinese("size 43", ("size", "43", "size 43", "")) == "43"


def test_punctuation_is_left_out(in_english):
    assert in_english("紫色，瑜伽裤！（新）", PURPLE, YOGA).startswith("purple yoga pants")
    assert not set(in_english("紫色，瑜伽裤！（新）", PURPLE, YOGA)) & set("，！（）")


def test_a_text_of_nothing_is_nothing(in_english, in_chinese):
    assert in_english("") == in_chinese("") == in_english("!?") == ""
