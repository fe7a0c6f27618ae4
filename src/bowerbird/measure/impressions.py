"""One search as a log tells it: what was shown and what the shopper did with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bowerbird.domain.errors import InputError

TEAMS: Final = ("", "a", "b")
"""The teams of interleaved rankings by their code; a product of no team, such as a pinned one, has code 0."""


@dataclass(frozen=True, slots=True)
class Impression:
    """One search: the products shown, from position 1, and what the shopper did with them.

    ``clicks`` and ``orders`` are positions from 1; ``propensities`` are the chances, by product, with which the
    ranking that was in use puts this product at this position; ``teams`` are ``a``, ``b`` or empty, by product.
    ``experiment`` and ``arm`` are what the search was part of; ``metrics`` are numbers of it by name, such as
    ``took_ms``.
    """

    query: str
    products: tuple[str, ...]
    clicks: tuple[int, ...] = ()
    orders: tuple[int, ...] = ()
    shopper: str = ""
    query_id: str = ""
    arm: str = ""
    teams: tuple[str, ...] = ()
    propensities: tuple[float, ...] | None = None
    experiment: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The line of the file, without what is empty."""
        line: dict[str, object] = {"query": self.query, "products": list(self.products), "clicks": list(self.clicks)}
        given = {
            "orders": list(self.orders), "shopper": self.shopper, "query_id": self.query_id, "arm": self.arm,
            "teams": list(self.teams), "propensities": self.propensities and list(self.propensities),
            "experiment": self.experiment, "metrics": dict(self.metrics),
        }  # fmt: skip
        return line | {key: value for key, value in given.items() if value}


def read_impression(line: Mapping[str, object], where: str) -> Impression:
    """The impression of one line; other keys are passed over. Raises InputError naming the field."""
    query = line.get("query")
    if not isinstance(query, str):
        raise InputError("no query", field="query", where=where, found=query, expected="words")
    products = _read_products(line.get("products"), where)
    return Impression(
        query=query,
        products=products,
        clicks=_read_positions(line.get("clicks"), "clicks", len(products), where),
        orders=_read_positions(line.get("orders", []), "orders", len(products), where),
        shopper=_read_name(line, "shopper", where),
        query_id=_read_name(line, "query_id", where),
        arm=_read_name(line, "arm", where),
        teams=_read_teams(line.get("teams") or [], len(products), where),
        propensities=_read_propensities(line.get("propensities"), len(products), where),
        experiment=_read_name(line, "experiment", where),
        metrics=_read_metrics(line.get("metrics") or {}, where),
    )


def _read_products(found: object, where: str) -> tuple[str, ...]:
    expected = "a list of products' ids"
    if not isinstance(found, list):
        raise InputError("no products", field="products", where=where, found=found, expected=expected)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, str | int) or one == "":
            raise InputError("no product's id", field="products", where=where, found=one, expected=expected)
    products = tuple(map(str, found))
    if len(set(products)) < len(products):
        raise InputError(
            "a product is shown twice", field="products", where=where, found=found, expected="each product once"
        )
    return products


def _read_positions(found: object, name: str, shown: int, where: str) -> tuple[int, ...]:
    expected = f"a list of positions from 1 to {shown}" if shown else "an empty list, as nothing was shown"
    if not isinstance(found, list):
        raise InputError(f"no {name}", field=name, where=where, found=found, expected=expected)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, int) or not 1 <= one <= shown:
            raise InputError(f"{name} where nothing is", field=name, where=where, found=one, expected=expected)
    return tuple(dict.fromkeys(found))


def _read_name(line: Mapping[str, object], name: str, where: str) -> str:
    found = line.get(name)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise InputError(f"no {name}", field=name, where=where, found=found, expected="a name")
    return str(found)


def _read_teams(found: object, shown: int, where: str) -> tuple[str, ...]:
    if not isinstance(found, list) or (found and len(found) != shown) or any(one not in TEAMS for one in found):
        expected = f"a list of {shown}, each a, b or empty"
        raise InputError("no teams", field="teams", where=where, found=found, expected=expected)
    return tuple(found)


def _read_propensities(found: object, shown: int, where: str) -> tuple[float, ...] | None:
    if found is None:
        return None
    expected = f"a list of {shown} numbers above 0 and at most 1"
    if not isinstance(found, list) or len(found) != shown:
        raise InputError("no propensities", field="propensities", where=where, found=found, expected=expected)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, int | float) or not 0 < one <= 1:
            raise InputError("no propensity", field="propensities", where=where, found=one, expected=expected)
    return tuple(map(float, found))


def _read_metrics(found: object, where: str) -> dict[str, float]:
    expected = "an object of numbers by name"
    if not isinstance(found, dict):
        raise InputError("no metrics", field="metrics", where=where, found=found, expected=expected)
    for name, one in found.items():
        if isinstance(one, bool) or not isinstance(one, int | float) or not math.isfinite(one):
            raise InputError("no number", field=f"metrics.{name}", where=where, found=one, expected=expected)
    return {str(name): float(one) for name, one in found.items()}
