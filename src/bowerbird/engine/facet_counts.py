"""The facets of one search: over what was found, or for one that does not narrow itself over what would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bowerbird.domain.filters import Filter, all_of, fields_of, without_field
from bowerbird.domain.ports import Documents, IndexView
from bowerbird.domain.query import FacetRequest
from bowerbird.domain.results import FacetCounts


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed by: ``asked`` by the shopper, in filters and words, and ``ruled`` by the merchant."""

    asked: tuple[Filter, ...] = ()
    ruled: Filter | None = None

    @property
    def whole(self) -> Filter | None:
        """All of it as one filter."""
        return all_of([*self.asked, *(() if self.ruled is None else (self.ruled,))])

    def without(self, field: str) -> Narrowed:
        """Less what the shopper asked of a field: what the merchant rules holds for every value of it."""
        relaxed = (without_field(one, field) for one in self.asked)
        return Narrowed(tuple(one for one in relaxed if one is not None), self.ruled)


def count_facets(
    view: IndexView,
    requests: Sequence[FacetRequest],
    narrowed: Narrowed,
    found: Documents,
    find: Callable[[Filter | None], Documents],
) -> tuple[FacetCounts, ...]:
    """Facets over the documents that were ``found``; a disjunctive one over those that ``find`` finds without it."""
    asked = {field for one in narrowed.asked for field in fields_of(one)}
    plain = [request for request in requests if not (request.disjunctive and request.field in asked)]
    counts = iter(_count(view, found, narrowed.whole, plain) if plain else ())
    facets = []
    for request in requests:
        if request in plain:
            facets.append(next(counts))
        else:
            wider = narrowed.without(request.field).whole
            facets += _count(view, find(wider), wider, [request])
    return tuple(facets)


def _count(
    view: IndexView, documents: Documents, condition: Filter | None, requests: Sequence[FacetRequest]
) -> tuple[FacetCounts, ...]:
    # The filter is relaxed already: the index would take the merchant's part of it away too.
    return view.count_facets(documents, condition, [replace(request, disjunctive=False) for request in requests])
