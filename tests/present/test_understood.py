"""How a query was read, part by part."""

from __future__ import annotations

import pytest

from bowerbird.domain.explanation import PartKind, QueryPart
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.present.understood import parts_of


def test_every_part_of_a_query_is_told_in_order():
    query = Query(
        wish=Wish(
            " red   bag ", 0.5, (PhotoInput(b"a"), PhotoInput(b"b", 2.0, (0.0, 0.0, 0.5, 0.5))), ("bag-1", "bag-2")
        ),
        without=Wish("leather", photos=(PhotoInput(b"c"),), products=("bag-3",)),
        filters=parse_filter("color = red AND (price < 20 OR brand = Luma)"),
    )
    titles = {"bag-1": "Red bag", "bag-2": "Tote", "bag-3": "Old bag"}
    assert parts_of(query, None, titles) == (
        QueryPart(PartKind.WORDS, text="red bag", weight=0.5),
        QueryPart(PartKind.FILTER, text="color = red", field="color"),
        QueryPart(PartKind.FILTER, text="price < 20 OR brand = Luma"),
        QueryPart(PartKind.PHOTO, number=1, weight=1.0),
        QueryPart(PartKind.PHOTO, number=2, weight=2.0, box=(0.0, 0.0, 0.5, 0.5)),
        QueryPart(PartKind.LIKE, number=1, product="bag-1", title="Red bag"),
        QueryPart(PartKind.LIKE, number=2, product="bag-2", title="Tote"),
        QueryPart(PartKind.NOT_WORDS, text="leather", weight=1.0),
        QueryPart(PartKind.NOT_PHOTO, number=1, weight=1.0),
        QueryPart(PartKind.UNLIKE, number=1, product="bag-3", title="Old bag"),
    )


@pytest.mark.parametrize(
    ("asked", "put_right", "replaced"),
    [
        ("yello bag", "yellow bag", "yello"),
        ("Yello  Bag", "yellow bag", "Yello"),
        ("lap top bag", "laptop bag", "lap top"),
        ("usbhub", "usb hub", "usbhub"),
        ("runing shoos for men", "running shoes for men", "runing shoos"),
        ("redd bag redd", "red bag red", "redd redd"),
    ],
)
def test_a_correction_names_the_words_that_were_put_right(asked, put_right, replaced):
    words, correction = parts_of(Query(Wish(asked)), put_right, {})
    assert words.text == " ".join(asked.split())
    assert correction == QueryPart(PartKind.CORRECTION, text=put_right, replaced=replaced)


def test_an_empty_query_has_no_parts():
    assert parts_of(Query(Wish("  "), Wish("\n")), None, {}) == ()


@pytest.mark.parametrize(
    ("filters", "parts"),
    [
        ("a = 1", [("a", "a = 1")]),
        ("a = 1 AND b = 2", [("a", "a = 1"), ("b", "b = 2")]),
        ("a = 1 OR a = 2", [("a", "a = 1 OR a = 2")]),
        ("(a = 1 AND b = 2) AND c = 3", [(None, "a = 1 AND b = 2"), ("c", "c = 3")]),
        ("NOT (a = 1 AND b = 2)", [(None, "NOT (a = 1 AND b = 2)")]),
        ('x = "</mark><script>alert(1)</script>"', [("x", 'x = "</mark><script>alert(1)</script>"')]),
        ('"__proto__" = "\\"; DROP"', [("__proto__", '__proto__ = "\\"; DROP"')]),
    ],
)
def test_each_condition_that_has_to_hold_is_a_part_of_its_own(filters, parts):
    found = parts_of(Query(filters=parse_filter(filters)), None, {})
    assert [(part.field, part.text) for part in found] == parts
