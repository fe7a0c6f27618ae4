"""A shop of shoes and bags, and shoppers who look at them."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import count
from pathlib import Path

from engine_world import ask, open_fake_shop

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.product import Product, Variant
from bowerbird.engine.engine import Engine

ANN = Who("ann", "visit-1")
BRANDS = ("Luma", "Fleet", "Kestrel")
_numbers = count(1)


def product(kind: str, number: int, brand: str, color: str, price: int) -> Product:
    category = {"shoe": "Shoes/Trainers", "bag": "Bags/Totes"}[kind]
    sizes = [Variant(f"{kind}-{number}-{size}", attributes={"size": str(size)}) for size in (38, 40, 42)]
    return Product(
        f"{kind}-{number}",
        f"{color.title()} {kind}",
        f"A {color} {kind} for every day, number {number}.",
        brand=brand,
        categories=(category,),
        price=Decimal(price),
        attributes={"color": color},
        variants=tuple(sizes) if kind == "shoe" else (),
    )


def catalogue() -> list[Product]:
    """Nine shoes and nine bags: every brand in every colour."""
    return [
        product(kind, 3 * at + brand, name, color, 40 + 7 * at + 3 * brand)
        for kind in ("shoe", "bag")
        for at, color in enumerate(("red", "blue", "green"))
        for brand, name in enumerate(BRANDS)
    ]


def open_taste_shop(folder: Path, **settings) -> Engine:
    engine = open_fake_shop(folder, **settings)
    engine.put(catalogue())
    engine.build()
    return engine


def event(name: EventName, product: str, who: Who = ANN, ago: float = 0.0, variant: str = "") -> Event:
    return Event(f"e{next(_numbers)}", name, time.time() - ago, who, (EventItem(product, variant=variant),))


def view(*products: str, who: Who = ANN, ago: float = 0.0) -> list[Event]:
    return [event(EventName.VIEW_ITEM, one, who, ago) for one in products]


def found(engine: Engine, text: str, who: Who = ANN, **more) -> list[str]:
    return [hit.product.id for hit in engine.search(ask(text, who=who, **more)).hits]


def brands(engine: Engine, text: str, who: Who = ANN) -> list[str]:
    return [hit.product.brand for hit in engine.search(ask(text, who=who)).hits]


def recorded(engine: Engine, events) -> None:
    engine.record_events(events)
