"""Events of a few shoppers, the columns that live counts take, and a small shop to recommend from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from bowerbird.domain.event import Event, EventItem, EventName, Logged, Who
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import IndexDocument, IndexView, VectorRows
from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.domain.rules import Rule
from bowerbird.domain.taste_edits import TasteEdits
from bowerbird.index.build import build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.profile.facts import ProductFacts
from bowerbird.profile.profile import Profile
from bowerbird.rank.faults import Faults
from bowerbird.rank.rules import RuleBook
from bowerbird.recommend.asked import Charts, Shop
from bowerbird.recommend.asking import Rules, ask
from bowerbird.recommend.flow import Listed, recommend
from bowerbird.recommend.interactions import Interactions, keys_of, product_key, shopper_key
from bowerbird.recommend.live_counts import LiveCounts
from bowerbird.recommend.shopper import Shopper

IN, OUT = Availability.IN_STOCK, Availability.OUT_OF_STOCK

NOW = 1_700_000_000.0
DAY = 86_400.0


def logged(events: Iterable[Event], first: int = 1) -> list[Logged]:
    return [Logged(seq, event) for seq, event in enumerate(events, first)]


def event(
    name: EventName, products: str | Sequence[str], user: str = "", at: float = NOW, session: str = "", **more: object
) -> Event:
    names = products.split() if isinstance(products, str) else products
    ident = more.pop("id", None) or f"{name}-{user}-{session}-{at}-{'-'.join(names)}"
    return Event(str(ident), name, at, Who(user, session), tuple(EventItem(one) for one in names), **more)


def view(products: str, user: str = "", at: float = NOW, session: str = "") -> list[Event]:
    """One view after the other, a minute apart."""
    return [event(EventName.VIEW_ITEM, one, user, at + 60 * i, session) for i, one in enumerate(products.split())]


def buy(products: str, user: str = "", at: float = NOW, session: str = "") -> list[Event]:
    return [event(EventName.PURCHASE, products, user, at, session)]


def columns(*rows: tuple[str, str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shopper, product and time as keys."""
    return (
        np.array([shopper_key(shopper) for shopper, _, _ in rows], np.uint64),
        np.array([product_key(product) for _, product, _ in rows], np.uint64),
        np.array([at for _, _, at in rows], np.float64),
    )


def interactions(events: Iterable[Event]) -> Interactions:
    return Interactions.read(logged(events))


KINDS = ("phone", "case", "cable", "shoe", "sock", "milk", "bread", "tea")
PER_KIND = 5


def products() -> list[Product]:
    """Five of each kind, ``phone-0`` on; the last phone is sold out, and a shoe comes in two colours, red sold out."""
    made = []
    for number, kind in enumerate(KINDS):
        department = "Tech" if number < 3 else "Clothes" if number < 5 else "Food"
        for i in range(PER_KIND):
            sold_out = (kind, i) == ("phone", 4)
            variants = ()
            if (kind, i) == ("shoe", 0):
                red = Variant("shoe-0-red", availability=OUT, attributes={"color": "red"})
                variants = (red, Variant("shoe-0-blue", availability=IN, attributes={"color": "blue"}))
            made.append(
                Product(
                    f"{kind}-{i}",
                    f"{kind.title()} number {i}",
                    brand=f"Brand {i % 3}",
                    categories=(f"{department}/{kind.title()}s",),
                    price=Decimal(10 * (i + 1)),
                    currency="EUR",
                    availability=OUT if sold_out else IN,
                    attributes={} if variants else {"color": ("red", "blue", "green")[i % 3]},
                    variants=variants,
                )
            )
    return made


def build_view(folder: Path, made: Sequence[Product] | None = None) -> IndexView:
    """An index of products whose vectors lie together by kind, except that a case reads almost like a phone."""
    random = np.random.default_rng(5)
    centres = {kind: centre for kind, centre in zip(KINDS, np.eye(len(KINDS), 16), strict=True)}
    centres["case"] = 0.8 * centres["phone"] + 0.6 * centres["case"]
    documents = []
    for seq, product in enumerate(products() if made is None else made, 1):
        centre = centres.get(product.id.split("-")[0], np.ones(16))
        rows = [unit(centre + 0.1 * random.standard_normal(16)) for _ in range(2)]
        fields = {name: VectorRows(row[None], (-1,)) for name, row in zip(("text", "photo"), rows, strict=True)}
        terms = {"title": product.title.lower(), "brand": "", "category": "", "body": ""}
        documents.append(IndexDocument(seq, product, terms, fields))
    build_index(folder, documents, applied=len(documents))
    return EmbeddedIndex(folder).view()


def unit(row: np.ndarray) -> np.ndarray:
    return (row / np.linalg.norm(row)).astype(np.float32)


def facts_of(view: IndexView, ids: Iterable[str]) -> dict[tuple[str, str], ProductFacts]:
    """What tastes are learned from."""
    known = {product.id: product for product in products()}
    found = {}
    for name in dict.fromkeys(ids):
        product, document = known[name], int(view.documents_of(keys_of([name]))[0])
        values = {"brand": (product.brand,), "category": product.categories}
        text, look = (view.vectors_of(field, document)[0] for field in ("text", "photo"))
        found[name, ""] = ProductFacts(name, values, float(product.price), 0.0, text, look)
    return found


def shopper(
    view: IndexView, events: Sequence[Event] = (), edits: TasteEdits | None = None, now: float = NOW
) -> Shopper:
    """A shopper who did some things."""
    names = [item.product for one in events for item in one.items]
    profile = Profile("u:x", edits=edits or TasteEdits()).updated(logged(events), facts_of(view, names))
    return Shopper(profile, now)


def counted(*events: Sequence[Event], view: IndexView | None = None, now: float = NOW) -> LiveCounts:
    """Live counts of a log."""
    everything = logged(sorted((one for some in events for one in some), key=lambda one: one.at))
    counts = LiveCounts()
    counts.rebuild([everything])
    if view is not None:
        counts.first_seen.look(view, now)
    return counts


class World:
    """A shop with events in it, to ask for recommendations."""

    def __init__(self, view: IndexView, *events: Sequence[Event], rules: Sequence[Rule] = (), models=None) -> None:
        self.view = view
        self.counts = counted(*events, view=view)
        self.shop = Shop(view, self.counts, Charts.draw(self.counts, NOW), models or {})
        self.faults = Faults()
        self.rules = Rules(RuleBook(rules), self.faults)
        self.ids = {int(view.documents_of(keys_of([one.id]))[0]): one.id for one in products()}

    def ask(self, surface: Surface, who: Shopper | None = None, filters: str = "", seed: int = 0, **more) -> Listed:
        request = RecommendRequest(surface, filters=parse_filter(filters), **more)
        who = who or shopper(self.view)
        asked, _ = ask(self.view, request, who, self.rules, np.random.default_rng(seed))
        listed = recommend(self.shop, asked, self.faults)
        assert not self.faults.counts
        return listed

    def ids_of(self, surface: Surface, who: Shopper | None = None, **more) -> list[str]:
        return [self.ids[one] for one in self.ask(surface, who, **more).documents.tolist()]


def together(first: str, second: str, shoppers: int = 12, name: EventName = EventName.PURCHASE) -> list[Event]:
    """A dozen shoppers who take two products in one go."""
    return [event(name, f"{first} {second}", f"{first}{second}{n}", NOW - DAY - 600.0 * n) for n in range(shoppers)]
