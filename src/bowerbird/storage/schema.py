"""The tables as the code of today uses them; ``migrations`` is how a database gets there.

``products.seq`` is the number of one written version of a product: every write of a product removes its
row and inserts another under the next number. ``changes`` has a row for every number ever given, so that
what is derived from the products can be brought up to date from any point. ``rules`` has a row for every version of
the whole set of merchandising rules; the newest is in force. ``experiments.changed`` is the number of the last start
or stop of any of them, so that who keeps them in memory sees at one look whether they are still the same.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

# SQLite only makes a column the row's own number when it is spelt INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

products = Table(
    "products",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    Column("doc", LargeBinary, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("product_id", Text, nullable=False),
    Column("replaced", BigInteger, nullable=True),
    Column("deleted", Boolean, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

photos = Table(
    "photos",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("hash", Text, nullable=True),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("format", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Index("photos_by_hash", "hash"),
)

keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", Text, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
)

experiments = Table(
    "experiments",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("document", LargeBinary, nullable=False),
    Column("author", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("running", Boolean, nullable=False),
    Column("stopped_by", Text, nullable=False),
    Column("stopped_at", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("tally", LargeBinary, nullable=False),
)

experiment_shoppers = Table(
    "experiment_shoppers",
    metadata,
    Column("experiment", BigInteger, primary_key=True, autoincrement=False),
    Column("shopper", LargeBinary, primary_key=True),
    Column("arm", Text, primary_key=True),
    Column("sums", LargeBinary, nullable=False),
)

experiment_searches = Table(
    "experiment_searches",
    metadata,
    Column("experiment", BigInteger, primary_key=True, autoincrement=False),
    Column("query_id", Text, primary_key=True),
)
