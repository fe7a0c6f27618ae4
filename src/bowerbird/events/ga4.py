"""Events in the shape of GA4 e-commerce, which is Bowerbird's own.

``{"name": "select_item", "items": [{"item_id": "p1", "index": 3}], "user": ..., "session": ..., "query_id": ...}``. The
fields may also lie in ``params``, as the measurement protocol has them, or in ``ecommerce``, as a data layer has; what
a batch says beside its ``events`` holds for each of them. ``index`` (or ``position``) counts from 1; an event of which
an item has index 0, as in Google's own examples, is taken to count from there. In a list that was shown and gives no
positions, the order of the items counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rapidfuzz.process import extractOne

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.record_checks import wrong
from bowerbird.events.fields import Fields

LISTS = frozenset({EventName.VIEW_SEARCH_RESULTS, EventName.VIEW_ITEM_LIST})
_OF_PRODUCTS = frozenset(
    {
        EventName.SELECT_ITEM,
        EventName.VIEW_ITEM,
        EventName.ADD_TO_WISHLIST,
        EventName.ADD_TO_CART,
        EventName.REMOVE_FROM_CART,
        EventName.PURCHASE,
    }
)
_NAMES = {name.value: name for name in EventName} | {"search": EventName.VIEW_SEARCH_RESULTS}
_DENIABLE = ("analytics_storage", "personalization_storage", "ad_personalization")


def read_ga4(record: Mapping[str, Any], shared: Mapping[str, Any]) -> Event:
    """The event of a record, with ``id`` and ``at`` left open where it has none. Raises InputError."""
    fields = Fields([record, record.get("params"), record.get("ecommerce"), shared])
    rows = fields.objects("items")
    first = 0 if any(row.number("index") == 0 for row in rows) else 1
    event = Event(
        id=fields.text("id", "event_id"),
        name=read_name(fields),
        at=read_time(fields, "timestamp_micros", "timestamp"),
        who=Who(fields.text("user", "user_id"), _read_session(fields)),
        items=tuple(_read_item(row, first) for row in rows),
        query_id=fields.text("query_id"),
        surface=fields.text("surface", "item_list_id", "item_list_name", "promotion_id", "promotion_name"),
        query=fields.words("query", "search_term"),
        value=fields.number("value", least=-1e12),
        currency=fields.currency("currency"),
        transaction=fields.text("transaction_id"),
        consent=read_consent(fields),
    )
    if not event.surface and rows:
        # Lists may be named by their items.
        event = replace(event, surface=rows[0].text("item_list_id", "item_list_name"))
    return with_positions(event)


def read_name(fields: Fields) -> EventName:
    """The name of an event. Raises InputError naming the nearest."""
    at, value = fields.find("name", "event")
    if value is None:
        raise wrong("name is missing", at, expected=", ".join(EventName))
    known = _NAMES.get(value) if isinstance(value, str) else None
    if known is None:
        nearest = extractOne(value[:100], list(_NAMES), score_cutoff=70) if isinstance(value, str) else None
        raise wrong("no event that is kept", at, value, nearest[0] if nearest else ", ".join(EventName))
    return known


def read_time(fields: Fields, *names: str) -> float:
    """When it was, in seconds since 1970; NaN where that is not said."""
    found = fields.moment(*names)
    return float("nan") if found is None else found


def read_consent(fields: Fields) -> bool:
    """Whether the shopper lets their name be kept: true, false, or what Google's consent mode says."""
    at, value = fields.find("consent")
    if value is None or isinstance(value, bool):
        return value is not False
    if isinstance(value, Mapping):
        return not any(is_refused(value.get(name)) for name in _DENIABLE)
    raise wrong("no consent", at, value, 'true, false, or an object such as {"analytics_storage": "denied"}')


def is_refused(said: Any) -> bool:
    """Whether what was said of a purpose is no: false, or "denied"."""
    return said is False or (isinstance(said, str) and said.strip().lower() == "denied")


def with_positions(event: Event) -> Event:
    """The event, checked for what it is about, with positions in a list that was shown. Raises InputError."""
    if event.name in _OF_PRODUCTS and not event.items:
        raise wrong("items is missing", "items", expected="the products that it is about")
    if event.name in LISTS and not any(item.position for item in event.items):
        items = tuple(replace(item, position=place) for place, item in enumerate(event.items, 1))
        return replace(event, items=items)
    return event


def _read_session(fields: Fields) -> str:
    # GA4's session_id is a client's own count: another client has the same one.
    return fields.text("session") or fields.text("client_id") or fields.text("session_id")


def _read_item(row: Fields, first: int) -> EventItem:
    """A product; ``first`` is the index that the first of a list has."""
    quantity = row.number("quantity", most=1e6)
    place = row.position("index", "position")
    return EventItem(
        product=row.needed("item_id", "id"),
        position=place + 1 if first == 0 and row.find("index")[1] is not None else place,
        variant=row.text("item_variant", "variant"),
        price=row.number("price"),
        quantity=1.0 if quantity is None else quantity,
    )
