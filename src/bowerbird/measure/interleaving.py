"""Interleaving: two rankings on one page, and the clicks say which of them the better products came from.

Team draft (Radlinski, Kurup and Joachims, How does clickthrough data reflect retrieval quality, CIKM 2008): the two
rankings take turns, by a coin in each round, to put their best product that is not yet there on the page.

It is far surer than an A/B test where one ranking is an improved version of the other. It weighs queries by how far
the pages differ, not by what shoppers gain: between rankings that each win much on other queries, a small net gain can
be lost on it, and only an A/B test in clicks or orders tells.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import ClickTable, Impression


@dataclass(frozen=True, slots=True)
class Draft:
    """The interleaved products and the team of each, as an Impression has them: ``a``, ``b``, or empty for a pin."""

    products: tuple[str, ...]
    teams: tuple[str, ...]


def team_draft(
    first: Sequence[str], second: Sequence[str], *, depth: int, seed: str, pins: Mapping[int, str] | None = None
) -> Draft:
    """Interleave two rankings of product ids; ``first`` is team a. The same seed gives the same page.

    ``pins`` are products by position from 1; they stand where they are pinned and belong to no team, as long as there
    are products to fill the page down to them; after the last of these, pins close up. The seed should name the
    experiment, the shopper and the query. Raises InputError for a depth below 1 or a product pinned twice.
    """
    pins = dict(pins or {})
    if depth < 1:
        raise InputError("no page to fill", field="depth", found=depth, expected="at least 1")
    if len(set(pins.values())) < len(pins) or any(position < 1 for position in pins):
        raise InputError("wrong pins", field="pins", found=pins, expected="each product once, from position 1")
    free = _draft(first, second, depth, Random(seed), set(pins.values()))
    page: list[tuple[str, str]] = []
    waiting = sorted((position, product) for position, product in pins.items() if position <= depth)
    while len(page) < depth and (free or waiting):
        if waiting and (waiting[0][0] <= len(page) + 1 or not free):
            page.append((waiting.pop(0)[1], ""))
        else:
            page.append(free.pop(0))
    return Draft(tuple(product for product, _ in page), tuple(team for _, team in page))


def _draft(
    first: Sequence[str], second: Sequence[str], depth: int, coin: Random, taken: set[str]
) -> list[tuple[str, str]]:
    queues = {
        team: [one for one in dict.fromkeys(ranking) if one not in taken][::-1]
        for team, ranking in (("a", first), ("b", second))
    }
    drafted: list[tuple[str, str]] = []
    shown: set[str] = set()
    while len(drafted) < depth and any(queues.values()):
        for team in ("a", "b") if coin.random() < 0.5 else ("b", "a"):
            queue = queues[team]
            while queue and queue[-1] in shown:
                queue.pop()
            if queue and len(drafted) < depth:
                shown.add(queue[-1])
                drafted.append((queue.pop(), team))
    return drafted


def outcome(impression: Impression) -> int:
    """1 when team b got more clicks, -1 when team a did, 0 when neither."""
    teams = [impression.teams[position - 1] for position in impression.clicks] if impression.teams else []
    return int(np.sign(teams.count("b") - teams.count("a")))


def outcomes(table: ClickTable) -> NDArray[np.int64]:
    """The outcome of every session, (sessions,)."""
    signs = np.array([0, -1, 1])[table.team] * table.click
    return np.sign(table.sums(signs)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Preference:
    """How often each side won; ``lead`` is the second's wins less the first's, as a share of all sessions.

    ``low`` and ``high`` bound the lead; ``p`` is the two-sided sign test's over the decided sessions.
    """

    sessions: int
    first: int
    second: int
    ties: int
    lead: float
    low: float
    high: float
    confidence: float
    p: float

    @property
    def certain(self) -> bool:
        """Whether the sign test is sure at the confidence."""
        return self.p < 1 - self.confidence

    def __str__(self) -> str:
        return (
            f"second ahead in {self.second}, first in {self.first}, neither in {self.ties} of {self.sessions}; "
            f"lead {self.lead:+.4f} ({self.confidence:.0%}: {self.low:+.4f} to {self.high:+.4f}), p {self.p:.2g}"
        )


def judge(results: NDArray[np.int64], *, confidence: float = 0.95, rounds: int = 10_000, seed: int = 0) -> Preference:
    """Sum up the outcomes of sessions, once: for looking again and again there is ``anytime.mean_interval``.

    The interval is the percentile bootstrap over sessions. Raises InputError without sessions.
    """
    size = len(results)
    if not size:
        raise InputError("no interleaved searches", field="sessions", found=0, expected="at least one")
    first, second = int((results < 0).sum()), int((results > 0).sum())
    ties = size - first - second
    # Drawing sessions with replacement only changes how many of each outcome there are.
    drawn = np.random.default_rng(seed).multinomial(size, [first / size, ties / size, second / size], rounds)
    tail = (1 - confidence) / 2
    low, high = np.quantile((drawn[:, 2] - drawn[:, 0]) / size, [tail, 1 - tail])
    return Preference(
        sessions=size,
        first=first,
        second=second,
        ties=ties,
        lead=(second - first) / size,
        low=float(low),
        high=float(high),
        confidence=confidence,
        p=sign_test(first, second),
    )


def sign_test(first: int, second: int) -> float:
    """The two-sided exact p of so many wins on each side when both are equally good."""
    decided = first + second
    return min(1.0, 2 * float(bdtr(min(first, second), decided, 0.5))) if decided else 1.0


def sessions_needed(win: float, ties: float = 0.0, *, power: float = 0.8, level: float = 0.05) -> int:
    """How many searches the sign test needs when the better side wins this share of the decided ones.

    The normal approximation, two-sided: ((z(level/2) / 2 + z(power) sqrt(win (1 - win))) / (win - 1/2))^2 decided
    searches. Raises InputError for a win of 1/2 or less, or ties of 1.
    """
    if not 0.5 < win <= 1 or not 0 <= ties < 1:
        found = {"win": win, "ties": ties}
        raise InputError("never decided", field="win", found=found, expected="win over 1/2, ties below 1")
    sure, strong = NormalDist().inv_cdf(1 - level / 2), NormalDist().inv_cdf(power)
    decided = ((sure / 2 + strong * math.sqrt(win * (1 - win))) / (win - 0.5)) ** 2
    return math.ceil(decided / (1 - ties))
