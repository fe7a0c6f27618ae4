"""From a query to candidates.

    encode the wish -> find each part's matches -> gather the candidates -> read every signal of each -> fuse
    -> push down what is unwanted -> put in order

The result set is every product that holds enough of the words, and every product near enough by a vector, within the
filter. The best of each leg, ``pool`` of the words and ``neighbours`` of each vector, get every signal exactly;
the products further down have only their words, so that a page far down costs no more than the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bowerbird.domain.ports import IndexView, Selection, TermQuery
from bowerbird.domain.query import Query, Sort
from bowerbird.retrieve.by_example import find_example
from bowerbird.retrieve.by_terms import Corrections, TermSettings, brand_share, match_terms, plan_terms
from bowerbird.retrieve.by_vectors import VectorLeg, VectorSettings, find_nearest
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import find_sorted, rank, reciprocal_ranks
from bowerbird.retrieve.parts import ExamplePart, PhotoPart, Signal, TermLeg, WordsPart
from bowerbird.retrieve.unwanted import measure_unwanted
from bowerbird.retrieve.wishes import EncodedPhoto, EncodedWish, EncodedWords, Encoders, encode_wish

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

Part: TypeAlias = "WordsPart | PhotoPart | ExamplePart"


class Fusion(StrEnum):
    """Which legs count and how they are put together; all but the first are for comparing."""

    FUSED = "fused"
    TERMS = "terms"
    VECTORS = "vectors"
    RANKS = "ranks"


@dataclass(frozen=True, slots=True)
class RetrieveSettings:
    """How candidates are found and weighed."""

    fusion: Fusion = Fusion.FUSED
    terms: TermSettings = field(default_factory=TermSettings)
    vectors: VectorSettings = field(default_factory=VectorSettings)

    window: int = 10_000
    """How many products that hold the words are looked at; past it, the total stays exact and the facets do not."""

    pool: int = 300
    """How many of the best by terms get every signal."""

    terms_weight: float = 0.6
    """What the terms count in a score for words. Chosen out of fold by benchmarks/fusion.py; .5 to .7 are alike."""

    text_weight: float = 0.4
    """What the nearness of the text counts; less the more the words are nothing but a brand."""

    photo_of_words_weight: float = 0.15
    """What the nearness of a product's photo to the words counts."""

    text_of_photo_weight: float = 0.5
    """What a product without photos can score at most for a photo, against one that has photos."""

    words_beside_photos: float = 0.7
    """What a product that holds all the words counts at least for them where a photo is wanted too: whether it is
    red says more than how often the word stands in its text."""

    unwanted_weight: float = 0.8
    """How far a product sinks that is altogether what was not wanted."""


def retrieve(
    view: IndexView,
    query: Query,
    encoders: Encoders,
    settings: RetrieveSettings | None = None,
    corrections: Corrections | None = None,
    *,
    last_is_prefix: bool = False,
) -> Candidates:
    """Find the candidates for a query, in order of relevance. Raises PhotoError and, for the filter, InputError.

    Its examples, which only the store knows by their ids, are not looked at: see ``retrieve_encoded``.
    """
    within = None if query.filters is None else view.select(query.filters)
    encoded = EncodedQuery(encode_wish(query.wish, encoders), encode_wish(query.without, encoders))
    return retrieve_encoded(
        view, encoded, within, encoders, settings or RetrieveSettings(), corrections, last_is_prefix=last_is_prefix
    )


@dataclass(frozen=True, slots=True, eq=False)
class EncodedQuery:
    """What is wanted and what is not, in vectors."""

    wanted: EncodedWish
    unwanted: EncodedWish

    @property
    def examples(self) -> Documents | None:
        """The documents given as examples: who points at a product does not look for it, and it is no hit."""
        given = (*self.wanted.examples, *self.unwanted.examples)
        return np.array(given, np.int32) if given else None


def retrieve_encoded(
    view: IndexView,
    query: EncodedQuery,
    within: Selection | None,
    encoders: Encoders,
    settings: RetrieveSettings,
    corrections: Corrections | None = None,
    *,
    last_is_prefix: bool = False,
) -> Candidates:
    """``retrieve`` for a query that was encoded before, within a filter that was evaluated before."""
    wanted, unwanted = query.wanted, query.unwanted
    if wanted.empty:
        return browse(view, within, query, encoders, settings)

    parts: list[Part] = []
    terms = None
    if wanted.words is not None:
        terms = plan_terms(
            wanted.words.text, encoders.cut, view, settings.terms, corrections, last_is_prefix=last_is_prefix
        )
        parts.append(find_words(view, wanted.words, terms, within, settings))
    parts.extend(
        find_photo(view, photo, number, within, settings) for number, photo in enumerate(wanted.photos, start=1)
    )
    parts.extend(
        find_example(view, document, number, within, settings.vectors, query.examples)
        for number, document in enumerate(wanted.examples, start=1)
    )
    parts = [part for part in parts if part.found]
    if not parts:
        nothing = np.empty(0, np.int32)
        return Candidates(nothing, np.empty(0, np.float32), nothing, 0)
    pool = gather_pool(parts, settings)
    signals = [part.read(view, pool) for part in parts]
    scores = rank_legs(parts, pool) if settings.fusion is Fusion.RANKS else fuse_parts(parts, signals, pool, settings)
    documents, scores = add_tail(parts, pool, scores)
    if not unwanted.empty:
        scores = scores - settings.unwanted_weight * measure_unwanted(
            view, unwanted, documents, encoders.cut, settings.terms, settings.vectors
        )
    return put_in_order(view, parts, pool, documents, scores, signals).without(query.examples)


def find_words(
    view: IndexView,
    words: EncodedWords,
    terms: TermQuery | None,
    within: Selection | None,
    settings: RetrieveSettings,
) -> WordsPart:
    """Match the terms and look the words' vectors up."""
    term_leg, brand = None, 0.0
    if terms is not None and settings.fusion is not Fusion.VECTORS:
        matches, whole = match_terms(view, terms, settings.window, within, settings.terms)
        if len(matches.documents):
            term_leg = TermLeg.make(matches, settings.terms_weight, whole)
            brand = brand_share(view, terms)
    legs: list[tuple[VectorLeg, float]] = []
    wanted = (
        ("text", words.vector, settings.text_weight * (1 - brand)),
        ("joint.photo", words.shared, settings.photo_of_words_weight * (1 - brand)),
    )
    for vector_field, vector, weight in wanted:
        if vector is None or weight <= 0 or settings.fusion is Fusion.TERMS:
            continue
        leg = find_nearest(view, vector_field, vector_field, vector, within, settings.vectors)
        if leg is not None:
            legs.append((leg, weight))
    return WordsPart(words.weight, term_leg, tuple(legs))


def find_photo(
    view: IndexView, photo: EncodedPhoto, number: int, within: Selection | None, settings: RetrieveSettings
) -> PhotoPart:
    """Look a photo up among photos, and among the texts of products without photos."""
    suffix = "" if number == 1 else f" {number}"
    legs = []
    wanted = (("photo", photo.vector, 1.0), ("joint.text", photo.shared, settings.text_of_photo_weight))
    for vector_field, vector, weight in wanted:
        if vector is None:
            continue
        leg = find_nearest(view, vector_field + suffix, vector_field, vector, within, settings.vectors)
        if leg is not None:
            legs.append((leg, weight))
    return PhotoPart(photo.weight, tuple(legs))


def gather_pool(parts: Sequence[Part], settings: RetrieveSettings) -> Documents:
    """The documents that get every signal, sorted: the best by terms, and the neighbours in the result set."""
    found = [np.empty(0, np.int32)]
    for part in parts:
        if isinstance(part, PhotoPart):
            vectors = settings.vectors
            for leg, _ in part.legs:
                # Texts are only guessed at from a photo: those must be near to count at all.
                by_look = leg.vector_field == "photo"
                found.append(
                    leg.near(vectors.photo_floor, vectors.fewest_for_photo) if by_look else leg.near(vectors.floor)
                )
            continue
        if isinstance(part, ExamplePart):
            found.extend(leg.near(settings.vectors.floor / 2) for leg, _ in part.legs)
            continue
        matched = np.empty(0, np.int32)
        if part.terms is not None:
            matched = part.terms.matches.documents
            found.append(matched[: settings.pool])
        strange = settings.fusion is Fusion.FUSED and part.terms is None
        for leg, _ in part.legs:
            found.append(leg.near(settings.vectors.strange_floor if strange else settings.vectors.floor))
            found.append(np.intersect1d(leg.matches.documents, matched))
    return np.unique(np.concatenate(found)).astype(np.int32, copy=False)


def fuse_parts(
    parts: Sequence[Part], signals: Sequence[Mapping[str, Signal]], pool: Documents, settings: RetrieveSettings
) -> Floats:
    """The parts' scores in proportion to their weights: what satisfies all of them stands first."""
    total = sum(part.weight for part in parts)
    summed = np.zeros(len(pool), np.float32)
    for part, found in zip(parts, signals, strict=True):
        if isinstance(part, WordsPart) and len(parts) > 1:
            score = part.score_beside_photos(found, pool, settings.words_beside_photos)
        else:
            score = part.score(found)
        summed += np.float32(part.weight) * score
    return np.asarray(summed / np.float32(total), np.float32)


def rank_legs(parts: Sequence[Part], pool: Documents) -> Floats:
    """Reciprocal ranks over all the legs, for comparing."""
    rankings = [leg.matches.documents for part in parts for leg, _ in part.legs]
    rankings += [part.terms.matches.documents for part in parts if isinstance(part, WordsPart) and part.terms]
    # One more than any score of words alone, which the documents after the pool have.
    return 1 + reciprocal_ranks(rankings, pool)


def add_tail(parts: Sequence[Part], pool: Documents, scores: Floats) -> tuple[Documents, Floats]:
    """The pool, and after it the documents that only hold the words, below the pool's last of their kind."""
    words = next((part for part in parts if isinstance(part, WordsPart)), None)
    if words is None or words.terms is None:
        return pool, scores
    matches = words.terms.matches
    outside = find_sorted(pool, matches.documents) < 0
    share = np.float32(words.weight / sum(part.weight for part in parts))
    tail = share * words.score_terms_alone(matches.scores[outside])
    return np.concatenate([pool, matches.documents[outside]]), np.concatenate([scores, tail])


def put_in_order(
    view: IndexView,
    parts: Sequence[Part],
    pool: Documents,
    documents: Documents,
    scores: Floats,
    signals: Sequence[Mapping[str, Signal]],
) -> Candidates:
    """Order by score, then the newest; ``documents`` begin with the pool."""
    order = rank(scores, view.seqs(documents))
    in_pool = np.where(order < len(pool), order, -1)
    found = {name: signal for part in signals for name, signal in part.items()}
    beyond = sum(
        part.terms.matches.total - len(part.terms.matches.documents)
        for part in parts
        if isinstance(part, WordsPart) and part.terms is not None
    )
    return Candidates(
        documents=documents[order],
        scores=scores[order],
        variants=_nearest_variants(parts, documents[order]),
        total=len(documents) + beyond,
        exhaustive=beyond == 0,
        signals={name: _pick(signal.scaled, in_pool) for name, signal in found.items()},
        raw={name: _pick(signal.raw, in_pool) for name, signal in found.items()},
    )


def browse(
    view: IndexView,
    within: Selection | None,
    query: EncodedQuery,
    encoders: Encoders,
    settings: RetrieveSettings,
) -> Candidates:
    """Everything within the filter, the newest first: what a query that asks for nothing gets."""
    unwanted = query.unwanted
    selection = within or view.select(None)
    documents = view.order(np.flatnonzero(selection.mask).astype(np.int32), Sort.NEWEST, within)
    scores = np.zeros(len(documents), np.float32)
    if not unwanted.empty:
        scores = -settings.unwanted_weight * measure_unwanted(
            view, unwanted, documents, encoders.cut, settings.terms, settings.vectors
        )
        order = np.argsort(-scores, kind="stable")
        documents, scores = documents[order], scores[order]
    everything = Candidates(documents, scores, np.full(len(documents), -1, np.int32), len(documents))
    return everything.without(query.examples)


def _pick(values: Floats, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    picked: Floats = np.append(values, np.float32(np.nan))[places].astype(np.float32, copy=False)
    return picked


def _nearest_variants(parts: Sequence[Part], documents: Documents) -> Documents:
    """For each document the variant whose photo was nearest: a wanted photo's own leg before the words'."""
    variants = np.full(len(documents), -1, np.int32)
    for part in sorted(parts, key=lambda part: isinstance(part, WordsPart)):
        for leg, _ in part.legs:
            if leg.matches.variants is None:
                continue
            order = np.argsort(leg.matches.documents, kind="stable")
            places = find_sorted(leg.matches.documents[order], documents)
            found = np.where(places >= 0, leg.matches.variants[order][places], -1)
            variants = np.where(variants < 0, found, variants).astype(np.int32)
    return variants
