"""Five products whose right answers are plain, for the contract of search indexes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from bowerbird.domain.ports import IndexDocument, VectorRows
from bowerbird.domain.product import Availability, Measure, Product, Review, Variant

IN, OUT = Availability.IN_STOCK, Availability.OUT_OF_STOCK


def _variant(name: str, colour: str, size: str, stock: Availability, price: str | None = None) -> Variant:
    cost = None if price is None else Decimal(price)
    return Variant(name, price=cost, availability=stock, attributes={"color": colour, "size": size})


def document_of(
    seq: int, product: Product, vectors: Sequence[tuple[float, ...]], shown: Sequence[int]
) -> IndexDocument:
    """A product as the index takes it; ``vectors`` are made unit rows of the field photo."""
    rows = np.array(vectors, np.float32).reshape(-1, 3)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    terms = {
        "title": product.title.lower(),
        "brand": product.brand.lower(),
        "category": " ".join(product.categories).lower().replace("/", " "),
        "body": product.description.lower(),
    }
    fields = {"photo": VectorRows(rows, tuple(shown))} if len(rows) else {}
    words = {name: terms[name] for name in ("title", "body") if terms[name]}
    return IndexDocument(seq, product, terms, fields, words, {"sentiment": 0.5} if product.reviews else {})


def contract_documents() -> list[IndexDocument]:
    """Five products that tell right from wrong: a jacket in four variants, two shoes, a lamp, and a bare one."""
    jacket = Product(
        "jacket",
        "Rain Jacket",
        "keeps dry",
        brand="Luma",
        categories=("Women/Tops/Jackets", "Sale"),
        price=Decimal("80"),
        currency="EUR",
        attributes={"material": ("nylon", "Cotton"), "waterproof": True},
        variants=(
            _variant("j-red-s", "Red", "S", IN, "75"),
            _variant("j-red-m", "red", "M", OUT, "70"),
            _variant("j-blue-m", "Blue", "M", IN),
            _variant("j-blue-l", "Blue", "L", IN, "60"),
        ),
        rating=4.5,
        reviews=(Review("good", 5.0), Review("fine", 4.0)),
        updated_at="2026-03-01T00:00:00+00:00",
    )
    runner = Product(
        "runner",
        "Red Running Shoe",
        "light shoe for the rain",
        brand="Fleet",
        categories=("Women/Shoes",),
        price=Decimal("50"),
        availability=OUT,
        attributes={"color": "red", "weight": Measure(210, "g")},
        rating=3.0,
        updated_at="2026-05-01T00:00:00+00:00",
    )
    walker = Product(
        "walker",
        "Walking Shoe",
        brand="fleet",
        categories=("Men/Shoes",),
        price=Decimal("50"),
        availability=IN,
        attributes={"color": "brown", "weight": Measure(400, "g")},
        updated_at="2026-04-01T00:00:00+00:00",
    )
    lamp = Product("lamp", "Desk Lamp", "red light", brand="Glow", categories=("Home",), price=Decimal("19.99"))
    bare = Product("bare", "Thing")
    return [
        document_of(3, jacket, [(1, 0, 0), (0, 1, 0)], [0, 2]),
        document_of(4, runner, [(0.9, 0.1, 0)], [-1]),
        document_of(7, walker, [(0, 0.9, 0.5)], [-1]),
        document_of(8, lamp, [(0, 0, 1)], [-1]),
        document_of(9, bare, [], []),
    ]
