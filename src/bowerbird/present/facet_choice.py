"""Which of a shop's fields are worth showing as facets, decided from its own columns."""

from __future__ import annotations

from bowerbird.domain.filters import Exists
from bowerbird.domain.ports import IndexView
from bowerbird.domain.query import FacetRequest
from bowerbird.domain.results import FacetCounts
from bowerbird.domain.shop_only import is_shop_only

MOST = 16
_USUAL = (
    "category",
    "brand",
    "price",
    "color",
    "colour",
    "颜色",
    "size",
    "尺码",
    "material",
    "材质",
    "rating",
    "in_stock",
)
_NEVER = frozenset({"id", "currency", "availability", "updated_at", "review_count", "sentiment"})
_LEAST_COVERAGE = 0.02
_MOST_VALUES = 60
_LONGEST_VALUE = 40
_FEWEST_EACH = 3


def choose_facets(view: IndexView) -> tuple[str, ...]:
    """At most ``MOST`` field names, best first: those every shopper looks for, then by how many products have them.

    A facet is worth its place where there is something to choose, where values are short and shared by products, and
    where more than a handful of products have one.
    """
    if not view.size:
        return ()
    coverage: dict[str, float] = {}
    for name, kind in view.fields().items():
        if name in _NEVER or is_shop_only(name):
            continue
        share = view.select(Exists(name)).count / view.size
        if share < _LEAST_COVERAGE:
            continue
        (counts,) = view.count_facets(None, None, [FacetRequest(name, limit=_MOST_VALUES + 1)])
        if _is_a_choice(counts) if kind == "number" else _is_worth(counts, usual=name in _USUAL):
            coverage[name] = share
    usual = [name for name in _USUAL if name in coverage]
    others = sorted(coverage.keys() - set(usual), key=lambda name: (-coverage[name], name))
    return tuple([*usual, *others][:MOST])


def main_currency(view: IndexView) -> str | None:
    """The currency that most products are priced in."""
    if "currency" not in view.fields():
        return None
    (counts,) = view.count_facets(None, None, [FacetRequest("currency", limit=1)])
    return counts.values[0].value if counts.values else None


def _is_a_choice(counts: FacetCounts) -> bool:
    return counts.stats is not None and counts.stats.minimum < counts.stats.maximum


def _is_worth(counts: FacetCounts, usual: bool) -> bool:
    values = counts.values
    if len(values) < 2:
        return False
    if usual:
        return True
    few = len(values) <= _MOST_VALUES
    shared = sum(value.count for value in values) >= _FEWEST_EACH * len(values)
    short = sum(len(value.value) for value in values) <= _LONGEST_VALUE * len(values)
    return few and shared and short
