from __future__ import annotations

import pytest
from serve_world import SHOES, FakeEngine, client_of

from bowerbird.domain.results import Hit, Results
from bowerbird.domain.rules import AppliedRule, Banner, RuleEffect
from bowerbird.engine.rules_trial import RulesTrial, TriedHit, TriedSide
from bowerbird.storage.database import Database
from bowerbird.storage.rules import RuleStore

SUMMER = {"id": "summer", "then": [{"boost": {"filter": "brand = Luma", "by": 0.5}}], "if": {"audience": "members"}}
APPLIED = AppliedRule("summer", "Summer", ("pin", "banner"), (RuleEffect("shoe/1", "pin", None, 1),))
BANNER = Banner("Sale", link="/sale")


class RulesEngine(FakeEngine):
    """The fake engine with a real store of rules."""

    def __init__(self, store: RuleStore) -> None:
        super().__init__()
        self.store = store
        self.tried: list[tuple] = []

    @property
    def rules(self):
        return self.store.current()

    def set_rules(self, rules, author, note="", expected=None):
        return self.store.replace(rules, author, note, expected=expected)

    def rules_history(self, limit=100):
        return self.store.history(limit)

    def undo_rules(self, author, expected=None):
        return self.store.undo(author, expected=expected)

    def try_rules(self, query, draft=None, first=10, at=None):
        self.tried.append((query, draft, first, at))
        after = TriedSide(1, (BANNER,), None, (APPLIED,))
        return RulesTrial(TriedSide(2), after, (TriedHit("shoe/1", "Shoe", None, 1, (("summer", "pin"),)),))


@pytest.fixture
def engine(tmp_path):
    database = Database.open(tmp_path / "rules")
    yield RulesEngine(RuleStore(database))
    database.close()


def test_rules_are_put_in_force_whole_and_given_back(client):
    assert client.get("/v1/rules").json() == {
        "version": 0,
        "author": "",
        "at": "",
        "note": "",
        "count": 0,
        "rules": [],
    }
    answer = client.put("/v1/rules", json={"rules": [SUMMER], "author": "Ada", "note": "sale", "version": 0})
    assert answer.status_code == 200
    body = client.get("/v1/rules").json()
    assert body == answer.json()
    assert (body["version"], body["author"], body["note"], body["rules"]) == (1, "Ada", "sale", [SUMMER])


def test_a_change_is_undone_in_one_step_and_stands_in_the_history(client):
    assert client.post("/v1/rules/undo", json={"author": "Ada"}).status_code == 404
    client.put("/v1/rules", json={"rules": [SUMMER], "author": "Ada"})
    undone = client.post("/v1/rules/undo", json={"author": "Ben", "version": 1}).json()
    assert (undone["version"], undone["rules"]) == (2, [])
    changes = client.get("/v1/rules/history").json()["changes"]
    assert [(one["version"], one["author"], one["count"]) for one in changes] == [(2, "Ben", 0), (1, "Ada", 1)]
    assert len(client.get("/v1/rules/history?limit=1").json()["changes"]) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"rules": []}, "author"),
        ({"rules": [], "author": " "}, "author"),
        ({"author": "Ada"}, "rules"),
        ({"rules": {}, "author": "Ada"}, "rules"),
        ({"rules": [7], "author": "Ada"}, "rules[0]"),
        ({"rules": [SUMMER, SUMMER], "author": "Ada"}, "rules[1].id"),
        ({"rules": [{**SUMMER, "then": [{"redirect": "//x"}]}], "author": "Ada"}, "rules[0].then[0].redirect"),
        ({"rules": [SUMMER], "author": "Ada", "version": 3}, "version"),
        ({"rules": [SUMMER], "author": "Ada", "versoin": 3}, "versoin"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(client, engine, body, field):
    answer = client.put("/v1/rules", json=body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)
    assert engine.store.number() == 0


def test_rules_are_tried_before_they_are_put_in_force(client, engine):
    asked = {"q": "shoe", "filters": "price < 50", "audience": "members", "draft": [SUMMER], "first": 5}
    body = client.post("/v1/rules/try", json={**asked, "at": "2026-06-01T00:00:00Z"}).json()
    assert body["before"] == {"total": 2}
    assert body["after"]["banners"] == [{"title": "Sale", "link": "/sale"}]
    assert body["after"]["applied_rules"][0]["effects"] == [
        {"id": "shoe/1", "action": "pin", "before": None, "after": 1}
    ]
    cause = {"rule": "summer", "action": "pin"}
    assert body["hits"] == [{"id": "shoe/1", "title": "Shoe", "before": None, "after": 1, "causes": [cause]}]
    ((query, draft, first, at),) = engine.tried
    assert (query.wish.text, query.audience, first, at.isoformat()) == (
        "shoe",
        "members",
        5,
        "2026-06-01T00:00:00+00:00",
    )
    assert [rule.id for rule in draft] == ["summer"] and engine.store.number() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"draft": [{"id": "x"}]}, "draft[0].then"),
        ({"at": "noon"}, "at"),
        ({"first": 101}, "first"),
        ({"filters": "brand ="}, "filters"),
        ({"query": "x"}, "query"),
    ],
)
def test_a_trial_that_cannot_be_made_names_its_field(client, body, field):
    answer = client.post("/v1/rules/try", json=body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)


def test_rules_are_only_for_those_who_may_write(engine, keys):
    searching, writing = keys.create("search", ""), keys.create("write", "")
    with client_of(engine, keys=keys) as client:
        for method, path, body in [
            ("GET", "/v1/rules", None),
            ("PUT", "/v1/rules", {"rules": [], "author": "Ada"}),
            ("GET", "/v1/rules/history", None),
            ("POST", "/v1/rules/undo", {"author": "Ada"}),
            ("POST", "/v1/rules/try", {}),
        ]:
            assert client.request(method, path, json=body).status_code == 401
            assert client.request(method, path, json=body, headers={"X-API-Key": searching}).status_code == 403
            assert client.request(method, path, json=body, headers={"X-API-Key": writing}).status_code in (200, 404)


def test_a_search_gives_its_audience_and_may_do_without_rules(client, engine):
    client.post("/v1/search", json={"q": "shoe", "audience": "members", "rules": False})
    client.get("/v1/search?q=shoe&audience=staff")
    first, second = engine.queries
    assert (first.audience, first.rules) == ("members", False)
    assert (second.audience, second.rules) == ("staff", True)
    assert client.post("/v1/search", json={"audience": "x" * 101}).json()["error"]["field"] == "audience"


def test_an_answer_tells_what_rules_did_only_where_there_were_some(client, engine, monkeypatch):
    body = client.get("/v1/search?q=shoe").json()
    assert {"banners", "redirect", "applied_rules"}.isdisjoint(body)
    found = Results((Hit(SHOES, 1.0),), 1, banners=(BANNER,), redirect="/sale", applied_rules=(APPLIED,))
    monkeypatch.setattr(engine, "search", lambda query: found)
    body = client.get("/v1/search?q=shoe").json()
    assert body["banners"] == [{"title": "Sale", "link": "/sale"}] and body["redirect"] == "/sale"
    assert body["applied_rules"] == [
        {
            "id": "summer",
            "title": "Summer",
            "actions": ["pin", "banner"],
            "effects": [{"id": "shoe/1", "action": "pin", "before": None, "after": 1}],
        }
    ]
