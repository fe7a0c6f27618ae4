"""Whether an old shopper is forgotten: what ``for-you`` is worth to them before and after all that others did since.

    python benchmarks/old_shoppers.py [--products 1200] [--shoppers 3000] [--models factors sequence]

Of each seed's crowd, those who came early and have been away for more than a month. The log first holds what everybody
did until the last of them left, and recommenders are trained on that; then comes everything that the others did since,
taken in as it arrives; then recommenders are trained anew. Their ``for-you`` is asked for each time, and is worth what
it truly was to them when they left (``TrueLikes.value``): what came into fashion since is no merit. What lives on what
is recent loses in the flood. Beside it, what is popular at the end.
"""

from __future__ import annotations

import argparse
import json

import numpy as np
from crowds import ACTS, Stage, owned, popular, record, returning, stage, tell
from shops import machine

from bowerbird.demo.crowd.visit import DAY
from bowerbird.domain.recommendation import RecommendRequest, Surface

SEEDS = (21, 22)
AWAY = 30.0
LEAST = 5
SHOWN = 12


def main() -> None:
    """Ask before, flood, ask after, and print a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1_200)
    parser.add_argument("--shoppers", type=int, default=3_000)
    parser.add_argument("--models", nargs="*", default=["factors", "sequence"], help="recommenders to train")
    given = parser.parse_args()
    print(json.dumps(machine()))
    before: list[float] = []
    after: list[float] = []
    trained: list[float] = []
    common: list[float] = []
    for seed in SEEDS:
        with stage(seed, given.products, given.shoppers, given.models, AWAY) as here:
            rows = away(here)
            before += worth(here, rows)
            early = [event for event in here.events if here.about.end - event.at > AWAY * DAY]
            record(here.engine, here.events[len(early) :])
            here.engine.recommending.state.catch_up()
            here.engine.recommending.state.redraw()
            here.engine.recommending.update_models()
            after += worth(here, rows)
            for sort in given.models:
                here.engine.recommender_training.train(sort, promote=True)
            here.engine.recommending.models.renew()
            trained += worth(here, rows)
            products = popular(here, 4.0)[:SHOWN]
            common += [here.likes.value(here.likes.attraction(row, days=AWAY), products) for row in rows]
    tell("for-you before", before)
    tell("for-you after", after)
    tell("after less before", (np.array(after) - before).tolist(), gain=f"{np.mean(after) / np.mean(before) - 1:+.1%}")
    tell("for-you after training anew", trained)
    tell("trained anew less before", (np.array(trained) - before).tolist())
    tell("popular lately", common)


def away(here: Stage) -> list[int]:
    """Shoppers who did enough to be known, all of it more than ``AWAY`` days ago."""
    rows = {name: row for row, names in enumerate(here.sessions) for name in names}
    since = {
        rows[event.who.session]
        for event in here.events
        if event.consent and event.name in ACTS and here.about.end - event.at <= AWAY * DAY
    }
    return [row for row in returning(here, LEAST) if row not in since]


def worth(here: Stage, rows: list[int]) -> list[float]:
    """What each shopper's ``for-you`` is truly worth to them, with what they bought no longer wanted."""
    bought = owned(here)
    values = []
    for row in rows:
        answer = here.engine.recommend(RecommendRequest(Surface.FOR_YOU, here.who(row), limit=SHOWN))
        attraction = here.likes.attraction(row, days=AWAY, owned=bought.get(row, ()))
        values.append(here.likes.value(attraction, [one.hit.product.id for one in answer.hits]))
    return values


if __name__ == "__main__":
    main()
