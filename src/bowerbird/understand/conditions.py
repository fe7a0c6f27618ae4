"""What of a query excludes and what only raises.

A rule with two halves. What a shopper bounds with a number or rules out excludes: a price, at least so many stars,
in stock, "at least 16 GB", "not leather". What they name raises: a colour, a material, a kind. Who asks for red shoes
would rather see pink ones than none; who says under 50 does not want to see 80.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bowerbird.domain.filters import Equals, Exists, Filter, Not, OneOf, Range, any_of
from bowerbird.domain.query import Sort
from bowerbird.domain.understanding import Bounds, Condition, Entity, EntityType, Level, Preference
from bowerbird.understand.lexicon import Lexicon
from bowerbird.understand.plain import plain
from bowerbird.understand.quantities import QuantityReader
from bowerbird.understand.shop_words import ShopWords

_CURRENCY_WORDS = frozenset({"CNY"})
"""元 and 块 are said for any money where Chinese is spoken."""


@dataclass(frozen=True, slots=True)
class ConditionSettings:
    """How much each kind of preference raises, against 1 for the score of the words and photos together."""

    category: float = 0.60
    brand: float = 0.30
    audience: float = 0.40
    color: float = 0.30
    material: float = 0.15
    pattern: float = 0.15
    size: float = 0.10
    quantity: float = 0.10
    other: float = 0.08
    order: float = 0.15
    """What standing first in an order is worth: the cheapest for "cheap", the newest for "new arrivals"."""

    def weight(self, type_: EntityType) -> float:
        """What a preference of this type raises."""
        return float(getattr(self, type_.value, self.other))


@dataclass(frozen=True, slots=True)
class Conditions:
    """The halves, and the names that are ruled out for which the shop has no field."""

    hard: tuple[Condition, ...]
    soft: tuple[Preference, ...]
    unwanted: tuple[Entity, ...]


class ConditionMaker:
    """Turns entities into conditions over one shop's fields."""

    def __init__(
        self,
        lexicon: Lexicon,
        shop: ShopWords,
        quantities: QuantityReader,
        settings: ConditionSettings | None = None,
    ) -> None:
        self._lexicon, self._shop, self._quantities = lexicon, shop, quantities
        self._settings = settings or ConditionSettings()

    def make(self, entities: Sequence[Entity], text: str = "") -> Conditions:
        """The conditions of a query's entities; ``text`` is the query, of which a brand alone raises nothing.

        All that holds a brand's name is found by its words, and nothing else of it is to be told apart.
        """
        if len(entities) == 1 and entities[0].type is EntityType.BRAND and entities[0].text == text.strip():
            return Conditions((), (), ())
        hard: list[Condition] = []
        soft: list[Preference] = []
        unwanted: list[Entity] = []
        for entity in entities:
            if entity.negated:
                found = self._filter(entity)[0]
                # Products that say nothing of their material are not known to be leather.
                if found is not None:
                    hard.append(_condition(entity, Not(found)))
                else:
                    unwanted.append(entity)
                continue
            excluding = self._excluding(entity)
            if excluding is not None:
                hard.append(_condition(entity, excluding))
            else:
                soft.extend(self._raising(entity))
        return Conditions(tuple(hard), tuple(soft), tuple(unwanted))

    def _excluding(self, entity: Entity) -> Filter | None:
        value = entity.value
        if entity.type is EntityType.STOCK:
            return Equals("in_stock", True)
        if not isinstance(value, Bounds):
            return None
        if entity.type is EntityType.PRICE:
            return Range("price", value.low, value.high) if self._is_own(value.unit) else None
        if entity.type is EntityType.RATING and "top" not in entity.text and not _is_praise(entity):
            return Range("rating", value.low, value.high)
        if entity.type is EntityType.QUANTITY and (value.low is None or value.high is None):
            return self._quantity(value)
        return None

    def _is_own(self, currency: str | None) -> bool:
        """Whether an amount is in the shop's money; without a rate there is no telling what another is worth."""
        own = self._shop.currency
        return currency is None or own is None or currency == own or currency in _CURRENCY_WORDS

    def _raising(self, entity: Entity) -> Iterator[Preference]:
        value, weight = entity.value, self._settings.weight(entity.type)
        if isinstance(value, Level):
            yield from self._level(entity, value)
        elif entity.type is EntityType.RATING:
            yield _preference(entity, self._settings.order, sort=Sort.RATING)
        elif entity.type is EntityType.NEWNESS:
            yield _preference(entity, self._settings.order, sort=Sort.NEWEST)
        elif entity.type is EntityType.PRICE and isinstance(value, Bounds):
            yield _preference(entity, self._settings.order, Range("price", value.low, value.high))
        elif entity.type is EntityType.QUANTITY and isinstance(value, Bounds):
            found = self._quantity(value)
            if found is not None:
                yield _preference(entity, weight, found)
        else:
            filter_, share = self._filter(entity)
            if filter_ is not None:
                yield _preference(entity, weight * share, filter_)

    def _level(self, entity: Entity, level: Level) -> Iterator[Preference]:
        order = self._settings.order
        if level is Level.SALE:
            for name in ("list_price", "sale_price"):
                if name in self._shop.numbers:
                    yield _preference(entity, order, Exists(name))
                    return
        yield _preference(entity, order, sort=Sort.PRICE_DESC if level is Level.HIGH else Sort.PRICE_ASC)
        if level is Level.VALUE:
            yield _preference(entity, order, sort=Sort.RATING)

    def _filter(self, entity: Entity) -> tuple[Filter | None, float]:
        """The filter of what an entity names, and how well it says it."""
        if entity.type is EntityType.SIZE:
            pairs = self._shop.sizes.get(plain(str(entity.value)), ())
            if pairs:
                return any_of([OneOf(name, (value,)) for name, value in pairs]), 1.0
        if entity.type is EntityType.BRAND:
            return Equals("brand", str(entity.value)), 1.0
        key = entity.concept or f"{'kind' if entity.type is EntityType.CATEGORY else entity.type.value}:{entity.value}"
        return self._shop.filter_for(key, self._lexicon)

    def _quantity(self, bounds: Bounds) -> Filter | None:
        """The bounds on every field that is measured in the unit."""
        names = [
            name
            for unit, fields in self._shop.units.items()
            if self._quantities.symbol(unit) == bounds.unit
            for name in fields
            if name in self._shop.numbers
        ]
        return any_of([Range(name, bounds.low, bounds.high) for name in dict.fromkeys(names)]) if names else None


def _is_praise(entity: Entity) -> bool:
    """Whether stars are asked for in words only, as in "well reviewed" and 好评."""
    return (
        not any(character.isdigit() for character in entity.text)
        and "星" not in entity.text
        and "star" not in entity.text
    )


def _condition(entity: Entity, filter_: Filter) -> Condition:
    return Condition(entity.type, entity.text, entity.start, entity.end, filter_)


def _preference(entity: Entity, weight: float, filter_: Filter | None = None, sort: Sort | None = None) -> Preference:
    return Preference(entity.type, entity.text, entity.start, entity.end, weight, filter_, sort)


BACK_OFF = (
    EntityType.QUANTITY,
    EntityType.SIZE,
    EntityType.STOCK,
    EntityType.RATING,
    EntityType.PRICE,
)
"""In this order conditions are given up where all of them leave nothing; what was ruled out goes last."""


def give_up_one(conditions: tuple[Condition, ...]) -> tuple[tuple[Condition, ...], Condition | None]:
    """The conditions without the one that is given up first, and that one."""

    def rank(condition: Condition) -> int:
        ruled_out = isinstance(condition.filter, Not)
        return len(BACK_OFF) if ruled_out or condition.type not in BACK_OFF else BACK_OFF.index(condition.type)

    if not conditions:
        return (), None
    first = min(conditions, key=rank)
    return tuple(one for one in conditions if one is not first), first


def as_preference(condition: Condition, settings: ConditionSettings) -> Preference:
    """A condition that was given up still raises what meets it."""
    return Preference(condition.type, condition.text, condition.start, condition.end, settings.order, condition.filter)
