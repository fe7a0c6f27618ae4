"""A cross-encoder in the hub's format looks at the first once more, chosen while the shop serves."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engine_world import ask, becomes_true, fake_models, ids

from bowerbird.domain.query import Query, Wish
from bowerbird.encode.models import ModelSettings
from bowerbird.encode.product_text import product_text
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.second_look import SecondLooks
from bowerbird.engine.turns import turns
from bowerbird.rank.faults import Faults
from bowerbird.rank.reranking import RerankingSettings

sys.path.insert(0, str(Path(__file__).parent.parent / "encode"))

QUESTION = "red shoes for women"
SETTINGS = {"cross_encoder.weight": 1.0, "cross_encoder.budget_ms": 10_000.0, "cross_encoder.first": 6}


def ready(engine) -> bool:
    told = engine.status()["ranking"]["cross_encoder"]
    return told is not None and told["ready"]


def ranked(engine) -> list[tuple[str, float | None]]:
    """The hits of the question by id, with what the cross-encoder gave them."""
    found = []
    for hit in engine.search(Query(Wish(QUESTION), explain=True)).hits:
        looked = [signal.value for signal in hit.ranking.signals if signal.name == "second_look"]
        found.append((hit.product.id, looked[0] if looked else None))
    return found


@pytest.mark.models
@pytest.mark.filterwarnings("default")
def test_a_model_of_the_hub_s_format_orders_the_first_anew(shop, tmp_path):
    pytest.importorskip("torch")
    from tiny_models import make_cross_encoder

    make_cross_encoder(tmp_path / "hub")
    models = ModelSettings(folder=tmp_path / "models")
    engine = open_shop(shop, models=fake_models(), fit=False)
    engine.ranker._looks._models = models
    before = ranked(engine)
    assert len(before) > 6 and all(logit is None for _, logit in before)
    engine.ranker.set({"cross_encoder.model": str(tmp_path / "hub"), **SETTINGS})
    assert becomes_true(lambda: ready(engine), 120)
    after = ranked(engine)
    first, rest = after[:6], after[6:]
    logits = [logit for _, logit in first]
    assert logits == sorted(logits, reverse=True) and len(set(logits)) > 1
    assert {name for name, _ in first} == {name for name, _ in before[:6]}
    assert [name for name, _ in first] != [name for name, _ in before[:6]]
    assert rest == before[6:]
    scores = [hit.score for hit in engine.search(ask(QUESTION)).hits]
    assert scores == sorted(scores, reverse=True)
    assert engine.status()["ranking"]["faults"] == {}
    engine.ranker.set({})
    assert ranked(engine) == before
    engine.close()


class Encoder:
    """Likes long texts, and knows what it was given and in whose turn."""

    fingerprint = "long"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.others_could: list[bool] = []

    def score(self, query, texts):
        self.read += texts
        taken = turns._lock.acquire(blocking=False)
        self.others_could.append(taken)
        if taken:
            turns._lock.release()
        return np.array([len(text) / 100 - 1 for text in texts], np.float32)


@pytest.fixture
def encoder(monkeypatch):
    made = Encoder()
    monkeypatch.setattr("bowerbird.encode.cross_encoder.load_cross_encoder", lambda *_: made)
    return made


def test_it_reads_the_texts_of_the_first_once_and_in_nobody_s_turn(own, encoder):
    own.ranker.set({"cross_encoder.model": "long", **SETTINGS})
    assert becomes_true(lambda: ready(own))
    first = own.search(ask(QUESTION)).hits[:6]
    lengths = [len(product_text(hit.product)) for hit in first]
    assert lengths == sorted(lengths, reverse=True)
    assert sorted(encoder.read) == sorted(product_text(hit.product) for hit in first)
    assert all(encoder.others_could)
    own.search(ask(QUESTION))
    assert len(encoder.read) == 6


def test_a_product_that_is_written_anew_is_read_anew(own, encoder):
    own.ranker.set({"cross_encoder.model": "long", **SETTINGS})
    assert becomes_true(lambda: ready(own))
    last = own.search(ask(QUESTION)).hits[5].product
    own.put([replace(last, description="long words " * 60)])
    assert becomes_true(lambda: own.search(ask(QUESTION)).hits[0].product.id == last.id)


def test_photos_and_browsing_are_not_looked_at_again(own, encoder, photo_of):
    own.ranker.set({"cross_encoder.model": "long", **SETTINGS})
    assert becomes_true(lambda: ready(own))
    own.search(ask(QUESTION, photos=[photo_of("runner-red")]))
    own.search(ask())
    assert encoder.read == []


def test_searches_go_on_while_it_is_opened_and_other_settings_open_nothing_anew(own, monkeypatch):
    gate, opened = threading.Event(), []

    def slowly(name, _):
        opened.append(name)
        gate.wait(10)
        return Encoder()

    monkeypatch.setattr("bowerbird.encode.cross_encoder.load_cross_encoder", slowly)
    before = ids(own, QUESTION)
    own.ranker.set({"cross_encoder.model": "slow", **SETTINGS})
    assert ids(own, QUESTION) == before and not ready(own)
    own.ranker.set({"cross_encoder.model": "slow", **SETTINGS, "cross_encoder.first": 3})
    gate.set()
    assert becomes_true(lambda: ready(own))
    assert ids(own, QUESTION)[3:] == before[3:]
    own.ranker.set({"cross_encoder.model": "slow", **SETTINGS, "cross_encoder.weight": 0.0})
    assert ready(own) and ids(own, QUESTION) == before and opened == ["slow"]


def test_one_that_is_no_longer_wanted_when_it_is_open_is_not_used(monkeypatch):
    gate, done = threading.Event(), threading.Event()

    def slowly(name, _):
        gate.wait(10)
        done.set()
        return Encoder()

    monkeypatch.setattr("bowerbird.encode.cross_encoder.load_cross_encoder", slowly)
    looks = SecondLooks(None, ModelSettings(), Faults())
    looks.choose("slow", RerankingSettings())
    looks.choose("", RerankingSettings())
    gate.set()
    assert done.wait(5) and not becomes_true(lambda: looks.current is not None, 0.1)
