"""What a shopper says of their tastes, checked on the way in and kept as a record."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.domain.taste_edits import NO_EDITS, TASTE_FIELDS, TasteEdits, read_edits

names = st.text("abcß红 ", min_size=1, max_size=5).map(str.strip).filter(bool)
said = st.dictionaries(st.sampled_from(TASTE_FIELDS), st.lists(names, max_size=4))
changes = st.fixed_dictionaries(
    {},
    optional={
        "liked": said,
        "hidden": said,
        "price_most": st.none() | st.floats(0, 1000),
        "forget": st.lists(names, max_size=4),
        "personal": st.booleans(),
    },
)


@given(changes, changes, st.integers(0, 99))
def test_a_record_is_read_back_as_it_was(first, second, cleared):
    edits = replace(NO_EDITS.changed(first).changed(second), cleared=cleared)
    assert read_edits(json.loads(json.dumps(edits.as_record()))) == edits
    assert edits.changed({}) == edits and NO_EDITS.joined(edits).joined(edits) == NO_EDITS.joined(edits)


def test_the_values_of_a_field_replace_those_before_and_none_take_it_out():
    edits = NO_EDITS.changed({"liked": {"brand": ["Luma", "Luma "], "size": ["M"]}, "price_most": 50})
    assert edits.liked == {"brand": ("Luma",), "size": ("M",)} and edits.price_most == 50
    edits = edits.changed({"liked": {"brand": ["Fleet"], "size": []}, "price_most": 0})
    assert edits.liked == {"brand": ("Fleet",)} and edits.price_most is None
    assert not edits.empty and edits.changed({"liked": {"brand": []}}).empty


def test_products_to_forget_add_up():
    edits = NO_EDITS.changed({"forget": ["a", "b"]}).changed({"forget": ["b", "c"]})
    assert edits.forgotten == ("a", "b", "c")


def test_a_session_s_words_become_the_account_s_beside_its_own():
    account = TasteEdits(liked={"brand": ("Luma",)}, price_most=50.0)
    session = TasteEdits(liked={"brand": ("Fleet",)}, hidden={"color": ("red",)}, price_most=9.0, personal=False)
    joined = account.joined(session)
    assert joined.liked == {"brand": ("Luma", "Fleet")} and joined.hidden == {"color": ("red",)}
    assert joined.price_most == 50 and not joined.personal


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"liked": ["Luma"]}, "no values by field"),
        ({"liked": {"brnd": ["Luma"]}}, "there is no such taste"),
        ({"hidden": {"brand": "Luma"}}, "no list of texts"),
        ({"hidden": {"brand": [""]}}, "no list of texts"),
        ({"hidden": {"brand": ["x" * 300]}}, "no list of texts"),
        ({"hidden": {"brand": ["x"] * 101}}, "no list of texts"),
        ({"price_most": -1}, "no price"),
        ({"price_most": float("nan")}, "no price"),
        ({"price_most": True}, "no price"),
        ({"personal": "no"}, "no yes or no"),
        ({"forget": [1]}, "no list of texts"),
    ],
)
def test_what_is_no_edit_is_refused_and_says_where(record, told):
    with pytest.raises(InputError, match=told) as refused:
        NO_EDITS.changed(record)
    assert refused.value.field and refused.value.field.split(".")[0] in record
