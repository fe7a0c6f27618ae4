"""Filters, evaluated on rows and reduced to documents.

A document is selected when one of its rows meets the whole filter; NOT turns rows, not documents, so
``NOT color = red`` finds products that can be had in something else than red.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import And, Equals, Exists, Filter, Not, OneOf, Or, Range, Scalar, Under, fields_of
from bowerbird.domain.results import FacetCounts
from bowerbird.index.arrays import Array
from bowerbird.index.column import NO_CODE, Mask
from bowerbird.index.columns import Columns
from bowerbird.index.product_rows import ID_FIELD, PATH_FIELD, fold, fold_path, id_hash
from bowerbird.storage.recent import Recent

_CACHE_BYTES = 32_000_000
_WHOLE = 16
_FACETS = 64


class RowSelection:
    """The documents that meet a filter, with the fitting rows behind them; arrays are read-only.

    ``rows`` is None where every row fits. Rows of dead documents may be set; ``mask`` is of living ones only.
    """

    def __init__(self, mask: Mask, count: int, rows: Mask | None = None, condition: Filter | None = None) -> None:
        self.mask, self.count = mask, count
        self.rows, self.condition = rows, condition
        self._documents: NDArray[np.intp] | None = None

    @property
    def documents(self) -> NDArray[np.intp]:
        """The numbers of the selected documents, rising; found once."""
        if self._documents is None:
            self._documents = np.flatnonzero(self.mask)
        return self._documents


class Selector:
    """Evaluates filters in one view; remembers the latest conditions, so the facets of a query cost little."""

    def __init__(self, columns: Columns, alive: Mask) -> None:
        self.columns = columns
        self.alive = alive
        self.document_count = len(alive)
        self.starts: NDArray[np.int64] = columns.starts.first(len(alive) + 1)
        self.row_count = int(self.starts[-1])
        self.row_documents: NDArray[np.int32] = columns.row_documents.first(self.row_count)
        self.flat = self.row_count == self.document_count
        """Whether every document has one row, so that rows and documents are the same numbers."""
        self.everything = RowSelection(alive, int(np.count_nonzero(alive)))
        room = max(_WHOLE, _CACHE_BYTES // max(1, self.row_count))
        self._conditions: Recent[str, Mask] = Recent(min(room, 512))
        self.facets: Recent[str, FacetCounts] = Recent(_FACETS)
        """Facets counted over all documents, kept by ``facets``."""
        self._selections: Recent[str, RowSelection] = Recent(_WHOLE)

    def select(self, condition: Filter | None) -> RowSelection:
        """The living documents that meet a filter. Raises InputError for an unknown field or a wrong type."""
        if condition is None:
            return self.everything
        key = repr(condition)
        selection = self._selections.get(key)
        if selection is None:
            selection = self._select(condition)
            self._selections.put(key, selection)
        return selection

    def _select(self, condition: Filter) -> RowSelection:
        for name in fields_of(condition):
            self.resolve(name, "filters")
        rows = self._evaluate(condition)
        mask = rows if self.flat else np.logical_or.reduceat(rows, self.starts[:-1]) if len(rows) else rows
        mask = mask & self.alive
        for result in (mask, rows):
            result.flags.writeable = False
        return RowSelection(mask, int(np.count_nonzero(mask)), rows, condition)

    def fitting_rows(self, condition: Filter | None) -> Mask | None:
        """(rows,) bool: the rows that meet a filter; None for no filter. Do not write to it."""
        return self.select(condition).rows

    def resolve(self, name: str, part: str) -> str:
        """The field that a name means, case aside. Raises InputError naming the nearest known."""
        found = self.field_of(name)
        if found is not None:
            return found
        nearest = process.extractOne(name, list(self.columns.fields()), scorer=fuzz.WRatio)
        expected = f"a known field, such as {nearest[0]!r}" if nearest else "a known field"
        raise InputError("unknown field", field=part, found=name, expected=expected)

    def field_of(self, name: str) -> str | None:
        """The field that a name means, case aside; None where there is none."""
        if self.columns.kind(name) is not None:
            return name
        folded = name.casefold()
        return next((other for other in self.columns.fields() if other.casefold() == folded), None)

    def _evaluate(self, condition: Filter) -> Mask:
        match condition:
            case And(parts):
                masks = [self._evaluate(part) for part in parts]
                return np.logical_and.reduce(masks) if len(masks) != 2 else masks[0] & masks[1]
            case Or(parts):
                masks = [self._evaluate(part) for part in parts]
                return np.logical_or.reduce(masks) if len(masks) != 2 else masks[0] | masks[1]
            case Not(part):
                return ~self._evaluate(part)
            case _:
                # Equal conditions may differ in type (1.0 == True), their texts do not.
                key = repr(condition)
                mask = self._conditions.get(key)
                if mask is None:
                    mask = self._evaluate_condition(condition)
                    self._conditions.put(key, mask)
                return mask

    def _evaluate_condition(self, condition: Equals | OneOf | Range | Under | Exists) -> Mask:
        name = self.resolve(condition.field, "filters")
        match condition:
            case Equals(_, value):
                mask = self._any_of(name, (value,))
            case OneOf(_, values):
                mask = self._any_of(name, values)
            case Under(_, path):
                mask = self._under(name, path)
            case Range():
                mask = self._between(name, condition)
            case Exists():
                mask = self._exists(name)
        mask.flags.writeable = False
        return mask

    def _any_of(self, name: str, values: tuple[Scalar, ...]) -> Mask:
        if name == ID_FIELD:
            return self._ids(values)
        keyword, number = self.columns.keywords.get(name), self.columns.numbers.get(name)
        mask: Mask | None = None
        if keyword is not None:
            folded = fold_path if name == PATH_FIELD else fold
            dictionary = self.columns.dictionaries[name]
            codes = {dictionary.find(folded(scalar_text(value))) for value in values} - {NO_CODE}
            mask = keyword.where(self.row_count, lambda found: _is_in(found, sorted(codes), len(dictionary.values)))
        if number is not None:
            numbers = [parsed for value in values if (parsed := _number(value)) is not None]
            if not numbers and keyword is None:
                raise InputError(f"{name} holds numbers", field="filters", found=values[0], expected="a number")
            equal = number.where(self.row_count, lambda found: np.isin(found, numbers))
            mask = equal if mask is None else mask | equal
        return np.zeros(self.row_count, bool) if mask is None else mask

    def _ids(self, values: tuple[Scalar, ...]) -> Mask:
        hashes = np.array([id_hash(scalar_text(value)) for value in values], np.uint64)
        mask = np.isin(self.columns.row_ids.first(self.row_count), hashes)
        for document in np.flatnonzero(np.isin(self.columns.document_ids.first(self.document_count), hashes)):
            mask[self.starts[document] : self.starts[document + 1]] = True
        return mask

    def _under(self, name: str, path: str) -> Mask:
        column = self.columns.keywords.get(name)
        if column is None:
            if self.columns.numbers.get(name) is not None or name == ID_FIELD:
                raise InputError(f"{name} holds no paths", field="filters", found=path, expected="= or a range")
            return np.zeros(self.row_count, bool)
        dictionary = self.columns.dictionaries[name]
        codes = dictionary.under(fold_path(path))
        return column.where(self.row_count, lambda found: _is_in(found, codes, len(dictionary.values)))

    def _between(self, name: str, span: Range) -> Mask:
        column = self.columns.numbers.get(name)
        if column is None:
            if self.columns.kind(name) == "number":
                return np.zeros(self.row_count, bool)
            raise InputError(
                f"{name} holds words, not numbers, so it has no range", field="filters", expected="=, IN or EXISTS"
            )
        return column.where(self.row_count, lambda found: inside(found, span))

    def _exists(self, name: str) -> Mask:
        mask = np.full(self.row_count, name == ID_FIELD)
        for column in (self.columns.keywords.get(name), self.columns.numbers.get(name)):
            if column is not None:
                mask |= column.where(self.row_count, column.present)
        return mask


def inside(numbers: Array, span: Range) -> Mask:
    """Which numbers lie in a range; NaN never does."""
    above = below = None
    if span.low is not None:
        above = numbers >= span.low if span.low_inclusive else numbers > span.low
    if span.high is not None:
        below = numbers <= span.high if span.high_inclusive else numbers < span.high
    if above is None:
        return ~np.isnan(numbers) if below is None else below
    return above if below is None else above & below


def scalar_text(value: Scalar) -> str:
    """A filter's value as the text that a keyword column would hold: true, 42, 1.5."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() else str(value)
    return value


def _number(value: Scalar) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _is_in(found: Array, codes: list[int], size: int) -> Mask:
    if not codes:
        return np.zeros(len(found), bool)
    if len(codes) <= 8:
        mask: Mask = found == codes[0]
        for code in codes[1:]:
            mask |= found == code
        return mask
    # The last place stands for NO_CODE, which as an index is -1.
    table = np.zeros(size + 1, bool)
    table[codes] = True
    return table[found]
