"""What ranking knows of a query besides the candidates it brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bowerbird.domain.filters import And, Filter, Range
from bowerbird.domain.understanding import Preference
from bowerbird.encode.folding import fold

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A query as ranking sees it.

    ``text`` is what was typed; ``wordings`` are the cut words of each wording that was run; ``filters`` is everything
    that excludes. ``now`` is in seconds since 1970; ``words_alone`` says that no photo and no example
    is asked with.
    """

    text: str = ""
    wordings: tuple[tuple[str, ...], ...] = ()
    preferences: tuple[Preference, ...] = ()
    filters: Filter | None = None
    now: float = 0.0
    words_alone: bool = True

    @property
    def key(self) -> str:
        """The query as clicks are counted by: folded, single blanks."""
        return query_key(self.text)

    @property
    def price(self) -> tuple[float | None, float | None] | None:
        """The asked price band, None where none was asked for."""
        return price_band([] if self.filters is None else [self.filters])


def query_key(text: str) -> str:
    """The form in which two spellings of a query are one for counting."""
    return " ".join(fold(text[: 2 * LONGEST_KEY])[0].split())[:LONGEST_KEY]


def price_band(filters: Sequence[Filter]) -> tuple[float | None, float | None] | None:
    """The narrowest band that top-level conditions on the price leave."""
    lows, highs = [], []
    for condition in filters:
        for part in condition.parts if isinstance(condition, And) else (condition,):
            if isinstance(part, Range) and part.field == "price":
                lows += [] if part.low is None else [part.low]
                highs += [] if part.high is None else [part.high]
    if not lows and not highs:
        return None
    return (max(lows) if lows else None), (min(highs) if highs else None)
