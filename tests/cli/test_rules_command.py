from __future__ import annotations

import json
from functools import partial
from types import SimpleNamespace

import pytest

from bowerbird.cli import rules_command
from bowerbird.domain.rule_records import read_rules
from bowerbird.domain.rules import AppliedRule, Banner
from bowerbird.engine.rules_trial import RulesTrial, TriedHit, TriedSide

SUMMER = {"id": "summer", "title": "Summer", "then": [{"hide": {"products": ["x"]}}, {"redirect": "/"}], "priority": 3}


@pytest.fixture
def run(run_on_shop):
    return partial(run_on_shop, "rules")


def test_rules_are_set_listed_and_undone_with_their_author_in_the_history(run, write):
    assert run("list")[1] == "no rules are in force\n"
    assert run("history")[1].startswith("no rules were set yet")
    assert run("set", write([SUMMER]), "--author", "Ada", "--note", "sale") == (0, "version 1: 1 rules in force\n", "")
    code, shown, _ = run("list")
    assert code == 0 and "Summer" in shown and "hide, redirect" in shown and "version 1 by Ada" in shown
    assert run("undo", "--author", "Ben")[1] == "version 2: 0 rules in force\n"
    assert "undoes version 1" in run("history")[1]
    changes = json.loads(run("history", "--json", "--limit", 1)[1])["changes"]
    assert [(one["version"], one["author"], one["count"]) for one in changes] == [(2, "Ben", 0)]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_history_of_no_changes_is_not_asked_for(run, write, limit):
    run("set", write([SUMMER]), "--author", "Ada")
    code, shown, error = run("history", "--limit", limit)
    assert (code, shown) == (2, "") and "at least 1" in error


def test_what_is_listed_as_json_can_be_set_again(run, write):
    run("set", write([SUMMER]), "--author", "Ada")
    listed = run("list", "--json")[1]
    assert json.loads(listed)["rules"] == [SUMMER]
    code, shown, _ = run("set", write(listed, "again.json"), "--author", "Ben", "--json")
    assert code == 0 and json.loads(shown) == json.loads(listed)


def test_who_changes_rules_is_the_user_unless_named(run, write, monkeypatch):
    monkeypatch.setenv("LOGNAME", "carla")
    run("set", write([SUMMER]))
    assert json.loads(run("list", "--json")[1])["author"] == "carla"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "content.json: is no JSON"),
        ({"id": "x"}, "content.json: rules: no list"),
        ([{"id": "x", "then": [{"hide": {"filter": "brand"}}]}], "content.json: rules[0].then[0].hide.filter"),
        ([{"id": "x", "then": [{"redirect": "javascript:x"}]}], "no safe address"),
    ],
    ids=["broken", "no list", "bad filter", "script"],
)
def test_a_file_that_holds_no_rules_is_named_with_the_place(run, write, content, told):
    code, shown, error = run("set", write(content), "--author", "Ada")
    assert (code, shown) == (2, "") and told in error


def test_what_is_not_there_or_not_as_it_was_seen_changes_nothing(run, write, tmp_path):
    assert "no file" in run("set", tmp_path / "none.json")[2]
    assert run("undo", "--author", "Ada")[0] == 2
    code, _, error = run("set", write([SUMMER]), "--author", "Ada", "--version", 3)
    assert code == 2 and "changed meanwhile" in error and error.count("\n") == 1
    assert json.loads(run("list", "--json")[1])["version"] == 0


def test_a_search_is_tried_before_and_after(run, write, monkeypatch):
    asked = []
    before = TriedSide(7)
    after = TriedSide(6, (Banner("Sale"),), "/sale", (AppliedRule("summer"),))
    hits = (TriedHit("a", "Apple", 2, 1, (("summer", "boost"),)), TriedHit("x", "Xylophone", 1, None))

    class Engine:
        start = close = staticmethod(lambda *_: None)

        def try_rules(self, *arguments):
            asked.append(arguments)
            return RulesTrial(before, after, hits)

    class Opened(SimpleNamespace):
        __enter__ = staticmethod(lambda: Engine())
        __exit__ = staticmethod(lambda *_: None)

    monkeypatch.setattr(rules_command, "opened", lambda _: Opened())
    code, shown, _ = run("try", "--query", "shoe", "--draft", write([SUMMER]), "--audience", "members", "--first", 5)
    assert code == 0 and "summer (boost)" in shown
    assert "before  7 products\n" in shown
    assert "after   6 products; rules summer; banner 'Sale'; goes to /sale" in shown
    ((query, draft, first, at),) = asked
    assert (query.wish.text, query.audience, draft, first, at) == ("shoe", "members", read_rules([SUMMER]), 5, None)
    body = json.loads(run("try", "--json", "--at", "2026-06-01T00:00:00Z")[1])
    assert body["hits"][1] == {"id": "x", "title": "Xylophone", "before": 1, "after": None, "causes": []}
    assert body["after"]["redirect"] == "/sale" and "redirect" not in body["before"]
    assert asked[1][1] is None and asked[1][3].isoformat() == "2026-06-01T00:00:00+00:00"
    assert "no moment" in run("try", "--at", "noon")[2]
