"""The HTTP shapes of events and of what is kept of a shopper; ``events/flow.py`` checks the events themselves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bowerbird.domain.event import EventName
from bowerbird.events.fields import LONGEST_ID, MAX_ITEMS
from bowerbird.events.flow import MAX_BATCH
from bowerbird.serve.schemas import ErrorDetail, Request, ShopperName


class EventItemRecord(BaseModel):
    """A product of an event."""

    item_id: str
    index: int = Field(0, description="Its position in the list that it stood in, from 1; 0 in none")
    item_variant: str = ""
    price: float | None = None
    quantity: float = 1.0


class EventRecord(BaseModel):
    """Something that a shopper did or was shown, in GA4's words; other fields are passed over."""

    model_config = ConfigDict(extra="allow")

    name: EventName
    id: str = Field(
        "", max_length=LONGEST_ID, description="Sent again with the same id, it changes nothing; else made of the rest"
    )
    timestamp: str | float | None = Field(
        None, description="ISO 8601 with its zone, or since 1970 in seconds, ms or µs; now when left out"
    )
    user: str = Field("", max_length=LONGEST_ID, description="The account; GA4's user_id")
    session: str = Field(
        "",
        max_length=LONGEST_ID,
        description="The visit or device; GA4's client_id. Named with a user it is that user's",
    )
    items: list[EventItemRecord] = Field(default_factory=list, max_length=MAX_ITEMS)
    query_id: str = Field("", description="Of the search or recommendation that showed the items")
    item_list_id: str = Field("", description="The list or surface that they stood in")
    search_term: str = ""
    value: float | None = None
    currency: str = ""
    transaction_id: str = ""
    consent: bool | dict[str, Any] = Field(
        True, description="false (or Google's consent mode, denied): kept without the user, session and transaction"
    )


class EventsRequest(BaseModel):
    """Events; whatever is said beside them holds for each. One event alone and a plain list are taken too.

    So are Segment's messages, alone or in a ``batch``, and Algolia's Insights events.
    """

    model_config = ConfigDict(extra="allow")

    events: list[EventRecord] = Field(max_length=MAX_BATCH)


class RefusedEventAnswer(BaseModel):
    """A bad event of a batch."""

    event: int = Field(description="Its place in the batch, from 0")
    error: ErrorDetail


class EventsAnswer(BaseModel):
    """What came of a batch; what was recorded is on the disk."""

    recorded: int
    known: int = Field(description="Recorded before, by their ids")
    refused: int
    errors: list[RefusedEventAnswer]


class ShopperRequest(Request):
    """A shopper, by the account, a session, or both."""

    user: ShopperName = ""
    session: ShopperName = ""


class ErasedAnswer(BaseModel):
    """What was erased; nothing of it is left."""

    status: Literal["erased"]
    events: int
    names: int = Field(description="The user and the sessions that were the user's")


class ShopperExportAnswer(BaseModel):
    """Everything that is kept of a shopper; parts that keep something are named beside."""

    model_config = ConfigDict(extra="allow")

    user: str
    sessions: list[str]
    events: list[EventRecord] = Field(description="Oldest first; POST /v1/events takes them back")
