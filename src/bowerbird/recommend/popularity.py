"""What is popular, and what is more so than it used to be: counts that fade, kept exactly.

An event of weight w at time t counts w 2^((now - t) / -half-life) now. All counts fade alike, so what is kept is their
sum as of one fixed moment, and only the moment's distance to now is ever computed: adding an event touches one number
(Cormode, Shkapenyuk, Srivastava and Xu, "Forward Decay", ICDE 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.chart import Chart
from bowerbird.recommend.interactions import Interactions, Keys, Times
from bowerbird.recommend.keyed_rows import KeyedRows

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

_DAY = 86_400.0
_FARTHEST = 200.0
"""Half-lives between the fixed moment and the latest event before the moment is moved: 2^200 is no trouble."""


@dataclass(frozen=True, slots=True)
class PopularitySettings:
    """How fast counts fade, in seconds, and what makes a trend."""

    popular: float = 30 * _DAY
    """The half-life of what each event says for its product."""
    lately: float = 2 * _DAY
    """The half-life of what counts as lately, in events, for a trend."""
    before: float = 21 * _DAY
    """The half-life of what a product's own past is measured by, in events."""
    shrinkage: float = 5.0
    """Events that everything is taken to have had, lately and before, so that two clicks are no trend."""
    least_z: float = 2.0
    """A trend stands so many standard deviations of a Poisson count above the product's own past."""


DEFAULT_POPULARITY = PopularitySettings()


class Popularity:
    """Fading counts by product; one writer, many readers."""

    def __init__(self, settings: PopularitySettings = DEFAULT_POPULARITY) -> None:
        self.settings = settings
        self._half_lives = np.array([settings.popular, settings.lately, settings.before])
        self._rows = KeyedRows(3)
        self._moment: float | None = None

    def take(self, interactions: Interactions) -> None:
        """Count what was done."""
        if not len(interactions):
            return
        latest = float(interactions.at.max())
        if self._moment is None:
            self._moment = latest
        if latest - self._moment > _FARTHEST * self._half_lives.min():
            self._rows.values[:] *= self._faded(latest - self._moment)
            self._moment = latest
        # Far older than the moment is nothing; far newer cannot be, as the moment was moved.
        grown = 1.0 / self._faded(interactions.at - self._moment)
        grown[:, 0] *= interactions.weights
        self._rows.add(interactions.products, grown)

    def at(self, now: float) -> tuple[Keys, NDArray[np.float64]]:
        """Every product's counts at a time: keys (n,), and (n, 3) of what is popular, lately and before."""
        values = self._rows.values
        keys = self._rows.keys[: len(values)]
        return keys, values * self._faded(now - (self._moment if self._moment is not None else now))

    def popular(self, now: float) -> Chart:
        """Products by what was done with them."""
        keys, values = self.at(now)
        return Chart.of(keys, values[:, 0].astype(np.float32))

    def trending(self, now: float) -> Chart:
        """Products that are met significantly more often lately than they used to be, by how much more."""
        keys, values = self.at(now)
        scores = trends(values[:, 1], values[:, 2], self.settings)
        return Chart.of(keys[scores > 0], scores[scores > 0])

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        moment = np.array([] if self._moment is None else [self._moment])
        return {"keys": self._rows.keys, "values": self._rows.values, "moment": moment}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]], settings: PopularitySettings) -> Popularity:
        """What ``to_arrays`` took apart."""
        made = cls(settings)
        made._rows = KeyedRows.of_arrays(arrays["keys"].astype(np.uint64), arrays["values"].astype(np.float64))
        made._moment = float(arrays["moment"][0]) if len(arrays["moment"]) else None
        return made

    def _faded(self, age: float | Times) -> NDArray[np.float64]:
        """What is left of 1 after some seconds, by half-life: (3,) or (n, 3)."""
        # Events from the far future or past, by a sender's wrong clock, become no infinity.
        exponents = np.clip(np.asarray(age)[..., None] / self._half_lives, -2 * _FARTHEST, 4 * _FARTHEST)
        return np.asarray(2.0**-exponents)


def trends(lately: Times, before: Times, settings: PopularitySettings) -> Floats:
    """How much more often each product is met lately than its own past says, as a logarithm; 0 where it is no trend.

    ``lately`` and ``before`` (n,) are fading counts of events. What would be expected lately is the past, at the rate
    of lately to before in the whole shop: a busy day makes no trend of everything. With a shrunk ratio (a Gamma prior
    of the shop's own rate), and only where a Poisson count that high would be a surprise.
    """
    total_lately, total_before = float(lately.sum()), float(before.sum())
    if total_lately <= 0 or total_before <= 0:
        return np.zeros(len(lately), np.float32)
    expected = before * (total_lately / total_before)
    z = (lately - expected) / np.sqrt(expected + 1.0)
    ratio = (lately + settings.shrinkage) / (expected + settings.shrinkage)
    scores: Floats = np.where(z >= settings.least_z, np.log(np.maximum(ratio, 1.0)), 0.0).astype(np.float32)
    return scores
