"""What is kept of whom, by the consent that an event tells, whoever sends it."""

from __future__ import annotations

from typing import Any

import pytest

from bowerbird.domain.event import Event, Who
from bowerbird.events.flow import read_events

NOW = 1_780_000_000.0
VIEW: dict[str, Any] = {"name": "view_item", "items": [{"item_id": "p1"}], "timestamp": NOW - 60}


def one(record: dict[str, Any]) -> Event:
    (event,) = read_events(record, NOW).events
    return event


NOES = [False, {"analytics_storage": "denied"}, {"ad_personalization": "DENIED"}, {"analytics_storage": False}]


@pytest.mark.parametrize("consent", NOES)
def test_without_consent_nobody_is_named(consent: Any):
    record = VIEW | {"consent": consent, "user": "ann", "session": "s", "transaction_id": "T"}
    event = one(record)
    assert (event.who, event.transaction, event.consent) == (Who(), "", False)
    # Not even by an id that is made of them.
    assert event.id != one(record).id
    told = read_events({"consent": consent, "events": [VIEW | {"user": "ann"}, VIEW | {"consent": True}]}, NOW)
    assert [event.consent for event in told.events] == [False, True]


@pytest.mark.parametrize(
    "said, kept", [({"Analytics": False}, False), ({"Advertising": False, "Analytics": True}, True)]
)
def test_segments_consent_categories_are_heeded(said: dict[str, bool], kept: bool):
    record = {"type": "identify", "userId": "ann", "context": {"consent": {"categoryPreferences": said}}}
    assert one(record).consent is kept


def test_an_empty_consent_leaves_what_the_batch_says():
    told = read_events({"consent": False, "events": [VIEW | {"user": "ann", "consent": {}}]}, NOW)
    assert [event.consent for event in told.events] == [False]


def test_consent_that_is_granted_or_not_spoken_of_names_the_shopper():
    for record in (VIEW, VIEW | {"consent": True}, VIEW | {"consent": {"analytics_storage": "granted"}}):
        assert one(record | {"user": "ann"}).who == Who("ann")
