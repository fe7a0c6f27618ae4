"""The merchant's ranking settings over HTTP, and how the ranking stands."""

from __future__ import annotations

import pytest
from serve_world import FakeEngine, client_of

from bowerbird.engine.ranking import Ranker
from bowerbird.rank.flow import RankSettings
from bowerbird.rank.knobs import as_record, values_of
from bowerbird.storage.shop_folder import ShopFolder

DEFAULTS = as_record(values_of(RankSettings()))


class RankingEngine(FakeEngine):
    """The fake engine with a real ranker."""

    def __init__(self, ranker: Ranker) -> None:
        super().__init__()
        self.ranker = ranker

    def status(self):
        return {**super().status(), "ranking": self.ranker.status(7)}


@pytest.fixture
def engine(tmp_path):
    return RankingEngine(Ranker(ShopFolder(tmp_path), RankSettings()))


def test_settings_are_put_in_force_whole_and_given_back(client, engine):
    assert client.get("/v1/ranking/settings").json() == {"settings": DEFAULTS, "given": {}}
    given = {"window": 50, "score": {"stock": 1.0}, "variety": {"caps": {"brand": 3}, "seller": "Vendor"}}
    answer = client.put("/v1/ranking/settings", json=given)
    assert answer.status_code == 200 and answer.json()["given"] == given
    assert answer.json()["settings"]["score"] == DEFAULTS["score"] | {"stock": 1.0}
    assert engine.ranker.settings.variety.caps == {"brand": 3}
    assert client.get("/v1/ranking/settings").json() == answer.json()
    assert client.put("/v1/ranking/settings", json={}).json() == {"settings": DEFAULTS, "given": {}}


def test_what_is_answered_can_be_put_again(client):
    everything = client.get("/v1/ranking/settings").json()["settings"]
    assert client.put("/v1/ranking/settings", json=everything).json()["settings"] == everything


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"windwo": 3}, "windwo", "expected window"),
        ({"score": {"sentimnt": 1}}, "score.sentimnt", "expected score.sentiment"),
        ({"window": "wide"}, "window", "a whole number from 0 to 2000"),
        ({"variety": {"relevance": 7}}, "variety.relevance", "a number from 0.05 to 1"),
        ({"variety": {"caps": {"brand": "many"}}}, "variety.caps.brand", "a whole number"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(client, engine, body, field, said):
    answer = client.put("/v1/ranking/settings", json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "bad_setting", field)
    assert said in error["message"] and engine.ranker.given == {}


@pytest.mark.parametrize("body", [[], 7, "window"])
def test_what_is_no_object_is_refused(client, body):
    assert client.put("/v1/ranking/settings", json=body).status_code == 400


def test_how_the_ranking_stands_is_told(client, engine):
    engine.ranker.faults.note("model", "torn")
    body = client.get("/v1/ranking").json()
    assert (body["by"], body["rules"], body["faults"], body["model"]) == ("default", 7, {"model": 1}, None)


def test_whether_it_is_ready_is_told_without_the_ranking(client):
    assert set(client.get("/readyz").json()) == {"status", "products", "applied", "last_seq"}


def test_the_docs_know_every_setting(client):
    shapes = client.get("/openapi.json").json()["components"]["schemas"]
    assert set(shapes["ScoreKnobs"]["properties"]) == set(DEFAULTS["score"])
    assert set(shapes["VarietyKnobs"]["properties"]) == {*DEFAULTS["variety"], "caps"}
    assert set(shapes["RankSettingsRecord"]["properties"]) == set(DEFAULTS)
    assert "RankingStatusAnswer" in shapes and "RankSettingsAnswer" in shapes


def test_the_ranking_is_only_for_those_who_may_write(engine, keys):
    searching, writing = keys.create("search", ""), keys.create("write", "")
    with client_of(engine, keys=keys) as client:
        for method, path in (("GET", "/v1/ranking"), ("GET", "/v1/ranking/settings"), ("PUT", "/v1/ranking/settings")):
            body = {} if method == "PUT" else None
            assert client.request(method, path, json=body).status_code == 401
            assert client.request(method, path, json=body, headers={"X-API-Key": searching}).status_code == 403
            assert client.request(method, path, json=body, headers={"X-API-Key": writing}).status_code == 200
