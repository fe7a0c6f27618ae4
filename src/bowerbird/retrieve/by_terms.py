"""The terms leg: words become clauses over the term fields, with what may stand for a word nobody's product has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Protocol

import numpy as np

from bowerbird.domain.ports import Cut, IndexView, Matches, Selection, Span, TermClause, TermQuery
from bowerbird.encode.terms import group_words

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents


@dataclass(frozen=True, slots=True)
class TermSettings:
    """How words are matched."""

    boosts: Mapping[str, float] = field(default_factory=lambda: {"whole": 1.0, "sku": 1.0})
    """The term fields that are scored. ``whole`` is the product's text with its title and description repeated,
    one field instead of six: repeating is the simple BM25F of Robertson, Zaragoza and Taylor, CIKM 2004."""

    share: float = 0.5
    """The share of a query's words that a product must hold, rounded up."""

    partial: float = 0.8
    """What the score of a product counts that holds only part of the words, where another holds them all."""

    corrections: int = 3
    """How many of the shop's words may stand for a word that no product has."""

    joined_weight: float = 0.9
    """What two words written as one count: "smart watch" also finds smartwatch."""

    most_words: int = 32
    """Words of a query past this many are not looked at."""

    most_characters: int = 1_000
    """Nor is what stands further on."""


class Corrections(Protocol):
    """The shop's words that are spelt nearly like a word, with weights below 1; none where the word is known."""

    def near(self, word: str, limit: int) -> list[tuple[str, float]]:
        """At most ``limit`` words with their weights, the likeliest first."""
        ...


def plan_terms(
    text: str,
    cut: Cut,
    view: IndexView,
    settings: TermSettings,
    corrections: Corrections | None = None,
    *,
    last_is_prefix: bool = False,
) -> TermQuery | None:
    """The query for some words, None where they hold no term.

    With ``last_is_prefix`` the last word also matches longer words, as while it is being typed.
    """
    words = group_words(cut(text[: settings.most_characters]))[: settings.most_words]
    if not words:
        return None
    clauses: list[TermClause] = []
    known = 0
    for position, word in enumerate(words):
        prefix = last_is_prefix and position == len(words) - 1
        found = [_clause(text, token, cut, view, settings, corrections, prefix) for token in word]
        clauses.extend(clause for clause, _ in found)
        known += any(matches for _, matches in found)
    clauses.extend(_joined(text, words, cut, view, settings))
    minimum = max(1, ceil(known * settings.share))
    return TermQuery(tuple(dict.fromkeys(clauses)), settings.boosts, minimum)


def match_terms(
    view: IndexView, query: TermQuery, limit: int, within: Selection | None, settings: TermSettings
) -> tuple[Matches, Documents]:
    """The matches, and the sorted documents among them that hold all the words.

    What holds only part of the words counts less; where nothing holds enough of them, any one will do.
    """
    matches = view.match_terms(query, limit, within)
    if not matches.total and query.minimum > 1:
        matches = view.match_terms(replace(query, minimum=1), limit, within)
        return matches, np.empty(0, np.int32)
    words = len(query.clauses)
    if words == 1:
        return matches, np.sort(matches.documents)
    whole = np.sort(view.match_terms(replace(query, minimum=words), limit, within).documents)
    if settings.partial == 1.0 or not len(whole) or len(whole) == len(matches.documents):
        return matches, whole
    factors = np.where(np.isin(matches.documents, whole), np.float32(1), np.float32(settings.partial))
    scores = matches.scores * factors
    order = np.lexsort((matches.documents, -scores))
    return replace(matches, documents=matches.documents[order], scores=scores[order]), whole


def brand_share(view: IndexView, query: TermQuery) -> float:
    """How far the words are nothing but a brand's name, 0..1.

    That is the share, among the products that hold them all, of those whose brand does. What a vector makes of a
    name says little: it finds products whose names look like the brand's.
    """
    minimum = len(query.clauses)
    brand = view.match_terms(TermQuery(query.clauses, {"brand": 1.0}, minimum), 1, None).total
    if not brand:
        return 0.0
    whole = view.match_terms(TermQuery(query.clauses, query.boosts, minimum), 1, None).total
    return min(1.0, brand / max(whole, 1))


def _clause(
    text: str,
    token: Span,
    cut: Cut,
    view: IndexView,
    settings: TermSettings,
    corrections: Corrections | None,
    prefix: bool,
) -> tuple[TermClause, bool]:
    """The clause for a token and whether any product is known to match it."""
    variants = {token.text: 1.0}
    known = prefix or view.document_frequency(token.text) > 0
    if not known and corrections is not None:
        for word, weight in corrections.near(text[token.start : token.end], settings.corrections):
            for term in cut(word):
                variants.setdefault(term.text, weight)
                known = True
    return TermClause(tuple(variants.items()), prefix), known


def _joined(
    text: str, words: Sequence[Sequence[Span]], cut: Cut, view: IndexView, settings: TermSettings
) -> list[TermClause]:
    clauses = []
    for first, second in pairwise(words):
        surfaces = [text[word[0].start : max(token.end for token in word)] for word in (first, second)]
        if not all(surface.isascii() and surface.isalpha() for surface in surfaces):
            continue
        terms = cut("".join(surfaces))
        if len(terms) == 1 and view.document_frequency(terms[0].text) > 0:
            clauses.append(TermClause(((terms[0].text, settings.joined_weight),)))
    return clauses
