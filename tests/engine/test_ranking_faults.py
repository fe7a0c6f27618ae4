"""Nothing in ranking can break a search: what is wrong is left out, told once and counted."""

from __future__ import annotations

import json

import numpy as np
import pytest
from engine_world import ask, becomes_true, cut_short, ids, open_fake_shop, spoil
from ranking_world import USED, change_manifest, cheap_first, put_clicks, put_in_use

from bowerbird.domain.errors import ModelError
from bowerbird.domain.query import Query, Wish
from bowerbird.domain.rule_records import read_rules
from bowerbird.engine.engine import Engine
from bowerbird.engine.experiment_definitions import read_definition
from bowerbird.rank.model import RankModel
from bowerbird.storage import artefacts

QUESTIONS = ("shoes", "red dress", "coffee", "鞋")
PRICES = ("price_level", "price_fit")


def answers(engine: Engine) -> list[list[str]]:
    return [ids(engine, text) for text in QUESTIONS]


@pytest.fixture
def plain(engine) -> list[list[str]]:
    """What the shop answers by the default score."""
    return answers(engine)


def faults(engine: Engine) -> dict[str, int]:
    return engine.status()["ranking"]["faults"]


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "bowerbird.rank.faults"]


def of_another_version(folder):
    change_manifest(folder, version=99)


def torn(folder):
    cut_short(folder / "trees-0.txt")


def with_a_torn_manifest(folder):
    cut_short(folder / artefacts.MANIFEST)


def of_other_signals(folder):
    change_manifest(folder, signals={"charm": ["0..1", "raises"]})


def of_signals_in_other_units(folder):
    change_manifest(folder, signals={name: ["furlongs", "either"] for name in USED})


def with_a_damaged_file(folder):
    spoil(folder / "trees-0.txt")


def gone(folder):
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


SPOILT = [
    of_another_version,
    torn,
    with_a_torn_manifest,
    of_other_signals,
    of_signals_in_other_units,
    with_a_damaged_file,
    gone,
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda one: one.__name__)
def test_a_model_that_cannot_be_used_is_left_out(plain, shop, caplog, spoilt):
    spoilt(put_in_use(shop))
    engine = open_fake_shop(shop)
    assert answers(engine) == plain
    assert faults(engine) == {"model": 1} and engine.status()["ranking"]["by"] == "default"
    (line,) = told(caplog)
    assert line.startswith("ranking goes on without model: ") and "\n" not in line
    engine.close()


def test_trees_over_other_inputs_than_their_manifest_names_are_left_out(plain, shop, caplog):
    folder = put_in_use(shop, cheap_first(PRICES))
    kept = json.loads((folder / artefacts.MANIFEST).read_text())["details"]["signals"]
    change_manifest(folder, signals={name: kept[name] for name in reversed(PRICES)})
    engine = open_fake_shop(shop)
    assert answers(engine) == plain
    assert faults(engine) == {"model": 1} and "other signals" in told(caplog)[0]
    engine.close()


class Breaking:
    """A model that was loaded well and breaks at every search."""

    names, start, seen = USED, 8.0, {}

    def scores(self, table, default):
        raise RuntimeError("the trees fell")


class Mute(Breaking):
    """A model that gives what is no number."""

    def scores(self, table, default):
        return np.full(len(table), np.nan, np.float32)


@pytest.mark.parametrize("model", [Breaking(), Mute()], ids=["breaks", "mute"])
def test_a_model_that_fails_at_every_search_is_told_once_and_counted_each_time(plain, shop, caplog, monkeypatch, model):
    put_in_use(shop)
    monkeypatch.setattr(RankModel, "load", lambda _: model)
    engine = open_fake_shop(shop)
    assert answers(engine) == plain and len(engine.search(Query(Wish("shoes"), explain=True)).hits) > 0
    assert faults(engine) == {"model": len(QUESTIONS) + 1} and len(told(caplog)) == 1
    engine.close()


def test_a_model_that_makes_the_reading_itself_fail_is_left_out(plain, shop, monkeypatch):
    def load(_):
        raise MemoryError("too many trees")

    put_in_use(shop)
    monkeypatch.setattr(RankModel, "load", load)
    engine = open_fake_shop(shop)
    assert answers(engine) == plain and faults(engine) == {"model": 1}
    engine.close()


def test_a_good_model_after_a_bad_one_is_taken(plain, own, shop):
    torn(put_in_use(shop))
    own.ranker.renew()
    assert answers(own) == plain
    put_in_use(shop, name="two")
    own.ranker.renew()
    assert answers(own) != plain and own.status()["ranking"]["by"] == "learned"


@pytest.mark.parametrize("spoilt", [cut_short, spoil, gone], ids=lambda one: one.__name__)
def test_a_torn_table_of_clicks_is_left_out(plain, shop, caplog, spoilt):
    spoilt(put_clicks(shop, {"boot-laced": 0.9, "runner-swift": 0.001}))
    engine = open_fake_shop(shop)
    assert answers(engine) == plain
    assert faults(engine) == {"clicks": 1} and len(told(caplog)) == 1
    engine.close()


def test_a_rule_that_names_a_field_that_is_gone_is_left_out_and_others_hold(plain, own, caplog):
    first = plain[0][0]
    gone_field = [{"hide": {"filter": "fabric = wool"}}, {"boost": {"filter": "fabric = silk", "by": 1}}]
    own.set_rules(
        read_rules(
            [
                {"id": "old", "then": [*gone_field, {"filter": "fabric = wool"}]},
                {"id": "new", "if": {"query": {"pattern": "shoes"}}, "then": [{"hide": {"products": [first]}}]},
            ]
        ),
        "Ada",
    )
    assert answers(own) == [plain[0][1:], *plain[1:]]
    # Three actions in each of four searches.
    assert faults(own) == {"rule:old": 12} and len(told(caplog)) == 1
    assert own.status()["ranking"]["rules"] == 1


def test_settings_that_cannot_be_read_leave_those_before_in_force(plain, own, shop, caplog):
    own.ranker.set({"window": 100})
    path = shop / "ranking" / "settings.json"
    for wrong in ("{", "[]", '{"window": "wide"}', '{"windwo": 7}'):
        path.write_text(wrong)
        own.ranker.renew()
        assert answers(own) == plain and own.ranker.settings.window == 100
    assert faults(own) == {"settings": 4} and len(told(caplog)) == 4
    assert "expected window" in told(caplog)[3]
    path.unlink()
    own.ranker.renew()
    assert own.ranker.given == {}


def test_a_shop_opened_with_settings_that_cannot_be_read_ranks_by_the_defaults(plain, shop):
    (shop / "ranking").mkdir(exist_ok=True)
    (shop / "ranking" / "settings.json").write_bytes(b"\xff\xfe")
    engine = open_fake_shop(shop)
    assert answers(engine) == plain and faults(engine) == {"settings": 1}
    engine.close()


def test_a_cross_encoder_that_is_not_there_is_told_and_gone_without(plain, own, caplog):
    own.ranker.set({"cross_encoder.model": "/no/such/model"})
    assert becomes_true(lambda: faults(own) == {"cross_encoder": 1})
    assert answers(own) == plain and "no model at /no/such/model" in told(caplog)[0]
    assert own.status()["ranking"]["cross_encoder"] == {"model": "/no/such/model", "ready": False}


class Encoder:
    """A cross-encoder that breaks, or takes its time, or is of no use."""

    fingerprint = "of no use"

    def __init__(self, error: Exception | None = None, logit: float = 0.0) -> None:
        self._error, self._logit = error, logit

    def score(self, query, texts):
        if self._error is not None:
            raise self._error
        return np.full(len(texts), self._logit, np.float32)


@pytest.fixture
def with_encoder(own, monkeypatch):
    def choose(encoder, **settings):
        monkeypatch.setattr("bowerbird.encode.cross_encoder.load_cross_encoder", lambda *_: encoder)
        own.ranker.set({"cross_encoder.model": "any", "cross_encoder.budget_ms": 10_000, **settings})
        assert becomes_true(lambda: own.status()["ranking"]["cross_encoder"]["ready"])
        return own

    return choose


@pytest.mark.parametrize(
    "encoder",
    [Encoder(RuntimeError("the graph broke")), Encoder(ModelError("torn")), Encoder(logit=np.nan)],
    ids=["runtime", "model", "nan"],
)
def test_a_cross_encoder_that_fails_changes_nothing_and_is_told_once(plain, with_encoder, caplog, encoder):
    engine = with_encoder(encoder)
    assert answers(engine) == plain
    assert faults(engine) == {"cross_encoder": len(QUESTIONS)} and len(told(caplog)) == 1


def test_a_cross_encoder_without_time_changes_nothing(plain, with_encoder, caplog):
    engine = with_encoder(Encoder(logit=3.0), **{"cross_encoder.budget_ms": 0})
    assert answers(engine) == plain
    assert faults(engine) == {"cross_encoder": len(QUESTIONS)}
    assert told(caplog) == ["ranking goes on without cross_encoder: it ran out of time"]


def test_when_the_ranking_itself_fails_the_search_is_answered(plain, own, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("bowerbird.rank.flow.read_signals", broken)
    found = answers(own)
    assert [sorted(one) for one in found] == [sorted(one) for one in plain]
    assert faults(own) == {"ranking": 4, "default score": 4} and len(told(caplog)) == 2
    assert own.search(Query(Wish("shoes"), explain=True)).hits[0].ranking is None


def test_when_a_part_fails_in_a_way_nobody_thought_of_the_default_score_answers(plain, own, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a bug")

    own.ranker.set({"variety.relevance": 0.5})
    monkeypatch.setattr("bowerbird.rank.flow.diversify", broken)
    assert answers(own) == plain
    assert faults(own) == {"ranking": 4}


def test_a_search_may_be_asked_for_its_reasons_whatever_is_wrong(shop, monkeypatch):
    put_in_use(shop)
    monkeypatch.setattr(RankModel, "contributions", None)
    engine = open_fake_shop(shop)
    hits = engine.search(Query(Wish("shoes"), explain=True)).hits
    assert hits and all(hit.ranking.by == "learned" and hit.ranking.total is None for hit in hits)
    engine.close()


@pytest.mark.parametrize("goal", [{"goal": "clicks"}, {"kind": "interleaving"}], ids=["arms", "sides"])
def test_a_learned_arm_may_have_no_candidates_to_rank(own, shop, goal):
    put_in_use(shop)
    own.ranker.set({"window": 0})
    before = answers(own)
    arms = [{"name": "a", "rank": "relevance"}, {"name": "b", "rank": "learned"}]
    own.experiments.start(read_definition({"name": "e", "arms": arms, **goal}), "Ada")
    for shopper in ("ann", "ben", "cleo", "dan"):
        assert [ids(own, text, shopper=shopper) for text in QUESTIONS] == before
    assert faults(own) == {}


def test_a_cap_or_seller_by_a_field_that_is_not_there_is_told_once_and_others_hold(plain, own, caplog):
    own.ranker.set(
        {"variety.caps.brandd": 1, "variety.caps.price": 1, "variety.seller": "vendor", "variety.floor": 0.2}
    )
    assert answers(own) == plain
    settings = ("variety.caps.brandd", "variety.caps.price", "variety.seller")
    assert faults(own) == dict.fromkeys(settings, len(QUESTIONS)) and len(told(caplog)) == 3


def test_a_page_without_words_needs_no_ranking(own):
    assert len(own.search(ask()).hits) > 0 and faults(own) == {}
