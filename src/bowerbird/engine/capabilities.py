"""What a page may offer over a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
