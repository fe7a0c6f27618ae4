"""The catalogue on disk: ``products.jsonl``, one canonical record a line, and ``truth.jsonl``, what is true of it.

Both are written as they are invented, so a million products take no more memory than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson

from bowerbird.demo.chinese import chinese_description, chinese_title
from bowerbird.demo.english import english_description, english_title
from bowerbird.demo.invent import Invented, Stream, chances, invent, linked
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.offers import CURRENCY, Offer, make_offer
from bowerbird.demo.reviews import InventedReview, make_reviews
from bowerbird.storage.files import temporary_name

PRODUCTS: Final = "products.jsonl"
TRUTH: Final = "truth.jsonl"
MEDIA: Final = "media"
_TOLD_EVERY: Final = 200


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of a product: its file's name, which of its colours it shows, and in which view."""

    file: str
    colour: int
    view: int


def photos_of(product: Invented) -> tuple[Photo, ...]:
    """Two views of the first colour and one of every other."""
    stem = product.id
    first = (Photo(f"{stem}-0.jpg", 0, 0), Photo(f"{stem}-1.jpg", 0, 1))
    return first + tuple(Photo(f"{stem}-{at + 1}.jpg", at, 0) for at in range(1, len(product.colours)))


def make_line(seed: int, number: int, pictures: bool = True) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record of a product and its line of truth, ready for JSON."""
    product = invent(seed, number)
    offer = make_offer(product)
    reviews = make_reviews(product, offer.days_sold)
    photos = photos_of(product) if pictures else ()
    return _record(product, offer, reviews, photos), _truth(product, offer, reviews, photos)


def catalogue_lines(seed: int, products: int, pictures: bool = True) -> Iterator[tuple[bytes, bytes]]:
    """Both files' lines for the first ``products`` products of a seed."""
    for number in range(products):
        record, truth = make_line(seed, number, pictures)
        yield orjson.dumps(record), orjson.dumps(truth)


def write_catalogue(
    folder: Path, seed: int, products: int, pictures: bool, told: Callable[[int, int], None]
) -> tuple[Path, Path]:
    """Write both files, each whole or not at all; ``told`` hears how many of how many are done."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / PRODUCTS, folder / TRUTH
    beside = [temporary_name(path) for path in paths]
    try:
        with beside[0].open("wb") as catalogue, beside[1].open("wb") as truths:
            for done, (record, truth) in enumerate(catalogue_lines(seed, products, pictures), start=1):
                catalogue.write(record + b"\n")
                truths.write(truth + b"\n")
                if done % _TOLD_EVERY == 0 or done == products:
                    told(done, products)
        for written, path in zip(beside, paths, strict=True):
            written.replace(path)
    finally:
        for path in beside:
            path.unlink(missing_ok=True)
    return paths


def _record(
    product: Invented, offer: Offer, reviews: list[InventedReview], photos: tuple[Photo, ...]
) -> dict[str, Any]:
    kind, text = product.kind, chances(product.seed, product.number, Stream.TEXT)
    title = english_title(product, text)
    record: dict[str, Any] = {
        "id": product.id,
        "title": title,
        "description": english_description(product, title, text),
        "brand": product.brand.name,
        "categories": [kind.category],
        "price": offer.price,
        "currency": CURRENCY,
        "availability": offer.availability,
        "attributes": _attributes(product),
        "url": f"https://shop.example/{product.id}",
        "updated_at": offer.updated_at,
        "translations": {
            "zh": {"title": chinese_title(product, text), "description": chinese_description(product, text)}
        },
    }
    if photos:
        record["images"] = [photo.file for photo in photos if photo.colour == 0]
    if offer.variants:
        record["variants"] = _variants(product, offer, photos)
    if reviews:
        record["rating"] = round(sum(review.stars for review in reviews) / len(reviews), 2)
        record["reviews"] = [_review(review) for review in reviews]
    links = linked(product)
    if links:
        record["links"] = links
    return record


def _attributes(product: Invented) -> dict[str, Any]:
    kind = product.kind
    attributes: dict[str, Any] = {}
    if kind.names_colour and len(product.colours) == 1:
        attributes["color"] = product.colours[0]
    if kind.names_material:
        attributes["material"] = product.material
    if _has_patterns(kind.id):
        attributes["pattern"] = product.pattern
    if product.audience != "everyone":
        attributes["audience"] = product.audience
    return attributes | product.attributes()


@cache
def _has_patterns(kind_id: str) -> bool:
    kind = KINDS[kind_id]
    every = (kind.patterns, *(form.patterns for form in kind.silhouettes if form.patterns))
    return any(patterns.names != ("plain",) for patterns in every)


def _variants(product: Invented, offer: Offer, photos: tuple[Photo, ...]) -> list[dict[str, Any]]:
    several = len(product.colours) > 1
    name = product.kind.sizes.name if product.kind.sizes else ""
    variants = []
    for variant in offer.variants:
        attributes: dict[str, Any] = {"color": product.colours[variant.colour]} if several else {}
        if variant.size is not None:
            attributes[name] = variant.size
        made: dict[str, Any] = {
            "id": variant.id,
            "price": variant.price,
            "currency": CURRENCY,
            "availability": variant.availability,
            "attributes": attributes,
        }
        if several and photos:
            made["images"] = [photo.file for photo in photos if photo.colour == variant.colour]
        variants.append(made)
    return variants


def _review(review: InventedReview) -> dict[str, Any]:
    made: dict[str, Any] = {
        "rating": review.stars,
        "text": review.text,
        "author": review.author,
        "created_at": review.created_at,
    }
    if review.title:
        made["title"] = review.title
    return made


def _truth(product: Invented, offer: Offer, reviews: list[InventedReview], photos: tuple[Photo, ...]) -> dict[str, Any]:
    kind = product.kind
    aspects: dict[str, list[int]] = {}
    for review in reviews:
        for name, polarity in review.aspects.items():
            aspects.setdefault(name, [0, 0])[polarity < 0] += 1
    return {
        "id": product.id,
        "kind": kind.id,
        "department": kind.department,
        "silhouette": product.silhouette.id,
        "colours": product.colours,
        "accents": product.accents,
        "pattern": product.pattern,
        "material": product.material,
        "brand": product.brand.name,
        "price": offer.price,
        "stock": offer.stock,
        "audience": product.audience,
        "photos": {photo.file: [product.colours[photo.colour], photo.view] for photo in photos},
        "aspects": aspects,
        "reviews": [
            {"stars": review.stars, "language": review.language, "aspects": review.aspects} for review in reviews
        ],
    }
