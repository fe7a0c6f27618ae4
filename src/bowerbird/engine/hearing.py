"""Which of the things that may have been said in a clip is searched for: understanding chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from bowerbird.domain.speech import Alternative, Transcript
from bowerbird.domain.understanding import Understanding

LOOKED_AT = 5
"""How many alternatives are read for what they mean."""
COVERED = 0.5
"""What it is worth that the shop has every word of an alternative, against the logarithm of its likelihood."""
NAMED = 0.25
"""What it is worth that all of an alternative names something."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a clip; ``text`` is what it is searched by, which may be another than the likeliest."""

    text: str
    transcript: Transcript

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What else may have been said, the likeliest first."""
        return tuple(one for one in self.transcript.alternatives if one.text != self.text)


def choose(transcript: Transcript, understand: Callable[[str], Understanding], holds: Callable[[str], bool]) -> Heard:
    """The alternative that is likely and makes sense in this shop.

    ``holds`` tells whether the shop has a word. A likelihood counts by its logarithm, so that sense decides between
    what sounds alike and never overrules what was clearly heard.
    """
    candidates = [one for one in transcript.alternatives[:LOOKED_AT] if one.text.strip()]
    if len(candidates) < 2:
        return Heard(transcript.text, transcript)
    best = max(candidates, key=lambda one: log(max(one.score, 1e-6)) + _sense(one.text, understand(one.text), holds))
    return Heard(best.text, transcript)


def _sense(text: str, found: Understanding, holds: Callable[[str], bool]) -> float:
    words: Sequence[str] = text.split()
    covered = sum(map(holds, words)) / max(1, len(words))
    named = sum(entity.end - entity.start for entity in found.entities) / max(1, len(text.replace(" ", "")))
    return COVERED * covered + NAMED * min(1.0, named)
