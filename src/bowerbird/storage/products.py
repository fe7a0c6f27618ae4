"""The products and their change log: the truth that everything else in a shop is derived from.

Every write of a product gets the next ``seq``; numbers are given in the order of commits, so whoever has
seen all changes up to one has missed none below it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.product import Product
from bowerbird.storage.database import Database
from bowerbird.storage.files import content_hash
from bowerbird.storage.records import product_from_json, product_to_json
from bowerbird.storage.schema import changes, counters, products
from bowerbird.storage.sqlite import MAX_VARIABLES


class Put(StrEnum):
    """What writing a product came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PutOutcome:
    """What one product of a write came to, and the number its present version has."""

    id: str
    seq: int
    result: Put


@dataclass(frozen=True, slots=True)
class EncodedProduct:
    """A product in its stored form: ``data`` of ``product_to_json`` and the ``content_hash`` of it."""

    id: str
    hash: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A product and the number of this version of it."""

    seq: int
    product: Product


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change log: a version written, or a product deleted; ``replaced`` is the version it ended."""

    seq: int
    product_id: str
    replaced: int | None
    deleted: bool


def encode_product(product: Product) -> EncodedProduct:
    """Bring a product into its stored form. Raises InputError for what cannot be stored."""
    data = product_to_json(product)
    return EncodedProduct(product.id, content_hash(data), data)


_BY_SEQ = select(products.c.seq, products.c.doc).where(products.c.seq.in_(bindparam("keys", expanding=True)))
_BY_ID = select(products.c.seq, products.c.doc).where(products.c.id.in_(bindparam("keys", expanding=True)))
_VERSIONS = select(products.c.id, products.c.seq, products.c.hash).where(
    products.c.id.in_(bindparam("keys", expanding=True))
)
_WHOLE = select(products.c.id, products.c.seq, products.c.hash, products.c.doc).where(
    products.c.id.in_(bindparam("keys", expanding=True))
)
_CHANGED_IDS = select(changes.c.seq, changes.c.product_id).where(changes.c.seq.in_(bindparam("keys", expanding=True)))
_ROWS_AFTER = (
    select(products.c.seq, products.c.doc)
    .where(products.c.seq > bindparam("after"))
    .order_by(products.c.seq)
    .limit(bindparam("batch"))
)
_IDS_AFTER = (
    select(products.c.id).where(products.c.id > bindparam("after")).order_by(products.c.id).limit(MAX_VARIABLES)
)
_CHANGES_AFTER = (
    select(changes.c.seq, changes.c.product_id, changes.c.replaced, changes.c.deleted)
    .where(changes.c.seq > bindparam("after"))
    .order_by(changes.c.seq)
    .limit(bindparam("batch"))
)
_DELETE = delete(products).where(products.c.seq == bindparam("old"))
_LAST_SEQ = select(counters.c.value).where(counters.c.name == "seq")
_SET_LAST_SEQ = update(counters).where(counters.c.name == "seq").values(value=bindparam("last"))
_FORGOTTEN = select(counters.c.value).where(counters.c.name == "forgotten")
_SET_FORGOTTEN = (
    update(counters)
    .where(counters.c.name == "forgotten", counters.c.value < bindparam("reached"))
    .values(value=bindparam("reached"))
)
_FORGET = delete(changes).where(changes.c.seq <= bindparam("reached"), ~exists().where(products.c.seq == changes.c.seq))


class ProductStore:
    """Reads and writes products; safe from many threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put_many(self, batch: Sequence[Product]) -> list[PutOutcome]:
        """Write products in one transaction, durable on return; what is there already in the same form stays.

        A product that comes twice counts each time, the last one stays. Raises InputError for a product
        that cannot be stored (then nothing is written), StorageError, DiskFullError.
        """
        return self.put_encoded([encode_product(product) for product in batch])

    def put_encoded(self, batch: Sequence[EncodedProduct]) -> list[PutOutcome]:
        """``put_many`` for products in their stored form."""
        if not batch:
            return []
        return self.database.write(lambda connection: _Write(connection).put(batch))

    def update(self, product_id: str, change: Callable[[Product], Product]) -> PutOutcome:
        """Replace a product by ``change`` of it, as if nobody else wrote in between.

        ``change`` runs again when somebody did. Raises NotFoundError, and InputError where it changes the id.
        """
        while True:
            before = self.get(product_id)
            if before is None:
                raise NotFoundError(f"no product {product_id!r}")
            encoded = encode_product(change(before.product))
            if encoded.id != product_id:
                raise InputError("a change cannot rename a product", field="id", found=encoded.id, expected=product_id)
            outcome = self.database.write(_put_if(before.seq, encoded))
            if outcome is not None:
                return outcome

    def renew(self, ids: Sequence[str]) -> int:
        """Write products again as they are, so that what is derived from them is made again; the number written."""
        if not ids:
            return 0
        return self.database.write(lambda connection: _Write(connection).renew(ids))

    def delete_many(self, ids: Sequence[str]) -> list[bool]:
        """Delete products in one transaction, durable on return; for each id whether there was one."""
        if not ids:
            return []
        return self.database.write(lambda connection: _Write(connection).delete(ids))

    def delete_unseen(self, seen: Container[str]) -> int:
        """Delete every product whose id is not in ``seen``, after a full import; the number deleted."""
        deleted = 0
        unseen = (product_id for product_id in self.ids() if product_id not in seen)
        while batch := list(islice(unseen, MAX_VARIABLES)):
            deleted += sum(self.delete_many(batch))
        return deleted

    def get(self, product_id: str) -> Stored | None:
        """The product of an id."""
        return self.get_by_ids([product_id]).get(product_id)

    def get_by_ids(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Products by id; ids that are not there are left out."""
        with self.database.read() as connection:
            found = [_stored(row) for row in _rows(connection, _BY_ID, ids)]
        return {stored.product.id: stored for stored in found}

    def get_many(self, seqs: Iterable[int]) -> dict[int, Product]:
        """Products by the number of their version; versions that were replaced or deleted are left out."""
        with self.database.read() as connection:
            return {seq: product_from_json(doc) for seq, doc in _rows(connection, _BY_SEQ, seqs)}

    def current(self, seqs: Iterable[int]) -> dict[int, Stored]:
        """For each version its product as it is now, also where it was replaced since; deleted ones are left out."""
        wanted = list(seqs)
        with self.database.read() as connection:
            found = {stored.seq: stored for stored in map(_stored, _rows(connection, _BY_SEQ, wanted))}
            ids = dict(_rows(connection, _CHANGED_IDS, [seq for seq in wanted if seq not in found]))
            newest = [_stored(row) for row in _rows(connection, _BY_ID, set(ids.values()))]
        by_id = {stored.product.id: stored for stored in newest}
        return found | {seq: by_id[product_id] for seq, product_id in ids.items() if product_id in by_id}

    def iterate(self, after_seq: int = 0, batch: int = 2_000) -> Iterator[list[Stored]]:
        """All products in the order of their numbers, in lists of up to ``batch``.

        Each list is read by itself, so no writer is held up: a product written meanwhile comes (again) at
        the end. For one moment's picture take ``last_seq`` first and the changes after it afterwards.
        """
        while True:
            with self.database.read() as connection:
                rows = connection.execute(_ROWS_AFTER, {"after": after_seq, "batch": batch}).all()
            if not rows:
                return
            after_seq = rows[-1][0]
            yield [Stored(seq, product_from_json(doc)) for seq, doc in rows]

    def ids(self) -> Iterator[str]:
        """Every product's id in order, read in pieces: products may be deleted behind it."""
        after = ""
        while True:
            with self.database.read() as connection:
                batch = connection.execute(_IDS_AFTER, {"after": after}).scalars().all()
            if not batch:
                return
            yield from batch
            after = batch[-1]

    def changes(self, after_seq: int, limit: int = 10_000) -> list[Change]:
        """The first ``limit`` changes after a number, in order.

        Raises ArtefactError where changes after it were forgotten: what asks must be built anew.
        """
        with self.database.read() as connection:
            forgotten = int(connection.execute(_FORGOTTEN).scalar_one())
            rows = connection.execute(_CHANGES_AFTER, {"after": after_seq, "batch": limit}).all()
        if after_seq < forgotten:
            raise ArtefactError(f"the change log begins after {forgotten}, not after {after_seq}")
        return [Change(seq, product_id, replaced, deleted) for seq, product_id, replaced, deleted in rows]

    def forget_changes(self, up_to: int) -> int:
        """Drop the log's entries up to a number that nothing derived will ask for again; the number dropped.

        Entries of versions that still live stay, so this is what keeps a shop's log as small as its catalogue.
        """

        def forget(connection: Connection) -> int:
            reached = min(up_to, int(connection.execute(_LAST_SEQ.with_for_update()).scalar_one()))
            dropped = connection.execute(_FORGET, {"reached": reached}).rowcount
            connection.execute(_SET_FORGOTTEN, {"reached": reached})
            return dropped

        return self.database.write(forget)

    def last_seq(self) -> int:
        """The number of the newest change, 0 before the first."""
        with self.database.read() as connection:
            return int(connection.execute(_LAST_SEQ).scalar_one())

    def count(self) -> int:
        """The number of products."""
        with self.database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(products)).scalar_one())


class _Write:
    """One batch within a transaction: what is there, what goes, what comes, and the log of it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seq = int(connection.execute(_LAST_SEQ.with_for_update()).scalar_one())
        self.rows: dict[int, dict[str, Any]] = {}
        self.ended: list[dict[str, int]] = []
        self.log: list[dict[str, Any]] = []

    def put(self, batch: Sequence[EncodedProduct]) -> list[PutOutcome]:
        known = self._versions([encoded.id for encoded in batch])
        outcomes = []
        for encoded in batch:
            before = known.get(encoded.id)
            if before is not None and before[1] == encoded.hash:
                outcomes.append(PutOutcome(encoded.id, before[0], Put.UNCHANGED))
                continue
            seq = self._log(encoded.id, None if before is None else before[0], deleted=False)
            self.rows[seq] = {"seq": seq, "id": encoded.id, "hash": encoded.hash, "doc": encoded.data}
            known[encoded.id] = (seq, encoded.hash)
            outcomes.append(PutOutcome(encoded.id, seq, Put.NEW if before is None else Put.CHANGED))
        self._finish()
        return outcomes

    def renew(self, ids: Sequence[str]) -> int:
        present = list(_rows(self.connection, _WHOLE, set(ids)))
        for product_id, before, digest, data in present:
            seq = self._log(product_id, before, deleted=False)
            self.rows[seq] = {"seq": seq, "id": product_id, "hash": digest, "doc": data}
        self._finish()
        return len(present)

    def delete(self, ids: Sequence[str]) -> list[bool]:
        known = self._versions(ids)
        outcomes = []
        for product_id in ids:
            before = known.pop(product_id, None)
            outcomes.append(before is not None)
            if before is not None:
                self._log(product_id, before[0], deleted=True)
        self._finish()
        return outcomes

    def _versions(self, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
        return {product_id: (seq, digest) for product_id, seq, digest in _rows(self.connection, _VERSIONS, set(ids))}

    def _log(self, product_id: str, replaced: int | None, deleted: bool) -> int:
        self.seq += 1
        self.log.append({"seq": self.seq, "product_id": product_id, "replaced": replaced, "deleted": deleted})
        if replaced is not None and self.rows.pop(replaced, None) is None:
            self.ended.append({"old": replaced})
        return self.seq

    def _finish(self) -> None:
        if not self.log:
            return
        if self.ended:
            self.connection.execute(_DELETE, self.ended)
        if self.rows:
            self.connection.execute(insert(products), list(self.rows.values()))
        self.connection.execute(insert(changes), self.log)
        self.connection.execute(_SET_LAST_SEQ, {"last": self.seq})


def _put_if(seq: int, encoded: EncodedProduct) -> Callable[[Connection], PutOutcome | None]:
    """A write that happens only where the product is still in this version."""

    def put(connection: Connection) -> PutOutcome | None:
        present = list(_rows(connection, _VERSIONS, [encoded.id]))
        if not present or present[0][1] != seq:
            return None
        return _Write(connection).put([encoded])[0]

    return put


def _rows(connection: Connection, statement: Any, keys: Iterable[Any]) -> Iterator[Any]:
    """The rows of a statement that takes a list of keys, however long, a bounded number of them at a time."""
    left = iter(keys)
    while piece := list(islice(left, MAX_VARIABLES)):
        yield from connection.execute(statement, {"keys": piece}).all()


def _stored(row: Any) -> Stored:
    return Stored(row[0], product_from_json(row[1]))
