"""Why a product was found, in plain data."""

from __future__ import annotations

import pytest

from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.product import Measure, Product, Review, Translation, Variant
from bowerbird.domain.query import PhotoInput, Query, Sort, Wish
from bowerbird.present.reasons import Asked, reasons_for, surfaces_of

BAG = Product(
    "bag-1",
    "Red Tote Bag",
    description="A roomy bag of soft leather for every day.",
    brand="Luma",
    categories=("Bags/Totes",),
    attributes={"material": "leather", "weight": Measure(300.0, "g"), "eco": True},
    variants=(
        Variant("bag-1-s", attributes={"color": "red", "size": "S"}),
        Variant("bag-1-l", attributes={"color": "blue", "size": "L"}),
    ),
    rating=4.6,
    reviews=(Review("fine", 4.0), Review("good", 5.0)),
    translations={"zh": Translation("红色 手袋", "柔软 皮革")},
)


@pytest.fixture
def why(cut_words, find_words):
    def why(words="", signals=None, variant=0, product=BAG, **asked):
        return reasons_for(
            product, variant, signals or {}, Asked(words, **asked), surfaces_of(words, cut_words), find_words
        )

    return why


def words_of(reasons):
    return {reason.field: reason.words for reason in reasons if reason.kind is ReasonKind.WORDS}


def test_words_are_told_by_the_first_field_that_holds_them_as_they_were_typed(why):
    reasons = why("red BAGS by luma in leather for day", {"terms": 0.9})
    assert words_of(reasons) == {
        "title": ("red", "BAGS"),
        "brand": ("luma",),
        "material": ("leather",),
        "description": ("for", "day"),
    }
    assert {reason.strength for reason in reasons} == {0.9}


def test_a_word_is_told_once_though_it_was_typed_twice_or_put_right(why):
    assert words_of(why("bag baag bag Bag", {"terms": 1.0})) == {"title": ("bag",)}


def test_a_variant_s_own_values_count_only_for_that_variant(why):
    assert words_of(why("blue", {"terms": 1.0}, variant=1)) == {"color": ("blue",)}
    assert words_of(why("blue", {"terms": 1.0}, variant=0)) == {}


def test_words_of_a_translation_stand_in_its_title(why):
    assert words_of(why("红色", {"terms": 1.0}, lang="zh")) == {"title": ("红色",)}
    assert words_of(why("皮革", {"terms": 1.0})) == {"description": ("皮革",)}


def test_an_id_that_was_typed_is_a_reason(why):
    assert words_of(why("1", {"terms": 1.0})) == {"id": ("1",)}


def test_what_spoke_loudest_comes_first(why):
    signals = {"terms": 0.5, "text": 0.9, "joint.photo": 0.2, "photo": 0.7, "like.text": 0.2, "like.photo": 1.0}
    kinds = [(reason.kind, reason.strength) for reason in why("red", signals)]
    assert kinds == [
        (ReasonKind.MEANING, 0.9),
        (ReasonKind.PHOTO, 0.7),
        (ReasonKind.LIKE, 0.6),
        (ReasonKind.WORDS, 0.5),
    ]


def test_the_weights_of_words_and_photos_count(why):
    signals = {"terms": 1.0, "photo": 0.6, "photo 2": 0.9}
    asked = Asked.of(
        Query(
            Wish(
                "red",
                text_weight=0.2,
                photos=(PhotoInput(b"a", 0.0), PhotoInput(b"b", 2.0), PhotoInput(b"c", 0.5)),
            )
        ),
        "red",
        None,
    )
    reasons = why("red", signals, words_weight=asked.words_weight, photos=asked.photos)
    # The first photo weighs nothing and was not looked for, so the first signal is the second photo's.
    assert [(reason.kind, reason.number) for reason in reasons] == [
        (ReasonKind.PHOTO, 2),
        (ReasonKind.PHOTO, 3),
        (ReasonKind.WORDS, None),
    ]


def test_what_is_hardly_alike_is_no_reason(why):
    assert why("", {"photo": 0.1, "like.photo": 0.1, "text": 0.1}) == ()
    assert [reason.kind for reason in why("red", {"terms": 1.0, "text": 0.4})] == [ReasonKind.WORDS]
    # Where no word stands in the product, its meaning is what is left.
    assert [reason.kind for reason in why("crimson", {"text": 0.4})] == [ReasonKind.MEANING]


def test_the_conditions_that_a_product_meets_are_told_by_its_own_values(why):
    condition = parse_filter(
        "color = RED AND price < 50 AND category UNDER bags AND weight 200..400 AND (size = M OR size = S) "
        "AND NOT brand = Other AND eco = true AND brand IN [other, luma] AND material EXISTS"
    )
    reasons = [reason for reason in why("", filters=condition) if reason.kind is ReasonKind.FILTER]
    assert [(reason.field, reason.value) for reason in reasons] == [
        ("color", "red"),
        ("category", "Bags/Totes"),
        ("weight", 300.0),
        ("size", "S"),
        ("eco", "true"),
        ("brand", "Luma"),
        ("material", "leather"),
    ]


def test_a_field_is_told_as_it_was_asked_for_whatever_its_case(why):
    (reason,) = why("", filters=parse_filter("Color = red"))
    assert reason == Reason(ReasonKind.FILTER, field="Color", value="red")


def test_stars_are_a_reason_only_where_hits_are_sorted_by_them(why):
    assert why("", sort=Sort.RATING) == (Reason(ReasonKind.RATING, value=4.6, count=2),)
    assert why("", sort=Sort.RELEVANCE) == ()


def test_a_product_found_by_browsing_needs_no_reason(why):
    assert why() == ()


def test_a_hostile_product_costs_no_fault(why):
    hostile = Product(
        "<script>",
        "<img onerror=1>" * 50,
        attributes={"": "x", "<b>": ("a", "b"), "n": 1e300, "constructor": "red"},
        variants=(Variant("v", attributes={"__proto__": "red"}),),
    )
    assert words_of(why("red", {"terms": 1.0}, product=hostile)) == {"constructor": ("red",)}
