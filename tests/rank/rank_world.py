"""A view of a few products made of plain lists, and candidates in it, for tests of ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Equals
from bowerbird.domain.ports import WordCounts
from bowerbird.rank.signals import NAMES, SignalTable
from bowerbird.retrieve.candidates import Candidates


class PlainView:
    """Products by their words by field, numbers, texts and vectors; a keyword is one text by product."""

    def __init__(
        self,
        count: int,
        words: Mapping[str, Sequence[str]] | None = None,
        numbers: Mapping[str, Sequence[float]] | None = None,
        texts: Mapping[str, Sequence[str]] | None = None,
        vectors: Sequence[Sequence[float] | None] = (),
    ) -> None:
        self.size = count
        self._words, self._numbers, self._texts = words or {}, numbers or {}, texts or {}
        self._vectors = vectors

    def seqs(self, documents):
        return np.asarray(documents, np.int64) + 100

    def keys(self, documents):
        return np.asarray(documents, np.uint64) + 1_000

    def numbers(self, name, documents):
        return np.array(self._numbers.get(name, [np.nan] * self.size), float)[documents]

    def fields(self):
        return {**dict.fromkeys(self._numbers, "number"), **dict.fromkeys(self._texts, "keyword")}

    def codes(self, name, documents):
        texts = self._texts.get(name, [""] * self.size)
        known = [text for text in dict.fromkeys(texts) if text]
        return np.array([known.index(texts[one]) if texts[one] else -1 for one in documents.tolist()], np.int32)

    def texts(self, name, documents):
        texts = self._texts.get(name, [""] * self.size)
        return [(texts[one],) if texts[one] else () for one in documents.tolist()]

    def select(self, condition):
        mask = np.ones(self.size, bool)
        if isinstance(condition, Equals) and condition.field == "in_stock":
            mask = np.array(self._numbers.get("stock", [1] * self.size)) > 0
        elif isinstance(condition, Equals):
            if condition.field not in self._texts:
                raise InputError("unknown field", field=condition.field)
            mask = np.array([text == condition.value for text in self._texts[condition.field]])
        return SimpleNamespace(mask=mask, count=int(mask.sum()))

    def count_words(self, field, words, documents):
        texts = [self._words.get(field, [""] * self.size)[one].split() for one in documents.tolist()]
        lengths = np.array([len(text) for text in texts], np.int32)
        shape = (len(texts), len(words))
        counts = np.array([[text.count(word) for word in words] for text in texts], np.int32).reshape(shape)
        places = [[text.index(word) if word in text else -1 for word in words] for text in texts]
        every = [len(text.split()) for text in self._words.get(field, [])]
        mean = sum(every) / self.size if every else 0.0
        return WordCounts(counts, np.array(places, np.int32).reshape(shape), lengths, mean)

    def document_frequency(self, term):
        held = [{word for texts in self._words.values() for word in texts[one].split()} for one in range(self.size)]
        return sum(term in words for words in held)

    def vectors_of(self, name, document):
        row = self._vectors[document] if self._vectors and name == "text" else None
        return np.empty((0, 0), np.float32) if row is None else np.array([row], np.float32)

    def first_rows(self, name, documents):
        found = [self.vectors_of(name, one) for one in documents.tolist()]
        width = max((rows.shape[1] for rows in found), default=0)
        return np.array([rows[0] if len(rows) else np.full(width, np.nan) for rows in found], np.float32)

    def similarities(self, name, vector, documents):
        rows = [self.vectors_of(name, one) for one in documents.tolist()]
        return np.array([row[0] @ vector if len(row) else np.nan for row in rows], np.float32)


def candidates_of(scores: Sequence[float], **signals: Sequence[float]) -> Candidates:
    """The documents from 0 on, with scores that should fall."""
    columns = {name.replace("__", "."): floats(*values) for name, values in signals.items()}
    count = len(scores)
    return Candidates(
        np.arange(count, dtype=np.int32),
        floats(*scores),
        np.full(count, -1, np.int32),
        count,
        signals=columns,
        raw=columns,
    )


def table_of(count: int, **columns: Sequence[float]) -> SignalTable:
    return SignalTable.of({name: floats(*values) for name, values in columns.items()}, count)


def random_table(random: np.random.Generator, count: int, missing: float = 0.2) -> SignalTable:
    values = random.random((count, len(NAMES))).astype(np.float32)
    values[random.random(values.shape) < missing] = np.nan
    return SignalTable(values)


def floats(*values: float) -> np.ndarray:
    return np.array(values, np.float32)
