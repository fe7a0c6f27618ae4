"""Why products are clicked: models that take the place of a product apart from what it is worth to shoppers.

Position-based: a click is a look at the position and a liking for the product, independent of each other; fitted by
EM (Chuklin, Markov and de Rijke, Click Models for Web Search, 2015, sections 3.3 and 4.1). Cascade: shoppers look
from the top down and leave with the first click (Craswell, Zoeter, Taylor and Ramsey, WSDM 2008).

A log tells the two apart only where the same product was shown, for the same query, at several positions: see
``linked`` and ``identified``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlog1py, xlogy

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import ClickTable

Floats: TypeAlias = NDArray[np.float64]

_TINY: Final = 1e-12
_LOOKS: Final = 1.0


@dataclass(frozen=True, slots=True)
class FitSettings:
    """``strength`` is how many looks of the mean are added to each pair; ``rounds`` and ``tolerance`` end the fit.

    ``tolerance`` is the largest change of a parameter in one round.
    """

    strength: float = 2.0
    rounds: int = 2_000
    tolerance: float = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Attractiveness:
    """How likely each (query, product) is clicked by a shopper who looks as at position 1; ``views`` count showings.

    ``query`` and ``product`` are codes into the names, all (pairs,); ``mean`` stands for pairs never seen.
    """

    queries: tuple[str, ...]
    products: tuple[str, ...]
    query: NDArray[np.int64]
    product: NDArray[np.int64]
    value: Floats
    views: NDArray[np.int64]
    mean: float

    def __iter__(self) -> Iterator[tuple[str, str, float]]:
        """Query, product and value of every pair."""
        for query, product, value in zip(self.query.tolist(), self.product.tolist(), self.value.tolist(), strict=True):
            yield self.queries[query], self.products[product], value

    def rows(self, table: ClickTable) -> Floats:
        """The value of each row of a table, which may be another than the fitted one, (rows,)."""
        query = _codes(table.queries, self.queries)[table.query][table.session]
        product = _codes(table.products, self.products)[table.product]
        # Pairs are sorted by query, then product, as ``ClickTable.pairs`` gives them.
        known = self.query * len(self.products) + self.product
        wanted = np.where((query < 0) | (product < 0), -1, query * len(self.products) + product)
        places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        found: Floats = np.where(known[places] == wanted, self.value[places], self.mean)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class PositionModel:
    """The position-based model: a click has the chance ``examination`` x ``attractiveness``.

    ``examination`` (positions,) is relative to position 1, which has 1. ``linked`` (positions,) tells which of them
    the log ties to position 1, directly or over others, by products shown at both for a query and clicked for it at any
    position: at the rest the figure is a guess.
    ``objectives`` holds what each round of the fit reached: the log-likelihood and a look of prior for each position.
    """

    examination: Floats
    attractiveness: Attractiveness
    linked: NDArray[np.bool_]
    log_likelihood: float
    objectives: Floats
    converged: bool

    @property
    def identified(self) -> bool:
        """Whether every position's examination follows from the log."""
        return bool(self.linked.all())

    def examined(self, positions: NDArray[np.int32]) -> Floats:
        """The examination at positions from 1; what lies below the last fitted one counts like it."""
        found: Floats = self.examination[np.minimum(positions, len(self.examination)) - 1]
        return found

    def predict(self, table: ClickTable) -> Floats:
        """The chance of a click by row, (rows,)."""
        return np.clip(self.examined(table.position) * self.attractiveness.rows(table), 0.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class CascadeModel:
    """The cascade model: who looks at a product clicks it with the chance ``attractiveness``, then leaves.

    ``examination`` (positions,) is the share of searches that came so far without a click, as the model has it.
    """

    examination: Floats
    attractiveness: Attractiveness
    log_likelihood: float

    def predict(self, table: ClickTable) -> Floats:
        """The chance of a click by row, before anything of the session is known, (rows,)."""
        chances = self.attractiveness.rows(table)
        return chances * _passed(chances, table)


@dataclass(frozen=True, slots=True, eq=False)
class Perplexity:
    """How unsure a model was of clicks it had not seen: 1 for a sure and right one, 2 for a coin; by position."""

    by_position: Floats
    mean: float


def fit_position_model(table: ClickTable, settings: FitSettings | None = None) -> PositionModel:
    """Fit the position-based model by EM. Raises InputError for a log without products or without clicks.

    The examination is fitted without a prior on the pairs: pulling the best ones, which stand on top, towards the
    mean would pull the examination of the top with them. Only then are the pairs smoothed.
    """
    settings = settings or FitSettings()
    cells = _count(table)
    attract, exam, objectives, converged = _climb(cells, settings)
    attract = _smooth(cells, attract, exam, settings)
    top = exam[0]
    codes, query, product = table.pairs()
    views = np.bincount(codes, minlength=len(query))
    values = Attractiveness(
        queries=table.queries,
        products=table.products,
        query=query,
        product=product,
        value=attract * top,
        views=views,
        mean=float(attract.mean() * top),
    )
    return PositionModel(
        examination=exam / top,
        attractiveness=values,
        linked=_linked(cells),
        log_likelihood=_likelihood(cells, attract, exam),
        objectives=np.array(objectives),
        converged=converged,
    )


def fit_cascade_model(table: ClickTable, strength: float = 2.0) -> CascadeModel:
    """Fit the cascade model, in closed form, to each session down to its first click. Raises InputError.

    A pair's value is its clicks over its looks, with ``strength`` looks of the mean added.
    """
    codes, query, product = table.pairs()
    _check(table)
    seen = _clicked_before(table) == 0
    looks = np.bincount(codes[seen], minlength=len(query))
    clicks = np.bincount(codes[seen], weights=table.click[seen], minlength=len(query))
    mean = float((clicks / np.maximum(looks, 1)).mean())
    value = (clicks + strength * mean) / np.maximum(looks + strength, _TINY)
    attract = Attractiveness(table.queries, table.products, query, product, value, np.bincount(codes), mean)
    chances = value[codes]
    passed = np.bincount(table.position - 1, weights=_passed(chances, table)) / np.bincount(table.position - 1)
    log = xlogy(table.click[seen], chances[seen]) + xlog1py(~table.click[seen], -chances[seen])
    return CascadeModel(passed, attract, float(log.sum()))


def perplexity(table: ClickTable, chances: Floats) -> Perplexity:
    """Two to the mean surprise in bits, by position, and its mean over positions (Dupret and Piwowarski, SIGIR 2008).

    ``chances`` are a model's for each row of a log that it was not fitted on, (rows,).
    """
    _check(table, clicks=False)
    sure = np.clip(chances, 1e-9, 1 - 1e-9)
    bits = -np.log2(np.where(table.click, sure, 1 - sure))
    shown = np.bincount(table.position - 1)
    values = np.exp2(np.bincount(table.position - 1, weights=bits) / shown)
    return Perplexity(values, float(values.mean()))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """All that the position-based model needs of a log: views and clicks by pair and position (from 0)."""

    pair: NDArray[np.int64]
    position: NDArray[np.int64]
    views: Floats
    clicks: Floats
    pairs: int
    positions: int


def _count(table: ClickTable) -> _Cells:
    _check(table)
    codes, query, _ = table.pairs()
    positions = int(table.position.max())
    keys, cell = np.unique(codes * positions + table.position - 1, return_inverse=True)
    pair, position = np.divmod(keys, positions)
    views = np.bincount(cell).astype(np.float64)
    clicks = np.bincount(cell, weights=table.click).astype(np.float64)
    return _Cells(pair, position, views, clicks, len(query), positions)


def _climb(cells: _Cells, settings: FitSettings) -> tuple[Floats, Floats, list[float], bool]:
    """EM from the clicks by position; the attractiveness (pairs,), the examination (positions,), objectives."""
    views = np.bincount(cells.position, weights=cells.views, minlength=cells.positions)
    rates = np.bincount(cells.position, weights=cells.clicks, minlength=cells.positions) / views
    exam = np.clip(rates / rates.max(), 0.05, 0.95)
    attract = np.full(cells.pairs, np.clip(rates.mean() / exam.mean(), 0.01, 0.9))
    objectives = [_objective(cells, attract, exam)]
    for _ in range(settings.rounds):
        last = attract, exam
        missed = _missed(cells, attract, exam)
        liked, looked = attract[cells.pair], exam[cells.position]
        looks = cells.clicks + missed * looked * (1 - liked)
        attract = _likes(cells, attract, exam, 0.0, 0.0)
        exam = (np.bincount(cells.position, weights=looks, minlength=cells.positions) + _LOOKS / 2) / (views + _LOOKS)
        objectives.append(_objective(cells, attract, exam))
        if max(np.abs(attract - last[0]).max(), np.abs(exam - last[1]).max()) < settings.tolerance:
            return attract, exam, objectives, True
    return attract, exam, objectives, False


def _smooth(cells: _Cells, attract: Floats, exam: Floats, settings: FitSettings) -> Floats:
    """EM for the attractiveness alone, with a Beta prior at its mean over pairs, (pairs,)."""
    # Not weighted by views: those that are shown most are the best, and the prior is for those shown seldom.
    mean = float(attract.mean())
    for _ in range(settings.rounds if settings.strength else 0):
        last, attract = attract, _likes(cells, attract, exam, mean, settings.strength)
        if np.abs(attract - last).max() < settings.tolerance:
            break
    return attract


def _likes(cells: _Cells, attract: Floats, exam: Floats, mean: float, strength: float) -> Floats:
    """The attractiveness after one round: the expected share of views with a liking, click or not."""
    liked, looked = attract[cells.pair], exam[cells.position]
    likes = cells.clicks + _missed(cells, attract, exam) * liked * (1 - looked)
    views = np.bincount(cells.pair, weights=cells.views, minlength=cells.pairs)
    return (np.bincount(cells.pair, weights=likes, minlength=cells.pairs) + strength * mean) / (views + strength)


def _missed(cells: _Cells, attract: Floats, exam: Floats) -> Floats:
    """Views without a click over the chance of none, (cells,)."""
    return (cells.views - cells.clicks) / np.maximum(1 - attract[cells.pair] * exam[cells.position], _TINY)


def _objective(cells: _Cells, attract: Floats, exam: Floats) -> float:
    prior = _LOOKS / 2 * float((np.log(exam) + np.log1p(-exam)).sum())
    return _likelihood(cells, attract, exam) + prior


def _likelihood(cells: _Cells, attract: Floats, exam: Floats) -> float:
    chance = attract[cells.pair] * exam[cells.position]
    return float((xlogy(cells.clicks, chance) + xlog1py(cells.views - cells.clicks, -chance)).sum())


def _linked(cells: _Cells) -> NDArray[np.bool_]:
    """Which positions hang together with position 1 by pairs that were shown at both and ever clicked, (positions,)."""
    clicked = np.bincount(cells.pair, weights=cells.clicks, minlength=cells.pairs)[cells.pair] > 0
    pair, position = cells.pair[clicked], cells.position[clicked]
    # Cells are sorted by pair: neighbours in the list that share the pair tie their positions together.
    same = pair[1:] == pair[:-1]
    near = np.eye(cells.positions, dtype=np.bool_)
    near[position[1:][same], position[:-1][same]] = True
    near |= near.T
    for _ in range(cells.positions.bit_length()):
        near = near @ near
    reached: NDArray[np.bool_] = near[0]
    return reached


def _clicked_before(table: ClickTable) -> NDArray[np.int64]:
    """How many clicks of its session stand above each row, (rows,)."""
    total = np.concatenate([[0], np.cumsum(table.click)])
    before: NDArray[np.int64] = total[:-1] - np.repeat(total[table.starts[:-1]], np.diff(table.starts))
    return before


def _passed(chances: Floats, table: ClickTable) -> Floats:
    """The chance that nothing above a row is clicked, (rows,)."""
    total = np.concatenate([[0.0], np.cumsum(np.log1p(-np.minimum(chances, 1 - _TINY)))])
    passed: Floats = np.exp(total[:-1] - np.repeat(total[table.starts[:-1]], np.diff(table.starts)))
    return passed


def _codes(names: tuple[str, ...], known: tuple[str, ...]) -> NDArray[np.int64]:
    """The code that each name has among the known ones, -1 for a new one, (names,)."""
    if names is known:
        return np.arange(len(names))
    places = {name: place for place, name in enumerate(known)}
    return np.array([places.get(name, -1) for name in names], np.int64)


def _check(table: ClickTable, clicks: bool = True) -> None:
    if not table.rows:
        raise InputError("the log shows no products", field="products", found=0, expected="at least one")
    if clicks and not table.click.any():
        raise InputError("the log has no clicks to learn from", field="clicks", found=0, expected="at least one")
