"""What a page may offer over a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bowerbird.domain.ports import IndexView
from bowerbird.encode.terms import LANGUAGES
from bowerbird.present.facet_choice import choose_facets, main_currency


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a shop holds and can be asked.

    ``facets`` are the fields worth showing, best first; ``speech`` the languages that are understood aloud.
    """

    products: int
    currency: str | None
    fields: Mapping[str, str]
    facets: tuple[str, ...]
    languages: tuple[str, ...]
    speech: tuple[str, ...] = ()

    @classmethod
    def of(cls, view: IndexView, speech: tuple[str, ...]) -> Capabilities:
        """Those of the shop that a view is of."""
        return cls(view.size, main_currency(view), view.fields(), choose_facets(view), LANGUAGES, speech)
