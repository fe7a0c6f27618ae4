"""What shoppers of a shop are likely to say: phrases with the part that they play in a query, and how they are said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from bowerbird.domain.product import AttributeValue, Product
from bowerbird.encode.folding import fold
from bowerbird.encode.speech_numbers import say_number, split_numbers


class Role(StrEnum):
    """The part that a phrase plays in a query."""

    KIND = "kind"
    ATTRIBUTE = "attribute"
    AUDIENCE = "audience"
    BRAND = "brand"
    TITLE = "title"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they are written, how often they are likely to be said, and their part in a query."""

    text: str
    weight: float = 1.0
    role: Role = Role.OTHER


MOST_ENTRIES = 200_000
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_BREAK = re.compile(r"[(),;:|/\[\]]| - ")
_AUDIENCES = frozenset("gender audience age age_group".split())
_SAID = {
    **{"cm": "centimeters", "mm": "millimeters", "kg": "kilograms", "ml": "milliliters", "ft": "foot", "oz": "ounces"},
    **{"lb": "pounds", "lbs": "pounds", "gb": "gigabytes", "tb": "terabytes", "&": "and"},
}
_LONGEST_VALUE = 3
_LONGEST_TITLE = 8
_SHORTEST_STEM = 2


def say_text(text: str) -> list[str]:
    """The words of a text as they are said: small letters, numbers and units in words; no Chinese.

    ``Full-Zip Tee 55 cm`` gives ``full zip tee fifty five centimeters``.
    """
    folded, _ = fold(text)
    said: list[str] = []
    for piece in split_numbers(folded.replace("&", " and ")):
        number = say_number(piece)
        said += number or [_SAID.get(word, word) for word in _WORD.findall(piece)]
    return said


def count_phrases(products: Iterable[Product]) -> list[Phrase]:
    """The phrases of a shop's products; each weighs the square root of how many products have it.

    Past ``MOST_ENTRIES`` what was counted once is dropped (lossy counting, Manku and Motwani, VLDB 2002).
    """
    counts: Counter[tuple[Role, str]] = Counter()
    for product in products:
        counts.update({(role, " ".join(words)) for role, words in _phrases_of(product) if words})
        if len(counts) > MOST_ENTRIES:
            counts = Counter({entry: count for entry, count in counts.items() if count > 1})
    return [Phrase(text, sqrt(count), role) for (role, text), count in sorted(counts.items())]


def _phrases_of(product: Product) -> Iterator[tuple[Role, list[str]]]:
    title = say_text(product.title)
    if len(title) <= _LONGEST_TITLE:
        yield Role.TITLE, title
    # What a thing is called comes last in its title: "Montana Wind Jacket".
    head = say_text(re.split(r"\s\d", _BREAK.split(product.title)[0])[0])
    for length in (1, 2):
        if len(head) > length:
            yield Role.KIND, head[-length:]
    for path in product.categories:
        for name in re.split(r"[/&,]| and ", path):
            if len(words := say_text(name)) <= _LONGEST_VALUE:
                yield Role.KIND, words
    yield Role.BRAND, say_text(product.brand)
    for attributes in (product.attributes, *(variant.attributes for variant in product.variants)):
        for name, value in attributes.items():
            role = Role.AUDIENCE if name in _AUDIENCES else Role.ATTRIBUTE
            for text in _texts_of(value):
                if len(words := say_text(text)) <= _LONGEST_VALUE:
                    yield role, words
    for word in say_text(product.description):
        yield Role.OTHER, [word]


def _texts_of(value: AttributeValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def other_numbers(words: list[str]) -> list[list[str]]:
    """A kind in the other number: ``running short`` for ``running shorts`` and back; two where both are likely."""
    *first, last = words
    return [[*first, form] for form in _other_forms(last)]


def _other_forms(word: str) -> list[str]:
    if len(word) < _SHORTEST_STEM:
        return []
    if word.endswith("ies"):
        return [f"{word[:-3]}y", word[:-1]]
    if re.search("(?:ss|sh|ch|x)es$", word):
        return [word[:-2]]
    if re.search("[^s]s$", word):
        return [word[:-1]]
    if re.search("[^aeiou]y$", word):
        return [f"{word[:-1]}ies"]
    return [f"{word}es" if re.search("(?:ss|sh|ch|x)$", word) else f"{word}s"]
