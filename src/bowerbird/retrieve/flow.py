"""From a query to candidates.

    encode the wish -> find each part's matches -> gather the candidates -> read every signal of each -> fuse
    -> raise what is preferred -> push down what is unwanted -> put in order

The result set is every product that holds enough of the words, and every product near enough by a vector, within the
filter. The best of each leg, ``pool`` of the words and ``neighbours`` of each vector, get every signal exactly;
the products further down have only their words, so that a page far down costs no more than the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView, Selection, TermQuery
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.understanding import Preference
from bowerbird.retrieve.by_example import find_example
from bowerbird.retrieve.by_terms import Corrections, TermSettings, brand_share, match_terms, plan_terms
from bowerbird.retrieve.by_vectors import VectorLeg, VectorSettings, find_nearest
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import find_sorted, reciprocal_ranks
from bowerbird.retrieve.ordering import put_in_order
from bowerbird.retrieve.parts import AGAIN, ExamplePart, Part, PhotoPart, Signal, TermLeg, Wording, WordsPart
from bowerbird.retrieve.preferred import Preferred
from bowerbird.retrieve.unwanted import measure_unwanted
from bowerbird.retrieve.wishes import EncodedPhoto, EncodedWish, EncodedWords, Encoders, encode_wish

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


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
    preferences: Sequence[Preference] = (),
    last_is_prefix: bool = False,
) -> Candidates:
    """``retrieve`` for a query that was encoded before, within a filter that was evaluated before.

    ``preferences`` raise what meets them.
    """
    wanted, unwanted = query.wanted, query.unwanted
    if wanted.empty:
        return browse(view, within, query, encoders, settings, preferences)

    parts: list[Part] = []
    if wanted.words:
        wordings = [
            find_wording(
                view,
                words,
                plan_terms(words.text, encoders.cut, view, settings.terms, corrections, last_is_prefix=last_is_prefix),
                number,
                within,
                settings,
            )
            for number, words in enumerate(wanted.words, start=1)
        ]
        parts.append(WordsPart(wanted.words[0].weight, tuple(wordings)))
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
    preferred = Preferred.read(view, preferences)
    pool = gather_pool(parts, settings, preferred.members(within, settings.pool))
    signals = [part.read(view, pool) for part in parts]
    scores = rank_legs(parts, pool) if settings.fusion is Fusion.RANKS else fuse_parts(parts, signals, pool, settings)
    documents, scores = add_tail(parts, pool, scores)
    scores = preferred.raised(view, documents, scores)
    if not unwanted.empty:
        scores = scores - settings.unwanted_weight * measure_unwanted(
            view, unwanted, documents, encoders.cut, settings.terms, settings.vectors
        )
    return put_in_order(view, parts, pool, documents, scores, signals).without(query.examples)


def find_wording(
    view: IndexView,
    words: EncodedWords,
    terms: TermQuery | None,
    number: int,
    within: Selection | None,
    settings: RetrieveSettings,
) -> Wording:
    """Match the terms and look the words' vectors up; the signals of the second wording on are numbered."""
    suffix = "" if number == 1 else f"{AGAIN}{number}"
    term_leg, brand = None, 0.0
    if terms is not None and settings.fusion is not Fusion.VECTORS:
        matches, whole = match_terms(view, terms, settings.window, within, settings.terms)
        if len(matches.documents):
            term_leg = TermLeg.make(matches, settings.terms_weight, whole, f"terms{suffix}")
            brand = brand_share(view, terms)
    legs: list[tuple[VectorLeg, float]] = []
    wanted = (
        ("text", words.vector, settings.text_weight * (1 - brand)),
        ("joint.photo", words.shared, settings.photo_of_words_weight * (1 - brand)),
    )
    for vector_field, vector, weight in wanted:
        if vector is None or weight <= 0 or settings.fusion is Fusion.TERMS:
            continue
        leg = find_nearest(view, vector_field + suffix, vector_field, vector, within, settings.vectors)
        if leg is not None:
            legs.append((leg, weight))
    return Wording(words.strength, term_leg, tuple(legs))


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


def gather_pool(parts: Sequence[Part], settings: RetrieveSettings, preferred: Documents) -> Documents:
    """The documents that get every signal, sorted.

    The best by terms, the neighbours in the result set, and those that are all that is ``preferred``.
    """
    found = [preferred]
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
        for wording in part.wordings:
            matched = np.empty(0, np.int32)
            if wording.terms is not None:
                matched = wording.terms.matches.documents
                found.append(matched[: settings.pool])
            strange = settings.fusion is Fusion.FUSED and wording.terms is None
            for leg, _ in wording.legs:
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
    rankings += [leg.matches.documents for part in parts if isinstance(part, WordsPart) for leg in part.terms]
    # One more than any score of words alone, which the documents after the pool have.
    return 1 + reciprocal_ranks(rankings, pool)


def add_tail(parts: Sequence[Part], pool: Documents, scores: Floats) -> tuple[Documents, Floats]:
    """The pool, and after it the documents that only hold the words, below the pool's last of their kind."""
    words = next((part for part in parts if isinstance(part, WordsPart)), None)
    if words is None or not words.terms:
        return pool, scores
    share = np.float32(words.weight / sum(part.weight for part in parts))
    documents, tail = pool, scores
    for wording in words.wordings:
        if wording.terms is not None:
            matches = wording.terms.matches
            # What an earlier wording brought has its score by that one: they come in the order of their weight.
            outside = find_sorted(np.sort(documents), matches.documents) < 0
            documents = np.concatenate([documents, matches.documents[outside]])
            tail = np.concatenate([tail, share * wording.score_terms_alone(matches.scores[outside])])
    return documents, tail


def browse(
    view: IndexView,
    within: Selection | None,
    query: EncodedQuery,
    encoders: Encoders,
    settings: RetrieveSettings,
    preferences: Sequence[Preference] = (),
) -> Candidates:
    """Everything within the filter, the newest first: what a query that asks for nothing gets."""
    unwanted = query.unwanted
    selection = within or view.select(None)
    documents = view.order(np.flatnonzero(selection.mask).astype(np.int32), Sort.NEWEST, within)
    scores = Preferred.read(view, preferences).raised(view, documents, np.zeros(len(documents), np.float32))
    if not unwanted.empty:
        scores = scores - settings.unwanted_weight * measure_unwanted(
            view, unwanted, documents, encoders.cut, settings.terms, settings.vectors
        )
    if preferences or not unwanted.empty:
        order = np.argsort(-scores, kind="stable")
        documents, scores = documents[order], scores[order]
    everything = Candidates(documents, scores, np.full(len(documents), -1, np.int32), len(documents))
    return everything.without(query.examples)
