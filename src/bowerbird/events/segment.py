"""Events in the shape of Segment's e-commerce specification: ``{"type": "track", "event": "Product Viewed", ...}``.

``identify`` and ``alias`` say that an anonymous visitor is a user.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz.process import extractOne

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.record_checks import wrong
from bowerbird.events.fields import Fields
from bowerbird.events.ga4 import is_refused, read_consent, read_time, with_positions

NAMES = {
    "products searched": EventName.VIEW_SEARCH_RESULTS,
    "product list viewed": EventName.VIEW_ITEM_LIST,
    "product list filtered": EventName.VIEW_ITEM_LIST,
    "product clicked": EventName.SELECT_ITEM,
    "product viewed": EventName.VIEW_ITEM,
    "product added to wishlist": EventName.ADD_TO_WISHLIST,
    "product added": EventName.ADD_TO_CART,
    "product removed": EventName.REMOVE_FROM_CART,
    "checkout started": EventName.BEGIN_CHECKOUT,
    "order completed": EventName.PURCHASE,
    "order refunded": EventName.REFUND,
    "promotion viewed": EventName.VIEW_PROMOTION,
    "promotion clicked": EventName.SELECT_PROMOTION,
    "signed in": EventName.LOGIN,
}
TYPES = frozenset({"track", "identify", "alias", "page", "screen", "group"})
"""Segment's types of messages; of which the first three are kept."""
_PURPOSES = frozenset({"analytics", "personalization", "personalisation", "functional"})
"""Names that Segment's consent categories go by; those of other purposes say nothing of what is done here."""


def read_segment(record: Mapping[str, Any], shared: Mapping[str, Any]) -> Event:
    """The event of a record, with ``id`` and ``at`` left open where it has none. Raises InputError."""
    message, told = Fields([record, shared]), Fields([record.get("properties")], "properties")
    name = _read_name(message)
    rows = told.objects("products")
    if not rows and told.find("product_id", "sku")[1] is not None:
        rows = [told]
    event = Event(
        id=message.text("messageId"),
        name=name,
        at=read_time(message, "timestamp", "originalTimestamp", "sentAt"),
        who=Who(message.text("userId"), message.text("previousId", "anonymousId")),
        items=tuple(_read_item(row) for row in rows),
        query_id=told.text("query_id", "queryID"),
        surface=told.text("list_id", "promotion_id"),
        query=told.words("query"),
        value=told.number("value", "revenue", "total", least=-1e12),
        currency=told.currency("currency"),
        transaction=told.text("order_id"),
        consent=read_consent(Fields([record, record.get("properties"), shared])) and not _refused(message),
    )
    return with_positions(event)


def _refused(message: Fields) -> bool:
    """Whether the context says no to one of the purposes that events are kept for with a name."""
    said: Any = message.find("context")[1]
    for name in ("consent", "categoryPreferences"):
        said = said.get(name) if isinstance(said, Mapping) else None
    return isinstance(said, Mapping) and any(
        is_refused(value) for name, value in said.items() if str(name).strip().casefold() in _PURPOSES
    )


def _read_name(message: Fields) -> EventName:
    _, kind = message.find("type")
    if kind in ("identify", "alias"):
        return EventName.LOGIN
    if kind != "track":
        raise message.wrong(["type"], "no message that is kept", "track, identify or alias")
    title = message.needed("event")
    known = NAMES.get(" ".join(title.lower().split()))
    if known is None:
        nearest = extractOne(title.lower(), list(NAMES), score_cutoff=70)
        raise wrong("no event that is kept", "event", title, nearest[0] if nearest else ", ".join(NAMES))
    return known


def _read_item(row: Fields) -> EventItem:
    quantity = row.number("quantity", most=1e6)
    return EventItem(
        product=row.needed("product_id", "sku"),
        position=row.position("position"),
        variant=row.text("variant"),
        price=row.number("price"),
        quantity=1.0 if quantity is None else quantity,
    )
