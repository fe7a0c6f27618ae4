"""One shopper as the shop knows them: tastes, what they did lately, what they bought, and what they say themselves.

A profile is made from the shopper's events and kept up by folding in those that come after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bowerbird.domain.event import Event, EventName, Logged
from bowerbird.domain.taste_edits import NO_EDITS, TasteEdits
from bowerbird.profile.affinity import DEFAULT, Affinity, AffinitySettings, affinity_of
from bowerbird.profile.facts import ProductFacts
from bowerbird.profile.tastes import SESSION, WEIGHTS, Item, Tastes, fold

HISTORY = 100
"""So many of the latest interactions are kept."""
MOST_BOUGHT = 500


@dataclass(frozen=True, slots=True)
class Interaction:
    """A product that a shopper did something with; ``at`` is in seconds since 1970."""

    product: str
    name: EventName
    at: float
    session: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of a shopper up to event ``seq``; ``key`` is the log's name for them.

    ``history`` is the latest interactions, oldest first; ``bought`` the products that were bought and not given back,
    with the time of the last purchase. Both leave out what is to be forgotten.
    """

    key: str = ""
    long: Tastes = field(default_factory=Tastes)
    session: Tastes = field(default_factory=lambda: Tastes(half_life=SESSION))
    history: tuple[Interaction, ...] = ()
    bought: Mapping[str, float] = field(default_factory=dict)
    edits: TasteEdits = NO_EDITS
    seq: int = 0

    @property
    def personal(self) -> bool:
        """Whether things may be arranged for this shopper."""
        return self.edits.personal

    def affinity(self, now: float, settings: AffinitySettings = DEFAULT) -> Affinity:
        """What the shopper leans to at a moment; nothing for one who wants nothing arranged."""
        if not self.personal:
            return Affinity()
        return affinity_of(self.long, self.session, now, self.edits, settings)

    def updated(self, events: Sequence[Logged], facts: Mapping[Item, ProductFacts]) -> Profile:
        """With what came after ``seq`` taken in; what came before, and what is to be forgotten, is passed over."""
        fresh = [one for one in events if one.seq > self.seq]
        if not fresh:
            return self
        after = self.edits.cleared
        told = [without(one.event, self.edits.forgotten) for one in fresh if one.seq > after]
        return replace(
            self,
            long=fold(self.long, told, facts),
            session=fold(self.session, told, facts),
            history=(*self.history, *interactions_of(told))[-HISTORY:],
            bought=_bought(self.bought, told),
            seq=max(one.seq for one in fresh),
        )


def items_of(events: Iterable[Event]) -> list[Item]:
    """The products and variants that events tell of tastes by, each once."""
    return list(
        dict.fromkeys((item.product, item.variant) for one in events if one.name in WEIGHTS for item in one.items)
    )


def interactions_of(events: Iterable[Event]) -> list[Interaction]:
    """What events say was done, product by product."""
    return [
        Interaction(item.product, one.name, one.at, one.who.session)
        for one in events
        if one.name in WEIGHTS
        for item in one.items
    ]


def without(event: Event, products: Sequence[str]) -> Event:
    """An event less some products."""
    if not products or not any(item.product in products for item in event.items):
        return event
    return replace(event, items=tuple(item for item in event.items if item.product not in products))


def _bought(before: Mapping[str, float], events: Iterable[Event]) -> dict[str, float]:
    bought = dict(before)
    for one in events:
        for item in one.items:
            if one.name is EventName.PURCHASE:
                bought.pop(item.product, None)
                bought[item.product] = one.at
            elif one.name is EventName.REFUND:
                bought.pop(item.product, None)
    while len(bought) > MOST_BOUGHT:
        bought.pop(next(iter(bought)))
    return bought
