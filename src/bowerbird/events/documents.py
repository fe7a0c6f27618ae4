"""An event as the log stores it: what is asked for in columns, the rest in one small document."""

from __future__ import annotations

from typing import Any

import orjson

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.event import Event, EventItem, EventName, Who

_TEXTS = ("query_id", "surface", "query", "currency", "transaction")
_PLAIN = EventItem("")


def to_document(event: Event) -> bytes:
    """What an event says beside its id, name, time and shopper, as JSON; what it leaves open is left out."""
    document: dict[str, Any] = {name: value for name in _TEXTS if (value := getattr(event, name))}
    if event.items:
        document["items"] = [_to_row(item) for item in event.items]
    if event.value is not None:
        document["value"] = event.value
    if not event.consent:
        document["consent"] = False
    return orjson.dumps(document)


def to_event(event_id: str, name: str, at: float, who: Who, document: bytes) -> Event:
    """The event that was stored. Raises ArtefactError where it cannot be read."""
    try:
        told = orjson.loads(document)
        items = tuple(EventItem(*row) for row in told.pop("items", ()))
        return Event(event_id, EventName(name), at, who, items, **told)
    except (ValueError, TypeError) as error:
        raise ArtefactError(f"an event of the log cannot be read: {error}") from error


def _to_row(item: EventItem) -> list[Any]:
    """An item's fields in their order, up to the last one that differs from the default."""
    row = [item.product, item.position, item.variant, item.price, item.quantity]
    plain = ["", _PLAIN.position, _PLAIN.variant, _PLAIN.price, _PLAIN.quantity]
    while len(row) > 1 and row[-1] == plain[len(row) - 1]:
        row.pop()
    return row
