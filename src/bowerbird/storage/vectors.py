"""The cache of raw vectors, by model and content hash, so that nothing is encoded twice.

A vector is kept as 16-bit floats; what a model's fingerprint is, and what is hashed, is ``encode``'s business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, func, select

from bowerbird.domain.errors import ModelError
from bowerbird.storage.database import Database
from bowerbird.storage.schema import vectors
from bowerbird.storage.sqlite import MAX_VARIABLES, insert_or_replace

Halves: TypeAlias = NDArray[np.float16]
Vectors: TypeAlias = "NDArray[np.float16] | NDArray[np.float32]"

_BY_HASH = select(vectors.c.hash, vectors.c.vector).where(
    vectors.c.model == bindparam("of_model"), vectors.c.hash.in_(bindparam("keys", expanding=True))
)
_OF_MODEL = select(vectors.c.hash, vectors.c.vector).where(vectors.c.model == bindparam("of_model"))
_PUT = insert_or_replace(vectors)
# Rows of one transaction: enough for its flush not to matter, few enough to let other writers in between.
_ROWS_AT_ONCE = 2_000
# Reading a whole model costs a quarter, row by row, of looking rows up (measured: 4 against 15 µs).
_SCAN_FACTOR = 4
_FEW = 5_000


class VectorStore:
    """Reads and writes cached vectors; safe from many threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put_many(self, model: str, rows: Mapping[str, Vectors]) -> None:
        """Keep vectors by content hash, (d,) floats each; durable on return."""
        if rows:
            self.put_matrix(model, list(rows), np.stack([np.asarray(row) for row in rows.values()]))

    def put_matrix(self, model: str, hashes: Sequence[str], matrix: Vectors) -> None:
        """Keep the rows of an (n, d) matrix by their content hashes; durable on return.

        Raises ModelError for values that 16 bits cannot hold, before anything is written.
        """
        # Too large a value is meant to become infinite here, so that the next line finds it.
        with np.errstate(over="ignore"):
            halves = np.ascontiguousarray(matrix, dtype=np.float16)
        if not np.isfinite(halves).all():
            raise ModelError(f"model {model!r} gave a vector with values that are not finite in 16 bits")
        blobs = (
            {"model": model, "hash": key, "vector": row.tobytes()} for key, row in zip(hashes, halves, strict=True)
        )
        while batch := list(islice(blobs, _ROWS_AT_ONCE)):
            self._put(batch)

    def _put(self, batch: list[dict[str, Any]]) -> None:
        def put(connection: Connection) -> None:
            connection.execute(_PUT, batch)

        self.database.write(put)

    def get_many(self, model: str, hashes: Collection[str]) -> dict[str, Halves]:
        """Vectors by content hash, (d,) float16 each, read only; those that are not there are left out."""
        return {key: np.frombuffer(blob, dtype=np.float16) for key, blob in self._blobs(model, set(hashes))}

    def get_matrix(self, model: str, hashes: Sequence[str], dim: int) -> tuple[Halves, NDArray[np.bool_]]:
        """The vectors of ``hashes`` as an (n, dim) float16 matrix, and an (n,) mask of the rows that are missing.

        Missing rows are zero. A vector of another length counts as missing: it was not whole.
        """
        places: dict[str, int] = {}
        sources = np.fromiter((places.setdefault(key, len(places)) for key in hashes), np.intp, len(hashes))
        distinct = np.zeros((len(places), dim), dtype=np.float16)
        missing = np.ones(len(places), dtype=np.bool_)
        rows = ((places[key], blob) for key, blob in self._blobs(model, places) if len(blob) == 2 * dim)
        while piece := list(islice(rows, _ROWS_AT_ONCE)):
            at = np.fromiter((place for place, _ in piece), np.intp, len(piece))
            distinct[at] = np.frombuffer(b"".join([blob for _, blob in piece]), dtype=np.float16).reshape(-1, dim)
            missing[at] = False
        if len(places) == len(hashes):
            return distinct, missing
        return distinct[sources], missing[sources]

    def missing(self, model: str, hashes: Collection[str]) -> set[str]:
        """Those of ``hashes`` that have no vector of this model."""
        left = set(hashes)
        statement = _BY_HASH.with_only_columns(vectors.c.hash)
        keys = iter(tuple(left))
        with self.database.read() as connection:
            while piece := list(islice(keys, MAX_VARIABLES)):
                left.difference_update(connection.execute(statement, {"of_model": model, "keys": piece}).scalars())
        return left

    def count(self, model: str) -> int:
        """The number of vectors of a model."""
        with self.database.read() as connection:
            statement = select(func.count()).select_from(vectors).where(vectors.c.model == model)
            return int(connection.execute(statement).scalar_one())

    def prune(self, keep: Collection[str]) -> int:
        """Forget the vectors of every model but these; the number forgotten."""

        def forget(connection: Connection) -> int:
            return connection.execute(delete(vectors).where(vectors.c.model.not_in(list(keep)))).rowcount

        return self.database.write(forget)

    def _blobs(self, model: str, hashes: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The rows of those hashes that are there; ``hashes`` must be quick to look into and without repeats."""
        if len(hashes) > _FEW and len(hashes) * _SCAN_FACTOR > self.count(model):
            yield from self._scan(model, hashes)
            return
        # In the order of the table's own index neighbouring rows are read together.
        keys = iter(sorted(hashes))
        while piece := list(islice(keys, MAX_VARIABLES)):
            with self.database.read() as connection:
                rows = connection.execute(_BY_HASH, {"of_model": model, "keys": piece}).all()
            yield from ((key, blob) for key, blob in rows)

    def _scan(self, model: str, hashes: Collection[str]) -> Iterator[tuple[str, bytes]]:
        with self.database.read() as connection:
            for rows in connection.execute(_OF_MODEL, {"of_model": model}).partitions(_ROWS_AT_ONCE):
                yield from ((key, blob) for key, blob in rows if key in hashes)
