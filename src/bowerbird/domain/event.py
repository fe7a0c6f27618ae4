"""What shoppers do: one event, named and shaped as in GA4 e-commerce."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventName(StrEnum):
    """The events that are kept, by their GA4 names."""

    VIEW_SEARCH_RESULTS = "view_search_results"
    VIEW_ITEM_LIST = "view_item_list"
    SELECT_ITEM = "select_item"
    VIEW_ITEM = "view_item"
    ADD_TO_WISHLIST = "add_to_wishlist"
    ADD_TO_CART = "add_to_cart"
    REMOVE_FROM_CART = "remove_from_cart"
    BEGIN_CHECKOUT = "begin_checkout"
    PURCHASE = "purchase"
    REFUND = "refund"
    VIEW_PROMOTION = "view_promotion"
    SELECT_PROMOTION = "select_promotion"
    LOGIN = "login"
    """Says only that a session is a user's."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose event it is: ``user`` is an account, ``session`` a visit or device; either may be empty.

    An event that names both says that the session is the user's: what the session did without a name becomes the
    user's too.
    """

    user: str = ""
    session: str = ""

    @property
    def known(self) -> bool:
        """Whether it names anybody."""
        return bool(self.user or self.session)


@dataclass(frozen=True, slots=True)
class EventItem:
    """One product of an event; ``position`` counts from 1 in the list that it was shown in, 0 where it was in none."""

    product: str
    position: int = 0
    variant: str = ""
    price: float | None = None
    quantity: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a shopper did or was shown.

    ``id`` is the sender's own, so that sending again changes nothing; ``at`` is in seconds since 1970. ``query_id`` is
    that of the search or recommendation that showed the items, ``surface`` the list they stood in (GA4's
    ``item_list_id``), ``query`` the words that were searched for. Without ``consent`` nobody is named: ``who`` is
    empty.
    """

    id: str
    name: EventName
    at: float
    who: Who = Who()
    items: tuple[EventItem, ...] = ()
    query_id: str = ""
    surface: str = ""
    query: str = ""
    value: float | None = None
    currency: str = ""
    transaction: str = ""
    consent: bool = True


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as the log keeps it; ``seq`` rises in the order of commits, with no number missing below it."""

    seq: int
    event: Event
