"""Invented shoppers for an invented shop: what they search for there, and what of it each of them likes.

Their likes come from the truth file and never from the engine's own signals: whether a product is of the kind and the
colour that was asked, what its reviews truly praise, its price among its kind, its brand, and chance. So whatever a
ranker learns from their clicks it has learned of the shop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.shoppers import Behaviour, Floats, World, chance
from bowerbird.demo.truth import Truth
from bowerbird.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A query of the shop's shoppers and what it means; ``colour`` is empty where none was asked for."""

    text: str
    kind: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Likes:
    """What everybody likes, in log-odds, and how far shoppers differ."""

    base: float = -3.5
    kind: float = 2.2
    colour: float = 1.4
    praise: float = 0.8
    """For one standard deviation of what its reviews truly say."""
    price: float = -0.5
    """For one standard deviation of the logarithm of its price among its kind."""
    brand: float = 0.5
    """The spread of what its brand is liked for."""
    chance: float = 0.4
    """The spread of what nothing explains."""
    taste: float = 0.5
    """The spread between shoppers of what price and praise mean to them."""


DEFAULT_LIKES = Likes()

Find = Callable[[str, int], Sequence[str]]
"""Words and a number to the ids of as many products, in the order that the shop shows them."""


def ask_shop(truths: Sequence[Truth], count: int, seed: int) -> list[AskedFor]:
    """Queries for what the shop has, in English and Chinese, half of them with a colour; none twice."""
    random = np.random.default_rng([seed, 11])
    wanted: dict[str, AskedFor] = {}
    for place in random.permutation(len(truths)).tolist():
        truth = truths[place]
        language = "zh" if random.random() < 0.3 else "en"
        name = str(random.choice(list(KINDS[truth.kind].called(language))))
        colour = truth.colours[0] if random.random() < 0.5 and KINDS[truth.kind].names_colour else ""
        words = f"{COLOURS[colour].chinese}{name}" if language == "zh" and colour else f"{colour} {name}".strip()
        wanted.setdefault(words, AskedFor(words, truth.kind, colour))
        if len(wanted) == count:
            break
    return list(wanted.values())


def shop_world(
    queries: Sequence[AskedFor],
    truths: Sequence[Truth],
    find: Find,
    seed: int,
    *,
    candidates: int = 30,
    shoppers: int = 1_000,
    likes: Likes = DEFAULT_LIKES,
    behaviour: Behaviour | None = None,
) -> World:
    """A world of what the shop shows for each query, in its order, and what is truly liked of it.

    Queries are asked by Zipf's law in a drawn order. Raises InputError for a product without its truth.
    """
    random = np.random.default_rng([seed, 12])
    by_id = {truth.id: truth for truth in truths}
    worth = common_worth(truths, likes, random)
    shown = [list(dict.fromkeys(find(query.text, candidates))) for query in queries]
    kept = [place for place, ids in enumerate(shown) if len(ids) >= 2]
    odds = [np.array([_odds(queries[at], _known(by_id, id_), worth, likes) for id_ in shown[at]]) for at in kept]
    features = _features(truths)
    return World(
        queries=[queries[at].text for at in kept],
        weights=1.0 / (1 + random.permutation(len(kept))),
        products=[shown[at] for at in kept],
        attractiveness=[chance(one) for one in odds],
        signals=[np.array([features[id_] for id_ in shown[at]]) for at in kept],
        tastes=likes.taste * random.normal(size=(shoppers, 2)),
        behaviour=behaviour or Behaviour(),
    )


def common_worth(truths: Sequence[Truth], likes: Likes, random: np.random.Generator) -> Mapping[str, float]:
    """What each product is liked for whatever was asked, in log-odds."""
    features = _features(truths)
    brands = {brand: likes.brand * random.normal() for brand in sorted({truth.brand for truth in truths})}
    return {
        truth.id: likes.praise * features[truth.id][1]
        - likes.price * features[truth.id][0]
        + brands[truth.brand]
        + likes.chance * random.normal()
        for truth in truths
    }


def _features(truths: Sequence[Truth]) -> dict[str, Floats]:
    """Cheapness among its kind, and what its reviews truly say, each in standard deviations."""
    cheap: dict[str, float] = {}
    by_kind: dict[str, list[Truth]] = {}
    for truth in truths:
        by_kind.setdefault(truth.kind, []).append(truth)
    for group in by_kind.values():
        prices = np.log([max(truth.price, 0.01) for truth in group])
        spread = float(prices.std()) or 1.0
        cheap |= {
            truth.id: -(float(price) - prices.mean()) / spread for truth, price in zip(group, prices, strict=True)
        }
    praise = np.array([praised(truth) for truth in truths])
    spread = float(praise.std()) or 1.0
    return {
        truth.id: np.array([cheap[truth.id], (float(one) - praise.mean()) / spread])
        for truth, one in zip(truths, praise, strict=True)
    }


def praised(truth: Truth) -> float:
    """How much more is praised than blamed in the reviews of a product, -1..1; 0 where nobody says anything."""
    good = sum(pair[0] for pair in truth.aspects.values())
    bad = sum(pair[1] for pair in truth.aspects.values())
    return (good - bad) / (good + bad + 2)


def _odds(query: AskedFor, truth: Truth, worth: Mapping[str, float], likes: Likes) -> float:
    odds = likes.base + likes.kind * (truth.kind == query.kind) + worth[truth.id]
    return odds + likes.colour * bool(query.colour and query.colour in truth.colours)


def _known(by_id: Mapping[str, Truth], product: str) -> Truth:
    if product not in by_id:
        raise InputError("a product without its truth", field="id", found=product, expected="one of the truth file")
    return by_id[product]
