"""Which of a filter's conditions a product's row meets, and by which of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bowerbird.domain.filters import And, Equals, Exists, Filter, Not, OneOf, Or, Range, Scalar, Under
from bowerbird.domain.product import Product
from bowerbird.index.product_rows import PATH_FIELD, Value, Values, fold, fold_path, rows_of_product
from bowerbird.index.selection import scalar_text


def row_of(product: Product, variant: int | None) -> Mapping[str, Values]:
    """The values that a filter sees of a product's variant, or of the product itself."""
    rows = rows_of_product(0, product)
    return rows.shared if variant is None else {**rows.shared, **rows.own[variant]}


def values_met(condition: Filter, row: Mapping[str, Values]) -> Iterator[tuple[str, Value]]:
    """The field and the row's own value for each condition that the row meets; what is ruled out has none."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from values_met(part, row)
        case Not():
            return
        case _:
            wanted = condition.field.casefold()
            values = next((held for name, held in row.items() if name.casefold() == wanted), ())
            found = next((value for value in values if _fits(condition, value)), None)
            if found is not None:
                yield condition.field, found


def _fits(condition: Equals | OneOf | Range | Under | Exists, value: Value) -> bool:
    match condition:
        case Equals(field, wanted):
            return _same(field, value, wanted)
        case OneOf(field, several):
            return any(_same(field, value, wanted) for wanted in several)
        case Range(_, low, high):
            # Which end is open has been told when the product was chosen.
            return isinstance(value, float) and (low is None or value >= low) and (high is None or value <= high)
        case Under(_, path):
            held, above = fold_path(str(value)), fold_path(path)
            return held == above or held.startswith(f"{above}/")
        case Exists():
            return True


def _same(field: str, value: Value, wanted: Scalar) -> bool:
    if isinstance(value, float):
        return scalar_text(value) == scalar_text(wanted)
    folded = fold_path if field.casefold() == PATH_FIELD else fold
    return folded(value) == folded(scalar_text(wanted))
