"""The shop's own words and phrases, counted over its products: what spelling and suggestions know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bowerbird.domain.ports import Cut
from bowerbird.domain.product import AttributeValue, Product
from bowerbird.encode.folding import HAN, fold
from bowerbird.encode.terms import group_words

MOST_ENTRIES = 400_000
READ_CLOSELY = 50_000
_LONGEST_PHRASE = 3
_LONGEST_TITLE = 60
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HAN = re.compile(f"[{HAN}]")
_BREAK = re.compile(r"[,;:()\[\]{}|/\\!?\"，。；：（）【】、]|\s[-–—]\s|\.\s")
_STOP = frozenset("a an and at by for from in into of on or the to up with w".split())
_KIND_ATTRIBUTES = ("product_type", "type", "kind", "style")


class PhraseKind(StrEnum):
    """Where a phrase comes from."""

    CATEGORY = "category"
    BRAND = "brand"
    KIND = "kind"
    TITLE = "title"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the shop writes it, where it comes from and how many products have it."""

    text: str
    kind: PhraseKind
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded words with how many products hold each, and the phrases, most frequent first."""

    words: dict[str, int]
    brands: frozenset[str]
    phrases: tuple[Phrase, ...]


class VocabularyBuilder:
    """Counts products one at a time in bounded memory.

    Past ``MOST_ENTRIES`` what was counted once is dropped (lossy counting, Manku and Motwani, VLDB 2002), so in a
    large shop the rarest phrases, not the common ones, may be missing. Past ``READ_CLOSELY`` products only titles,
    brands and categories are read, and every tenth title for phrases: by then the common ones are known.
    """

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._words: Counter[str] = Counter()
        self._phrases: Counter[tuple[PhraseKind, str]] = Counter()
        self._surfaces: dict[tuple[PhraseKind, str], str] = {}
        self._brands: set[str] = set()
        self._added = 0

    def add(self, product: Product) -> None:
        """Count one product."""
        self._added += 1
        closely = self._added <= READ_CLOSELY
        translations = product.translations.values()
        texts = [product.title, product.brand, *product.categories, *(text.title for text in translations)]
        if closely:
            texts += [product.description, *(text.description for text in translations)]
            for attributes in (product.attributes, *(variant.attributes for variant in product.variants)):
                for value in attributes.values():
                    texts.extend(_texts_of(value))
        self._words.update({word for text in texts for word in words_of(text)})
        self._brands.update(words_of(product.brand))
        phrases = self._phrases_of(product, with_runs=closely or self._added % 10 == 0)
        found = {(kind, key): text for kind, text in phrases if (key := key_of(text))}
        self._phrases.update(found.keys())
        for entry, text in found.items():
            self._surfaces.setdefault(entry, text)
        self._prune()

    def finish(self) -> Vocabulary:
        """The vocabulary of what was added."""
        best: dict[str, tuple[PhraseKind, str]] = {}
        rank = list(PhraseKind)
        for key, count in self._phrases.items():
            kind, folded = key
            if kind is PhraseKind.PHRASE and count < 2:
                continue
            # A phrase that is both a category and part of titles is shown once, as the category.
            if folded not in best or rank.index(kind) < rank.index(best[folded][0]):
                best[folded] = key
        counted = {
            folded: max(self._phrases[kind, folded] for kind in PhraseKind if (kind, folded) in self._phrases)
            for folded in best
        }
        phrases = [Phrase(self._surfaces[key], key[0], counted[folded]) for folded, key in best.items()]
        phrases.sort(key=lambda phrase: (-phrase.count, phrase.text))
        return Vocabulary(dict(self._words), frozenset(self._brands), tuple(phrases))

    def _phrases_of(self, product: Product, with_runs: bool) -> Iterator[tuple[PhraseKind, str]]:
        for path in product.categories:
            for name in path.split("/"):
                yield PhraseKind.CATEGORY, name.strip()
        if product.brand:
            yield PhraseKind.BRAND, product.brand.strip()
        for name in _KIND_ATTRIBUTES:
            for text in _texts_of(product.attributes.get(name, "")):
                if words_of(text) and len(text) <= _LONGEST_TITLE:
                    yield PhraseKind.KIND, text.strip()
        for title in (product.title, *(text.title for text in product.translations.values())):
            if len(title) <= _LONGEST_TITLE:
                yield PhraseKind.TITLE, title.strip()
            if with_runs:
                for text in self._runs(title):
                    yield PhraseKind.PHRASE, text

    def _runs(self, title: str) -> Iterator[str]:
        """Runs of one to three words that begin and end with a word that says something."""
        words = [(word[0].start, max(token.end for token in word)) for word in group_words(self._cut(title))]
        telling = [_says_something(title[start:end]) for start, end in words]
        for first in range(len(words)):
            if not telling[first]:
                continue
            for last in range(first, min(first + _LONGEST_PHRASE, len(words))):
                text = title[words[first][0] : words[last][1]]
                if _BREAK.search(text):
                    break
                if telling[last]:
                    yield text

    def _prune(self) -> None:
        for counter in (self._words, self._phrases):
            if len(counter) > MOST_ENTRIES:
                for key in [key for key, count in counter.items() if count == 1]:
                    del counter[key]
        if len(self._surfaces) > 2 * MOST_ENTRIES:
            self._surfaces = {key: text for key, text in self._surfaces.items() if key in self._phrases}


def build_vocabulary(products: Iterable[Product], cut: Cut) -> Vocabulary:
    """Count the words and phrases of a shop's products."""
    builder = VocabularyBuilder(cut)
    for product in products:
        builder.add(product)
    return builder.finish()


def words_of(text: str) -> list[str]:
    """The folded words of a text, apostrophes dropped; Chinese is no part of it."""
    folded, _ = fold(text)
    return [word.replace("'", "") for word in _WORD.findall(folded) if not _HAN.search(word)]


def key_of(text: str) -> str:
    """What phrases are looked up by: folded, blanks made one."""
    return " ".join(fold(text)[0].split())


def _says_something(word: str) -> bool:
    return len(word) > 1 and (word.isalpha() or bool(_HAN.search(word))) and word.lower() not in _STOP


def _texts_of(value: AttributeValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for text in value if isinstance(text, str)] if isinstance(value, tuple) else []
