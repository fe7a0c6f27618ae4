"""Which products may be recommended: in stock, within the filter, hidden by neither the merchant nor the shopper.

A mask over the documents of one view. Everything that finds products is given it, so that nothing else can come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Equals, Filter, Not, OneOf, Range, Under, all_of, any_of
from bowerbird.domain.ports import IndexView
from bowerbird.rank.faults import Faults
from bowerbird.rank.rules import Moment, RuleBook
from bowerbird.recommend.interactions import Keys
from bowerbird.recommend.kinds import taste_fields
from bowerbird.recommend.shopper import Shopper

if TYPE_CHECKING:
    from bowerbird.domain.ports import Mask

IN_STOCK = Equals("in_stock", "true")


def condition_of(
    filters: Filter | None, view: IndexView, book: RuleBook, faults: Faults, *, in_stock: bool = True
) -> Filter | None:
    """What one variant of a product must meet: the request's filter, stock, and what rules narrow to."""
    rules = book.match(Moment(filters=filters))
    narrowing = book.extra_filter(rules, view, faults) if rules else None
    parts = [part for part in (filters, narrowing, IN_STOCK if in_stock else None) if part is not None]
    return all_of(parts)


def hidden_by_rules(view: IndexView, filters: Filter | None, book: RuleBook, faults: Faults) -> Mask | None:
    """(documents,) bool: what the merchant's rules leave out of every list; None where they leave nothing out."""
    rules = book.match(Moment(filters=filters))
    steps = [step for step in book.resolve(view, rules, faults).steps if step.action == "hide"] if rules else []
    if not steps:
        return None
    everything = np.arange(len(view.select(None).mask), dtype=np.int32)
    hidden = np.zeros(len(everything), bool)
    for step in steps:
        hidden |= step.members.among(everything)
    return hidden


def said_by(shopper: Shopper, view: IndexView) -> list[Filter]:
    """What a shopper wants to see no more of, as conditions on what is left.

    A value is looked for in every field of the shop that means its taste. What cannot be asked of a field, such as a
    text of numbers, is left out.
    """
    edits = shopper.profile.edits
    parts: list[Filter] = []
    for taste, values in edits.hidden.items():
        for name in taste_fields(view).get(taste, ()) if values else ():
            hidden = any_of([Under(name, one) for one in values]) if taste == "category" else OneOf(name, values)
            parts.append(Not(hidden))
    if edits.price_most is not None:
        parts.append(Not(Range("price", low=edits.price_most, low_inclusive=False)))
    return [part for part in parts if can_be_asked(view, part)]


def can_be_asked(view: IndexView, condition: Filter) -> bool:
    """Whether a view knows the fields of a condition, and they hold what it asks for."""
    try:
        view.select(condition)
    except InputError:
        return False
    return True


def allowed_mask(view: IndexView, conditions: Sequence[Filter | None], hidden: Mask | None) -> Mask:
    """(documents,) bool, a fresh one: what meets every condition. Raises InputError for an unknown field."""
    mask = view.select(conditions[0] if conditions else None).mask.copy()
    for condition in conditions[1:]:
        if condition is not None:
            mask &= view.select(condition).mask
    if hidden is not None:
        mask &= ~hidden
    return mask


def leave_out(mask: Mask, view: IndexView, keys: Keys) -> None:
    """Take products out of a mask."""
    if len(keys):
        documents = view.documents_of(keys)
        mask[documents[documents >= 0]] = False
