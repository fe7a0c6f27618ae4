from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bowerbird.domain.errors import InputError
from bowerbird.domain.rule_records import read_rules, rule_from_record, rule_to_record
from bowerbird.domain.rules import (
    Banner,
    Boost,
    Bury,
    FilterBy,
    Hide,
    Match,
    Pin,
    Place,
    QueryPattern,
    Redirect,
    Target,
)

WHOLE = {
    "id": "summer",
    "title": "Summer sale",
    "if": {
        "query": {"pattern": "swim", "match": "contains"},
        "category": "Women",
        "audience": "members",
        "language": "en",
        "from": "2026-06-01T00:00:00+02:00",
        "until": "2026-09-01T00:00:00+02:00",
    },
    "then": [
        {"pin": [{"id": "sku-1", "position": 1}, {"id": "sku-2", "position": 3}]},
        {"hide": {"products": ["sku-3"]}},
        {"boost": {"filter": "brand = Luma AND price < 50", "by": 0.5}},
        {"bury": {"products": ["sku-4"], "by": 1.0}},
        {"filter": "in_stock = true"},
        {"redirect": "/sale"},
        {
            "banner": {
                "title": "Sale",
                "text": "20% off\ntoday",
                "image": "/s.jpg",
                "link": "https://shop.example/x?y#z",
            }
        },
    ],
    "priority": 5,
    "enabled": False,
}


def one(then=None, **more):
    return {"id": "r", "then": [{"redirect": "/"}] if then is None else then, **more}


def refused(record):
    with pytest.raises(InputError) as caught:
        read_rules([one(id="first"), record])
    assert caught.value.field in str(caught.value)
    return caught.value


def test_a_record_is_read_whole():
    rule = rule_from_record(WHOLE)
    assert (rule.id, rule.title, rule.priority, rule.enabled) == ("summer", "Summer sale", 5, False)
    assert rule.conditions.query == QueryPattern("swim", Match.CONTAINS)
    assert (rule.conditions.category, rule.conditions.audience, rule.conditions.language) == ("Women", "members", "en")
    assert rule.conditions.starts == datetime(2026, 5, 31, 22, tzinfo=UTC)
    pin, hide, boost, bury, filter_by, redirect, banner = rule.actions
    assert pin == Pin((Place("sku-1", 1), Place("sku-2", 3)))
    assert hide == Hide(Target(("sku-3",)))
    assert isinstance(boost, Boost) and boost.by == 0.5 and boost.target.products == ()
    assert bury == Bury(Target(("sku-4",)), 1.0)
    assert isinstance(filter_by, FilterBy) and filter_by.filter.text == "in_stock = true"
    assert redirect == Redirect("/sale")
    assert banner == Banner("Sale", "20% off\ntoday", "/s.jpg", "https://shop.example/x?y#z")


def test_what_is_written_is_what_was_read():
    assert rule_to_record(rule_from_record(WHOLE)) == WHOLE
    assert rule_to_record(rule_from_record(one())) == one()
    # However deep a filter's own text is, it is kept as it was written.
    deep = one([{"filter": "NOT " * 20 + "brand = Luma"}])
    assert rule_to_record(rule_from_record(deep)) == deep


def test_what_is_left_out_or_null_is_every_search():
    rule = rule_from_record({**one(), "if": {"query": None}, "title": None})
    assert rule == rule_from_record(one())
    assert rule.conditions.query is None and rule.enabled and rule.priority == 0


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({**one(), "prority": 1}, "rules[1]", "priority"),
        (one(**{"if": {"querry": {}}}), "rules[1].if", "query"),
        (one(**{"if": {"query": {"patern": "x"}}}), "rules[1].if.query", "pattern"),
        (one([{"boots": {}}]), "rules[1].then[0]", "boost"),
        (one([{"hide": {"product": ["x"]}}]), "rules[1].then[0].hide", "products"),
        (one([{"pin": [{"id": "x", "positon": 1}]}]), "rules[1].then[0].pin[0]", "position"),
        (one([{"banner": {"title": "x", "lnk": "/"}}]), "rules[1].then[0].banner", "link"),
    ],
)
def test_an_unknown_key_names_the_nearest_known(record, field, expected):
    error = refused(record)
    assert (error.field, error.expected) == (field, expected)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("text", "rules[1]"),
        ({"then": [{"redirect": "/"}]}, "rules[1].id"),
        ({"id": "r"}, "rules[1].then"),
        (one(id=""), "rules[1].id"),
        (one(id="x" * 101), "rules[1].id"),
        (one(id="a\nb"), "rules[1].id"),
        (one(title="sale\u202egpj"), "rules[1].title"),
        (one([{"banner": {"title": "Sale", "text": "20%\n\u2066off\u2069"}}]), "rules[1].then[0].banner.text"),
        (one(id="first"), "rules[1].id"),
        (one([]), "rules[1].then"),
        (one([{"redirect": "/"}] * 21), "rules[1].then"),
        (one([{}]), "rules[1].then[0]"),
        (one([{"redirect": "/", "filter": "a = b"}]), "rules[1].then[0]"),
        (one(priority=1.5), "rules[1].priority"),
        (one(priority=True), "rules[1].priority"),
        (one(priority=10**7), "rules[1].priority"),
        (one(enabled=1), "rules[1].enabled"),
        (one(title="x" * 201), "rules[1].title"),
        (one(**{"if": {"query": {"pattern": " "}}}), "rules[1].if.query.pattern"),
        (one(**{"if": {"query": {"pattern": "-!"}}}), "rules[1].if.query.pattern"),
        (one(**{"if": {"query": {"pattern": "x" * 201}}}), "rules[1].if.query.pattern"),
        (one(**{"if": {"query": {"pattern": "x", "match": "regex"}}}), "rules[1].if.query.match"),
        (one(**{"if": {"category": "//"}}), "rules[1].if.category"),
        (one(**{"if": {"language": "english"}}), "rules[1].if.language"),
        (one(**{"if": {"audience": 7}}), "rules[1].if.audience"),
        (one(**{"if": {"from": "2026-06-01T00:00:00"}}), "rules[1].if.from"),
        (one(**{"if": {"until": "tomorrow"}}), "rules[1].if.until"),
        (one(**{"if": {"until": 20260601}}), "rules[1].if.until"),
        (one(**{"if": {"until": "9999-12-31T23:59:59-12:00"}}), "rules[1].if.until"),
        (one(**{"if": {"from": "2026-06-01T00:00:00Z", "until": "2026-06-01T00:00:00Z"}}), "rules[1].if.until"),
        (one([{"pin": []}]), "rules[1].then[0].pin"),
        (one([{"pin": [{"id": "x", "position": 0}]}]), "rules[1].then[0].pin[0].position"),
        (one([{"pin": [{"id": "x", "position": 501}]}]), "rules[1].then[0].pin[0].position"),
        (one([{"pin": [{"id": "x", "position": 1}, {"id": "y", "position": 1}]}]), "rules[1].then[0].pin[1].position"),
        (one([{"pin": [{"id": "x", "position": 1}, {"id": "x", "position": 2}]}]), "rules[1].then[0].pin[1].id"),
        (one([{"hide": {}}]), "rules[1].then[0].hide"),
        (one([{"hide": {"products": ["x"], "filter": "a = b"}}]), "rules[1].then[0].hide"),
        (one([{"hide": {"products": []}}]), "rules[1].then[0].hide.products"),
        (one([{"hide": {"products": ["x"] * 501}}]), "rules[1].then[0].hide.products"),
        (one([{"hide": {"products": ["x", 7]}}]), "rules[1].then[0].hide.products[1]"),
        (one([{"hide": {"products": ["\ud800"]}}]), "rules[1].then[0].hide.products[0]"),
        (one([{"boost": {"filter": "brand =", "by": 1}}]), "rules[1].then[0].boost.filter"),
        (one([{"boost": {"filter": "brand = x"}}]), "rules[1].then[0].boost.by"),
        (one([{"bury": {"filter": "brand = x", "by": 0}}]), "rules[1].then[0].bury.by"),
        (one([{"bury": {"filter": "brand = x", "by": float("nan")}}]), "rules[1].then[0].bury.by"),
        (one([{"boost": {"filter": "brand = x", "by": 10**400}}]), "rules[1].then[0].boost.by"),
        (one([{"filter": " "}]), "rules[1].then[0].filter"),
        (one([{"filter": "brand = " + "x" * 2_000}]), "rules[1].then[0].filter"),
        (one([{"banner": {"text": "no title"}}]), "rules[1].then[0].banner.title"),
        (one([{"banner": {"title": "x", "text": "bell \x07"}}]), "rules[1].then[0].banner.text"),
        (one([{"banner": {"title": "x", "image": "data:image/png;base64,AA"}}]), "rules[1].then[0].banner.image"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(record, field):
    assert refused(record).field == field


@pytest.mark.parametrize(
    "address", ["/", "/sale?x=1#top", "https://shop.example", "HTTP://shop.example:8080/a", "/特价"]
)
def test_these_addresses_are_safe(address):
    assert rule_from_record(one([{"redirect": address}])).actions == (Redirect(address),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:/\\evil.example",
        "https:///evil.example",
        "http:evil",
        "https://shop.example@evil.example",
        "https://[::1",
        "https://shop.example:port/",
        "java\nscript:alert(1)",
        "/a\tb",
        "/a b",
        "/\u200bx",
        " /sale",
        "sale",
        "ftp://shop.example",
        "",
    ],
)
def test_these_addresses_are_refused(address):
    assert refused(one([{"redirect": address}])).field == "rules[1].then[0].redirect"


def test_a_filter_that_does_not_parse_points_at_the_character():
    assert "character 8" in str(refused(one([{"filter": "brand ="}])))


def test_a_set_is_bounded_and_named_by_its_file():
    with pytest.raises(InputError, match="too many rules"):
        read_rules([one(id=str(number)) for number in range(1_001)])
    with pytest.raises(InputError, match="a list of 0 to 1,000 rules"):
        read_rules({"id": "r"})
    with pytest.raises(InputError, match=r"^rules\.json: rules\[0\]\.then: then is missing"):
        read_rules([{"id": "r"}], "rules.json")
