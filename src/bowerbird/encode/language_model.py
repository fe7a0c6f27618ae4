"""An n-gram language model from weighted sentences, in the ARPA format that speech recognisers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

START, END, UNKNOWN = "<s>", "</s>", "<UNK>"
Gram = tuple[str, ...]

_NEVER = -99.0


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """How counts become probabilities.

    ``order``: words that are looked at together. ``discount``: what every seen n-gram gives up for unseen ones.
    ``background``: the share of the unigrams that goes to the background, however rare a word is.
    """

    order: int = 3
    discount: float = 0.6
    background: float = 0.1


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """N-grams with log10 probabilities and, but for the longest ones, log10 back-off weights."""

    order: int
    probabilities: Mapping[Gram, float]
    backoffs: Mapping[Gram, float]

    def score(self, words: Sequence[str]) -> float:
        """The log10 probability of a sentence, its end included."""
        sentence = (START, *words, END)
        return sum(
            self._next(sentence[max(0, at - self.order + 1) : at], sentence[at]) for at in range(1, len(sentence))
        )

    def _next(self, history: Gram, word: str) -> float:
        if (*history, word) in self.probabilities:
            return self.probabilities[(*history, word)]
        if not history:
            return self.probabilities.get((UNKNOWN,), _NEVER)
        return self.backoffs.get(history, 0.0) + self._next(history[1:], word)

    def lines(self) -> Iterator[str]:
        """The model as lines of an ARPA file."""
        by_length: list[list[Gram]] = [[] for _ in range(self.order)]
        for gram in self.probabilities:
            by_length[len(gram) - 1].append(gram)
        yield "\\data\\"
        yield from (f"ngram {length}={len(grams)}" for length, grams in enumerate(by_length, 1))
        for length, grams in enumerate(by_length, 1):
            yield ""
            yield f"\\{length}-grams:"
            for gram in sorted(grams):
                weight = f" {self.backoffs.get(gram, 0.0):.4f}" if length < self.order else ""
                yield f"{self.probabilities[gram]:.4f} {' '.join(gram)}{weight}"
        yield ""
        yield "\\end\\"


def fit_language_model(
    sentences: Iterable[tuple[Sequence[str], float]],
    background: Mapping[str, float],
    settings: LanguageModelSettings | None = None,
) -> LanguageModel:
    """Fit a model to weighted sentences.

    Absolute discounting, interpolated with the shorter history (Ney, Essen and Kneser, 1994); unigrams are mixed with
    ``background``, positive weights by word, which also makes the vocabulary.
    """
    settings = settings or LanguageModelSettings()
    counts = _count(sentences, settings.order)
    probabilities, backoffs = _unigrams(counts[0], background, settings)
    for length in range(2, settings.order + 1):
        _add_longer(counts[length - 1], probabilities, backoffs, settings.discount)
    logs = {gram: _NEVER if gram == (START,) else log10(value) for gram, value in probabilities.items()}
    return LanguageModel(settings.order, logs, {gram: log10(value) for gram, value in backoffs.items()})


def _count(sentences: Iterable[tuple[Sequence[str], float]], order: int) -> list[dict[Gram, float]]:
    counts: list[dict[Gram, float]] = [{} for _ in range(order)]
    for words, weight in sentences:
        sentence = (START, *words, END)
        for at in range(1, len(sentence)):
            for length in range(1, min(order, at + 1) + 1):
                gram = sentence[at - length + 1 : at + 1]
                counts[length - 1][gram] = counts[length - 1].get(gram, 0.0) + weight
    return counts


def _unigrams(
    counts: Mapping[Gram, float], background: Mapping[str, float], settings: LanguageModelSettings
) -> tuple[dict[Gram, float], dict[Gram, float]]:
    total = sum(counts.values())
    weight = sum(background.values())
    share = settings.background if total else 1.0
    words = {*background, *(gram[0] for gram in counts), END}
    probabilities: dict[Gram, float] = {}
    for word in words:
        given = background.get(word, 0.0) / weight if weight else 0.0
        counted = counts.get((word,), 0.0) / total if total else 0.0
        probabilities[(word,)] = max(share * given + (1 - share) * counted, 1e-9)
    probabilities[(START,)] = 1.0
    return probabilities, {}


def _add_longer(
    counts: Mapping[Gram, float], probabilities: dict[Gram, float], backoffs: dict[Gram, float], discount: float
) -> None:
    """Add the n-grams of one length, and the back-off weights of their histories."""
    totals: dict[Gram, float] = {}
    freed: dict[Gram, float] = {}
    for gram, count in counts.items():
        history = gram[:-1]
        totals[history] = totals.get(history, 0.0) + count
        freed[history] = freed.get(history, 0.0) + min(discount, count / 2)
    for history, total in totals.items():
        backoffs[history] = freed[history] / total
    for gram, count in counts.items():
        history = gram[:-1]
        kept = (count - min(discount, count / 2)) / totals[history]
        probabilities[gram] = kept + backoffs[history] * _probability(gram[1:], probabilities, backoffs)


def _probability(gram: Gram, probabilities: Mapping[Gram, float], backoffs: Mapping[Gram, float]) -> float:
    if gram in probabilities or len(gram) == 1:
        return probabilities[gram]
    return backoffs.get(gram[:-1], 1.0) * _probability(gram[1:], probabilities, backoffs)
