"""One field's values by row: dense where most rows have one, pairs of (row, value) where few do or some have several.

Values are numbers, or codes into a dictionary of texts. Columns grow at their end only; a reader passes
the number of rows that its view knows.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.index.arrays import Array, Growing
from bowerbird.index.product_rows import fold

Mask: TypeAlias = NDArray[np.bool_]

DENSE_FROM = 0.3
"""A column becomes dense when at least this share of the rows has a value."""

NO_CODE = -1


class Dictionary:
    """The distinct texts of a column; spellings that fold alike share the code of the first."""

    def __init__(self, values: Sequence[str] = ()) -> None:
        self.values = list(values)
        self._codes: dict[str, int] = {}
        self._sorted: list[str] = []
        self._coded = 0
        self._lock = Lock()
        self._ancestry: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None

    def code(self, text: str) -> int:
        """The code of a text, given to it now when it has none."""
        folded = fold(text)
        with self._lock:
            self._catch_up()
            code = self._codes.get(folded)
            if code is None:
                code = len(self.values)
                self.values.append(text)
                self._codes[folded] = code
                self._coded = code + 1
            return code

    def find(self, folded: str) -> int:
        """The code of a folded text, or NO_CODE."""
        with self._lock:
            self._catch_up()
            return self._codes.get(folded, NO_CODE)

    def under(self, folded: str) -> list[int]:
        """The codes of a folded path and of the paths below it."""
        below = f"{folded}/"
        with self._lock:
            self._catch_up()
            if len(self._sorted) != len(self._codes):
                self._sorted = sorted(self._codes)
            # "0" comes right after "/".
            found = self._sorted[bisect_left(self._sorted, below) : bisect_left(self._sorted, f"{folded}0")]
            return [self._codes[text] for text in (folded, *found) if text in self._codes]

    def add_path(self, path: str) -> int:
        """The code of a path; the paths above it get codes too."""
        known = len(self.values)
        code = self.code(path)
        if code >= known:
            for cut in range(len(path)):
                if path[cut] == "/":
                    self.code(path[:cut])
        return code

    def ancestry(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """For each path: where the codes of it and of those above it start, how many, and all these codes."""
        if self._ancestry is None or len(self._ancestry[1]) != len(self.values):
            targets: list[int] = []
            sizes = []
            for code, value in enumerate(tuple(self.values)):
                above = {self.find(fold(value[:cut])) for cut in range(len(value)) if value[cut] == "/"}
                chain = sorted((above | {code}) - {NO_CODE})
                sizes.append(len(chain))
                targets.extend(chain)
            lengths = np.array(sizes, np.int64)
            self._ancestry = np.cumsum(lengths) - lengths, lengths, np.array(targets, np.int64)
        return self._ancestry

    def _catch_up(self) -> None:
        # The look-up is built on first use: a thousand attributes nobody filters by should cost nothing to load.
        if self._coded < len(self.values):
            codes = {fold(value): code for code, value in reversed(list(enumerate(self.values)))}
            self._codes, self._coded = codes, len(self.values)


class Column:
    """Values of one type by row. One writer stages and flushes; readers see what was flushed."""

    def __init__(self, dtype: Any, missing: float) -> None:
        self.dtype = np.dtype(dtype)
        self.missing = missing
        self.dense: Growing | None = None
        self.pair_rows = Growing.empty(np.int32)
        self.pair_values = Growing.empty(self.dtype)
        self.constant = True
        """Whether every product's rows all have the same values."""
        self._staged_rows = array("i")
        self._staged_values = array("d" if self.dtype.kind == "f" else "i")

    def stage(self, first_row: int, rows: int, values: Sequence[float], constant: bool) -> None:
        """Note values that each of ``rows`` consecutive rows has; rows must not fall from call to call.

        ``constant`` tells whether all rows of the product have them.
        """
        for row in range(first_row, first_row + rows):
            for value in values:
                self._staged_rows.append(row)
                self._staged_values.append(value)  # type: ignore[arg-type]  # codes are ints, numbers floats
        self.constant = self.constant and constant

    def flush(self, first_row: int, row_count: int) -> None:
        """Publish what was staged, and for a dense column the rows up to ``row_count`` that have nothing."""
        if not self._staged_rows and self.dense is None:
            return
        rows = np.frombuffer(self._staged_rows, np.int32) if self._staged_rows else np.empty(0, np.int32)
        values = np.array(self._staged_values, self.dtype)
        if self.dense is not None:
            leading = _leading(rows)
            block = np.full(row_count - first_row, self.missing, self.dtype)
            block[rows[leading] - first_row] = values[leading]
            self.dense.append(block)
            rows, values = rows[~leading], values[~leading]
        if len(rows):
            # Values before rows: a reader takes the length from the rows.
            self.pair_values.append(values)
            self.pair_rows.append(rows)
        del rows
        self._staged_rows = array("i")
        self._staged_values = array(self._staged_values.typecode)

    def settle(self, row_count: int) -> None:
        """Become dense when enough rows have a value. Not for a column that a view already reads."""
        rows, values = self.pair_rows.array, self.pair_values.array
        leading = _leading(rows)
        self.pair_rows.trim()
        self.pair_values.trim()
        if self.dense is not None or np.count_nonzero(leading) < DENSE_FROM * row_count or not row_count:
            return
        dense = np.full(row_count, self.missing, self.dtype)
        dense[rows[leading]] = values[leading]
        self.dense = Growing(dense)
        self.pair_rows, self.pair_values = Growing(rows[~leading]), Growing(values[~leading])

    def pairs(self, row_count: int) -> tuple[NDArray[np.int32], Array]:
        """The rows and values of the pairs among the first ``row_count`` rows."""
        rows = self.pair_rows.array
        if len(rows) and rows[-1] >= row_count:
            rows = rows[: np.searchsorted(rows, row_count)]
        return rows, self.pair_values.first(len(rows))

    def where(self, row_count: int, test: Callable[[Array], Mask]) -> Mask:
        """The rows with at least one value that passes; ``test`` must fail for the missing value."""
        mask = np.zeros(row_count, bool) if self.dense is None else test(self.dense.first(row_count))
        rows, values = self.pairs(row_count)
        if len(rows):
            mask[rows[test(values)]] = True
        return mask

    def present(self, values: Array) -> Mask:
        """Which values are not the missing one."""
        return values >= 0 if self.dtype.kind == "i" else ~np.isnan(values)

    def span(self, row_count: int) -> tuple[float, float]:
        """The lowest and the highest number; NaN where there is none."""
        _, values = self.pairs(row_count)
        if self.dense is not None:
            values = np.concatenate([values, self.dense.first(row_count)])
        values = values[self.present(values)]
        return (float(values.min()), float(values.max())) if len(values) else (np.nan, np.nan)

    def entries(self, rows: Array, row_count: int) -> tuple[Array, Array]:
        """Every value of the given ascending rows: positions in ``rows``, and values; dense ones first."""
        positions, values = [], []
        if self.dense is not None:
            found = self.dense.first(row_count)
            # Ascending and as many as there are: all of them.
            found = found if len(rows) == row_count else found[rows]
            there = self.present(found)
            whole = bool(there.all())
            positions.append(np.arange(len(rows)) if whole else np.flatnonzero(there))
            values.append(found if whole else found[there])
        pair_rows, pair_values = self.pairs(row_count)
        if len(pair_rows) and len(rows):
            # The fewer are looked up among the more.
            if len(pair_rows) < len(rows):
                at = np.minimum(np.searchsorted(rows, pair_rows), len(rows) - 1)
                found = rows[at] == pair_rows
                positions.append(at[found])
                values.append(pair_values[found])
            else:
                low, high = np.searchsorted(pair_rows, rows), np.searchsorted(pair_rows, rows, side="right")
                positions.append(np.repeat(np.arange(len(rows)), high - low))
                values.append(pair_values[spread(low, high - low)])
        if not positions:
            return np.empty(0, np.intp), np.empty(0, self.dtype)
        return (positions[0], values[0]) if len(positions) == 1 else (np.concatenate(positions), np.concatenate(values))

    def kept(self, keep: Mask, renumbered: NDArray[np.int32]) -> Column:
        """A column of the rows kept only; ``renumbered`` gives each row its new number."""
        column = Column(self.dtype, self.missing)
        column.constant = self.constant
        rows, values = self.pairs(len(keep))
        stays = keep[rows]
        column.pair_rows, column.pair_values = Growing(renumbered[rows[stays]]), Growing(values[stays])
        if self.dense is not None:
            column.dense = Growing(self.dense.first(len(keep))[keep])
        return column

    @property
    def nbytes(self) -> int:
        """The bytes it holds in memory."""
        return self.pair_rows.nbytes + self.pair_values.nbytes + (self.dense.nbytes if self.dense is not None else 0)


def spread(starts: Array, lengths: Array) -> NDArray[np.intp]:
    """The whole numbers of many half-open ranges, one range after the other."""
    if not len(lengths):
        return np.empty(0, np.intp)
    ends = np.cumsum(lengths)
    numbers: NDArray[np.intp] = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
    return numbers


def _leading(rows: Array) -> Mask:
    """For ascending rows: whether each is the first of its equals."""
    leading = np.ones(len(rows), bool)
    leading[1:] = rows[1:] != rows[:-1]
    return leading
