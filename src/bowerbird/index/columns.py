"""The attribute columns of every product: what filters, facets and sorting look at.

Products are documents in the order of their store numbers; each has one or more consecutive rows,
one for each variant. Deleted products stay until the columns are folded: the view knows who is alive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.index.arrays import Array, Growing
from bowerbird.index.column import NO_CODE, Column, Dictionary, Mask
from bowerbird.index.product_rows import BUILT_IN, PATH_FIELD, ProductRows, Values, id_hash
from bowerbird.index.word_rows import WordRows, append_words

Details: TypeAlias = "dict[str, Any]"


class Columns:
    """Keyword columns with their dictionaries, number columns, and the axes of documents and rows."""

    def __init__(self) -> None:
        self.keywords: dict[str, Column] = {}
        self.dictionaries: dict[str, Dictionary] = {}
        self.numbers: dict[str, Column] = {}
        self.words: dict[str, WordRows] = {}
        self.seqs = Growing.empty(np.int64)
        self.starts = Growing(np.zeros(1, np.int64))
        """The first row of each document, and behind the last the number of rows."""
        self.row_documents = Growing.empty(np.int32)
        self.document_ids = Growing.empty(np.uint64)
        """Hashes: nobody lists products by id, and a million texts would cost 100 MB."""
        self.row_ids = Growing.empty(np.uint64)
        """Hashes of the variants' ids, 0 for a product's own row."""

    @property
    def document_count(self) -> int:
        """Documents so far, dead ones included."""
        return len(self.seqs)

    @property
    def row_count(self) -> int:
        """Rows so far, those of dead documents included."""
        return len(self.row_documents)

    def kind(self, name: str) -> str | None:
        """``keyword``, ``number`` or ``path``; None for a field nobody has."""
        if name in BUILT_IN:
            return BUILT_IN[name]
        keyword, number = self.keywords.get(name), self.numbers.get(name)
        if keyword is None or number is None:
            return "keyword" if keyword is not None else "number" if number is not None else None
        return "number" if _weight(number) >= _weight(keyword) else "keyword"

    def fields(self) -> dict[str, str]:
        """Every field by kind, the built-in ones first."""
        names = dict.fromkeys([*BUILT_IN, *sorted({*self.keywords, *self.numbers})])
        return {name: self.kind(name) or "keyword" for name in names}

    def append(self, products: Sequence[ProductRows]) -> None:
        """Add documents at the end."""
        first_row = row = self.row_count
        document = first_document = self.document_count
        counts, variant_ids = [], []
        for product in products:
            self._stage(product, row)
            counts.append(len(product.own))
            variant_ids.extend([id_hash(name) for name in product.variant_ids] or [0])
            row += len(product.own)
            document += 1
        # A copy of the keys: a thread that lists the fields must not meet a growing dictionary.
        for column in [*self.keywords.values(), *self.numbers.values()]:
            column.flush(first_row, row)
        append_words(self.words, [product.words for product in products], first_document)
        self.document_ids.append(np.array([id_hash(product.id) for product in products], np.uint64))
        self.row_ids.append(np.array(variant_ids, np.uint64))
        self.starts.append(first_row + np.cumsum(np.array(counts, np.int64)))
        self.row_documents.append(np.repeat(np.arange(first_document, document, dtype=np.int32), counts))
        self.seqs.append(np.array([product.seq for product in products], np.int64))

    def _stage(self, product: ProductRows, row: int) -> None:
        rows = len(product.own)
        varying = {name for own in product.own for name in own}
        for name, values in product.shared.items():
            if name not in varying:
                self._stage_values(name, row, rows, values, constant=True)
        for name in varying:
            inherited = product.shared.get(name)
            cells = [own.get(name, inherited) for own in product.own]
            constant = all(cell == cells[0] for cell in cells)
            for offset, cell in enumerate(cells):
                if cell is not None:
                    self._stage_values(name, row + offset, 1, cell, constant)

    def _stage_values(self, name: str, row: int, rows: int, values: Values, constant: bool) -> None:
        texts = [value for value in values if isinstance(value, str)]
        numbers = [value for value in values if not isinstance(value, str)]
        if texts:
            column = self.keywords.get(name)
            if column is None:
                # The dictionary first: a reader that finds the column looks there next.
                self.dictionaries[name] = Dictionary()
                column = self.keywords[name] = Column(np.int32, NO_CODE)
            dictionary = self.dictionaries[name]
            code = dictionary.add_path if name == PATH_FIELD else dictionary.code
            column.stage(row, rows, [code(text) for text in texts], constant)
        if numbers:
            column = self.numbers.get(name)
            if column is None:
                column = self.numbers[name] = Column(np.float64, float("nan"))
            column.stage(row, rows, numbers, constant)

    def settle(self) -> None:
        """Choose dense or sparse for every column, after a build."""
        for column in self._columns():
            column.settle(self.row_count)

    def kept(self, alive: Mask) -> Columns:
        """Columns of the documents alive only, renumbered without gaps; ``alive`` also bounds what is looked at."""
        count = len(alive)
        starts = self.starts.first(count + 1)
        row_count = int(starts[count])
        keep = alive[self.row_documents.first(row_count)]
        renumbered = (np.cumsum(keep) - 1).astype(np.int32)
        columns = Columns()
        for name, column in list(self.keywords.items()):
            columns.keywords[name] = column.kept(keep, renumbered)
            columns.dictionaries[name] = Dictionary(list(self.dictionaries[name].values))
        columns.numbers = {name: column.kept(keep, renumbered) for name, column in list(self.numbers.items())}
        columns.words = {name: words.kept(alive) for name, words in list(self.words.items())}
        lengths = np.diff(starts)[alive]
        columns.seqs = Growing(self.seqs.first(count)[alive])
        columns.starts = Growing(np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]))
        columns.row_documents = Growing(np.repeat(np.arange(len(lengths), dtype=np.int32), lengths))
        columns.document_ids = Growing(self.document_ids.first(count)[alive])
        columns.row_ids = Growing(self.row_ids.first(row_count)[keep])
        columns.settle()
        return columns

    def _columns(self) -> Iterator[Column]:
        yield from list(self.keywords.values())
        yield from list(self.numbers.values())

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays; dictionaries are not counted."""
        axes = (self.seqs, self.starts, self.row_documents, self.document_ids, self.row_ids)
        words = sum(rows.nbytes for rows in self.words.values())
        return words + sum(axis.nbytes for axis in axes) + sum(column.nbytes for column in self._columns())


_AXES = ("seqs", "starts", "row_documents", "document_ids", "row_ids")


def columns_to_arrays(columns: Columns) -> tuple[dict[str, Array], Details]:
    """Everything as arrays and JSON-able details."""
    arrays: dict[str, Array] = {name: getattr(columns, name).array for name in _AXES}
    fields = []
    for number, (kind, name, column) in enumerate(
        [("keyword", *item) for item in columns.keywords.items()]
        + [("number", *item) for item in columns.numbers.items()]
    ):
        arrays[f"{number}/rows"], arrays[f"{number}/values"] = column.pair_rows.array, column.pair_values.array
        if column.dense is not None:
            arrays[f"{number}/dense"] = column.dense.array
        values = columns.dictionaries[name].values if kind == "keyword" else []
        fields.append({"name": name, "kind": kind, "constant": column.constant, "values": values})
    for name, words in columns.words.items():
        arrays[f"words/{name}/starts"], arrays[f"words/{name}/words"] = words.starts.array, words.words.array
    return arrays, {"fields": fields, "words": list(columns.words)}


def columns_from_arrays(arrays: Mapping[str, Array], details: Mapping[str, Any]) -> Columns:
    """What ``columns_to_arrays`` took apart."""
    columns = Columns()
    for axis in _AXES:
        setattr(columns, axis, Growing(arrays[axis]))
    for number, entry in enumerate(details["fields"]):
        keyword = entry["kind"] == "keyword"
        column = Column(np.int32, NO_CODE) if keyword else Column(np.float64, float("nan"))
        column.constant = bool(entry["constant"])
        column.pair_rows, column.pair_values = Growing(arrays[f"{number}/rows"]), Growing(arrays[f"{number}/values"])
        if f"{number}/dense" in arrays:
            column.dense = Growing(arrays[f"{number}/dense"])
        if keyword:
            columns.keywords[entry["name"]] = column
            columns.dictionaries[entry["name"]] = Dictionary(entry["values"])
        else:
            columns.numbers[entry["name"]] = column
    for name in details["words"]:
        columns.words[name] = WordRows(Growing(arrays[f"words/{name}/starts"]), Growing(arrays[f"words/{name}/words"]))
    return columns


def _weight(column: Column) -> int:
    return len(column.pair_rows) + (0 if column.dense is None else int(column.present(column.dense.array).sum()))


def ranges_of(starts: NDArray[np.int64], documents: Array) -> tuple[Array, Array]:
    """The first row and the number of rows of each document."""
    first = starts[documents]
    return first, starts[documents + 1] - first
