"""One visit to the shop: lists are shown, looked through from the top, and what attracts is opened, kept and bought."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from math import exp
from random import Random
from typing import Final

from bowerbird.demo.crowd.assortment import Assortment
from bowerbird.demo.crowd.personas import CADENCE
from bowerbird.demo.crowd.shelves import Shelves, Shown
from bowerbird.demo.crowd.tastes import Shopper
from bowerbird.demo.crowd.true_likes import ASKED, ASKED_COLOUR, CROWD_BEHAVIOUR, NOT_ASKED, OWNED
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.offers import CURRENCY
from bowerbird.demo.shop_world import AskedFor
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.recommendation import Surface

DAY: Final = 86_400.0
_LOOKS: Final = CROWD_BEHAVIOUR.examination.tolist()
_MOST_OPENED: Final = 4
_WANTS: Final = 1.3
_SEARCHES, _BROWSES = 0.6, 0.22
_NAMES_COLOUR, _SIGNED_IN, _SIGNS_IN_LATER = 0.4, 0.6, 0.6
_SEES_SIMILAR, _SEES_COMPLEMENTS, _WISHES = 0.35, 0.45, 0.15
_CHANGES_MIND, _CHECKS_OUT, _PAYS = 0.08, 0.85, 0.85


@dataclass(slots=True)
class Mind:
    """A shopper while they live: what they think of every product, in log-odds, and what they have and want.

    ``kind`` and ``rest`` are the parts of TrueLikes as lists; ``wants`` are weights by kind.
    """

    shopper: Shopper
    kind: list[float]
    rest: list[float]
    wants: dict[str, float]
    owned: set[int] = field(default_factory=set)
    told: int = 0

    def want(self, rng: Random) -> str:
        """A kind to look for."""
        return rng.choices(tuple(self.wants), tuple(self.wants.values()))[0]


def weigh_kinds(shopper: Shopper, shop: Assortment) -> dict[str, float]:
    """How often a shopper looks for each kind that the shop has, beside the others."""
    there = set(shop.kinds)
    return {name: exp(_WANTS * shopper.likes[f"kind {name}"]) for name in KINDS if name in there}


@dataclass(slots=True)
class Visit:
    """What happens in one visit that begins at ``at``; ``run`` plays it and leaves ``events`` and ``bought``."""

    mind: Mind
    shelves: Shelves
    seed: int
    at: float
    end: float
    session: str
    rng: Random
    user: str = ""
    events: list[Event] = field(default_factory=list)
    cart: dict[int, EventItem] = field(default_factory=dict)
    bought: list[int] = field(default_factory=list)

    def run(self, kind: str, again: int | None = None) -> None:
        """Play the visit of somebody who looks for a kind; ``again`` is a product that they came to buy once more."""
        if self.rng.random() < _SIGNED_IN:
            self.user = self.mind.shopper.user
        if again is None:
            self._stroll(kind)
        else:
            self._buy_again(again)
        if not self.user and self.mind.shopper.user and self.rng.random() < _SIGNS_IN_LATER:
            self._sign_in()
        self._check_out()

    @property
    def days(self) -> float:
        """The days before the end."""
        return max(0.0, (self.end - self.at) / DAY)

    def attraction(self, place: int, asked: AskedFor | None) -> float:
        """The chance that a product attracts them here and now: TrueLikes for one."""
        shop, mind = self.shelves.shop, self.mind
        odds = mind.rest[place] + float(shop.lift[place]) * shop.rising(self.days)
        if asked is None:
            odds += mind.kind[place]
        elif shop.kinds[place] != asked.kind:
            odds += NOT_ASKED
        else:
            odds += ASKED + (ASKED_COLOUR if asked.colour and asked.colour in shop.colours[place] else 0.0)
        if place in mind.owned and shop.kinds[place] not in CADENCE:
            odds += OWNED
        return 1 / (1 + exp(-odds))

    def _buy_again(self, place: int) -> None:
        """Go straight to what they came for, and put it in the cart, whatever else they see there."""
        shown = Shown((place,), Surface.BUY_AGAIN, AskedFor("", self.shelves.shop.kinds[place]))
        query_id = f"q-{self._mark()}"
        item = EventItem(self.shelves.shop.ids[place], 1)
        self._tell(EventName.VIEW_ITEM_LIST, [item], query_id, shown)
        self._tell(EventName.SELECT_ITEM, [item], query_id, shown)
        self._open(place, query_id, shown, deep=False)
        if place not in self.cart and self.shelves.shop.in_stock[place]:
            self._put_in_cart(place, query_id, shown, deep=False)

    def _stroll(self, kind: str) -> None:
        rng, shelves = self.rng, self.shelves
        way = rng.random()
        if way < _SEARCHES:
            asked = self._ask(kind)
            found = self._look_through(shelves.search(asked, self.days, rng))
            if not found and asked.colour and rng.random() < 0.6:
                self._look_through(shelves.search(AskedFor(self._call(kind), kind), self.days, rng))
        elif way < _SEARCHES + _BROWSES:
            self._look_through(shelves.category(AskedFor("", kind), self.days, rng))
        else:
            self._look_through(shelves.trending(self.days, rng))
            self._look_through(shelves.new(self.days, rng))

    def _ask(self, kind: str) -> AskedFor:
        """A search for a kind, by some with the colour that they like best of those it comes in."""
        likes, name = self.mind.shopper.likes, self._call(kind)
        if not KINDS[kind].names_colour or self.rng.random() >= _NAMES_COLOUR:
            return AskedFor(name, kind)
        colour = max(KINDS[kind].colours.names, key=lambda one: likes[f"colour {one}"])
        chinese = self.mind.shopper.language == "zh"
        return AskedFor(f"{COLOURS[colour].chinese}{name}" if chinese else f"{colour} {name}", kind, colour)

    def _call(self, kind: str) -> str:
        return self.rng.choice(KINDS[kind].called(self.mind.shopper.language))

    def _look_through(self, shown: Shown, deep: bool = False) -> int:
        """Show a list, open what is looked at and attracts; the number of products opened."""
        if not shown.places:
            return 0
        name = EventName.VIEW_SEARCH_RESULTS if shown.query else EventName.VIEW_ITEM_LIST
        query_id = "" if shown.surface.startswith("category:") else f"q-{self._mark()}"
        items = [EventItem(self.shelves.shop.ids[place], position) for position, place in enumerate(shown.places, 1)]
        self._tell(name, items, query_id, shown)
        rng = self.rng
        opened = [
            (item, place)
            for looks, item, place in zip(_LOOKS, items, shown.places, strict=False)
            if rng.random() < looks * self.attraction(place, shown.asked)
        ][:_MOST_OPENED]
        for item, place in opened:
            self._tell(EventName.SELECT_ITEM, [item], query_id, shown)
            self._open(place, query_id, shown, deep)
        return len(opened)

    def _open(self, place: int, query_id: str, shown: Shown, deep: bool) -> None:
        shop, rng = self.shelves.shop, self.rng
        price = shop.prices[place]
        item = EventItem(shop.ids[place], price=price)
        self._tell(EventName.VIEW_ITEM, [item], query_id, shown, price)
        attraction = self.attraction(place, shown.asked)
        if shop.in_stock[place] and place not in self.cart and rng.random() < CROWD_BEHAVIOUR.conversion * attraction:
            self._put_in_cart(place, query_id, shown, deep)
        elif rng.random() < _WISHES * attraction:
            self._tell(EventName.ADD_TO_WISHLIST, [item], query_id, shown, price)
        elif not deep and rng.random() < _SEES_SIMILAR:
            self._look_through(self.shelves.similar(place, shown.asked, self.days, rng), deep=True)

    def _put_in_cart(self, place: int, query_id: str, shown: Shown, deep: bool) -> None:
        shop, rng = self.shelves.shop, self.rng
        quantity = float(rng.choice((1, 1, 2, 3))) if shop.kinds[place] in CADENCE else 1.0
        variant, price = self._choose_form(place)
        item = self.cart[place] = EventItem(shop.ids[place], 0, variant, price, quantity)
        self._tell(EventName.ADD_TO_CART, [item], query_id, shown, price * quantity)
        if not deep and rng.random() < _SEES_COMPLEMENTS:
            offered = self.shelves.complements(place, self.days, rng)
            if offered is not None:
                self._look_through(offered, deep=True)

    def _choose_form(self, place: int) -> tuple[str, float]:
        """The variant to buy and its price: one that is there, in the size that fits and the colour liked best."""
        shop, shopper = self.shelves.shop, self.mind.shopper
        forms = [form for form in shop.forms[place] if form.in_stock]
        if not forms:
            return "", shop.prices[place]
        size = shopper.size(shop.kinds[place])
        best = max(
            forms,
            key=lambda form: (2.0 * (form.size == size) + shopper.likes.get(f"colour {form.colour}", 0.0), form.id),
        )
        return best.id, best.price

    def _sign_in(self) -> None:
        self.user = self.mind.shopper.user
        self._tell(EventName.LOGIN, [])

    def _check_out(self) -> None:
        rng = self.rng
        for place, item in list(self.cart.items()):
            if rng.random() < _CHANGES_MIND:
                self._tell(EventName.REMOVE_FROM_CART, [self.cart.pop(place)], value=_worth([item]))
        items = list(self.cart.values())
        if not items or rng.random() >= _CHECKS_OUT:
            return
        self._tell(EventName.BEGIN_CHECKOUT, items, value=_worth(items))
        if self.mind.shopper.user and not self.user:
            self._sign_in()
        if rng.random() < _PAYS:
            self.bought = list(self.cart)
            self.mind.owned.update(self.bought)
            self._tell(EventName.PURCHASE, items, value=_worth(items), transaction=f"t-{self._mark()}")

    def _tell(
        self,
        name: EventName,
        items: list[EventItem],
        query_id: str = "",
        shown: Shown | None = None,
        value: float | None = None,
        transaction: str = "",
    ) -> None:
        self.at = min(self.end, self.at + 1 + self.rng.expovariate(1 / 20))
        consent = self.mind.shopper.consent
        event = Event(
            id=f"demo-{self._mark()}",
            name=name,
            at=round(self.at, 3),
            who=Who(self.user, self.session) if consent else Who(),
            items=tuple(items),
            query_id=query_id,
            surface=shown.surface if shown else "",
            query=shown.query if shown else "",
            value=None if value is None else round(value, 2),
            currency="" if value is None else CURRENCY,
            transaction=transaction if consent else "",
            consent=consent,
        )
        self.events.append(event)

    def _mark(self) -> str:
        """A name that nobody had before and that tells nobody who did it."""
        self.mind.told += 1
        text = f"{self.seed} {self.mind.shopper.number} {self.mind.told}"
        return blake2b(text.encode(), digest_size=8).hexdigest()


def _worth(items: list[EventItem]) -> float:
    return sum((item.price or 0.0) * item.quantity for item in items)
