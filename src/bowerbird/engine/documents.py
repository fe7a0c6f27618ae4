"""From stored products to index documents: cut their texts, encode what is missing, map vectors into their spaces.

The vectors of a model are cached by content, before any map: a new alignment or photo metric encodes nothing again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bowerbird.domain.errors import NotFoundError, PhotoError
from bowerbird.domain.ports import Floats, ImageEncoder, IndexDocument, PhotoMetric, SharedSpace, VectorRows
from bowerbird.domain.product import Product
from bowerbird.encode.cache import encode_photos
from bowerbird.encode.flow import encode_products, photo_vectors, text_vectors
from bowerbird.encode.product_terms import cut_product
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.terms import Terms
from bowerbird.engine.models import Models
from bowerbird.engine.opinions import sentiments_of
from bowerbird.engine.stores import Stores
from bowerbird.storage.products import Stored
from bowerbird.understand.title_kind import kind_words


@dataclass(frozen=True)
class Maps:
    """What is applied to the models' raw vectors; what is None gives no vector field."""

    space: SharedSpace | None
    metric: PhotoMetric | None
    fingerprint: str = ""


@dataclass(frozen=True)
class PhotoRow:
    """A photo of a product that could be had: its content hash and the variant it shows, -1 for the product."""

    product: int
    hash: str
    variant: int


class DocumentMaker:
    """Makes the documents of one set of models and maps; safe from many threads."""

    def __init__(self, stores: Stores, models: Models, maps: Maps, terms: Terms) -> None:
        self.stores, self.models, self.maps, self.terms = stores, models, maps, terms

    def make(self, stored: Sequence[Stored]) -> list[IndexDocument]:
        """The documents of some products; encodes what the cache lacks."""
        if not stored:
            return []
        products = [entry.product for entry in stored]
        photos = self.photos_of(products)
        for image in self._image_models():
            encode_photos(image, self.stores.vectors, [photo.hash for photo in photos], self.read_photo)
        fields: list[dict[str, VectorRows]] = [{} for _ in stored]
        self._add_texts(products, photos, fields)
        self._add_photos(photos, fields)
        opinions = sentiments_of(products)
        documents = []
        for entry, vectors, numbers in zip(stored, fields, opinions, strict=True):
            cut = cut_product(entry.product, self.terms)
            documents.append(
                IndexDocument(
                    entry.seq,
                    entry.product,
                    cut.searched(),
                    vectors,
                    {**cut.counted(), "kind": kind_words(entry.product.title)},
                    numbers,
                )
            )
        return documents

    def photos_of(self, products: Sequence[Product]) -> list[PhotoRow]:
        """The photos of products that are in the store, in their order."""
        known = self.stores.photos.by_ref(ref for product in products for ref, _ in product.photos())
        hashes = {ref: photo.hash for ref, photo in known.items() if photo.hash is not None}
        return [
            PhotoRow(place, hashes[ref], variant)
            for place, product in enumerate(products)
            for ref, variant in product.photos()
            if ref in hashes
        ]

    def encode(self, products: Sequence[Product], photos: Sequence[PhotoRow], progress: Progress = no_progress) -> None:
        """Put the raw vectors of products into the cache that are not there yet."""
        hashes = [photo.hash for photo in photos]
        store, text = self.stores.vectors, self.models.text
        encode_products(products, hashes, text, self._image_models(), store, self.read_photo, progress)

    def _image_models(self) -> list[ImageEncoder]:
        """The distinct models that look at photos."""
        models = (self.models.image, self.models.joint_image)
        return list({encoder.fingerprint: encoder for encoder in models if encoder is not None}.values())

    def _add_texts(
        self, products: Sequence[Product], photos: Sequence[PhotoRow], fields: Sequence[dict[str, VectorRows]]
    ) -> None:
        vectors = text_vectors(products, self.models.text, self.stores.vectors)
        for place, row in enumerate(vectors):
            fields[place]["text"] = VectorRows(row[None], (-1,))
        without_photo = sorted(set(range(len(products))) - {photo.product for photo in photos})
        if not without_photo:
            return
        if self.models.joint_text is not None:
            bare = [products[place] for place in without_photo]
            shared = text_vectors(bare, self.models.joint_text, self.stores.vectors)
        elif self.maps.space is not None:
            shared = self.maps.space.texts(vectors[without_photo])
        else:
            return
        for place, row in zip(without_photo, shared, strict=True):
            fields[place]["joint.text"] = VectorRows(row[None], (-1,))

    def _add_photos(self, photos: Sequence[PhotoRow], fields: Sequence[dict[str, VectorRows]]) -> None:
        raw, shown = self._read(self.models.image, photos)
        metric, space = self.maps.metric, self.maps.space
        for product, rows in _by_product(shown).items():
            variants = tuple(shown[row].variant for row in rows)
            if metric is not None:
                fields[product]["photo"] = VectorRows(metric.product_rows(raw[rows]), variants)
            if space is not None and self.models.joint_image is None:
                fields[product]["joint.photo"] = VectorRows(space.photos(raw[rows]), variants)
        if self.models.joint_image is not None:
            raw, shown = self._read(self.models.joint_image, photos)
            for product, rows in _by_product(shown).items():
                variants = tuple(shown[row].variant for row in rows)
                fields[product]["joint.photo"] = VectorRows(raw[rows], variants)

    def read_photo(self, digest: str) -> bytes:
        """The bytes of a stored photo. Raises PhotoError where its file is lost, StorageError."""
        try:
            return self.stores.photos.read(digest)
        except NotFoundError as error:
            # One lost file must not keep all the others from being found.
            raise PhotoError("the photo's file is lost", where=digest) from error

    def _read(self, encoder: ImageEncoder, photos: Sequence[PhotoRow]) -> tuple[Floats, list[PhotoRow]]:
        """Raw vectors of photos, and the photos they are of: one that cannot be decoded has none."""
        raw, missing = photo_vectors([photo.hash for photo in photos], encoder, self.stores.vectors)
        return raw[~missing], [photo for photo, gone in zip(photos, missing, strict=True) if not gone]


def _by_product(photos: Sequence[PhotoRow]) -> dict[int, list[int]]:
    """The rows of each product's photos."""
    rows: dict[int, list[int]] = {}
    for row, photo in enumerate(photos):
        rows.setdefault(photo.product, []).append(row)
    return rows
