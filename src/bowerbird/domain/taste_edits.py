"""What a shopper says of their own tastes: liked and hidden values, a highest price, what is to be forgotten.

It wins over whatever is learned. Kept as a record of plain JSON; what comes from outside is checked on the way in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bowerbird.domain.errors import InputError

TASTE_FIELDS = ("category", "brand", "color", "size", "audience")
"""What tastes are kept of, by the names that understanding has for them."""
MOST_VALUES = 100
"""Of one field; and as many products can be forgotten ten times over."""
_LONGEST = 200
_HIGHEST = 1e9

Said: TypeAlias = "Mapping[str, tuple[str, ...]]"
"""Values by field."""


@dataclass(frozen=True, slots=True)
class TasteEdits:
    """A shopper's own words about their tastes; made by ``read_edits`` where they come from outside.

    ``cleared`` is the number of the last event that is no taste any longer, ``forgotten`` are ids of products that
    never were one. Without ``personal`` nothing is arranged for the shopper.
    """

    liked: Said = field(default_factory=dict)
    hidden: Said = field(default_factory=dict)
    price_most: float | None = None
    forgotten: tuple[str, ...] = ()
    cleared: int = 0
    personal: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return self == NO_EDITS

    def changed(self, record: Mapping[str, Any]) -> TasteEdits:
        """With the parts that a record names put in the place of those before.

        A field's values replace those before, none of them take the field out, and a highest price of 0 lifts it;
        ``forget`` adds products, whatever their number. Raises InputError.
        """
        liked = {**self.liked, **_said(record.get("liked"), "liked")}
        hidden = {**self.hidden, **_said(record.get("hidden"), "hidden")}
        price = self.price_most
        if "price_most" in record:
            price = _price(record["price_most"]) or None
        personal = record.get("personal", self.personal)
        if not isinstance(personal, bool):
            raise InputError("no yes or no", field="personal", found=personal, expected="true or false")
        forgotten = (*self.forgotten, *_texts(record.get("forget", ()), "forget", 10 * MOST_VALUES))
        return replace(
            self,
            liked={name: values for name, values in liked.items() if values},
            hidden={name: values for name, values in hidden.items() if values},
            price_most=price,
            forgotten=_newest(forgotten, 10 * MOST_VALUES),
            personal=personal,
        )

    def joined(self, other: TasteEdits) -> TasteEdits:
        """These, and what the other says beside them: a session's words that become an account's."""
        if other.empty:
            return self
        return TasteEdits(
            liked=_both(self.liked, other.liked),
            hidden=_both(self.hidden, other.hidden),
            price_most=self.price_most if self.price_most is not None else other.price_most,
            forgotten=_newest((*other.forgotten, *self.forgotten), 10 * MOST_VALUES),
            cleared=max(self.cleared, other.cleared),
            personal=self.personal and other.personal,
        )

    def as_record(self) -> dict[str, Any]:
        """As plain JSON; what was not said is left out."""
        record: dict[str, Any] = {
            "liked": {name: list(values) for name, values in self.liked.items()},
            "hidden": {name: list(values) for name, values in self.hidden.items()},
            "price_most": self.price_most,
            "forgotten": list(self.forgotten),
            "cleared": self.cleared,
        }
        return {name: value for name, value in record.items() if value} | {"personal": self.personal}


NO_EDITS = TasteEdits()


def read_edits(record: Mapping[str, Any]) -> TasteEdits:
    """What ``as_record`` wrote. Raises InputError."""
    cleared = record.get("cleared", 0)
    if not isinstance(cleared, int) or cleared < 0:
        raise InputError("no number of an event", field="cleared", found=cleared)
    given = {name: value for name, value in record.items() if name in ("liked", "hidden", "price_most", "personal")}
    return replace(NO_EDITS.changed({**given, "forget": record.get("forgotten", ())}), cleared=cleared)


def _said(given: Any, name: str) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError("no values by field", field=name, found=given, expected='such as {"brand": ["Luma"]}')
    for field_ in given:
        if field_ not in TASTE_FIELDS:
            expected = ", ".join(TASTE_FIELDS)
            raise InputError("there is no such taste", field=name, found=str(field_)[:100], expected=expected)
    return {field_: _texts(values, f"{name}.{field_}", MOST_VALUES) for field_, values in given.items()}


def _texts(given: Any, name: str, most: int) -> tuple[str, ...]:
    fitting = isinstance(given, Collection) and not isinstance(given, str | bytes | Mapping) and len(given) <= most
    if not fitting or not all(isinstance(one, str) and 0 < len(one) <= _LONGEST and "\0" not in one for one in given):
        raise InputError(
            "no list of texts", field=name, found=given, expected=f"at most {most}, of 1 to {_LONGEST} characters each"
        )
    return tuple(dict.fromkeys(one.strip() for one in given if one.strip()))


def _price(given: Any) -> float | None:
    if given is None:
        return None
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 <= given <= _HIGHEST:
        raise InputError("no price", field="price_most", found=given, expected="a number of at least 0")
    return float(given)


def _both(first: Said, second: Said) -> dict[str, tuple[str, ...]]:
    names = dict.fromkeys((*first, *second))
    return {name: tuple(dict.fromkeys((*first.get(name, ()), *second.get(name, ()))))[:MOST_VALUES] for name in names}


def _newest(values: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[-most:]
