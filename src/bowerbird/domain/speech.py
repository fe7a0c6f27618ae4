"""What was heard in a clip: a transcript with its alternatives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """One reading of a clip.

    ``score`` is its posterior in 0..1: its share among the readings that the recogniser kept; over the alternatives of
    one transcript the scores add up to at most 1.
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard: ``text`` is the best alternative, empty where no word was heard.

    ``language`` is a tag such as ``en``; ``alternatives`` are best first, the text itself among them; ``seconds`` is
    the length of the clip; ``confidence`` in 0..1 says how sure the recogniser is of the words of ``text``; ``model``
    names the recogniser.
    """

    text: str
    language: str
    alternatives: tuple[Alternative, ...]
    seconds: float
    confidence: float
    model: str
