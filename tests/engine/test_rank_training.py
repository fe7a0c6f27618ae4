"""Training a shop's ranker, and which one is in use."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from engine_world import ask, open_fake_shop

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError, SettingError
from bowerbird.engine.evaluating import SETTINGS
from bowerbird.rank.flow import RankParts

WORDS = ("shoes", "bag", "coat", "lamp", "mug", "red", "blue", "cotton", "leather", "watch", "chair", "shirt", "black")


@pytest.fixture
def judged(own, tmp_path):
    """Judgements that like what is dear: the default score does not look at prices."""
    path = tmp_path / "judged.csv"
    lines = ["query,docid,rating"]
    for words in WORDS:
        products = [hit.product for hit in own.search(ask(words, per_page=100)).hits]
        dear = sorted(products, key=lambda product: -(product.price or 0))[:3]
        lines += [f"{words},{product.id},{3 - place}" for place, product in enumerate(dear)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def clicked(own, tmp_path):
    """A log in which the third product of every search is clicked, wherever it stands."""
    path = tmp_path / "clicks.jsonl"
    with path.open("w", encoding="utf-8") as log:
        for words in WORDS:
            ids = [hit.product.id for hit in own.search(ask(words, per_page=5)).hits]
            for turn in range(12 if ids else 0):
                shown = ids[turn % len(ids) :] + ids[: turn % len(ids)]
                position = shown.index(ids[min(2, len(ids) - 1)]) + 1
                log.write(json.dumps({"query": words, "products": shown, "clicks": [position]}) + "\n")
    return path


def test_a_ranker_trained_on_judgements_says_what_it_saw_and_ranks_once_promoted(own, judged):
    report = own.ranker_training().train(judged, None, promote=True)
    assert report.promoted and report.comparison.queries >= 10
    assert report.seen["judgements"]["file"] == "judged.csv"
    (kept,) = own.rankers.all()
    assert kept.in_use and kept.name == report.name and kept.seen["queries"] == report.comparison.queries
    hit = own.search(ask("shoes", explain=True)).hits[0]
    assert hit.ranking is not None and hit.ranking.by == "learned"
    assert hit.ranking.total == pytest.approx(
        hit.ranking.start
        + hit.ranking.average
        + sum(one.contribution for one in hit.ranking.signals if one.contribution)
    )


def test_a_ranker_that_does_not_win_is_kept_and_not_in_use(own, judged):
    report = own.ranker_training().train(judged, None, promote=False)
    assert not report.promoted and own.rankers.current is None
    assert own.search(ask("shoes", explain=True)).hits[0].ranking.by == "default"
    own.rankers.promote(report.name)
    assert own.rankers.current == report.name


def test_it_wins_only_where_held_out_queries_leave_no_doubt(own, judged):
    report = own.ranker_training().train(judged, None)
    assert report.promoted == report.wins == (report.comparison.low > 0)


def test_clicks_teach_and_become_signals(own, clicked):
    report = own.ranker_training().train(None, clicked, promote=True)
    assert report.seen["clicks"]["queries"] >= 10
    hits = own.search(ask("shoes", explain=True, per_page=3)).hits
    signals = {one.name for hit in hits for one in hit.ranking.signals}
    assert {"popularity", "click_through"} <= signals


def test_an_example_is_not_told_its_own_answer(own, clicked):
    from bowerbird.measure.click_log import read_table

    table = read_table(clicked)
    behaviour, examples = own.ranker_training().learn_clicks(table, lambda *_: None)
    whole = own.ranker_training().find("shoes")
    seen_later = whole.rank(own.ranker_training().settings, RankParts(behaviour=behaviour)).table.column(
        "click_through"
    )
    first = next(one for one in examples if one.query == "shoes").table.column("click_through")
    assert (seen_later[:3] != first[:3]).any()


def test_rolling_back_leads_to_the_one_before_and_then_to_none(own, judged):
    training = own.ranker_training()
    first, second = (training.train(judged, None, promote=True).name for _ in range(2))
    assert own.rankers.current == second
    assert own.rankers.rollback() == first
    assert own.rankers.rollback() is None and own.rankers.current is None
    with pytest.raises(NotFoundError, match="no ranker is in use"):
        own.rankers.rollback()


def test_an_unknown_or_torn_ranker_is_not_promoted(own, judged, shop):
    with pytest.raises(NotFoundError, match="no ranker"):
        own.rankers.promote("../models")
    name = own.ranker_training().train(judged, None, promote=False).name
    (shop / "ranking" / "models" / name / "trees-0.txt").write_text("tree", encoding="utf-8")
    with pytest.raises(ArtefactError):
        own.rankers.promote(name)
    assert own.rankers.current is None


def test_nothing_or_too_little_to_learn_from_is_refused(own, tmp_path):
    with pytest.raises(InputError, match="nothing to learn from"):
        own.ranker_training().train(None, None)
    few = tmp_path / "few.csv"
    few.write_text("query,docid,rating\nshoes,runner-road,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="too little to learn from"):
        own.ranker_training().train(few, None)


def test_a_ranker_travels_with_a_copy_of_the_shop(own, judged, shop, tmp_path):
    own.ranker_training().train(judged, None, promote=True)
    ids = [hit.product.id for hit in own.search(ask("shoes")).hits]
    own.close()
    copy = open_fake_shop(shutil.copytree(shop, tmp_path / "copy"))
    try:
        results = copy.search(ask("shoes", explain=True))
        assert [hit.product.id for hit in results.hits] == ids and results.hits[0].ranking.by == "learned"
    finally:
        copy.close()


def test_every_setting_is_measured_and_an_unknown_one_refused(own, judged):
    with pytest.raises(NotFoundError, match="rank train"):
        own.evaluate(judged, setting="learned")
    own.ranker_training().train(judged, None, promote=True)
    values = {setting: own.evaluate(judged, setting=setting).means["ndcg@10"] for setting in SETTINGS}
    assert values["search"] == values["learned"] > values["default"]
    with pytest.raises(SettingError, match="unknown setting"):
        own.evaluate(judged, setting="nonsense")


def test_clicks_by_chance_teach_nothing(own, tmp_path):
    """Every product is liked alike and the order is drawn: whoever learns from this has learned what was shown."""
    random, path = np.random.default_rng(3), tmp_path / "chance.jsonl"
    with path.open("w", encoding="utf-8") as log:
        for words in WORDS:
            ids = [hit.product.id for hit in own.search(ask(words, per_page=40)).hits]
            kept = random.permutation(ids)[: max(2, len(ids) // 2)]
            for _ in range(30 if len(ids) > 1 else 0):
                shown = random.permutation(kept).tolist()
                clicks = [at for at in range(1, len(shown) + 1) if random.random() < 0.5 / at]
                log.write(json.dumps({"query": words, "products": shown, "clicks": clicks}) + "\n")
    comparison = own.ranker_training().train(None, path, promote=False).comparison
    assert abs(comparison.difference) < 0.08


def test_clicks_that_are_in_use_are_signals_of_what_is_judged(own, judged, clicked):
    training = own.ranker_training()
    training.train(None, clicked, promote=False)
    own.ranker.renew()
    report = training.train(judged, None, promote=True)
    assert {"popularity", "click_through"} <= set(own.ranker.parts.model.names)
    again = training.train(judged, None, promote=False)
    assert "in_use" in again.seen and "in_use" not in report.seen
