"""What ranking knows of a query besides the candidates it brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bowerbird.domain.filters import And, Filter, Range
from bowerbird.domain.ports import Cut
from bowerbird.domain.understanding import Preference
from bowerbird.encode.folding import fold
from bowerbird.profile.affinity import Affinity

LONGEST_KEY = 200
_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """A query as ranking sees it.

    ``text`` is what was typed; ``wordings`` are the cut words of each wording that was run; ``filters`` is everything
    that excludes. ``now`` is in seconds since 1970; ``words_alone`` says that no photo and no example
    is asked with; ``kinds`` are the kinds of thing that it names, as the index counts them. ``affinity`` is what the
    shopper leans to, None where nobody is named or nothing is to be arranged.
    """

    text: str = ""
    wordings: tuple[tuple[str, ...], ...] = ()
    preferences: tuple[Preference, ...] = ()
    filters: Filter | None = None
    now: float = 0.0
    words_alone: bool = True
    kinds: tuple[str, ...] = ()
    affinity: Affinity | None = None

    @property
    def key(self) -> str:
        """The query as clicks are counted by: folded, single blanks."""
        return query_key(self.text)

    @property
    def price(self) -> tuple[float | None, float | None] | None:
        """The asked price band, None where none was asked for."""
        return price_band([] if self.filters is None else [self.filters])


def cut_wordings(cut: Cut, texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The words of each text that has any, as the index is cut."""
    found = (tuple(token.text for token in cut(text[:_LOOKED_AT])) for text in texts)
    return tuple(words for words in found if words)


def query_key(text: str) -> str:
    """The form in which two spellings of a query are one for counting."""
    return " ".join(fold(text[: 2 * LONGEST_KEY])[0].split())[:LONGEST_KEY]


def price_band(filters: Sequence[Filter]) -> tuple[float | None, float | None] | None:
    """The narrowest band that conditions on the price leave which all have to hold."""
    lows, highs = [], []
    for part in _all_that_hold(filters):
        if isinstance(part, Range) and part.field.casefold() == "price":
            lows += [] if part.low is None else [part.low]
            highs += [] if part.high is None else [part.high]
    if not lows and not highs:
        return None
    return (max(lows) if lows else None), (min(highs) if highs else None)


def _all_that_hold(filters: Sequence[Filter]) -> Iterator[Filter]:
    """Filters with what stands in ANDs one by one: the shopper's own filter comes inside another AND."""
    for condition in filters:
        if isinstance(condition, And):
            yield from _all_that_hold(condition.parts)
        else:
            yield condition
