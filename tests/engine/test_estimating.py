"""What other rankings would have earned on the searches of a log."""

from __future__ import annotations

import json

import numpy as np
import pytest
from engine_world import ask

from bowerbird.engine.estimating import estimate_rankings
from bowerbird.rank.flow import RankParts

WORDS = ("shoes", "bag", "red", "blue", "cotton", "leather")


@pytest.fixture
def log(own, tmp_path):
    """Shoppers who look down a page ever less and like what the default score puts first; shown in any order."""
    random, path = np.random.default_rng(5), tmp_path / "clicks.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for words in WORDS:
            ids = own.ranker_training().order(words, RankParts(), 4)
            likes = dict(zip(ids, (0.7, 0.4, 0.2, 0.1), strict=False))
            for _ in range(1_500):
                shown = random.permutation(ids).tolist()
                clicks = [
                    position for position, product in enumerate(shown, 1) if random.random() < likes[product] / position
                ]
                lines.write(json.dumps({"query": words, "products": shown, "clicks": clicks}) + "\n")
    return path


def test_the_default_score_would_have_earned_what_it_truly_would(own, log):
    report = estimate_rankings(own.ranker_training(), log)
    truth = 0.7 + 0.4 / 2 + 0.2 / 3 + 0.1 / 4
    by_chance = (0.7 + 0.4 + 0.2 + 0.1) * (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4
    assert report.identified and report.examination == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4], abs=0.06)
    corrected = report.estimates["default"]
    assert [one.name for one in corrected] == ["IPS", "SNIPS", "DR"]
    assert all(one.low - 0.02 <= truth <= one.high + 0.02 for one in corrected)
    assert all(one.high < truth for one in report.estimates["shown"])
    assert all(one.value == pytest.approx(by_chance, abs=0.03) for one in report.estimates["shown"])
    assert "learned" not in report.estimates
    assert json.loads(json.dumps(report.to_dict()))["sessions"] == report.sessions


def test_a_ranker_that_was_trained_on_the_log_is_said_to_be(own, log, tmp_path):
    training = own.ranker_training()
    extra = tmp_path / "judged.csv"
    words = ("shoes", "bag", "red", "blue", "cotton", "leather", "black", "watch", "shirt", "dress", "chair", "coat")
    rows = [f"{one},{hit.product.id},3" for one in words for hit in own.search(ask(one, per_page=2)).hits]
    extra.write_text("query,docid,rating\n" + "\n".join(rows), encoding="utf-8")
    training.train(extra, log, promote=False)
    own.ranker.renew()
    # The default score knows the clicks by now.
    assert estimate_rankings(training, log).trained_on
    training.train(extra, log, promote=True)
    report = estimate_rankings(training, log)
    assert report.trained_on and set(report.estimates) == {"shown", "retrieval", "default", "learned"}


def test_the_error_counts_that_nobody_told_how_far_down_shoppers_look():
    from bowerbird.demo.sessions import simulate, swapped
    from bowerbird.demo.shoppers import best_rankings, invent_world, rank_by
    from bowerbird.engine.estimating import estimate, estimate_with_errors
    from bowerbird.measure.click_models import fit_position_model
    from bowerbird.measure.counterfactual import new_positions

    world = invent_world(5, queries=20, candidates=8)
    random = np.random.default_rng(5)
    table = simulate(world, swapped(world, rank_by([random.random(8) for _ in range(20)]), 0.3), 3_000, 5)
    best = {name: order.tolist() for name, order in zip(world.queries, best_rankings(world), strict=True)}
    names = {name: list(ids) for name, ids in zip(world.queries, world.products, strict=True)}
    scores = [
        -best[table.queries[query]].index(names[table.queries[query]].index(table.products[product]))
        for query, product in zip(table.query[table.session].tolist(), table.product.tolist(), strict=True)
    ]
    model, new = fit_position_model(table), new_positions(table, np.array(scores))
    known = estimate(table, new, model)
    found = estimate_with_errors(table, {"best": new}, model, lambda *_: None)["best"]
    assert [one.value for one in found[:3]] == [one.value for one in known]
    assert all(one.standard_error > 1.3 * other.standard_error for one, other in zip(found, known, strict=False))
    assert found[3].name == "IPS by logged chances"
