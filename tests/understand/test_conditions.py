import pytest

from bowerbird.domain.filters import Equals, Exists, Not, OneOf, Or, Range, Under
from bowerbird.domain.query import Sort
from bowerbird.domain.understanding import Bounds, Condition, Entity, EntityType, Level
from bowerbird.understand.conditions import ConditionMaker, ConditionSettings, as_preference, give_up_one
from bowerbird.understand.shop_words import ShopWords

SHOP = ShopWords(
    values={
        "color:red": (("color", "red"),),
        "material:leather": (("material", "leather"),),
        "kind:shoes": (("category", "Shoes"),),
    },
    brands=("Luma",),
    sizes={"xl": (("size", "XL"), ("size_eu", "xl"))},
    units={"GB": ("memory", "storage"), "w": ("power",), "kg": ("note",)},
    numbers=frozenset({"price", "rating", "memory", "storage", "power", "list_price"}),
    currency="USD",
)
RED = ("color", "red", "red", "color:red")
LEATHER = ("material", "leather", "leather", "material:leather")


def entity(type_, value, text, concept="", negated=False):
    return Entity(EntityType(type_), value, text, 4, 4 + len(text), negated, concept)


@pytest.fixture(scope="module")
def make(readers):
    def made(*entities, shop=SHOP, text="", settings=None):
        return ConditionMaker(readers.lexicon, shop, readers.quantities, settings).make(entities, text)

    return made


@pytest.mark.parametrize(
    ("asked", "filter_"),
    [
        (entity("price", Bounds(None, 50, "USD"), "under $50"), Range("price", None, 50)),
        (entity("price", Bounds(20, 40), "20 to 40"), Range("price", 20, 40)),
        (entity("price", Bounds(80, 120, "CNY"), "100元左右"), Range("price", 80, 120)),
        (entity("rating", Bounds(4, None, "stars"), "4 stars and up"), Range("rating", 4, None)),
        (entity("rating", Bounds(4, None, "stars"), "四星以上"), Range("rating", 4, None)),
        (entity("stock", "in_stock", "in stock"), Equals("in_stock", True)),
        (entity("quantity", Bounds(60, None, "W"), "at least 60 w"), Range("power", 60, None)),
        (entity(*RED, negated=True), Not(OneOf("color", ("red",)))),
        (entity("brand", "Luma", "luma", negated=True), Not(Equals("brand", "Luma"))),
    ],
    ids=lambda part: getattr(part, "text", None),
)
def test_what_is_bounded_or_ruled_out_excludes(make, asked, filter_):
    made = make(asked)
    assert (made.soft, made.unwanted) == ((), ())
    assert made.hard == (Condition(asked.type, asked.text, asked.start, asked.end, filter_),)


@pytest.mark.parametrize(
    ("asked", "filter_", "sort"),
    [
        (entity(*RED), OneOf("color", ("red",)), None),
        (entity(*LEATHER), OneOf("material", ("leather",)), None),
        (entity("category", "shoe", "shoes", "kind:shoes"), Under("category", "Shoes"), None),
        (entity("brand", "Luma", "luma"), Equals("brand", "Luma"), None),
        (entity("size", "XL", "XL"), Or((OneOf("size", ("XL",)), OneOf("size_eu", ("xl",)))), None),
        (entity("price", Level.LOW, "cheap"), None, Sort.PRICE_ASC),
        (entity("price", Level.HIGH, "luxury"), None, Sort.PRICE_DESC),
        (entity("price", Level.SALE, "on sale"), Exists("list_price"), None),
        (entity("rating", Bounds(4, None, "stars"), "top rated"), None, Sort.RATING),
        (entity("rating", Bounds(4, None, "stars"), "好评"), None, Sort.RATING),
        (entity("newness", "new", "new arrivals"), None, Sort.NEWEST),
        (entity("quantity", Bounds(65, 65, "W"), "65w"), Range("power", 65, 65), None),
    ],
    ids=lambda part: getattr(part, "text", None),
)
def test_what_is_named_raises(make, asked, filter_, sort):
    made = make(asked, entity(*LEATHER))
    assert (made.hard, made.unwanted) == ((), ())
    first = made.soft[0]
    assert (first.type, first.text, first.filter, first.sort) == (asked.type, asked.text, filter_, sort)
    assert 0 < first.weight < 1


def test_good_value_is_cheap_and_liked(make):
    assert [one.sort for one in make(entity("price", Level.VALUE, "性价比高")).soft] == [Sort.PRICE_ASC, Sort.RATING]


def test_a_price_in_another_currency_raises_and_never_excludes(make):
    made = make(entity("price", Bounds(None, 50, "EUR"), "under 50 euros"))
    assert made.hard == ()
    assert [one.filter for one in made.soft] == [Range("price", None, 50)]


def test_a_shop_that_names_no_currency_takes_any_amount_as_its_own(make):
    made = make(entity("price", Bounds(None, 50, "EUR"), "under 50 euros"), shop=ShopWords())
    assert [one.filter for one in made.hard] == [Range("price", None, 50)]


def test_a_unit_of_several_fields_is_met_by_any_of_them(make):
    made = make(entity("quantity", Bounds(16, None, "GB"), "at least 16gb"))
    assert made.hard[0].filter == Or((Range("memory", 16, None), Range("storage", 16, None)))


@pytest.mark.parametrize("unit", ["kg", "inch", None])
def test_what_the_shop_measures_in_no_number_neither_excludes_nor_raises(make, unit):
    made = make(entity("quantity", Bounds(5, None, unit), "at least 5"))
    assert (made.hard, made.soft, made.unwanted) == ((), (), ())


def test_what_is_ruled_out_and_has_no_field_is_unwanted(make):
    hood = entity("feature", "hooded", "hood", "feature:hooded", negated=True)
    made = make(hood, entity(*RED))
    assert made.unwanted == (hood,)
    assert made.hard == ()


def test_what_the_shop_knows_nothing_of_raises_nothing(make):
    assert make(entity("feature", "waterproof", "waterproof", "feature:waterproof")).soft == ()


def test_a_brand_alone_raises_nothing(make):
    luma = Entity(EntityType.BRAND, "Luma", "luma", 0, 4)
    assert make(luma, text=" luma ").soft == ()
    assert len(make(luma, text="luma shoes").soft) == 1


def test_weights_are_settings(make):
    (red,) = make(entity(*RED), settings=ConditionSettings(color=0.9)).soft
    assert red.weight == pytest.approx(0.9)
    assert ConditionSettings(other=0.5).weight(EntityType.FEATURE) == 0.5


def test_what_is_only_had_broadly_raises_less(make):
    (exact,) = make(entity("category", "shoe", "shoes", "kind:shoes")).soft
    (broad,) = make(entity("category", "boot", "boots", "kind:boot")).soft
    assert broad.filter == exact.filter
    assert broad.weight < exact.weight


def test_no_entities_are_no_conditions(make):
    assert make().hard == make().soft == make().unwanted == ()


def condition(type_, filter_=None):
    return Condition(EntityType(type_), type_, 0, 1, filter_ or Exists(type_))


def test_conditions_are_given_up_in_order_and_what_was_ruled_out_goes_last():
    left = tuple(condition(name) for name in ("price", "rating", "quantity", "stock", "size"))
    left = (condition("color", Not(Exists("color"))), *left)
    order = []
    while left:
        left, given_up = give_up_one(left)
        order.append(given_up.type.value)
    assert order == ["quantity", "size", "stock", "rating", "price", "color"]
    assert give_up_one(()) == ((), None)


def test_a_price_that_was_ruled_out_goes_after_one_that_bounds():
    ruled_out, bound = condition("price", Not(Exists("price"))), condition("price")
    assert give_up_one((ruled_out, bound)) == ((ruled_out,), bound)


def test_what_was_given_up_still_raises():
    given_up = condition("price", Range("price", None, 50))
    raised = as_preference(given_up, ConditionSettings())
    assert (raised.filter, raised.sort, raised.text) == (given_up.filter, None, "price")
    assert raised.weight > 0
