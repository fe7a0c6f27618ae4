"""A service over an engine of a few products in memory: it keeps the engine's promises, not its intelligence."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal

from PIL import Image
from starlette.testclient import TestClient

from bowerbird.catalog.records import product_from_record, product_to_record
from bowerbird.domain.errors import AudioError, InputError, MissingExtraError, NotFoundError
from bowerbird.domain.filters import Equals, Filter, Range, fields_of
from bowerbird.domain.product import Availability, Measure, Product, Review, Variant
from bowerbird.domain.query import Query
from bowerbird.domain.recommendation import (
    PageKind,
    Recommendations,
    RecommendedHit,
    RecommendedPage,
    RecommendRequest,
    Surface,
    Why,
    WhyKind,
)
from bowerbird.domain.results import FacetCounts, FacetStats, FacetValue, Hit, Results
from bowerbird.domain.speech import Alternative, Transcript
from bowerbird.domain.understanding import (
    Bounds,
    Condition,
    Entity,
    EntityType,
    Intent,
    Preference,
    Rewrite,
    RewriteReason,
    Sentiment,
    Understanding,
)
from bowerbird.engine.capabilities import Capabilities
from bowerbird.engine.hearing import Heard
from bowerbird.present.product_page import ProductPage, make_page
from bowerbird.present.understood import parts_of
from bowerbird.serve.app import create_app
from bowerbird.serve.settings import ServeSettings
from bowerbird.storage.keys import KeyStore
from bowerbird.storage.photo_decoding import decode_photo
from bowerbird.storage.products import Put, PutOutcome
from bowerbird.understand.synonyms import SynonymSets

PHOTO = "a" * 40
FIELDS = {"id": "keyword", "brand": "keyword", "category": "path", "price": "number", "color": "keyword"}
SHOES = Product(
    "shoe/1",
    "Red running shoe",
    brand="Luma",
    categories=("Shoes/Running",),
    price=Decimal("40.00"),
    currency="USD",
    availability=Availability.IN_STOCK,
    rating=4.5,
    reviews=(Review("good", 5.0), Review("fine", 4.0)),
    url="https://shop.example/shoe",
    attributes={"weight": Measure(300.0, "g")},
    variants=(
        Variant("shoe/1-m", price=Decimal("39.95"), attributes={"size": "M", "tags": ("new", "light")}),
        Variant("shoe/1-l", availability=Availability.OUT_OF_STOCK, attributes={"size": "L"}),
    ),
)
BAG = Product("bag", "Blue <b>bag</b>", brand="Zing", price=Decimal("10"), currency="USD")


@dataclass(frozen=True)
class Suggestion:
    text: str
    kind: str
    count: int


class FakeEngine:
    def __init__(self) -> None:
        self.products = {product.id: product for product in (SHOES, BAG)}
        self.queries: list[Query] = []
        self.requests: list[RecommendRequest] = []
        self.ready = True
        self.closed = False
        self.fault: Exception | None = None
        self.synonyms = SynonymSets()
        self.speech_languages: tuple[str, ...] = ("en",)

    def search(self, query: Query) -> Results:
        if self.fault is not None:
            raise self.fault
        self.queries.append(query)
        for photo in (*query.wish.photos, *query.without.photos):
            decode_photo(photo.data)
        kept = [product for product in self.products.values() if self._fits(product, query.filters)]
        words = query.wish.text.lower().split()
        found = [product for product in kept if all(word in product.title.lower() for word in words)]
        hits = tuple(
            Hit(
                product,
                1.0 / place,
                {"terms": 1.0},
                variant=0 if product.variants else None,
                image=PHOTO,
                highlights={"title": "Red <mark>running</mark> shoe"},
            )
            for place, product in enumerate(found, 1)
        )
        start = (query.page - 1) * query.per_page
        facets = tuple(self._count(found, request.field) for request in query.facets)
        return Results(
            hits[start : start + query.per_page],
            len(hits),
            facets,
            query.page,
            query.per_page,
            1.234,
            "q-1",
            timings_ms={"terms": 0.5},
            understood=parts_of(query, None, {"bag": "Blue <b>bag</b>"}),
        )

    def _fits(self, product: Product, condition: Filter | None) -> bool:
        if condition is None:
            return True
        for name in fields_of(condition):
            if name not in FIELDS:
                raise InputError("unknown field", field="filters", found=name, expected=", ".join(FIELDS))
        match condition:
            case Equals("brand", value):
                return product.brand == value
            case Range("price", low, high):
                return (low or 0) <= float(product.price or 0) <= (high or 1e9)
        return True

    def _count(self, products: list[Product], name: str) -> FacetCounts:
        if name not in FIELDS:
            raise InputError("unknown field", field="facets", found=name, expected=", ".join(FIELDS))
        if name == "price":
            return FacetCounts(name, (), FacetStats(10.0, 40.0, 25.0))
        counts = Counter(product.brand for product in products)
        return FacetCounts(name, tuple(FacetValue(value, count) for value, count in counts.most_common()))

    def understand(self, text: str) -> Understanding:
        """ "under 5" at the end of a text is a price, "red" a colour; all else is words."""
        start = text.find("under ")
        conditions = entities = ()
        if start >= 0:
            end, high = len(text), float(text[start + 6 :])
            entities = (Entity(EntityType.PRICE, Bounds(None, high, None), text[start:], start, end),)
            conditions = (Condition(EntityType.PRICE, text[start:], start, end, Range("price", None, high)),)
        words = text[: start if start >= 0 else len(text)].strip()
        soft = (Preference(EntityType.COLOR, "red", 0, 3, 0.3, Equals("color", "red")),) if "red" in words else ()
        return Understanding(
            text,
            tokens=tuple(text.split()),
            words=words,
            entities=entities,
            conditions=conditions,
            soft=soft,
            intent=Intent("find", {"find": 0.9, "ask": 0.1}, True),
            sentiment=Sentiment("neutral", 0.01),
            rewritten=(Rewrite(words, 1.0, RewriteReason.TYPED),),
            timings_ms={"name": 0.25},
        )

    def set_synonyms(self, sets: SynonymSets) -> None:
        self.synonyms = sets

    def transcribe(self, clip: bytes, language: str = "") -> Heard:
        """Hears a clip whose bytes are its words."""
        if not clip:
            raise AudioError("the clip is empty", expected="a clip")
        if language == "zh":
            raise MissingExtraError("Chinese speech", "whisper")
        text = clip.decode()
        alternatives = (Alternative(text, 0.7), Alternative("read running shoe", 0.2))
        return Heard(text, Transcript(text, "en", alternatives, 1.5, 0.8, "fake"))

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        return [Suggestion("running shoe", "title", 1)][:limit] if "running".startswith(prefix) else []

    def fields(self) -> dict[str, str]:
        return FIELDS

    def product(self, id: str) -> Product:
        if id not in self.products:
            raise NotFoundError(f"no product {id!r}")
        return self.products[id]

    def product_page(self, id: str, lang: str = "") -> ProductPage:
        return make_page(self.product(id), lang, {"bag.jpg": PHOTO})

    def capabilities(self) -> Capabilities:
        return Capabilities(
            len(self.products), "USD", FIELDS, ("category", "brand"), ("en", "zh"), self.speech_languages
        )

    def similar(self, id: str, per_page: int = 12, filters: Filter | None = None, lang: str = "") -> Results:
        self.product(id)
        others = [product for product in self.products.values() if product.id != id and self._fits(product, filters)]
        return Results(tuple(Hit(product, 0.5) for product in others[:per_page]), len(others))

    def recommend(self, request: RecommendRequest) -> Recommendations:
        self.requests.append(request)
        if request.product:
            self.product(request.product)
        others = [product for product in self.products.values() if product.id != request.product]
        kept = [product for product in others if self._fits(product, request.filters)][: request.limit]
        why = Why(WhyKind.SIMILAR_TO, "bag", BAG.title) if request.product else Why(WhyKind.POPULAR)
        hits = tuple(RecommendedHit(Hit(product, 0.5, image=PHOTO), why, "alike") for product in kept)
        anchor, title = (request.product, "Blue bag") if request.product else ("", "")
        return Recommendations(request.surface, hits, "q-2", 1.234, anchor, title)

    def recommend_page(self, kind: PageKind, request: RecommendRequest) -> RecommendedPage:
        lists = (self.recommend(replace(request, surface=one)) for one in (Surface.NEW, Surface.TRENDING))
        return RecommendedPage(kind, tuple(replace(one, propensity=0.25) for one in lists), 2.5)

    def put(self, products: list[Product]) -> list[PutOutcome]:
        outcomes = []
        for product in products:
            before = self.products.get(product.id)
            result = Put.NEW if before is None else Put.UNCHANGED if before == product else Put.CHANGED
            self.products[product.id] = product
            outcomes.append(PutOutcome(product.id, len(outcomes), result))
        return outcomes

    def patch(self, id: str, record: dict[str, object]) -> Product:
        product = product_from_record({**product_to_record(self.product(id)), **record})
        self.products[id] = product
        return product

    def delete(self, ids: list[str]) -> list[bool]:
        return [self.products.pop(id, None) is not None for id in ids]

    def photo(self, digest: str) -> tuple[bytes, str]:
        if digest != PHOTO:
            raise NotFoundError(f"no photo {digest!r}")
        return red_png(), "image/png"

    def status(self) -> dict[str, object]:
        return {"ready": self.ready, "products": len(self.products), "applied": 2, "last_seq": 2, "path": "/secret"}

    def close(self) -> None:
        self.closed = True


def red_png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(buffer, "PNG")
    return buffer.getvalue()


def bomb_png(side: int = 50_000) -> bytes:
    """A PNG of a few bytes that claims to be ``side`` x ``side``."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def client_of(engine: FakeEngine, settings: ServeSettings | None = None, keys: KeyStore | None = None) -> TestClient:
    settings = settings or ServeSettings(max_body_bytes=16_000_000, body_seconds=5)
    return TestClient(create_app(engine, settings, keys), "http://localhost", raise_server_exceptions=False)
