"""The crowd on disk: ``events.jsonl``, ``truth.jsonl`` (one shopper a line) and ``about.json`` (written last).

Events have the names and fields of GA4, as ``POST /v1/events`` takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from bowerbird.demo.crowd.assortment import Assortment
from bowerbird.demo.crowd.invent import Crowd
from bowerbird.demo.crowd.tastes import Shopper
from bowerbird.demo.kinds import KINDS
from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.storage.files import temporary_name, write_whole

EVENTS: Final = "events.jsonl"
TRUTH: Final = "truth.jsonl"
ABOUT: Final = "about.json"


@dataclass(frozen=True, slots=True)
class About:
    """What a crowd was invented from: ``end`` is the moment, in seconds since 1970, at which its events end."""

    seed: int
    shoppers: int
    products: int
    end: float
    days: float
    events: int
    in_fashion: tuple[str, ...]
    newcomers: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tells one crowd from another."""
        return f"{self.seed} {self.products} {self.shoppers} {self.events} {self.end}"


def write_crowd(folder: Path, crowd: Crowd, shop: Assortment, seed: int, end: float, days: float) -> About:
    """Write all of a crowd; each file is whole or not there, and ``about.json`` says that the others are."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / EVENTS, map(as_ga4, crowd.events))
    _write_lines(folder / TRUTH, map(_truth, crowd.shoppers, crowd.sessions))
    in_fashion = tuple(name for name, lift in zip(shop.ids, shop.lift.tolist(), strict=True) if lift > 0)
    newcomers = tuple(name for name, came in zip(shop.ids, shop.came.tolist(), strict=True) if came < days)
    about = About(seed, len(crowd.shoppers), len(shop), end, days, len(crowd.events), in_fashion, newcomers)
    write_whole(folder / ABOUT, orjson.dumps(asdict(about), option=orjson.OPT_INDENT_2))
    return about


def read_about(folder: Path) -> About:
    """What the crowd of a folder was invented from. Raises NotFoundError where there is none."""
    try:
        about = orjson.loads((folder / ABOUT).read_bytes())
        about |= {name: tuple(about[name]) for name in ("in_fashion", "newcomers")}
        return About(**about)
    except (OSError, ValueError, TypeError, KeyError):
        raise NotFoundError(f"no invented shoppers in {folder}; make them with: bowerbird demo") from None


def read_events(folder: Path) -> Iterator[Event]:
    """The events of a crowd, in the order of time."""
    with (folder / EVENTS).open("rb") as lines:
        for line in lines:
            yield from_ga4(orjson.loads(line))


def read_shoppers(folder: Path) -> Iterator[tuple[Shopper, tuple[str, ...]]]:
    """The shoppers of a crowd with the sessions they came in."""
    with (folder / TRUTH).open("rb") as lines:
        for line in lines:
            truth = orjson.loads(line)
            sessions = tuple(truth.pop("sessions"))
            del truth["sizes"]
            yield Shopper(**truth), sessions


def as_ga4(event: Event) -> dict[str, Any]:
    """An event as ``POST /v1/events`` takes it; what is empty is left out."""
    record: dict[str, Any] = {
        "id": event.id,
        "name": event.name,
        "timestamp_micros": round(event.at * 1e6),
        "user": event.who.user,
        "session": event.who.session,
        "items": [_item(item) for item in event.items],
        "query_id": event.query_id,
        "surface": event.surface,
        "query": event.query,
        "value": event.value,
        "currency": event.currency,
        "transaction_id": event.transaction,
    }
    kept = {name: value for name, value in record.items() if value not in ("", None, [])}
    return kept if event.consent else kept | {"consent": False}


def from_ga4(record: dict[str, Any]) -> Event:
    """An event that ``as_ga4`` wrote; what comes from elsewhere is read, and looked at, by ``events.flow``."""
    return Event(
        id=record["id"],
        name=EventName(record["name"]),
        at=record["timestamp_micros"] / 1e6,
        who=Who(record.get("user", ""), record.get("session", "")),
        items=tuple(
            EventItem(
                item["item_id"],
                item.get("index", 0),
                item.get("item_variant", ""),
                item.get("price"),
                item.get("quantity", 1.0),
            )
            for item in record.get("items", ())
        ),
        query_id=record.get("query_id", ""),
        surface=record.get("surface", ""),
        query=record.get("query", ""),
        value=record.get("value"),
        currency=record.get("currency", ""),
        transaction=record.get("transaction_id", ""),
        consent=record.get("consent", True),
    )


def _item(item: EventItem) -> dict[str, Any]:
    record: dict[str, Any] = {"item_id": item.product}
    if item.position:
        record["index"] = item.position
    if item.variant:
        record["item_variant"] = item.variant
    if item.price is not None:
        record |= {"price": item.price, "quantity": item.quantity}
    return record


def _truth(shopper: Shopper, sessions: tuple[str, ...]) -> dict[str, Any]:
    sizes = {kind: size for kind in KINDS if (size := shopper.size(kind))}
    return {**asdict(shopper), "sizes": sizes, "sessions": sessions}


def _write_lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    beside = temporary_name(path)
    try:
        with beside.open("wb") as lines:
            for record in records:
                lines.write(orjson.dumps(record) + b"\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
