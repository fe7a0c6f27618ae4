"""An English product with a Chinese translation, found and shown in both."""

from __future__ import annotations

import pytest
from engine_world import ask, ids, open_fake_shop

from bowerbird.domain.product import Product, Translation
from bowerbird.domain.query import Query, Wish
from bowerbird.engine.engine import Engine

SHOE = Product(
    "shoe",
    "Red running shoes",
    "Light and quick.",
    translations={"zh": Translation("红色跑步鞋", "轻便透气，适合日常跑步。")},
)
KETTLE = Product("kettle", "Electric kettle", translations={"zh": Translation("电热水壶")})
PLAIN = Product("scarf", "Wool scarf", "Warm.")


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory) -> Engine:
    engine = open_fake_shop(tmp_path_factory.mktemp("bilingual") / "shop")
    engine.put([SHOE, KETTLE, PLAIN, *(Product(f"thing-{n}", f"Thing number {n}") for n in range(30))])
    engine.build(force=True)
    yield engine
    engine.close()


@pytest.mark.parametrize("text", ["跑步鞋", "红色 跑步鞋", "透气", "running shoes", "電熱水壺"])
def test_words_of_either_language_find_a_product(bilingual, text):
    assert ids(bilingual, text)[0] == ("kettle" if "水" in text or "壺" in text else "shoe")


def test_the_words_are_marked_in_the_language_that_is_shown(bilingual):
    (hit, *_) = bilingual.search(Query(Wish("跑步鞋"), lang="zh")).hits
    assert "<mark>跑步" in hit.highlights["title"] and "<mark>" in hit.highlights["description"]
    (hit, *_) = bilingual.search(Query(Wish("跑步鞋"), lang="en")).hits
    # In the other language the words that the query was translated to are marked.
    assert "<mark>running</mark>" in hit.highlights["title"]
    (hit, *_) = bilingual.search(Query(Wish("wool"), lang="zh")).hits
    assert hit.highlights["title"] == "<mark>Wool</mark> scarf"


def test_an_example_is_named_in_the_language_that_is_shown(bilingual):
    (part,) = bilingual.search(Query(Wish(products=("shoe",)), lang="zh")).understood
    assert part.title == "红色跑步鞋"


def test_the_beginning_of_a_translated_title_is_suggested(bilingual):
    assert "红色跑步鞋" in [phrase.text for phrase in bilingual.suggest("红色")]
    assert "电热水壶" in [phrase.text for phrase in bilingual.suggest("电热")]
    assert "Electric kettle" in [phrase.text for phrase in bilingual.suggest("elec")]


def test_words_of_an_english_translation_are_known_to_spelling(tmp_path):
    engine = open_fake_shop(tmp_path / "shop")
    chinese = [
        Product(f"p{n}", f"连衣裙 {n}", translations={"en": Translation("Summer dress", "Cotton")}) for n in range(5)
    ]
    engine.put(chinese)
    engine.build(force=True)
    assert engine.search(ask("sumer dress")).did_you_mean == "summer dress"
    engine.close()


def test_a_translation_can_be_changed_and_taken_away(bilingual):
    product = bilingual.patch("kettle", {"translations": {"zh": {"title": "烧水壶"}, "fr": {"title": "Bouilloire"}}})
    assert dict(product.translations) == {"zh": Translation("烧水壶"), "fr": Translation("Bouilloire")}
    assert bilingual.product("kettle") == product
    product = bilingual.patch("kettle", {"translations": {"fr": None}})
    assert list(product.translations) == ["zh"]
    product = bilingual.patch("kettle", {"translations": {"zh": {"title": "电热水壶"}}})
    assert product == KETTLE
