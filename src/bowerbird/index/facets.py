"""Facet counts: products, not variants, by value or by range, and the spread of numbers.

A path counts for itself and for every path above it, as UNDER would. A range counts both its ends,
as ``field low..high`` would, so that choosing a facet value finds what it promised.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter, Range, without_field
from bowerbird.domain.query import FacetRequest
from bowerbird.domain.results import FacetCounts, FacetStats, FacetValue
from bowerbird.index.arrays import Array
from bowerbird.index.column import Column, Mask, spread
from bowerbird.index.columns import ranges_of
from bowerbird.index.product_rows import ID_FIELD, PATH_FIELD
from bowerbird.index.selection import Selector, inside


def count_facets(
    selector: Selector, documents: Array | None, condition: Filter | None, requests: Sequence[FacetRequest]
) -> tuple[FacetCounts, ...]:
    """Facets over living documents (None: all) under a filter. Raises InputError for an unknown field."""
    if documents is not None:
        documents = np.sort(documents[selector.alive[documents]])
        return tuple(_count(selector, documents, condition, request) for request in requests)
    return tuple(_remembered(selector, condition, request) for request in requests)


def _remembered(selector: Selector, condition: Filter | None, request: FacetRequest) -> FacetCounts:
    # Browsing asks for the same whole-shop facets page after page.
    key = repr((condition, request))
    counts = selector.facets.get(key)
    if counts is None:
        counts = _count(selector, None, condition, request)
        selector.facets.put(key, counts)
    return counts


def _count(selector: Selector, documents: Array | None, condition: Filter | None, request: FacetRequest) -> FacetCounts:
    name = selector.resolve(request.field, "facets")
    if name == ID_FIELD:
        raise InputError("every product has its own id", field="facets", found=name, expected="another field")
    if request.disjunctive:
        condition = without_field(condition, request.field)
    columns = selector.columns
    keyword, number = columns.keywords.get(name), columns.numbers.get(name)
    kind = columns.kind(name)
    values: list[FacetValue] = []
    stats = None
    if number is not None and (kind == "number" or request.ranges):
        rows = _rows(selector, documents, condition, number)
        values, stats = _numbers(selector, number, rows, request)
    if keyword is not None and not (kind == "number" and (request.ranges or values)):
        rows = _rows(selector, documents, condition, keyword)
        counts = _codes(selector, keyword, rows, name)
        values = _top(counts, columns.dictionaries[name].values, request.limit)
    return FacetCounts(name, tuple(values), stats)


def _rows(selector: Selector, documents: Array | None, condition: Filter | None, column: Column) -> Array:
    """The ascending rows to look at: the fitting ones, or one for each document where all its rows say the same."""
    one_each = selector.flat or column.constant
    if one_each:
        selection = selector.select(condition)
        chosen = selection.documents if documents is None else documents[selection.mask[documents]]
        return chosen if selector.flat else selector.starts[chosen]
    rows = selector.fitting_rows(condition)
    if documents is None:
        living = selector.alive[selector.row_documents]
        return np.flatnonzero(living if rows is None else living & rows)
    candidates = spread(*ranges_of(selector.starts, documents))
    return candidates if rows is None else candidates[rows[candidates]]


def _codes(selector: Selector, column: Column, rows: Array, name: str) -> NDArray[np.int64]:
    """How many documents have each code."""
    size = len(selector.columns.dictionaries[name].values)
    positions, codes = column.entries(rows, selector.row_count)
    if name == PATH_FIELD:
        return _paths(selector, column, rows, positions, codes)
    if not (selector.flat or column.constant):
        codes = _distinct(selector.row_documents[rows[positions]], codes, size)
    return np.bincount(codes, minlength=size)


def _paths(selector: Selector, column: Column, rows: Array, positions: Array, codes: Array) -> NDArray[np.int64]:
    above, sizes, targets = selector.columns.dictionaries[PATH_FIELD].ancestry()
    documents = selector.row_documents[rows[positions]]
    # One path a document needs no care for doubles, and is the common case: add its ancestors up by code.
    if len(column.pair_rows) == 0 and (selector.flat or column.constant):
        single = np.ones(len(codes), bool)
    else:
        single = np.bincount(documents, minlength=1)[documents] == 1
    leaves = np.bincount(codes[single], minlength=len(sizes))
    counts = np.bincount(targets, weights=np.repeat(leaves, sizes), minlength=len(sizes)).astype(np.int64)
    rest = codes[~single]
    if len(rest):
        lengths = sizes[rest]
        expanded = targets[spread(above[rest], lengths)]
        owners = np.repeat(documents[~single], lengths)
        counts += np.bincount(_distinct(owners, expanded, len(sizes)), minlength=len(sizes))
    return counts


def _distinct(documents: Array, codes: Array, size: int) -> Array:
    """The codes of the distinct (document, code) pairs."""
    keys = np.sort(documents.astype(np.int64) * size + codes)
    distinct: Array = keys[_firsts(keys)] % size
    return distinct


def _top(counts: NDArray[np.int64], values: list[str], limit: int) -> list[FacetValue]:
    found = np.flatnonzero(counts)
    if len(found) > 4 * limit > 0:
        least = np.partition(counts[found], len(found) - limit)[len(found) - limit]
        found = found[counts[found] >= least]
    ranked = sorted((-int(counts[code]), values[code]) for code in found.tolist())
    return [FacetValue(value, -count) for count, value in ranked[:limit]]


def _numbers(
    selector: Selector, column: Column, rows: Array, request: FacetRequest
) -> tuple[list[FacetValue], FacetStats | None]:
    positions, numbers = column.entries(rows, selector.row_count)
    one_each = selector.flat or column.constant
    documents = None if one_each else selector.row_documents[rows[positions]]
    if documents is not None:
        order = np.argsort(documents, kind="stable")
        documents, numbers = documents[order], numbers[order]
    values = _ranges(documents, numbers, request) if request.ranges else _each(documents, numbers, request.limit)
    if not len(numbers):
        return values, None
    lowest = numbers if documents is None else np.minimum.reduceat(numbers, np.flatnonzero(_firsts(documents)))
    return values, FacetStats(float(numbers.min()), float(numbers.max()), float(lowest.mean()))


def _ranges(documents: Array | None, numbers: Array, request: FacetRequest) -> list[FacetValue]:
    values = []
    for low, high in request.ranges:
        fits = inside(numbers, Range(request.field, low, high))
        count = np.count_nonzero(fits) if documents is None else np.count_nonzero(_firsts(documents[fits]))
        values.append(FacetValue(f"{_number_text(low)}..{_number_text(high)}", int(count)))
    return values


def _each(documents: Array | None, numbers: Array, limit: int) -> list[FacetValue]:
    if documents is None:
        found, counts = _runs(np.sort(numbers))
    else:
        distinct, codes = np.unique(numbers, return_inverse=True)
        found, counts = _runs(np.sort(_distinct(documents, codes, len(distinct))))
        found = distinct[found]
    top = np.lexsort((found, -counts))[:limit]
    return [FacetValue(_number_text(float(found[at])), int(counts[at])) for at in top]


def _runs(ordered: Array) -> tuple[Array, Array]:
    starts = np.flatnonzero(_firsts(ordered))
    return ordered[starts], np.diff(np.append(starts, len(ordered)))


def _firsts(ordered: Array) -> Mask:
    firsts = np.ones(len(ordered), bool)
    firsts[1:] = ordered[1:] != ordered[:-1]
    return firsts


def _number_text(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else str(number)
