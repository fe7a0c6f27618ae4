"""Events in the shape of Algolia Insights: ``{"eventType": "click", "objectIDs": [...], "positions": [...], ...}``.

``userToken`` is the session and ``authenticatedUserToken`` the user. One object that is viewed is a look at it, several
are a list that was shown. A conversion without a subtype counts as put into the cart, the lesser of the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.record_checks import list_at, wrong
from bowerbird.events.fields import MAX_ITEMS, Fields
from bowerbird.events.ga4 import read_consent, read_time, with_positions

_TYPES = ("view", "click", "conversion")
_SUBTYPES = {None: EventName.ADD_TO_CART, "addToCart": EventName.ADD_TO_CART, "purchase": EventName.PURCHASE}


def read_insights(record: Mapping[str, Any], shared: Mapping[str, Any]) -> Event:
    """The event of a record, with ``id`` and ``at`` left open where it has none. Raises InputError."""
    fields = Fields([record, shared])
    data = fields.objects("objectData")
    items = _read_items(fields, data)
    query_id = fields.text("queryID") or (data[0].text("queryID") if data else "")
    event = Event(
        id=fields.text("id", "messageId"),
        name=_read_name(fields, len(items), bool(query_id)),
        at=read_time(fields, "timestamp"),
        who=Who(fields.text("authenticatedUserToken"), fields.text("userToken")),
        items=items,
        query_id=query_id,
        value=fields.number("value", least=-1e12),
        currency=fields.currency("currency"),
        consent=read_consent(fields),
    )
    return with_positions(event)


def _read_name(fields: Fields, products: int, of_search: bool) -> EventName:
    _, kind = fields.find("eventType")
    if kind == "click":
        return EventName.SELECT_ITEM
    if kind == "view":
        if products == 1:
            return EventName.VIEW_ITEM
        return EventName.VIEW_SEARCH_RESULTS if of_search else EventName.VIEW_ITEM_LIST
    if kind != "conversion":
        raise fields.wrong(["eventType"], "no such type", ", ".join(_TYPES))
    _, subtype = fields.find("eventSubtype")
    known = _SUBTYPES.get(subtype) if subtype is None or isinstance(subtype, str) else None
    if known is None:
        raise fields.wrong(["eventSubtype"], "no such subtype", "addToCart or purchase")
    return known


def _read_items(fields: Fields, data: list[Fields]) -> tuple[EventItem, ...]:
    _, given = fields.find("objectIDs")
    ids = list_at(given, "objectIDs", 1, MAX_ITEMS, "ids")
    at, given = fields.find("positions")
    positions = [None] * len(ids) if given is None else list_at(given, at, 0, MAX_ITEMS, "positions")
    for name, found in (("positions", positions), ("objectData", data or ids)):
        if len(found) != len(ids):
            raise wrong(f"{name} and objectIDs differ in length", name, len(found), f"{len(ids)}")
    items = []
    for place, (product, position) in enumerate(zip(ids, positions, strict=True)):
        one = Fields([{"objectIDs": product, "positions": position}])
        more = data[place] if data else Fields([])
        quantity = more.number("quantity", most=1e6)
        items.append(
            EventItem(
                product=one.needed("objectIDs"),
                position=one.position("positions"),
                price=more.number("price"),
                quantity=1.0 if quantity is None else quantity,
            )
        )
    return tuple(items)
