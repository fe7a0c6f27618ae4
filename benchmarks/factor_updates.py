"""What factors that are taught between trainings know: of old shoppers, of new ones, and of new products.

    python benchmarks/factor_updates.py [--set Beauty] [--new 0.2]

A fifth of the shoppers of a purchase sequence come after the training, and with them a tenth of the products, which
nobody bought before. The last product of each shopper is held out. Compared are the trained factors, the same taught
what the new shoppers did, and factors trained anew on everything. Nothing of an old shopper is forgotten where their
recall stays.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
from numpy.typing import NDArray
from sequence_settings import SETS
from shops import machine

from bowerbird.learn.fit_factors import FactorSettings, fit_factors
from bowerbird.learn.judge_recommender import hold_out, model_scores
from bowerbird.measure.next_item import rank_all, summarise
from bowerbird.recommend.factors_model import FactorsModel
from bowerbird.recommend.histories import Histories

NEW_PRODUCTS = 0.1
ASKED = 4_000
"""Shoppers of each sort who are measured on."""


def main() -> None:
    """Train, teach, train anew, and print the three beside each other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="Beauty", choices=list(SETS))
    parser.add_argument("--new", type=float, default=0.2, help="the share of shoppers who come after the training")
    given = parser.parse_args()
    histories = SETS[given.set].read()
    new = np.random.default_rng(0).random(len(histories)) < given.new
    late = np.random.default_rng(1).random(len(histories.products)) < NEW_PRODUCTS
    everybody = histories.without_last(1)
    old = without(everybody.take(np.flatnonzero(~new)), late)
    settings = FactorSettings(fade=0.5)
    models, seconds = {}, {}
    began = time.perf_counter()
    models["trained before"] = fit_factors(old, settings)
    seconds["trained before"] = time.perf_counter() - began
    began = time.perf_counter()
    models["taught since"] = models["trained before"].taught(everybody.take(np.flatnonzero(new)))
    seconds["taught since"] = time.perf_counter() - began
    began = time.perf_counter()
    models["trained anew"] = fit_factors(joined(old, everybody.take(np.flatnonzero(new))), settings)
    seconds["trained anew"] = time.perf_counter() - began
    wanted_new = late[histories.items[histories.starts[1:] - 1]]
    print(json.dumps({**machine(), "set": given.set, "shoppers": len(histories), "new": int(new.sum())}))
    for name, model in models.items():
        told = {
            "old shoppers": recall(model, histories, np.flatnonzero(~new & ~wanted_new)),
            "new shoppers": recall(model, histories, np.flatnonzero(new & ~wanted_new)),
            "whoever bought a new product next": recall(model, histories, np.flatnonzero(wanted_new)),
        }
        print(json.dumps({"model": name, "seconds": round(seconds[name], 1), **told}), flush=True)


def without(histories: Histories, products: NDArray[np.bool_]) -> Histories:
    """Histories less some products."""
    kept = [
        [item for item in histories.of(shopper).tolist() if not products[item]] for shopper in range(len(histories))
    ]
    return Histories.from_sequences(kept, histories.products)


def joined(first: Histories, second: Histories) -> Histories:
    """The shoppers of both."""
    both = [part.of(shopper).tolist() for part in (first, second) for shopper in range(len(part))]
    return Histories.from_sequences(both, first.products)


def recall(model: FactorsModel, histories: Histories, shoppers: NDArray[np.int64]) -> dict[str, float]:
    """Recall and nDCG of the held-out product among all, of some of the shoppers."""
    chosen = np.sort(np.random.default_rng(1).permutation(shoppers)[:ASKED])
    before, held = hold_out(histories, 1, chosen)
    found = summarise(rank_all(model_scores(model, before), held))
    return {
        "recall@10": round(found.recall[10], 4), "ndcg@10": round(found.ndcg[10], 4), "shoppers": found.shoppers
    }  # fmt: skip


if __name__ == "__main__":
    main()
