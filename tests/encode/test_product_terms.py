"""The words of a product by term field."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bowerbird.domain.product import Product, Translation
from bowerbird.encode.product_terms import ProductTermSettings, product_terms
from bowerbird.encode.terms import Terms

TERMS = Terms()
SHOE = Product("shoe-1", "Red shoe", "Runs far", brand="Luma", categories=("Shoes/Running",))


def test_a_translated_title_and_description_count_like_the_product_s_own():
    plain = product_terms(SHOE, TERMS)
    bilingual = product_terms(replace(SHOE, translations={"zh": Translation("红色跑鞋", "轻便")}), TERMS)
    added = Counter(bilingual["whole"].split()) - Counter(plain["whole"].split())
    assert added["红色"] == 3 and added["轻便"] == 2
    assert bilingual["whole"].startswith(plain["whole"])
    assert (bilingual["brand"], bilingual["sku"]) == (plain["brand"], plain["sku"])


def test_a_product_without_translations_has_the_words_it_always_had():
    assert product_terms(SHOE, TERMS)["whole"] == "red shoe red shoe red shoe luma shoe run run far run far"


def test_an_empty_translation_adds_nothing():
    assert product_terms(replace(SHOE, translations={"zh": Translation()}), TERMS) == product_terms(SHOE, TERMS)


def test_a_translated_description_is_read_as_far_as_any_other():
    settings = ProductTermSettings(title=1, body=1, most_characters=2)
    long = replace(SHOE, translations={"zh": Translation("", "轻便耐用")})
    added = Counter(product_terms(long, TERMS, settings)["whole"].split())
    assert "轻便" in added and "耐用" not in added
