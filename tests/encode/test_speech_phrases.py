"""What shoppers may say, from products and from phrases."""

from __future__ import annotations

import pytest

from bowerbird.domain.product import Product, Variant
from bowerbird.encode.speech_patterns import PatternSettings, QueryPatterns
from bowerbird.encode.speech_phrases import Phrase, Role, count_phrases, other_numbers, say_text

JACKET = Product(
    id="1",
    title="Montana Wind Jacket",
    categories=("Men/Tops/Jackets & Coats",),
    brand="Luma",
    attributes={"gender": "men", "material": ("Wool", "Organic Cotton"), "weight": 2.0},
    variants=(Variant("1-r", attributes={"color": "Red"}), Variant("1-b", attributes={"color": "Blue"})),
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Full-Zip Tee 55 cm", "full zip tee fifty five centimeters"),
        ("LumaTech™ Women's V-Neck", "lumatech women's v neck"),
        ("Olivia 1/4 Zip", "olivia quarter zip"),
        ("Hoodies & Sweatshirts", "hoodies and sweatshirts"),
        ("Café Tee", "cafe tee"),
        ("红色 jacket", "jacket"),
        ("", ""),
    ],
)
def test_a_text_is_said_in_plain_words(written: str, said: str) -> None:
    assert " ".join(say_text(written)) == said


def test_a_products_phrases_know_their_part() -> None:
    found = {(phrase.role, phrase.text) for phrase in count_phrases([JACKET])}
    assert {
        (Role.TITLE, "montana wind jacket"),
        (Role.KIND, "jacket"),
        (Role.KIND, "coats"),
        (Role.BRAND, "luma"),
        (Role.AUDIENCE, "men"),
        (Role.ATTRIBUTE, "organic cotton"),
        (Role.ATTRIBUTE, "red"),
    } <= found


@pytest.mark.parametrize(
    ("kind", "others"),
    [
        ("running shorts", ["running short"]),
        ("jacket", ["jackets"]),
        ("dress", ["dresses"]),
        ("watches", ["watch"]),
        ("hoodies", ["hoody", "hoodie"]),
        ("body", ["bodies"]),
    ],
)
def test_kinds_have_another_number(kind: str, others: list[str]) -> None:
    assert [" ".join(words) for words in other_numbers(kind.split())] == others


def test_queries_are_drawn_from_the_phrases_and_are_the_same_for_a_seed() -> None:
    phrases = [Phrase("jacket", 5, Role.KIND), Phrase("Red", 1, Role.ATTRIBUTE), Phrase("Montana Tee", 1, Role.TITLE)]
    settings = PatternSettings(queries=2_000, seed=3)
    queries = list(QueryPatterns(phrases, settings).draw())
    assert queries == list(QueryPatterns(phrases, settings).draw())
    assert ("red", "jacket") in queries
    assert ("montana", "tee") in queries
    assert any("jackets" in query for query in queries)
    assert any({"under", "dollars"} <= set(query) for query in queries)
    assert any("for" in query and "women" in query for query in queries)
    assert all(word and " " not in word for query in queries for word in query)


def test_no_phrases_still_make_queries() -> None:
    assert list(QueryPatterns([], PatternSettings(queries=50)).draw())
