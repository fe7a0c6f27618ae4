"""Rules over a shop of eight products, a to h, which a search finds in this order with scores 8 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Equals, Filter, fields_of, parse_filter
from bowerbird.domain.rule_records import read_rules
from bowerbird.domain.rules import Banner, RuleEffect
from bowerbird.index.product_rows import id_hash
from bowerbird.rank.faults import Faults
from bowerbird.rank.merchandising import Merchandised, applied_rules, apply
from bowerbird.rank.rules import NO_RULES, Moment, Resolved, RuleBook, keeps_to, words_of

SHOP = "abcdefgh"
BRANDS = {"luma": "adg", "zing": "bh"}
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class Selected:
    mask: np.ndarray
    count: int = 0


class View:
    size = len(SHOP)

    def __init__(self) -> None:
        self.selected: list[Filter] = []
        self.asked: list[int] = []

    def select(self, condition: Filter) -> Selected:
        self.selected.append(condition)
        if set(fields_of(condition)) != {"brand"}:
            raise InputError("unknown field", field="filters", found=next(fields_of(condition)))
        assert isinstance(condition, Equals)
        return Selected(np.array([name in BRANDS.get(str(condition.value), "") for name in SHOP]))

    def documents_of(self, keys: np.ndarray) -> np.ndarray:
        self.asked.append(len(keys))
        known = [id_hash(name) for name in SHOP]
        return np.array([known.index(key) if key in known else -1 for key in keys.tolist()], np.int32)


def rule(then, id="r", **more):
    return {"id": id, "then": then if isinstance(then, list) else [then], **more}


def book(*records) -> RuleBook:
    return RuleBook(read_rules(list(records)))


def find(ids):
    return [SHOP.find(id) for id in ids]


def resolved(*records, view=None, faults=None) -> Resolved:
    compiled = book(*records)
    return compiled.resolve(view or View(), compiled.match(Moment()), faults or Faults())


def merchandised(*records, found=SHOP, scores=None, **how) -> Merchandised:
    documents = np.array(find(found), np.int32)
    values = np.arange(len(found), 0, -1, dtype=np.float32) if scores is None else np.array(scores, np.float32)
    return apply(resolved(*records), documents, values, **how)


def order(*records, **how) -> str:
    return "".join(SHOP[document] for document in merchandised(*records, **how).documents)


def in_force(conditions, moment=None, **asked) -> bool:
    return bool(book(rule({"redirect": "/"}, **{"if": conditions})).match(moment or Moment(**{"now": NOON} | asked)))


@pytest.mark.parametrize(
    ("match", "pattern", "text", "holds"),
    [
        ("exact", "running shoe", "Running  SHOE!", True),
        ("exact", "running shoe", "running shoes", False),
        ("exact", "running shoe", "red running shoe", False),
        ("exact", "T-shirt", "t shirt", True),
        ("exact", "café crème", "cafe creme", True),
        ("exact", "手機", "手机", True),
        ("exact", "glasses", "glass", False),
        ("phrase", "running shoe", "red running shoe for men", True),
        ("phrase", "running shoe", "shoe running", False),
        ("phrase", "running shoe", "running red shoe", False),
        ("phrase", "shoe", "shoes", False),
        ("phrase", "手机壳", "红色手机壳 iphone", True),
        ("phrase", "手机 壳", "手机壳", True),
        ("phrase", "iphone", "苹果iphone手机", True),
        ("contains", "shoe", "snowshoes", True),
        ("contains", "手机", "红色手机壳", True),
        ("contains", "g sho", "running shoes", True),
        ("contains", "boot", "shoes", False),
    ],
)
def test_a_pattern_lies_in_a_query_as_its_anchor_says(match, pattern, text, holds):
    assert in_force({"query": {"pattern": pattern, "match": match}}, text=text) is holds


def test_no_pattern_is_every_search_and_no_words_meet_none():
    assert in_force({}, text="anything") and in_force({}, text="")
    assert not in_force({"query": {"pattern": "x", "match": "contains"}}, text="")


@pytest.mark.parametrize(
    ("language", "asked", "holds"),
    [
        ("en", "en", True),
        ("en", "zh", False),
        ("en", "", False),
        ("zh", "mixed", True),
        ("en", "mixed", True),
        ("zh", "pinyin", True),
        ("zh", "zh_Hant", True),
        ("zh-Hant", "zh", False),
    ],
)
def test_a_language_is_the_query_s(language, asked, holds):
    assert in_force({"language": language}, language=asked) is holds


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ("", False),
        ("category UNDER 'Women/Tops'", True),
        ("category UNDER 'women / tops/Jackets' AND price < 5", True),
        ("Category = 'Women/Tops/Tees'", True),
        ("category UNDER Women", False),
        ("category UNDER 'Women/Topsy'", False),
        ("category IN ['Women/Tops/A', 'Women/Tops/B']", True),
        ("category IN ['Women/Tops/A', Men]", False),
        ("category UNDER 'Women/Tops' OR category UNDER Men", False),
        ("NOT category UNDER 'Women/Tops'", False),
        ("brand = 'Women/Tops'", False),
    ],
)
def test_a_category_is_where_the_search_keeps_to_it_or_below(filters, holds):
    assert in_force({"category": "Women/Tops"}, filters=parse_filter(filters)) is holds
    assert keeps_to(parse_filter(filters), "women/tops") is holds


def test_an_audience_is_the_search_s_own_tag():
    assert in_force({"audience": "Members"}, audience=" members ")
    assert not in_force({"audience": "members"}, audience="")
    assert not in_force({"audience": "members"}, audience="staff")


def test_a_time_begins_at_its_start_and_is_over_at_its_end():
    window = {"from": "2026-06-01T12:00:00Z", "until": "2026-06-01T15:00:00+02:00"}
    second = timedelta(seconds=1)
    assert in_force(window, now=NOON) and in_force(window, now=NOON + timedelta(hours=1) - second)
    assert not in_force(window, now=NOON - second) and not in_force(window, now=NOON + timedelta(hours=1))
    assert in_force({"until": "9000-01-01T00:00:00Z"}, Moment())


def test_all_that_is_given_has_to_hold_and_what_is_switched_off_never_does():
    both = {"query": {"pattern": "shoe"}, "audience": "members"}
    assert in_force(both, text="shoe", audience="members")
    assert not in_force(both, text="shoe") and not in_force(both, text="bag", audience="members")
    assert book(rule({"redirect": "/"}, enabled=False)).match(Moment()) == ()


def test_a_higher_priority_goes_first_and_of_equals_the_first_written():
    records = [rule({"redirect": f"/{id}"}, id, priority=priority) for id, priority in (("a", 0), ("b", 2), ("c", 0))]
    matched = book(*records).match(Moment())
    assert [one.id for one in matched] == ["b", "a", "c"]
    assert resolved(*records).redirect == "/b"


def test_words_are_folded_and_parted():
    assert words_of("Ｔ-Shirt　红色手機！") == "t shirt 红 色 手 机"


def test_without_rules_nothing_changes():
    assert NO_RULES.match(Moment("shoe")) == ()
    found = apply(Resolved(), np.array([3, 1], np.int32), np.array([2, 1], np.float32))
    assert found.documents.tolist() == [3, 1] and found.scores.tolist() == [2, 1] and found.sources.tolist() == [0, 1]
    assert order(found="") == "" and order(rule({"hide": {"products": ["a"]}}), found="") == ""


def test_a_boost_multiplies_a_bury_divides_and_what_is_equal_keeps_its_order():
    boosted = rule({"boost": {"filter": "brand = luma", "by": 1}})
    assert order(boosted) == "adbcegfh"
    assert merchandised(boosted).scores.tolist() == [16, 10, 7, 6, 4, 4, 3, 1]
    assert order(rule({"bury": {"products": ["a", "zz"], "by": 1}})) == "bcdaefgh"
    twice = [rule({"boost": {"products": ["h"], "by": 1}}, id) for id in "xy"]
    assert order(*twice) == "abcdehfg"


def test_a_boost_raises_a_score_below_zero_too_and_none_is_raised_without_end():
    boost = rule({"boost": {"products": ["c"], "by": 1}})
    assert order(boost, found="abc", scores=[-1, -2, -3]) == "acb"
    endless = [rule([{"boost": {"products": ["h"], "by": 100}}] * 20, str(number)) for number in range(20)]
    assert np.isfinite(merchandised(*endless).scores).all() and order(*endless) == "habcdefg"


def test_an_order_that_no_rule_changes_stays_whatever_the_scores_say():
    assert order(rule({"hide": {"products": ["b"]}}), found="abcd", scores=[1, 2, 3, 4]) == "acd"


def test_hidden_products_are_left_out_and_nothing_brings_them_back():
    hide = rule({"hide": {"filter": "brand = zing"}})
    assert order(hide) == "acdefg"
    first = rule({"pin": [{"id": "h", "position": 1}, {"id": "c", "position": 2}]}, "first", priority=9)
    assert order(first, hide) == "acdefg"
    assert order(first, hide, found="abc") == "ac"


def test_pins_stand_at_their_exact_positions():
    pins = rule({"pin": [{"id": "g", "position": 1}, {"id": "a", "position": 4}, {"id": "zz", "position": 2}]})
    assert order(pins) == "gbcadefh"
    assert order(rule({"boost": {"products": ["f"], "by": 9}}, "other"), pins) == "gfbacdeh"


def test_a_pinned_product_that_was_not_found_is_put_in():
    found = merchandised(rule({"pin": [{"id": "h", "position": 2}, {"id": "b", "position": 3}]}), found="abc")
    assert [SHOP[document] for document in found.documents] == ["a", "h", "b", "c"]
    assert found.sources.tolist() == [0, -1, 1, 2] and found.scores.tolist() == [3, 0, 2, 1]
    assert order(rule({"pin": [{"id": "h", "position": 2}]}), found="") == "h"


def test_a_pinned_product_that_the_shopper_ruled_out_stays_out():
    within = np.array([name != "h" for name in SHOP])
    pins = rule({"pin": [{"id": "h", "position": 1}, {"id": "g", "position": 2}]})
    assert order(pins, found="abc", within=within) == "agbc"


def test_pins_past_the_end_close_up_to_it():
    pins = rule({"pin": [{"id": "a", "position": 50}, {"id": "b", "position": 9}, {"id": "h", "position": 2}]})
    assert order(pins, found="abcd") == "chdba"


def test_of_two_rules_the_first_has_a_position_and_a_product():
    late = rule({"pin": [{"id": "c", "position": 1}, {"id": "d", "position": 2}]}, "late")
    early = rule({"pin": [{"id": "b", "position": 1}, {"id": "d", "position": 8}]}, "early", priority=1)
    assert order(late, early) == "bacefghd"


def test_where_the_shopper_chose_the_order_products_are_only_left_out():
    records = [
        rule({"pin": [{"id": "h", "position": 1}]}, "pin"),
        rule({"boost": {"products": ["g"], "by": 9}}, "boost"),
        rule({"hide": {"products": ["a"]}}, "hide"),
    ]
    assert order(*records, reorder=False) == "bcdefgh"


def test_effects_tell_which_rule_did_what_and_from_where_to_where():
    records = [
        rule({"hide": {"products": ["a", "b"]}}, "hide"),
        rule({"boost": {"filter": "brand = luma", "by": 3}}, "boost", title="Luma first"),
        rule([{"pin": [{"id": "h", "position": 1}, {"id": "c", "position": 2}]}, {"redirect": "/x"}], "pin"),
        rule({"banner": {"title": "Hello"}}, "banner"),
    ]
    using = resolved(*records)
    found = apply(using, np.array(find("abcdef"), np.int32), np.array([6, 5, 4, 3, 2, 1], np.float32))
    assert [SHOP[document] for document in found.documents] == ["h", "c", "d", "e", "f"]
    told = {(one.rule, one.action, SHOP[one.document]): (one.before, one.after) for one in found.effects.of(find(SHOP))}
    assert told == {
        ("hide", "hide", "a"): (1, None),
        ("hide", "hide", "b"): (2, None),
        ("boost", "boost", "a"): (1, None),
        ("boost", "boost", "d"): (4, 3),
        ("pin", "pin", "h"): (None, 1),
        ("pin", "pin", "c"): (3, 2),
    }
    assert found.effects.hidden(1) == find("a") and found.effects.hidden(99) == find("ab")
    assert found.banners == (Banner("Hello"),) and found.redirect == "/x"
    hide, boost, pin, banner = applied_rules(using, found.effects, {3: "d", 7: "h", 4: "e"})
    assert (hide.id, hide.effects, banner.actions, banner.effects) == ("hide", (), ("banner",), ())
    assert (boost.title, boost.actions, boost.effects) == ("Luma first", ("boost",), (RuleEffect("d", "boost", 4, 3),))
    assert (pin.actions, pin.effects) == (("pin", "redirect"), (RuleEffect("h", "pin", None, 1),))


def test_an_action_on_a_field_that_is_gone_is_left_out_and_noted_and_the_others_work():
    faults = Faults()
    gone = rule([{"hide": {"filter": "season = 1"}}, {"hide": {"products": ["a"]}}], "summer")
    steps = resolved(gone, rule({"boost": {"filter": "brand = luma", "by": 1}}, "x"), faults=faults).steps
    assert [(step.rule, step.action) for step in steps] == [("summer", "hide"), ("x", "boost")]
    assert faults.counts == {"rule:summer": 1}


def test_what_rules_narrow_a_search_to_is_one_filter_without_the_parts_that_are_gone():
    faults, view = Faults(), View()
    compiled = book(
        rule([{"filter": "brand = luma"}, {"filter": "season = 1"}], "a"), rule({"filter": "brand = zing"}, "b")
    )
    matched = compiled.match(Moment())
    assert compiled.extra_filter(matched, view, faults) == parse_filter("brand = luma AND brand = zing")
    assert faults.counts == {"rule:a": 1}
    assert NO_RULES.extra_filter((), view, faults) is None


def test_filters_and_products_are_looked_up_once_a_view():
    compiled = book(
        rule([{"hide": {"filter": "brand = luma"}}, {"boost": {"products": ["b", "c"], "by": 1}}], "a"),
        rule([{"bury": {"filter": "brand = luma", "by": 1}}, {"pin": [{"id": "c", "position": 1}]}], "b"),
    )
    first, second = View(), View()
    for view in (first, first, second):
        compiled.resolve(view, compiled.match(Moment()), Faults())
    assert (len(first.selected), len(second.selected)) == (1, 1)
    assert first.asked == second.asked == [2]


def test_places_stand_for_scores_where_nothing_was_scored():
    boost, bury = {"boost": {"products": ["h"], "by": 0.5}}, {"bury": {"products": ["a"], "by": 0.2}}
    # Places are worth 1, .93, .86, .79, .71, .64, .57, .5.
    found = merchandised(rule([boost, bury]), scores=[0] * len(SHOP))
    assert "".join(SHOP[document] for document in found.documents) == "bcadhefg"
    assert not found.scores.any()
