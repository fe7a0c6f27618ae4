from __future__ import annotations

from dataclasses import replace

import pytest
from serve_world import SHOES, FakeEngine, client_of

from bowerbird.domain.results import ExperimentShown, Hit, Results
from bowerbird.engine.experiments import Experiments
from bowerbird.rank.faults import Faults
from bowerbird.storage.database import Database
from bowerbird.storage.experiments import ExperimentStore
from bowerbird.storage.shop_folder import ShopFolder

AB = {
    "name": "round",
    "arms": [{"name": "old", "rank": "relevance"}, {"name": "new", "rank": "default", "weight": 1}],
    "goal": "clicks",
    "guards": [{"metric": "took_ms", "loss": 20, "higher_is_better": False}],
    "target": 200,
    "least": 20,
}
START = {"definition": AB, "author": "Ada"}


class ExperimentEngine(FakeEngine):
    """The fake engine with real experiments."""

    def __init__(self, database: Database, folder) -> None:
        super().__init__()
        self.experiments = Experiments(ExperimentStore(database), ShopFolder(folder), Faults())


@pytest.fixture
def engine(tmp_path):
    database = Database.open(tmp_path / "experiments")
    yield ExperimentEngine(database, tmp_path / "experiments")
    database.close()


def outcomes(arm, share, count=100, slow=0.0):
    return [
        {
            "query": "shoe",
            "query_id": f"{arm}-{n}",
            "shopper": f"{arm} {n}",
            "experiment": "round",
            "arm": arm,
            "products": ["shoe/1", "bag"],
            "clicks": [1] if n % 10 < share * 10 else [],
            "metrics": {"took_ms": 10 + n % 7 + slow},
            "time": "now",
        }
        for n in range(count)
    ]


def test_an_experiment_is_started_listed_shown_and_stopped(client):
    assert client.get("/v1/experiments").json() == {"experiments": []}
    started = client.post("/v1/experiments", json=START)
    body = started.json()
    assert (started.status_code, body["name"], body["status"], body["author"]) == (200, "round", "running", "Ada")
    assert body["definition"]["arms"][1] == {"name": "new", "rank": "default", "weight": 1.0}
    assert client.get("/v1/experiments").json() == {"experiments": [body]}
    shown = client.get("/v1/experiments/round").json()
    assert (shown["decision"], shown["arm"], shown["sample_ratio"]["p"]) == ("running", None, 1.0)
    assert shown["arms"][1]["lifts"]["clicks"] == {"value": 0.0, "low": None, "high": None}
    stopped = client.post("/v1/experiments/round/stop", json={"author": "Ben", "why": "enough"}).json()
    assert (stopped["status"], stopped["stopped_by"], stopped["why"]) == ("stopped", "Ben", "enough")


def test_outcomes_are_counted_once_and_tell_how_it_stands(client):
    client.post("/v1/experiments", json=START)
    batch = {"outcomes": [*outcomes("old", 0.1), *outcomes("new", 0.8), {**outcomes("old", 0)[0], "experiment": "x"}]}
    body = client.post("/v1/experiments/round/outcomes", json=batch).json()
    assert (body["counted"], body["known"], body["passed_over"]) == (200, 0, 1)
    assert (body["decision"], body["arm"]) == ("better", "new") and body["words"].startswith("new is better: clicks")
    assert body["arms"][1]["lifts"]["clicks"]["low"] > 0
    assert body["guards"] == [{"metric": "took_ms", "loss": 20.0, "higher_is_better": False, "broken_by": []}]
    again = client.post("/v1/experiments/round/outcomes", json=batch).json()
    assert (again["counted"], again["known"]) == (0, 200) and again["arms"] == body["arms"]


def test_how_many_shoppers_have_a_metric_and_which_nothing_has_brought_is_told(client):
    goal = {**AB, "goal": "basket", "guards": [{"metric": "no_result"}, {"metric": "weight"}]}
    client.post("/v1/experiments", json={**START, "definition": goal})
    batch = [*outcomes("old", 0.1), *outcomes("new", 0.8)]
    for one in batch[70:180]:
        one["metrics"] = {"basket": 9.5}
    body = client.post("/v1/experiments/round/outcomes", json={"outcomes": batch}).json()
    assert body["decision"] == "running" and body["words"].endswith("; no outcome has brought weight yet")
    assert body["missing"] == ["weight"]
    assert [(arm["shoppers"], arm["counts"]["basket"]) for arm in body["arms"]] == [(100, 30), (100, 80)]
    assert [guard["higher_is_better"] for guard in body["guards"]] == [False, True]


def test_harm_stops_the_experiment_and_says_why(client):
    client.post("/v1/experiments", json=START)
    batch = {"outcomes": [*outcomes("old", 0.1), *outcomes("new", 0.8, slow=100.0)]}
    body = client.post("/v1/experiments/round/outcomes", json=batch).json()
    assert (body["status"], body["stopped_by"], body["decision"]) == ("stopped", "bowerbird", "stopped by guard")
    assert "took_ms" in body["why"] and body["guards"][0]["broken_by"] == ["new"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"definition": AB}, "author"),
        ({"author": "Ada"}, "definition"),
        ({"definition": 7, "author": "Ada"}, "definition"),
        ({"definition": {**AB, "goal": None}, "author": "Ada"}, "definition.goal"),
        ({"definition": {**AB, "arms": AB["arms"][:1]}, "author": "Ada"}, "definition.arms"),
        (
            {"definition": {**AB, "arms": [AB["arms"][0], {"name": "new", "rank": "learned"}]}, "author": "Ada"},
            "definition.arms[1].model",
        ),
        ({**START, "note": "x"}, "note"),
    ],
)
def test_what_is_wrong_with_a_start_is_named_and_nothing_starts(client, body, field):
    answer = client.post("/v1/experiments", json=body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)
    assert client.get("/v1/experiments").json() == {"experiments": []}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query": None}, "query"),
        ({"clicks": [9]}, "clicks"),
        ({"query_id": ""}, "query_id"),
        ({"shopper": None}, "shopper"),
        ({"arm": "other"}, "arm"),
        ({"metrics": {"took_ms": "fast"}}, "metrics.took_ms"),
        ({"metrics": {"orders": 1}}, "metrics"),
    ],
)
def test_an_outcome_that_is_wrong_is_named_and_none_is_counted(client, change, field):
    client.post("/v1/experiments", json=START)
    good, bad = outcomes("new", 1, 2)
    answer = client.post("/v1/experiments/round/outcomes", json={"outcomes": [good, {**bad, **change}]})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, f"outcomes[1].{field}")
    assert client.post("/v1/experiments/round/outcomes", json={"outcomes": [good]}).json()["counted"] == 1


def test_too_many_outcomes_and_such_as_are_none_are_refused(client):
    client.post("/v1/experiments", json=START)
    for found, field in (([7], "outcomes[0]"), ([{}] * 10_001, "outcomes")):
        answer = client.post("/v1/experiments/round/outcomes", json={"outcomes": found})
        assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)


def test_an_experiment_that_is_not_there_is_not_found(client):
    assert client.get("/v1/experiments/none").status_code == 404
    assert client.post("/v1/experiments/none/outcomes", json={"outcomes": []}).status_code == 404
    assert client.post("/v1/experiments/none/stop", json={"author": "A", "why": "b"}).status_code == 404


def test_experiments_are_only_for_those_who_may_write(engine, keys):
    searching, writing = keys.create("search", ""), keys.create("write", "")
    with client_of(engine, keys=keys) as client:
        for method, path, body in [
            ("GET", "/v1/experiments", None),
            ("POST", "/v1/experiments", START),
            ("GET", "/v1/experiments/round", None),
            ("POST", "/v1/experiments/round/outcomes", {"outcomes": []}),
            ("POST", "/v1/experiments/round/stop", {"author": "Ada", "why": "enough"}),
        ]:
            assert client.request(method, path, json=body).status_code == 401
            assert client.request(method, path, json=body, headers={"X-API-Key": searching}).status_code == 403
            assert client.request(method, path, json=body, headers={"X-API-Key": writing}).status_code == 200


def test_a_search_names_its_shopper_and_is_told_its_experiment_and_teams(client, engine, monkeypatch):
    body = client.post("/v1/search", json={"q": "shoe", "shopper": "ann"}).json()
    assert "experiment" not in body and "team" not in body["hits"][0]
    client.get("/v1/search?q=shoe&shopper=ben")
    assert [query.shopper for query in engine.queries] == ["ann", "ben"]
    assert client.post("/v1/search", json={"shopper": "x" * 201}).json()["error"]["field"] == "shopper"
    found = Results(
        (replace(Hit(SHOES, 1.0), team="b"), Hit(SHOES, 0.5)), 2, experiment=ExperimentShown("round", "", "q-1")
    )
    monkeypatch.setattr(engine, "search", lambda query: found)
    body = client.get("/v1/search?q=shoe").json()
    assert body["experiment"] == {"name": "round", "arm": "", "query_id": "q-1"}
    assert body["hits"][0]["team"] == "b" and "team" not in body["hits"][1]
