"""Texts that somebody judged or that judge nothing: Chinese reviews, starred English ones, and plain queries."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import FormatError
from bowerbird.encode.folding import fold

PARTS = 10
TEST, VALIDATION = 0, 1
"""Of the parts by hash: what nothing is fitted on, and what choices are made on."""


@dataclass(frozen=True, eq=False)
class Reviews:
    """Texts with labels (n,) -1, 0 or 1, topics (n,) by name, and parts (n,) 0 to 9 by hash of the folded text."""

    texts: tuple[str, ...]
    labels: NDArray[np.int_]
    topics: NDArray[np.str_]
    parts: NDArray[np.int_]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, which: NDArray[np.bool_]) -> Reviews:
        """Only some of them."""
        texts = tuple(self.texts[place] for place in np.flatnonzero(which).tolist())
        return Reviews(texts, self.labels[which], self.topics[which], self.parts[which])


def read_chinese(path: Path) -> Reviews:
    """Reviews of a CSV with the columns cat, label (1 good, 0 bad) and review.

    Texts that are alike but for marks, blanks, width and script are one; those whose copies disagree are left out.
    Raises FormatError.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = [(row["review"], 1 if row["label"] == "1" else -1, row["cat"]) for row in csv.DictReader(file)]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise FormatError(f"is no file of reviews: {error}", where=str(path)) from error
    return _distinct(rows)


def read_stars(path: Path) -> Reviews:
    """Reviews of a CSV with the columns sku, rating_value, title and review; three stars are neutral.

    The parts are by product, so that no product is on both sides. Raises FormatError.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        labels = np.array([np.sign(int(row["rating_value"]) - 3) for row in rows], np.int_)
        texts = tuple(_joined(row["title"], row["review"]) for row in rows)
        topics = np.array([row["sku"] for row in rows])
    except (OSError, KeyError, ValueError) as error:
        raise FormatError(f"is no file of reviews: {error}", where=str(path)) from error
    return Reviews(texts, labels, topics, np.array([part_of(sku) for sku in topics.tolist()], np.int_))


def read_labelled(path: Path) -> Reviews:
    """Texts of a TSV with the columns label and text. Raises FormatError."""
    names = {"positive": 1, "neutral": 0, "negative": -1}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        pairs = [line.split("\t") for line in lines if line]
        return _distinct([(text, names[name], "") for name, text in pairs])
    except (OSError, KeyError, ValueError) as error:
        raise FormatError(f"is no file of labelled texts: {error}", where=str(path)) from error


def bare(text: str) -> str:
    """What is left of a text when only letters and digits count: copies of one review share it."""
    return "".join(character for character in fold(text)[0] if character.isalnum())


def part_of(key: str) -> int:
    """The part, 0 to 9, that a text or product falls in, by md5."""
    return int(md5(key.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest(), 16) % PARTS


def _joined(title: str, review: str) -> str:
    """Title and review; a title that is the review's beginning is said once."""
    start = bare(title)
    return review if bare(review).startswith(start) else f"{title.strip()}. {review}"


def _distinct(rows: Sequence[tuple[str, int, str]]) -> Reviews:
    kept = list(_agreed(rows))
    return Reviews(
        tuple(text for text, _, _, _ in kept),
        np.array([label for _, label, _, _ in kept], np.int_),
        np.array([topic for _, _, topic, _ in kept]),
        np.array([part_of(key) for _, _, _, key in kept], np.int_),
    )


def _agreed(rows: Sequence[tuple[str, int, str]]) -> Iterator[tuple[str, int, str, str]]:
    copies: dict[str, list[tuple[str, int, str]]] = {}
    for row in rows:
        copies.setdefault(bare(row[0]), []).append(row)
    for key, same in copies.items():
        if key and len({label for _, label, _ in same}) == 1:
            yield (*same[0], key)
