"""The purchase sequences under ../shared/data and how the sequence model is trained on each: chosen on validation."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path

from bowerbird.learn.judge_recommender import hold_out
from bowerbird.learn.train_sequence import SequenceSettings
from bowerbird.measure.next_item import HeldOut
from bowerbird.recommend.histories import Histories

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "sequences"
FEWEST = 3
"""Products of a shopper who is measured: one to learn from, one to validate on, one to test on."""


@dataclass(frozen=True)
class Sequences:
    """A data set: its file, whether a line of it is one pair, and whether others measured it with drawn negatives."""

    file: str
    pairs: bool = False
    sampled: bool = False
    settings: SequenceSettings = field(default_factory=SequenceSettings)

    def read(self) -> Histories:
        """All histories of three products or more."""
        with gzip.open(DATA / self.file, "rt") as lines:
            rows = [[int(number) - 1 for number in line.split()] for line in lines]
        if self.pairs:
            by_user: dict[int, list[int]] = {}
            for user, item in rows:
                by_user.setdefault(user, []).append(item)
            sequences = list(by_user.values())
        else:
            sequences = [row[1:] for row in rows]
        count = 1 + max(max(one) for one in sequences)
        kept = [one for one in sequences if len(one) >= FEWEST]
        return Histories.from_sequences(kept, [str(place + 1) for place in range(count)])


@dataclass(frozen=True, eq=False)
class Parts:
    """Leave-one-out: what is trained on, the last product but one to choose by, and the last to test on."""

    train: Histories
    valid: tuple[Histories, HeldOut]
    test: tuple[Histories, HeldOut]

    @classmethod
    def of(cls, histories: Histories) -> Parts:
        """At the test a history goes up to the validation product."""
        return cls(histories.without_last(2), hold_out(histories, 2), hold_out(histories, 1))


SETS = {
    "Beauty": Sequences("Beauty.txt.gz"),
    "Sports": Sequences("Sports_and_Outdoors.txt.gz"),
    "Toys": Sequences("Toys_and_Games.txt.gz"),
    "Video": Sequences("Video.txt.gz", pairs=True, sampled=True),
}
