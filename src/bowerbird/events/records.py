"""An event as Bowerbird tells it: a GA4 record, which ``read_events`` reads back as the same event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bowerbird.domain.event import Event, EventItem


def event_record(event: Event) -> dict[str, Any]:
    """The record of an event; what it leaves open is left out."""
    record = {
        "id": event.id,
        "name": event.name.value,
        "timestamp": datetime.fromtimestamp(event.at, UTC).isoformat(),
        "user": event.who.user,
        "session": event.who.session,
        "items": [_item_record(item) for item in event.items],
        "query_id": event.query_id,
        "surface": event.surface,
        "query": event.query,
        "value": event.value,
        "currency": event.currency,
        "transaction_id": event.transaction,
        "consent": event.consent or False,
    }
    kept = {name: value for name, value in record.items() if value not in ("", None, [])}
    if event.consent:
        del kept["consent"]
    return kept


def _item_record(item: EventItem) -> dict[str, Any]:
    record: dict[str, Any] = {"item_id": item.product}
    if item.position:
        record["index"] = item.position
    if item.variant:
        record["item_variant"] = item.variant
    if item.price is not None:
        record["price"] = item.price
    if item.quantity != 1.0:
        record["quantity"] = item.quantity
    return record
