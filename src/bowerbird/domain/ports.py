"""The protocols: the only place that declares what a floor asks of the ones that serve it.

A *document* is a product's dense position in one view of the index (``int32``); a view's documents mean
nothing in another view. ``seq`` is the store's number for one written version of a product.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from bowerbird.domain.filters import Filter
from bowerbird.domain.product import Product
from bowerbird.domain.query import FacetRequest, Sort
from bowerbird.domain.results import FacetCounts
from bowerbird.domain.speech import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

# Written as texts, since numpy is no part of this floor when it runs.
Floats: TypeAlias = "NDArray[np.float32]"
Documents: TypeAlias = "NDArray[np.int32]"
Numbers: TypeAlias = "NDArray[np.int32]"
Mask: TypeAlias = "NDArray[np.bool_]"
Samples: TypeAlias = "NDArray[np.int16]"


class Span(Protocol):
    """A term and the characters of the original text that it stands for: ``text[start:end]``."""

    @property
    def text(self) -> str:
        """The term."""

    @property
    def start(self) -> int:
        """The offset of its first character."""

    @property
    def end(self) -> int:
        """The offset after its last character."""


Cut: TypeAlias = Callable[[str], Sequence[Span]]
"""Cuts words into terms, as the index was cut."""


class TextEncoder(Protocol):
    """Turns texts into unit vectors of ``dim`` float32."""

    @property
    def dim(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would give another vector."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Passages in, (n, dim) unit rows out."""

    def encode_query(self, text: str) -> Floats:
        """One query in, (dim,) out, zeros where the model cannot read it; runs on one thread."""


class ImageEncoder(Protocol):
    """Turns decoded photos into raw vectors of ``dim`` float32."""

    @property
    def dim(self) -> int: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same photo would give another vector."""

    def encode(self, photos: Sequence[Image]) -> Floats:
        """RGB photos in, (n, dim) out."""


class SharedSpace(Protocol):
    """Maps raw photo vectors and text vectors into one space of unit vectors."""

    @property
    def dim(self) -> int: ...

    def photos(self, raw: Floats) -> Floats:
        """(n, photo dim) to (n, dim) unit rows."""

    def texts(self, vectors: Floats) -> Floats:
        """(n, text dim) to (n, dim) unit rows."""


class PhotoMetric(Protocol):
    """Maps raw photo vectors into the space where photos of one product lie together."""

    def project(self, raw: Floats) -> Floats:
        """(n, photo dim) to (n, d) unit rows: for queries."""

    def product_rows(self, raw: Floats) -> Floats:
        """The (n, photo dim) photos of one product to the (n, d) unit rows that are kept."""


@dataclass(frozen=True, slots=True)
class VectorRows:
    """A product's vectors in one vector field: (n, d) float32, and for each row the variant it shows or -1."""

    vectors: Floats
    variants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """What the index is given of one product; ``terms`` are cut texts by term field, words joined by blanks.

    ``words`` are such texts by field that ranking counts words in, and ``numbers`` what was worked out of the product:
    fields like its own, which filters know too.
    """

    seq: int
    product: Product
    terms: Mapping[str, str]
    vectors: Mapping[str, VectorRows] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TermClause:
    """One query word and what may stand for it.

    ``variants`` are (term, weight) pairs, the word itself first; ``prefix`` also matches longer words.
    """

    variants: tuple[tuple[str, float], ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class TermQuery:
    """Words to match; a document must match at least ``minimum`` of the clauses.

    ``boosts`` weighs the term fields.
    """

    clauses: tuple[TermClause, ...]
    boosts: Mapping[str, float]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents with their scores, best first; ``total`` counts every match, also past the limit.

    ``variants`` is, for vector matches, the variant whose row was nearest (-1: the product itself).
    """

    documents: Documents
    scores: Floats
    total: int
    variants: Documents | None = None


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Words counted in one field of some documents.

    ``counts`` (n, words) int32; ``places`` (n, words) int32, the first place of each from 0, -1 where it does not
    stand; ``lengths`` (n,) int32 words in each document's field, and ``mean_length`` over the whole view.
    """

    counts: NDArray[np.int32]
    places: NDArray[np.int32]
    lengths: NDArray[np.int32]
    mean_length: float


class Selection(Protocol):
    """The documents (and the variant rows behind them) that meet a filter in one view."""

    @property
    def mask(self) -> Mask:
        """(documents,) bool: the products with at least one fitting variant."""

    @property
    def count(self) -> int: ...


class IndexView(Protocol):
    """The index at one moment: immutable, safe from many threads."""

    @property
    def applied(self) -> int:
        """Every change up to this seq is in the view."""

    @property
    def size(self) -> int:
        """The number of living products."""

    def seqs(self, documents: Documents) -> NDArray[np.int64]:
        """The store's numbers of documents."""

    def find(self, seqs: NDArray[np.int64]) -> Documents:
        """The documents of store numbers, -1 where this view has none."""

    def select(self, condition: Filter | None) -> Selection:
        """The living documents that meet a filter. Raises InputError for an unknown field."""

    def match_terms(self, query: TermQuery, limit: int, within: Selection | None = None) -> Matches:
        """The best ``limit`` documents by BM25 over the weighted fields."""

    def nearest(self, vector_field: str, vector: Floats, limit: int, within: Selection | None = None) -> Matches:
        """The best ``limit`` documents by the inner product of their nearest row; unknown fields match nothing."""

    def about_nearest(self, vector_field: str, vector: Floats, limit: int, within: Selection | None = None) -> Matches:
        """As ``nearest``, sooner where there are many: some of the best may be missing. The scores are exact."""

    def similarities(self, vector_field: str, vector: Floats, documents: Documents) -> Floats:
        """The exact inner product of each document's nearest row; NaN where it has none."""

    def vectors_of(self, vector_field: str, document: int) -> Floats:
        """A document's own rows in a vector field, (n, d); (0, d) where it has none."""

    def first_rows(self, vector_field: str, documents: Documents) -> Floats:
        """The first of each document's rows, (n, d); NaN where it has none, (n, 0) in an unknown field."""

    def count_facets(
        self, documents: Documents | None, condition: Filter | None, requests: Sequence[FacetRequest]
    ) -> tuple[FacetCounts, ...]:
        """Facets over ``documents`` (None: all) under the filter, counting products, not variants."""

    def order(self, documents: Documents, sort: Sort, within: Selection | None = None) -> Documents:
        """Documents ordered by a column, stable; missing values last."""

    def fitting_variants(self, document: int, within: Selection | None) -> tuple[int, ...]:
        """The positions of the variants that meet the selection's filter; empty without variants."""

    def fields(self) -> Mapping[str, str]:
        """Every field that filters and facets know, with its kind: keyword, number or path."""

    def numbers(self, name: str, documents: Documents) -> NDArray[np.float64]:
        """The lowest number in a field of each document; NaN where it has none, or nobody has the field.

        A field's name is taken as ``select`` takes it, case aside; so it is in ``codes``.
        """

    def codes(self, name: str, documents: Documents) -> NDArray[np.int32]:
        """The first value of a text field of each document as a code: equal codes, equal values; -1 without."""

    def texts(self, name: str, documents: Documents) -> list[tuple[str, ...]]:
        """Every distinct text in a field of each document, its variants' too; of equal spellings the shop's first."""

    def keys(self, documents: Documents) -> NDArray[np.uint64]:
        """The ids of documents as 64 bits: the same for every version of a product in every view."""

    def documents_of(self, keys: NDArray[np.uint64]) -> Documents:
        """The living documents of keys, whichever version of the product the view holds; -1 where it holds none."""

    def count_words(self, field: str, words: Sequence[str], documents: Documents) -> WordCounts:
        """Count cut words in one field of documents; all zeros in a field that nobody has."""

    def vocabulary(self, term_field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that begin with ``prefix`` and the documents that hold each, most frequent first."""

    def document_frequency(self, term: str) -> int:
        """About how many documents hold a term."""


class SearchIndex(Protocol):
    """A derived index that is fed with changes and hands out views."""

    def view(self) -> IndexView:
        """The newest view."""

    def apply(self, documents: Iterable[IndexDocument], removed: Sequence[int], applied: int) -> None:
        """Add documents, remove those whose store numbers are given, and show both in the next view.

        Doing the same again changes nothing.
        """

    def checkpoint(self) -> None:
        """Write what is only in memory, the manifest last."""

    def close(self) -> None:
        """Checkpoint and release the files."""


class SpeechRecogniser(Protocol):
    """Turns a decoded clip into words; safe from many threads."""

    @property
    def name(self) -> str:
        """Names the model, for transcripts and for people."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages that it hears, such as ``en``; empty where it hears any."""

    def transcribe(self, samples: Samples, language: str = "") -> Transcript:
        """(n,) int16 samples, mono, 16 kHz, to what was said in them.

        ``language`` is a tag, empty where it is to be guessed. Raises AudioError for a language it does not hear.
        """


class CrossEncoder(Protocol):
    """Reads a query and a product's text together and says how well they go together; safe from many threads."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same pair would give another number."""

    def score(self, query: str, texts: Sequence[str]) -> Floats:
        """One query and n texts to (n,) logits: the higher, the better they go together; runs on one thread."""


class Recommender(Protocol):
    """A trained model that scores products for a history by an inner product; safe from many threads.

    The score of product i is ``vectors[i] @ read(history, weights)``: the higher, the likelier it comes next.
    """

    @property
    def products(self) -> tuple[str, ...]:
        """The ids of the products that it knows, row by row."""

    @property
    def vectors(self) -> Floats:
        """(products, d) float32 rows."""

    def read(self, history: Numbers, weights: Floats) -> Floats:
        """Places in ``products``, the oldest first, with the weight of each, to (d,); zeros for an empty history."""


class Eraser(Protocol):
    """A part that keeps something of shoppers, by the event log's keys, beside it; safe from many threads."""

    @property
    def name(self) -> str:
        """What the part keeps, in a word, for exports."""

    def erase(self, keys: Collection[str]) -> None:
        """Forget these, a ``u:<user>`` with each ``s:<session>`` of theirs, for good; again changes nothing."""

    def export(self, keys: Collection[str]) -> Mapping[str, Any]:
        """What is kept of these, as JSON; empty where nothing is."""
