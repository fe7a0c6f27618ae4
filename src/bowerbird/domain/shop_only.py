"""What only the shop may know of its products: what it earns with them."""

from __future__ import annotations

SHOP_ONLY = frozenset({"margin", "cost_of_goods_sold"})
"""Attributes, signals and factors that tell what the shop earns: only who may write to the shop is told of them."""


def is_shop_only(name: str) -> bool:
    """Whether a field is one of them; case aside, as fields are found."""
    return name.casefold() in SHOP_ONLY
