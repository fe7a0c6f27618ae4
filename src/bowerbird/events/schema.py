"""The tables of the event log as the code of today uses them; ``migrations`` is how a database gets there.

``events.seq`` numbers the events in the order of their commits. ``events.shopper`` is the user that an event names, or
else its session; ``events.session`` its session where it names both. Names stand in ``shoppers`` alone, once each, as
``u:<user>`` and ``s:<session>``; numbers are never given again, so an event whose shopper is gone is nobody's.
``shoppers.account`` is the user that a session was found to be, and ``seen`` the last day it was heard of, in days
since 1970. ``taste_edits`` has a row for each shopper, by key, who said something of their tastes; the counter
``taste_edit`` counts its changes. ``erasures`` has a row for each shopper whose erasure has begun and not ended.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, LargeBinary, MetaData, Table, Text

from bowerbird.storage.schema import Number

metadata = MetaData()

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

shoppers = Table(
    "shoppers",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("account", BigInteger, nullable=True),
    Column("seen", Integer, nullable=False),
    Index("shoppers_by_account", "account"),
)

events = Table(
    "events",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Double, nullable=False),
    Column("name", Text, nullable=False),
    Column("shopper", BigInteger, nullable=True),
    Column("session", BigInteger, nullable=True),
    Column("doc", LargeBinary, nullable=False),
    Index("events_by_shopper", "shopper", "seq"),
    Index("events_by_time", "at"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("names", LargeBinary, nullable=False),
)

taste_edits = Table(
    "taste_edits",
    metadata,
    Column("key", Text, primary_key=True),
    Column("doc", LargeBinary, nullable=False),
)
