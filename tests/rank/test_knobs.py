"""A merchant's settings by name: typed, checked, and the same after any way there and back."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import SettingError
from bowerbird.rank.flow import RankSettings
from bowerbird.rank.knobs import CAPS, KNOBS, apply, as_record, check, parse, read_knobs, values_of

DEFAULT = RankSettings()


def of_kind(name: str) -> st.SearchStrategy:
    knob = KNOBS[name]
    if knob.kind is str:
        return st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20).map(str.strip)
    numbers = st.integers if knob.kind is int else st.floats
    return numbers(knob.kind(knob.least), knob.kind(knob.most))


NAMED = (
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(str.strip).map(lambda name: f"{CAPS}.{name}")
)
CHOICES = st.builds(
    lambda known, caps: {**known, **caps},
    st.fixed_dictionaries({}, optional={name: of_kind(name) for name in KNOBS}),
    st.dictionaries(NAMED, st.integers(1, 9), max_size=3),
)


def test_everything_that_has_a_default_has_a_name_and_the_other_way_round():
    assert set(values_of(DEFAULT)) == set(KNOBS)
    assert all(check(name, value) == value for name, value in values_of(DEFAULT).items())


def test_nothing_given_changes_nothing():
    assert apply(DEFAULT, {}) == DEFAULT
    assert read_knobs({}) == {} and as_record({}) == {}


@given(CHOICES)
def test_what_is_given_is_what_is_set_and_nothing_else(chosen):
    settings = apply(DEFAULT, chosen)
    assert values_of(settings) == pytest.approx({**values_of(DEFAULT), **chosen})


@given(CHOICES)
def test_settings_come_back_from_json_as_they_were(chosen):
    assert read_knobs(orjson.loads(orjson.dumps(as_record(chosen)))) == chosen


def test_what_the_shop_is_opened_with_stands_where_nothing_is_set():
    base = replace(DEFAULT, window=50, variety=replace(DEFAULT.variety, caps={"brand": 4}))
    settings = apply(base, {"score.stock": 1.0, f"{CAPS}.vendor": 2})
    assert (settings.window, settings.score.stock) == (50, 1.0)
    assert settings.variety.caps == {"brand": 4, "vendor": 2}


def test_a_budget_is_told_in_milliseconds():
    assert apply(DEFAULT, {"cross_encoder.budget_ms": 250.0}).reranking.budget == 0.25


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ({"score": {"stok": 1}}, "score.stok", "score.stock"),
        ({"windw": 1}, "windw", "window"),
        ({"variety": {"cap": {"brand": 1}}}, "variety.cap", "variety.caps.brand"),
        ({"variety": {"caps": 3}}, "variety.caps", "variety.caps.brand"),
        ({"score": 3}, "score", "score."),
        ({"cross_encoder": {"budget": 3}}, "cross_encoder.budget", "cross_encoder.budget_ms"),
        ({"window": "wide"}, "window", "a whole number from 0 to 2000"),
        ({"window": 2.5}, "window", "a whole number"),
        ({"window": True}, "window", "a whole number"),
        ({"window": None}, "window", "a whole number"),
        ({"window": -1}, "window", "a whole number"),
        ({"window": 10**400}, "window", "a whole number"),
        ({"score": {"fit": float("nan")}}, "score.fit", "a number from 0 to 5"),
        ({"score": {"fit": float("inf")}}, "score.fit", "a number from 0 to 5"),
        ({"score": {"fit": {"deep": 1}}}, "score.fit", "a number from 0 to 5"),
        ({"variety": {"relevance": 0}}, "variety.relevance", "from 0.05 to 1"),
        ({"variety": {"caps": {"brand": 0}}}, "variety.caps.brand", "from 1 to 1000"),
        ({"variety": {"caps": {" ": 1}}}, "variety.caps. ", "variety.caps.brand"),
        ({"variety": {"seller": 7}}, "variety.seller", "a text"),
        ({"variety": {"seller": "x" * 1001}}, "variety.seller", "a text"),
        ({"cross_encoder": {"model": "a\0b"}}, "cross_encoder.model", "a text"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_right(body, field, expected):
    with pytest.raises(SettingError) as told:
        read_knobs(body)
    assert told.value.field == field and expected in told.value.expected and "\n" not in str(told.value)


@pytest.mark.parametrize("body", [None, [], 7, "window"])
def test_what_is_no_object_holds_no_settings(body):
    with pytest.raises(SettingError, match="no ranking settings"):
        read_knobs(body)


def test_only_so_many_fields_may_be_capped():
    with pytest.raises(SettingError, match="too many caps"):
        read_knobs({"variety": {"caps": {f"field {number}": 1 for number in range(21)}}})


def test_what_is_typed_is_read_as_what_it_sets():
    assert parse("window", "50") == 50 and isinstance(parse("window", "50"), int)
    assert parse("score.stock", ".5") == 0.5
    assert parse("variety.seller", " Vendor ") == "Vendor"
    assert parse("variety.caps.brand", "3") == 3
    for name, text in (("window", "many"), ("window", "1e400"), ("score.stock", "nan"), ("variety.caps.brand", "")):
        with pytest.raises(SettingError, match="cannot be this"):
            parse(name, text)
