"""What the ranking tells a shopper: little, and only what the numbers carry."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.product import Availability, Product, Review, Variant
from bowerbird.domain.rules import RuleMove
from bowerbird.present.ranked_reasons import MOST, in_stock, ranked_reasons
from bowerbird.present.reasons import Asked, reasons_for
from bowerbird.rank.standing import Standing

SAID = ("The fit is perfect.", "Great fit, true to size.", "Lovely, but the zip broke.", "I like it very much.")
SHIRT = Product(
    "shirt",
    "Shirt",
    price=Decimal(20),
    availability=Availability.OUT_OF_STOCK,
    variants=(
        Variant("m", availability=Availability.IN_STOCK, attributes={"size": "M"}),
        Variant("l", price=Decimal(60), attributes={"size": "L"}),
    ),
    reviews=tuple(Review(text, 5.0) for text in SAID),
)


def told(standing=None, moves=(), variant=0, product=SHIRT):
    return ranked_reasons(product, variant, standing, moves)


def kinds(standing=None, moves=(), variant=0, product=SHIRT):
    return [reason.kind for reason in told(standing, moves, variant, product)]


def move(action, before=5, after=2):
    return RuleMove("r", "", action, before, after)


def test_without_a_ranking_and_rules_there_is_nothing_to_tell():
    assert told() == ()
    assert told(Standing()) == ()


def test_praise_needs_reviews_that_are_better_than_the_shop_s_and_good_and_several():
    praised = Standing(opinion=0.6, praise=0.2)
    (reason,) = told(praised)
    assert reason == Reason(ReasonKind.PRAISED, words=("fit",), count=4)
    assert kinds(Standing(opinion=0.6, praise=0.05)) == []
    assert kinds(Standing(opinion=0.05, praise=0.5)) == []
    assert kinds(praised, variant=None, product=Product("x", "X", reviews=SHIRT.reviews[:3])) == []


def test_what_reviews_do_not_agree_on_is_not_named():
    reviews = tuple(Review(text, 5.0) for text in ("Nice.", "Lovely.", "Wonderful.", "Great colour."))
    (reason,) = told(Standing(opinion=0.6, praise=0.2), variant=None, product=Product("x", "X", reviews=reviews))
    assert (reason.kind, reason.words, reason.count) == (ReasonKind.PRAISED, None, 4)


def test_being_chosen_for_this_search_says_more_than_being_chosen_at_all():
    much = math.log(2)
    assert kinds(Standing(popularity=much, clicked=much)) == [ReasonKind.CLICKED]
    assert kinds(Standing(popularity=much, clicked=0.1)) == [ReasonKind.POPULAR]
    assert kinds(Standing(popularity=0.1, clicked=-1.0)) == []


def test_a_low_price_is_that_of_the_variant_shown():
    (reason,) = told(Standing(middle_price=40.0))
    assert reason == Reason(ReasonKind.PRICE, value=0.5)
    assert kinds(Standing(middle_price=40.0), variant=1) == []
    assert kinds(Standing(middle_price=22.0)) == []
    assert kinds(Standing(middle_price=40.0), variant=None, product=Product("x", "X")) == []


def test_what_the_shop_chose_is_told_and_a_boost_that_changed_nothing_is_not():
    assert told(moves=(move("pin", None),)) == (Reason(ReasonKind.CHOSEN, value="pin"),)
    assert told(moves=(move("boost"), move("pin"))) == (Reason(ReasonKind.CHOSEN, value="pin"),)
    assert told(moves=(move("boost"),)) == (Reason(ReasonKind.CHOSEN, value="boost"),)
    assert told(moves=(move("boost", 2, 2),)) == told(moves=(move("boost", 2, 4),)) == told(moves=(move("bury"),)) == ()


def test_only_a_few_are_told_the_shop_s_choice_before_all():
    everything = Standing(opinion=0.6, praise=0.3, popularity=2.0, clicked=2.0, middle_price=90.0)
    assert kinds(everything, (move("pin"),)) == [ReasonKind.CHOSEN, ReasonKind.PRAISED, ReasonKind.CLICKED]
    assert len(told(everything, (move("pin"),))) == MOST


def test_the_shop_s_choice_comes_first_and_the_rest_after_what_was_asked(cut_words, find_words):
    asked = Asked("", filters=parse_filter("size = M"))
    standing = Standing(middle_price=90.0)
    found = reasons_for(SHIRT, 0, {}, asked, {}, find_words, standing=standing, moves=(move("boost"),))
    assert [reason.kind for reason in found] == [ReasonKind.CHOSEN, ReasonKind.AVAILABLE, ReasonKind.PRICE]


@pytest.mark.parametrize("kind", [ReasonKind.FILTER, ReasonKind.PREFERENCE])
def test_a_size_that_was_asked_for_and_can_be_had_is_told_as_such(kind):
    size, colour = Reason(kind, field="Size", value="M"), Reason(kind, field="color", value="red")
    assert in_stock([size, colour], SHIRT, 0) == [Reason(ReasonKind.AVAILABLE, field="Size", value="M"), colour]
    # The large one takes its stock from the product, which has none.
    assert in_stock([size], SHIRT, 1) == [size]
    assert in_stock([Reason(ReasonKind.FILTER, field="size")], SHIRT, 0) == [Reason(ReasonKind.FILTER, field="size")]
