import pytest

from bowerbird.domain.filters import OneOf, Or, Under
from bowerbird.domain.ports import IndexDocument
from bowerbird.domain.product import Measure, Product, Variant
from bowerbird.index.build import build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.understand.knowledge import lexicon_table
from bowerbird.understand.shop_words import ShopWords, read_shop_words

ODD = [
    Product(
        "1",
        "Zori",
        brand="Zorimaker",
        categories=("Women's/Zori & Geta",),
        attributes={
            "colour": "Wasabi Green",
            "gender": "Women/Unisex",
            "weight": Measure(300, "g"),
            "fits": "keyboard",
            "margin": Measure(35, "%"),
            "cost_of_goods_sold": 7.0,
        },
        variants=(Variant("1a", attributes={"size": "EU 38", "strap": Measure(2, "cm")}),),
    ),
    Product("2", "Shirt", brand="A", attributes={"style": "shirt", "fabric": "Silk, Denim", "note": "x" * 90}),
    Product("3", "Robe", categories=("Robes",), attributes={"colour": "blue", "lining": "silk", "weight": 5.0}),
]


@pytest.fixture(scope="module")
def odd(lexicon, tmp_path_factory):
    """A shop whose catalogue has its own ways."""
    folder = tmp_path_factory.mktemp("odd") / "index"
    build_index(folder, [IndexDocument(n, one, {"whole": one.title}, {}) for n, one in enumerate(ODD, 1)], applied=3)
    index = EmbeddedIndex(folder)
    yield read_shop_words(index.view(), lexicon, lexicon_table(), ODD)
    index.close()


def test_the_tiny_shop_is_told_by_its_fields(shop):
    assert "Kestrel" in shop.brands and "Wren & Co" in shop.brands
    assert shop.currency == "USD"
    assert {"price", "rating"} <= shop.numbers
    assert shop.values["color:light-blue"] == (("color", "light blue"),)
    assert shop.values["kind:dress"] == (("category", "Clothing/Dresses"),)
    assert shop.sizes["xl"] == (("size", "XL"),)


def test_the_shop_has_what_stands_in_its_fields_and_not_the_rest(shop):
    assert shop.has("color:red")
    assert not shop.has("color:fuchsia")
    assert shop.has("brand:Kestrel")
    assert shop.has("price:cheap")


def test_names_of_the_shop_are_its_brands_and_its_own_words(odd):
    names = dict(odd.names())
    assert names["Zorimaker"] == "brand:Zorimaker"
    assert names["wasabi green"] == "color:Wasabi Green"


def test_a_brand_of_one_letter_is_no_name(odd):
    assert "A" not in odd.brands


def test_a_value_of_several_names_is_each_of_them(odd):
    assert ("gender", "Women/Unisex") in odd.values["audience:women"]
    assert odd.values["audience:unisex"] == (("gender", "Women/Unisex"),)
    assert {"material:silk", "material:denim"} <= odd.values.keys()


def test_a_field_says_what_its_values_are(odd):
    assert ("style", "shirt") in odd.values["kind:shirt"]
    assert not any(("fits", "keyboard") in pairs for key, pairs in odd.values.items() if key.startswith("kind:"))
    assert ("lining", "silk") in odd.values["material:silk"]


def test_units_lead_to_the_fields_that_are_measured_in_them(odd):
    assert odd.units["g"] == ("weight",)
    assert odd.units["cm"] == ("strap",)


def test_what_the_shop_earns_is_nothing_that_words_could_mean(odd):
    assert "%" not in odd.units and not {"margin", "cost_of_goods_sold"} & odd.numbers
    assert "weight" in odd.numbers


def test_very_long_values_are_no_names(odd):
    assert not any("x" * 90 in str(pairs) for pairs in (*odd.values.values(), *odd.own.items()))


def test_chinese_names_of_brands_are_learnt_from_the_sample(view, lexicon):
    sample = [Product(str(n), title, brand="Kestrel") for n, title in enumerate(["红隼短裤", "红隼背包", "男士红隼帽"])]
    words = read_shop_words(view, lexicon, lexicon_table(), sample)
    assert dict(words.names())["红隼"] == "brand:Kestrel"


def test_a_concept_is_met_by_all_that_lies_below_it(shop, lexicon):
    found, share = shop.filter_for("color:blue", lexicon)
    assert share == 1.0
    assert isinstance(found, OneOf) and {"blue", "navy", "light blue"} <= set(found.values)


def test_of_paths_only_the_uppermost_stand_in_a_filter(shop, lexicon):
    found, share = shop.filter_for("kind:shoes", lexicon)
    assert (found, share) == (Under("category", "Shoes"), 1.0)


def test_what_the_shop_lacks_is_met_less_by_what_is_broader(shop, lexicon):
    nearest = shop.filter_for("kind:running-shoe", lexicon)
    assert nearest[0] == Under("category", "Shoes/Sports Shoes")
    assert 0 < nearest[1] < 1


@pytest.mark.parametrize("key", ["feature:waterproof", "kind:unheard of", "brand:Nobody", ""])
def test_what_the_shop_knows_nothing_of_has_no_filter(shop, lexicon, key):
    assert shop.filter_for(key, lexicon) == (None, 0.0)


def test_the_shops_own_value_is_its_own_filter(odd, lexicon):
    assert odd.filter_for("color:wasabi green", lexicon) == (OneOf("colour", ("Wasabi Green",)), 1.0)


def test_values_of_several_fields_are_any_of_them(lexicon):
    words = ShopWords(values={"color:red": (("color", "red"), ("shade", "rosso"), ("category", "Red"))})
    found, _ = words.filter_for("color:red", lexicon)
    assert found == Or((Under("category", "Red"), OneOf("color", ("red",)), OneOf("shade", ("rosso",))))


def test_a_path_beside_another_that_begins_alike_stays(lexicon):
    paths = (("category", "Shoes"), ("category", "Shoes/Boots"), ("category", "Shoes Extra"))
    found, _ = ShopWords(values={"kind:shoes": paths}).filter_for("kind:shoes", lexicon)
    assert found == Or((Under("category", "Shoes"), Under("category", "Shoes Extra")))


def test_an_empty_shop_has_no_words(lexicon, tmp_path):
    build_index(tmp_path / "index", [], applied=0)
    index = EmbeddedIndex(tmp_path / "index")
    words = read_shop_words(index.view(), lexicon, lexicon_table())
    index.close()
    assert (dict(words.values), words.brands, words.currency, list(words.names())) == ({}, (), None, [])
