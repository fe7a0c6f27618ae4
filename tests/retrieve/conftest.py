"""A tiny index in memory, exact by brute force, and encoders that know a handful of words and colours."""

import re
from collections import Counter
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image

from bowerbird.domain.filters import Equals
from bowerbird.domain.ports import Matches
from bowerbird.retrieve.wishes import Encoders

AXES = {"red": 0, "blue": 1, "shoe": 2, "bag": 3, "leather": 4, "trainer": 2, "crimson": 0}
DIM = 8


class Token(NamedTuple):
    text: str
    start: int
    end: int


def cut(text):
    return [Token(m.group().lower().rstrip("s"), m.start(), m.end()) for m in re.finditer(r"\w+", text)]


def direction(text):
    vector = np.full(DIM, 0.01, np.float32)
    for token in cut(text):
        if token.text in AXES:
            vector[AXES[token.text]] += 1
    return vector / np.linalg.norm(vector)


@dataclass
class Thing:
    """A product: its text, what its photo shows (None: it has none), and a brand."""

    text: str
    photo: str | None = None
    brand: str = ""
    seq: int = 0
    vectors: dict = field(default_factory=dict)


@dataclass
class SmallSelection:
    mask: np.ndarray

    @property
    def count(self):
        return int(self.mask.sum())


class SmallView:
    applied = 1

    def __init__(self, things):
        self.things = things
        for number, thing in enumerate(things):
            thing.seq = thing.seq or number + 1
            thing.vectors.setdefault("text", direction(thing.text)[None])
            if thing.photo is not None:
                thing.vectors["photo"] = thing.vectors["joint.photo"] = direction(thing.photo)[None]
            else:
                thing.vectors["joint.text"] = direction(thing.text)[None]

    @property
    def size(self):
        return len(self.things)

    def seqs(self, documents):
        return np.array([self.things[d].seq for d in documents], np.int64)

    def select(self, condition):
        if condition is None:
            return SmallSelection(np.ones(self.size, bool))
        assert isinstance(condition, Equals)
        return SmallSelection(np.array([thing.brand == condition.value for thing in self.things]))

    def match_terms(self, query, limit, within=None):
        found = []
        for document, thing in enumerate(self.things):
            if within is not None and not within.mask[document]:
                continue
            score, held = 0.0, 0
            for clause in query.clauses:
                best = 0.0
                for name, boost in query.boosts.items():
                    words = Counter(token.text for token in cut(thing.brand if name == "brand" else self._text(thing)))
                    for term, weight in clause.variants:
                        hits = words[term] or (clause.prefix and any(word.startswith(term) for word in words))
                        if hits:
                            rarity = log(1 + self.size / (1 + self.document_frequency(term)))
                            best += boost * weight * rarity * 2 * hits / (hits + 1)
                score, held = score + best, held + (best > 0)
            if held >= query.minimum and held:
                found.append((-score, document))
        found.sort()
        documents = np.array([document for _, document in found[:limit]], np.int32)
        scores = np.array([-score for score, _ in found[:limit]], np.float32)
        return Matches(documents, scores, len(found))

    def nearest(self, vector_field, vector, limit, within=None):
        documents = np.arange(self.size, dtype=np.int32)
        if within is not None:
            documents = documents[within.mask]
        values = self.similarities(vector_field, vector, documents)
        documents, values = documents[~np.isnan(values)], values[~np.isnan(values)]
        order = np.lexsort((documents, -values))[:limit]
        variants = np.array([7] * len(order), np.int32) if vector_field == "photo" else None
        return Matches(documents[order], values[order], len(documents), variants)

    def similarities(self, vector_field, vector, documents):
        rows = [self.things[d].vectors.get(vector_field) for d in documents]
        return np.array([np.nan if row is None else (row @ vector).max() for row in rows], np.float32)

    def vectors_of(self, vector_field, document):
        return self.things[document].vectors.get(vector_field, np.zeros((0, DIM), np.float32))

    def order(self, documents, sort, within=None):
        assert sort.value == "newest"
        return documents[np.argsort([-self.things[d].seq for d in documents], kind="stable")]

    def document_frequency(self, term):
        return sum(any(token.text == term for token in cut(self._text(thing))) for thing in self.things)

    def _text(self, thing):
        return f"{thing.text} {thing.brand}"


class WordEncoder:
    dim, fingerprint = DIM, "words"

    def encode(self, texts):
        return np.stack([direction(text) for text in texts])

    def encode_query(self, text):
        return direction(text)


class PhotoEncoder:
    """A photo is what its bytes say it shows."""

    dim, fingerprint = DIM, "photos"

    def __init__(self):
        self.calls = 0

    def encode(self, photos):
        self.calls += 1
        return np.stack([direction(photo.info["shows"]) for photo in photos])


class SameSpace:
    dim = DIM

    def photos(self, raw):
        return raw

    def texts(self, vectors):
        return vectors

    def project(self, raw):
        return raw


def read_photo(photo):
    image = Image.new("RGB", (2, 2))
    image.info["shows"] = photo.data.decode()
    return image


@pytest.fixture
def encoders():
    return Encoders(cut, WordEncoder(), PhotoEncoder(), SameSpace(), SameSpace(), read_photo=read_photo)


@pytest.fixture
def view_of():
    def make(*things):
        return SmallView([Thing(thing) if isinstance(thing, str) else Thing(**thing) for thing in things])

    return make


@pytest.fixture
def texts_of():
    def texts(view, candidates):
        return [view.things[document].text for document in candidates.documents]

    return texts


@pytest.fixture
def cut_words():
    return cut
