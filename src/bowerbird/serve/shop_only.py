"""What callers without the right to write may neither ask nor see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter, fields_of
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query
from bowerbird.domain.shop_only import is_shop_only

Value = TypeVar("Value")


def as_allowed(query: Query, whole: bool) -> Query:
    """The query as its caller may ask it; ``whole`` where they may write. Raises InputError as for unknown fields.

    What others see is as the merchant arranged it: without the rules they would see what those leave out.
    """
    if whole:
        return query
    refuse_shop_only(query.filters, [facet.field for facet in query.facets])
    return replace(query, rules=True)


def refuse_shop_only(condition: Filter | None, facets: Iterable[str] = ()) -> None:
    """Raise InputError, as for a field that nobody has, where a filter or a facet is of what only the shop knows."""
    asked = [("filters", name) for name in (() if condition is None else fields_of(condition))]
    asked += [("facets", name) for name in facets]
    for part, name in asked:
        if is_shop_only(name):
            raise InputError("unknown field", field=part, found=name, expected="a known field")


def told(named: Mapping[str, Value], whole: bool) -> dict[str, Value]:
    """What a caller is told of values by name: all of them where they may write."""
    return {name: value for name, value in named.items() if whole or not is_shop_only(name)}


def told_product(product: Product, whole: bool) -> Product:
    """A product with the attributes that a caller is told of."""
    if whole:
        return product
    variants = tuple(replace(one, attributes=told(one.attributes, whole)) for one in product.variants)
    return replace(product, attributes=told(product.attributes, whole), variants=variants)
