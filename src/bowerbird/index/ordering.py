"""Sorting documents by a column, and telling which variants of a document fit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.query import Sort
from bowerbird.index.arrays import Array
from bowerbird.index.column import NO_CODE, Mask, spread
from bowerbird.index.columns import ranges_of
from bowerbird.index.selection import Selector

_FALLING = {Sort.PRICE_DESC: "price", Sort.RATING: "rating", Sort.NEWEST: "updated_at"}


def order_documents(selector: Selector, documents: Array, sort: Sort, fitting: Mask | None) -> NDArray[np.int32]:
    """Documents by a column, stable, missing values last; among the newest, equals by falling store number.

    A document's number is the lowest among its rows that fit (all, where ``fitting`` is None).
    """
    if sort is Sort.RELEVANCE or not len(documents):
        return documents.astype(np.int32, copy=False)
    keys = -lowest_numbers(selector, documents, _FALLING[sort], fitting) if sort in _FALLING else None
    if keys is None:
        keys = lowest_numbers(selector, documents, "price", fitting)
    keys[np.isnan(keys)] = np.inf
    if sort is Sort.NEWEST:
        order = np.lexsort((-selector.columns.seqs.first(selector.document_count)[documents], keys))
    else:
        order = np.argsort(keys, kind="stable")
    return documents[order].astype(np.int32, copy=False)


def lowest_numbers(selector: Selector, documents: Array, name: str, fitting: Mask | None = None) -> NDArray[np.float64]:
    """The lowest number among each document's fitting rows; NaN where there is none."""
    if selector.flat or not len(documents):
        return _numbers(selector, name, documents)
    first, lengths = ranges_of(selector.starts, documents)
    rows = spread(first, lengths)
    numbers = _numbers(selector, name, rows)
    numbers[np.isnan(numbers)] = np.inf
    if fitting is not None:
        numbers[~fitting[rows]] = np.inf
    lowest: NDArray[np.float64] = np.minimum.reduceat(numbers, np.cumsum(lengths) - lengths)
    lowest[np.isinf(lowest)] = np.nan
    return lowest


def _numbers(selector: Selector, name: str, rows: Array) -> NDArray[np.float64]:
    """The number of each row, rows in any order."""
    column = selector.columns.numbers.get(name)
    numbers = np.full(len(rows), np.nan)
    if column is None:
        return numbers
    if column.dense is not None:
        numbers[:] = column.dense.first(selector.row_count)[rows]
        return numbers
    pair_rows, values = column.pairs(selector.row_count)
    if len(pair_rows):
        at = np.minimum(np.searchsorted(pair_rows, rows), len(pair_rows) - 1)
        there = pair_rows[at] == rows
        numbers[there] = values[at[there]]
    return numbers


def first_codes(selector: Selector, documents: Array, name: str) -> NDArray[np.int32]:
    """The code of each document's first value in a text field, of its first row that has one; -1 without."""
    codes = np.full(len(documents), NO_CODE, np.int32)
    column = selector.columns.keywords.get(name)
    if column is None or not len(documents):
        return codes
    first, lengths = ranges_of(selector.starts, documents)
    order = np.argsort(first, kind="stable")
    rows = spread(first[order], lengths[order])
    positions, values = column.entries(rows, selector.row_count)
    owners = np.repeat(order, lengths[order])[positions]
    # Backwards, so that the first of each is written last.
    at = np.argsort(positions, kind="stable")[::-1]
    codes[owners[at]] = values[at]
    return codes


def distinct_texts(selector: Selector, documents: Array, name: str) -> list[tuple[str, ...]]:
    """Every distinct text in a field of each document, in the order of its rows."""
    found: list[dict[str, None]] = [{} for _ in range(len(documents))]
    column = selector.columns.keywords.get(name)
    if column is not None and len(documents):
        values = selector.columns.dictionaries[name].values
        first, lengths = ranges_of(selector.starts, documents)
        order = np.argsort(first, kind="stable")
        positions, codes = column.entries(spread(first[order], lengths[order]), selector.row_count)
        owners = np.repeat(order, lengths[order])[positions]
        # The dense ones come first whatever their rows.
        by_row = np.argsort(positions, kind="stable")
        for owner, code in zip(owners[by_row].tolist(), codes[by_row].tolist(), strict=True):
            found[owner][values[code]] = None
    return [tuple(texts) for texts in found]


def fitting_variants(selector: Selector, document: int, fitting: Mask | None) -> tuple[int, ...]:
    """The positions of the variants whose rows fit (all, where ``fitting`` is None), in the catalogue's order."""
    first, end = int(selector.starts[document]), int(selector.starts[document + 1])
    if not selector.columns.row_ids.first(end)[first]:
        return ()
    positions = range(end - first) if fitting is None else np.flatnonzero(fitting[first:end]).tolist()
    return tuple(positions)
