from __future__ import annotations

import json
from functools import partial

import pytest

AB = {
    "name": "round",
    "arms": [{"name": "old", "rank": "relevance"}, {"name": "new", "rank": "default"}],
    "goal": "clicks",
    "guards": [{"metric": "orders"}],
    "target": 200,
    "least": 20,
}
SIDES = {"name": "sides", "kind": "interleaving", "arms": AB["arms"], "target": 200, "least": 20}


@pytest.fixture
def run(run_on_shop):
    return partial(run_on_shop, "experiment")


def line(arm, n, clicked, **more):
    told = {"query": "shoe", "products": ["a", "b"], "clicks": [1] * clicked, "orders": [1] * (n % 2)}
    return {**told, "query_id": f"{arm}-{n}", "shopper": f"{arm} {n}", "arm": arm, **more}


@pytest.fixture
def log(write):
    lines = [line("old", n, n % 10 == 0) for n in range(100)] + [line("new", n, n % 10 != 0) for n in range(100)]
    return write("\n".join(map(json.dumps, [*lines, line("", 0, True)])), "log.jsonl")


def test_an_experiment_is_started_listed_counted_shown_and_stopped(run, write, log):
    assert run("list")[1].startswith("no experiment was started yet")
    code, shown, _ = run("start", write(AB), "--author", "Ada")
    assert code == 0 and shown.startswith("round: started by Ada") and shown.endswith("running\n")
    assert "round" in run("list")[1]
    assert "running: no difference in clicks is sure yet" in run("show", "round")[1]
    code, shown, _ = run("count", "round", "--log", log)
    assert code == 0 and shown.startswith("200 searches counted, 0 known before, 1 passed over")
    assert "new is better: clicks" in shown and "sample ratio: p 1" in shown
    assert run("count", "round", "--log", log)[1].startswith("0 searches counted, 200 known before, 1 passed over")
    assert "new is better" in run("show", "round")[1]
    code, shown, _ = run("stop", "round", "--why", "enough", "--author", "Ben")
    assert code == 0 and shown.startswith("round: stopped by Ben") and shown.endswith(": enough\n")
    assert "enough" in run("list")[1]


def test_a_mean_that_is_not_of_every_shopper_says_of_how_many_it_is(run, write):
    run("start", write({**AB, "goal": "basket"}), "--author", "Ada")
    assert "no outcome has brought basket, orders yet" in run("show", "round")[1]
    lines = [
        line(arm, n, True, metrics={"basket": 9.5} if n < 30 else {}) for arm in ("old", "new") for n in range(100)
    ]
    shown = run("count", "round", "--log", write("\n".join(map(json.dumps, lines)), "log.jsonl"))[1]
    assert shown.count("basket 9.5 (30 have it)") == 2 and shown.count("orders 0.5 ") == 2 and "brought" not in shown


def test_everything_can_be_had_as_json(run, write, log):
    started = json.loads(run("start", write(AB), "--author", "Ada", "--json")[1])
    assert json.loads(run("list", "--json")[1]) == {"experiments": [started]}
    counted = json.loads(run("count", "round", "--log", log, "--json")[1])
    assert (counted["counted"], counted["passed_over"], counted["decision"]) == (200, 1, "better")
    shown = json.loads(run("show", "round", "--json")[1])
    assert shown["words"] == counted["words"] and shown["arms"] == counted["arms"]
    assert json.loads(run("stop", "round", "--why", "x", "--author", "B", "--json")[1])["status"] == "stopped"


def test_an_interleaving_tells_who_won(run, write):
    run("start", write(SIDES), "--author", "Ada")
    lines = [line("", n, True, teams=["b", "a"]) for n in range(100)]
    code, shown, _ = run("count", "sides", "--log", write("\n".join(map(json.dumps, lines)), "log.jsonl"))
    assert code == 0 and "new won 100 and old 0 of 100 searches" in shown and "sample ratio" not in shown


def test_who_starts_and_stops_is_the_user_unless_named(run, write, monkeypatch):
    monkeypatch.setenv("LOGNAME", "carla")
    run("start", write(AB))
    run("stop", "round", "--why", "enough")
    (found,) = json.loads(run("list", "--json")[1])["experiments"]
    assert (found["author"], found["stopped_by"]) == ("carla", "carla")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "content.json: is no JSON"),
        ([], "content.json: no object"),
        ({**AB, "goal": None}, "content.json.goal"),
        ({**AB, "arms": [AB["arms"][0], {"name": "new", "rank": "learned"}]}, "no ranker is in use"),
    ],
    ids=["broken", "no object", "no goal", "no model"],
)
def test_a_file_that_defines_no_experiment_is_named_with_the_place(run, write, content, told):
    code, shown, error = run("start", write(content), "--author", "Ada")
    assert (code, shown) == (2, "") and told in error and error.count("\n") == 1
    assert run("list")[1].startswith("no experiment")


def test_a_log_with_a_bad_line_counts_nothing(run, write, log):
    run("start", write(AB), "--author", "Ada")
    bad = write(log.read_text() + "\n" + json.dumps({**line("new", 1, True), "query_id": ""}), "bad.jsonl")
    code, shown, error = run("count", "round", "--log", bad)
    assert (code, shown) == (2, "") and "query_id" in error
    assert run("count", "round", "--log", log)[1].startswith("200 searches counted")


def test_what_is_not_there_is_one_clear_error(run, write, tmp_path):
    assert "no file" in run("start", tmp_path / "none.json")[2]
    for arguments in (("show", "none"), ("stop", "none", "--why", "x"), ("count", "none", "--log", tmp_path / "x")):
        code, _, error = run(*arguments)
        assert code == 2 and "no experiment 'none'" in error and error.count("\n") == 1
