"""Whole spoken queries, drawn from a shop's phrases: ``show me blue running shorts for women under fifty dollars``."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bowerbird.encode.speech_numbers import say_number
from bowerbird.encode.speech_phrases import Phrase, Role, other_numbers, say_text


@dataclass(frozen=True, slots=True)
class PatternSettings:
    """How queries are put together: how many are drawn, and the chance of each part in one.

    ``phrases`` is the share of queries that are a phrase of the shop as it stands.
    """

    queries: int = 40_000
    seed: int = 0
    phrases: float = 0.15
    opening: float = 0.15
    whose: float = 0.15
    attribute: float = 0.5
    second_attribute: float = 0.2
    brand: float = 0.1
    title: float = 0.15
    behind: float = 0.1
    audience: float = 0.2
    purpose: float = 0.05
    size: float = 0.07
    price: float = 0.2


# What belongs to no shop. What is more likely stands here more than once.
_OPENINGS = (
    "show me|show me some|i need|i need a|i want|i want a|i would like a|i'm looking for|i am looking for|looking for"
    "|looking for a|find me a|find me|do you have|do you have any|have you got any|something|a|a|the|some|search for"
    "|can you find|give me|cheap|a cheap|best|the best|new|gift|a gift|anything|where can i find"
)
_PURPOSES = (
    "winter|summer|spring|autumn|cold weather|hot weather|rainy days|the gym|the office|school|work|travel|hiking"
    "|running|yoga|sports|camping|a wedding|a party|christmas|birthday|home|outdoors|every day|my wife|my husband"
    "|my mother|my father|a friend"
)
_AUDIENCES = "women men kids girls boys children ladies babies teens".split()
_COLOURS = "black white gray grey red blue green yellow orange purple pink brown beige navy gold silver".split()
_SIZES = "small|medium|large|extra small|extra large|double extra large"
# N stands for a price, S for a size in words, D for one in figures.
_PRICES = (
    "under N|under N dollars|under N dollars|below N|below N dollars|less than N dollars|less than N|up to N dollars"
    "|over N dollars|over N|more than N dollars|above N dollars|around N dollars|about N dollars|for N dollars"
    "|between N and N|between N and N dollars|between N and N dollars|from N to N dollars|cheaper than N dollars"
    "|for less than N dollars|at most N dollars|N dollars"
)
_SIZE_FRAMES = "in S|size S|in size S|S|size D|in size D"
_OTHER_SEEN, _OTHER_UNSEEN = 0.5, 0.3


class QueryPatterns:
    """Draws queries from phrases by their roles and weights; the same ones for the same seed."""

    def __init__(self, phrases: Iterable[Phrase], settings: PatternSettings | None = None) -> None:
        self._settings = settings or PatternSettings()
        self._random = random.Random(self._settings.seed)
        weights = _weigh(phrases)
        self.words = _word_weights(weights)
        _add_usual(weights[Role.AUDIENCE], _AUDIENCES)
        _add_usual(weights[Role.ATTRIBUTE], _COLOURS)
        self._of = {role: _Choice(known) for role, known in weights.items()}
        self._whole = _Choice(
            {words: weight for role in Role if role is not Role.OTHER for words, weight in weights[role].items()}
        )
        self._openings, self._purposes, self._sizes = _usual(_OPENINGS), _usual(_PURPOSES), _usual(_SIZES)
        self._prices, self._size_frames = _usual(_PRICES), _usual(_SIZE_FRAMES)
        self._numbers = _Choice(_numbers())

    def draw(self) -> Iterator[tuple[str, ...]]:
        """``settings.queries`` queries."""
        for _ in range(self._settings.queries):
            query = self._whole.draw(self._random) if self._chance(self._settings.phrases) else self._compose()
            if query:
                yield query

    def _compose(self) -> tuple[str, ...]:
        chances = self._settings
        query: list[str] = []
        self._maybe(query, chances.opening, self._openings)
        if self._chance(chances.whose):
            query.append(_possessive(self._of[Role.AUDIENCE].draw(self._random)))
        if self._chance(chances.attribute):
            query += self._draw(Role.ATTRIBUTE)
            self._maybe(query, chances.second_attribute, self._of[Role.ATTRIBUTE])
        self._maybe(query, chances.brand, self._of[Role.BRAND])
        query += self._draw(Role.TITLE if self._chance(chances.title) else Role.KIND)
        if self._chance(chances.behind):
            query += [*self._random.choice((("in",), ("with",), ("with", "a"))), *self._draw(Role.ATTRIBUTE)]
        if self._chance(chances.audience):
            query += ["for", *self._draw(Role.AUDIENCE)]
        if self._chance(chances.purpose):
            query += ["for", *self._purposes.draw(self._random)]
        if self._chance(chances.size):
            query += self._fill(self._size_frames)
        if self._chance(chances.price):
            query += self._fill(self._prices)
        return tuple(word for word in query if word)

    def _fill(self, frames: _Choice) -> Iterator[str]:
        for word in frames.draw(self._random):
            if word == "N":
                yield from self._numbers.draw(self._random)
            elif word == "D":
                yield from say_number(str(self._random.randint(4, 46)))
            elif word == "S":
                yield from self._sizes.draw(self._random)
            else:
                yield word

    def _maybe(self, query: list[str], chance: float, choice: _Choice) -> None:
        if self._chance(chance):
            query += choice.draw(self._random)

    def _draw(self, role: Role) -> tuple[str, ...]:
        return self._of[role].draw(self._random)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share


def _weigh(phrases: Iterable[Phrase]) -> dict[Role, dict[tuple[str, ...], float]]:
    """Weights by role of the phrases as they are said, and of the kinds in the other number."""
    weights: dict[Role, dict[tuple[str, ...], float]] = {role: {} for role in Role}
    for phrase in phrases:
        said = tuple(say_text(phrase.text))
        if said and phrase.weight > 0:
            weights[phrase.role][said] = weights[phrase.role].get(said, 0.0) + phrase.weight
    kinds = weights[Role.KIND]
    for said, weight in list(kinds.items()):
        others = [tuple(words) for words in other_numbers(list(said))]
        seen = [words for words in others if words in kinds]
        for words in seen or others:
            kinds[words] = kinds.get(words, 0.0) + weight * (_OTHER_SEEN if seen else _OTHER_UNSEEN) / len(
                seen or others
            )
    return weights


class _Choice:
    """Word sequences to draw from by weight."""

    def __init__(self, weights: Mapping[tuple[str, ...], float]) -> None:
        self._all = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, source: random.Random) -> tuple[str, ...]:
        """One of them; nothing where there is none."""
        return source.choices(self._all, cum_weights=self._sums)[0] if self._all else ()


def _usual(text: str) -> _Choice:
    weights: dict[tuple[str, ...], float] = {}
    for part in text.split("|"):
        words = tuple(part.split())
        weights[words] = weights.get(words, 0.0) + 1.0
    return _Choice(weights)


def _add_usual(known: dict[tuple[str, ...], float], words: Sequence[str]) -> None:
    """Make words likely enough to be heard also in a shop that does not have them, less than its own."""
    least = max(0.05 * sum(known.values()) / len(words), 0.1)
    for word in words:
        known[(word,)] = known.get((word,), 0.0) + least


def _word_weights(weights: Mapping[Role, Mapping[tuple[str, ...], float]]) -> dict[str, float]:
    words: dict[str, float] = {}
    for known in weights.values():
        for phrase, weight in known.items():
            for word in phrase:
                words[word] = words.get(word, 0.0) + weight
    return words


def _numbers() -> dict[tuple[str, ...], float]:
    """Prices as they are said, the round ones most often."""
    weights = {tuple(say_number(str(value))): 0.2 for value in range(1, 100)}
    weights |= {tuple(say_number(str(value))): 5.0 for value in range(10, 101, 10)}
    weights |= {tuple(say_number(str(value))): 2.0 for value in range(5, 100, 10)}
    weights |= {tuple(say_number(str(value))): 1.0 for value in (*range(110, 1_000, 10), *range(1_000, 5_001, 500))}
    weights |= {tuple(say_number(str(value))): 3.0 for value in (100, 150, 200, 250, 300, 400, 500, 800, 1_000)}
    for value in range(10, 100):
        weights[(*say_number(str(value)), "ninety", "nine")] = 0.1
        weights[("a", "hundred", *say_number(str(value)))] = 0.05
    return weights | {("a", "hundred"): 4.0, ("a", "thousand"): 1.0, ("two", "hundred"): 3.0}


def _possessive(words: tuple[str, ...]) -> str:
    """``women's`` of ``women``, ``boys'`` (said like ``boys``) of ``boys``."""
    if len(words) != 1:
        return ""
    return words[0] if words[0].endswith("s") else f"{words[0]}'s"
