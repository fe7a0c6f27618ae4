"""Rows of variants to products: rows of one group brought together, and what all variants share moved up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from bowerbird.catalog.availability import best_availability, parse_availability
from bowerbird.catalog.prices import parse_price
from bowerbird.catalog.sources.rows import BadRow, RawItem, RawRow, Reading, Record
from bowerbird.domain.errors import InputError


def gather(
    rows: Callable[[], Iterator[RawItem]], key: Callable[[RawRow], str]
) -> Iterator[BadRow | tuple[str, list[RawRow]]]:
    """Rows by key, each group as soon as its last row was read; rows without a key are alone.

    Reads the rows twice: once to count each group, then holding only groups that are still open. Where the rows of a
    group stand together, as platforms write them, one group is held at a time.
    """
    sizes = Counter(key(row) for row in rows() if isinstance(row, RawRow))
    open_groups: dict[str, list[RawRow]] = {}
    for row in rows():
        if isinstance(row, BadRow):
            yield row
            continue
        name = key(row)
        if not name:
            yield "", [row]
            continue
        group = open_groups.setdefault(name, [])
        group.append(row)
        if len(group) == sizes[name]:
            yield name, open_groups.pop(name)


def share_attributes(variants: Sequence[Record]) -> dict[str, object]:
    """Move attributes that every variant has with the same value out of the variants; returns them."""
    if not variants:
        return {}
    held = [variant.fields.get("attributes") for variant in variants]
    maps = [entry for entry in held if isinstance(entry, dict)]
    if len(maps) < len(variants):
        return {}
    first, rest = maps[0], maps[1:]
    shared = {name: value for name, value in first.items() if all(other.get(name) == value for other in rest)}
    for variant, attributes in zip(variants, maps, strict=True):
        variant.fields["attributes"] = {name: value for name, value in attributes.items() if name not in shared}
    return shared


def summarise(fields: dict[str, object], variants: Sequence[Record], currency: str | None) -> None:
    """Give a product without price or availability its variants': the lowest price, the best availability."""
    if fields.get("price") in (None, ""):
        offers = [offer for variant in variants if (offer := _offer(variant, currency)) is not None]
        if offers:
            fields["price"], found = min(offers, key=lambda offer: offer[0])
            if found is not None:
                fields["currency"] = found
    if fields.get("availability") in (None, ""):
        words = []
        for variant in variants:
            value = variant.fields.get("availability")
            try:
                words.append(parse_availability(value)) if value not in (None, "") else None
            except InputError:
                continue  # reported with the variant itself
        best = best_availability(words)
        fields["availability"] = None if best is None else best.value


def choose_price(
    attributes: dict[str, object], price: object, sale: object, holds: bool, currency: str | None = None
) -> object:
    """The price to pay: the sale price while it ``holds`` and is lower, the other kept as ``list_price``."""
    if not holds or sale in (None, ""):
        return price
    if price in (None, ""):
        return sale
    try:
        full, reduced = parse_price(price, currency)[0], parse_price(sale, currency, field="sale_price")[0]
    except InputError:
        return price
    if Decimal(0) < reduced < full:
        attributes["list_price"] = float(full)
        return sale
    return price


def within(now: datetime, start: object, end: object) -> bool:
    """Whether ``now`` lies between two dates; an end that is missing or unreadable is open."""
    begins, ends = parse_moment(start), parse_moment(end)
    return (begins is None or begins <= now) and (ends is None or now <= ends)


def parse_moment(value: object) -> datetime | None:
    """A date as platforms write it, as UTC where it names no zone."""
    text = str(value or "").strip()
    for form in ("", "%Y-%m-%dT%H:%M%z", "%m/%d/%y", "%m/%d/%y, %I:%M %p", "%m/%d/%Y"):
        try:
            moment = datetime.strptime(text, form) if form else datetime.fromisoformat(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def cell(values: Mapping[str, object], name: str) -> str:
    """A cell as stripped text, empty where the row has no such column."""
    value = values.get(name)
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _offer(variant: Record, currency: str | None) -> tuple[Decimal, str | None] | None:
    price = variant.fields.get("price")
    declared = variant.fields.get("currency")
    try:
        return None if price in (None, "") else parse_price(price, str(declared) if declared else currency)
    except InputError:
        return None  # reported with the variant itself


def is_on_sale(reading: Reading, start: object, end: object) -> bool:
    """Whether a dated sale price holds at the time of the import."""
    return within(reading.now, start, end)
