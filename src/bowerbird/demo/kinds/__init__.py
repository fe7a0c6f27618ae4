"""Every kind of product of the invented shop; one module a department."""

from __future__ import annotations

from typing import Final

from bowerbird.demo.kinds import (
    bags,
    beauty,
    clothing,
    electronics,
    groceries,
    home,
    jewellery,
    shoes,
    sports,
    toys,
)
from bowerbird.demo.kinds.kind import Facts, Kind, Row, Silhouette, Weighted

__all__ = ["KINDS", "Facts", "Kind", "Row", "Silhouette", "Weighted"]

KINDS: Final[dict[str, Kind]] = {
    kind.id: kind
    for department in (clothing, shoes, bags, jewellery, electronics, home, sports, beauty, groceries, toys)
    for kind in department.KINDS
}
