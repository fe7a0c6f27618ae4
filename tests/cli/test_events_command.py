from __future__ import annotations

import json
import time
from functools import partial

import pytest

from bowerbird.cli.main import main
from bowerbird.events.flow import read_events
from bowerbird.storage.shop_folder import ShopFolder

VIEW = {"name": "view_item", "items": [{"item_id": "p1"}]}


@pytest.fixture
def empty_shop(tmp_path, empty_shop):
    """Whole, so that it can be opened."""
    ShopFolder(empty_shop).about.write_text('{"kind": "bowerbird shop", "version": 1}')
    return empty_shop


@pytest.fixture
def run(run_on_shop, monkeypatch):
    monkeypatch.delenv("BOWERBIRD_EVENTS", raising=False)
    return partial(run_on_shop, "events")


@pytest.fixture
def lines(write):
    events = [VIEW | {"id": f"e{n}", "user": "ann" if n % 2 else "", "session": f"s{n % 4}"} for n in range(12)]
    bad = ["", "not JSON", json.dumps(VIEW | {"name": "x"})]
    return write("\n".join([*map(json.dumps, events), *bad]), "events.jsonl")


def test_a_file_is_imported_once_and_its_bad_lines_are_told(run, lines):
    code, shown, complaints = run("import", lines)
    assert (code, shown) == (0, "12 events recorded, 0 known before, 2 refused\n")
    assert "events.jsonl:14: no JSON" in complaints and "events.jsonl:15: name: no event" in complaints
    assert run("import", lines)[1].startswith("0 events recorded, 12 known before")
    told = json.loads(run("import", lines, "--json")[1])
    assert (told["known"], [one["line"] for one in told["errors"]]) == (12, [14, 15])


def test_only_who_serves_forgets_what_is_old(run_on_shop, write):
    old = VIEW | {"id": "old", "timestamp": time.time() - 500 * 86_400}
    run_on_shop("events", "import", write(json.dumps(old), "old.jsonl"), "--keep-days", "0")
    run_on_shop("learn", "mixer")
    assert '"old"' in run_on_shop("events", "export", "--keep-days", "0")[1]


def test_the_log_tells_what_it_holds(run, lines):
    assert run("stats")[1] == "no event was recorded yet\n"
    run("import", lines)
    shown = run("stats")[1]
    assert "view_item" in shown and "12 events of 1 users and 4 sessions" in shown
    told = json.loads(run("stats", "--json")[1])
    assert (told["events"], told["users"], told["last_seq"]) == ({"view_item": 12}, 1, 12)


def test_what_is_exported_can_be_imported_elsewhere(run, lines, tmp_path, write):
    run("import", lines)
    code, shown, _ = run("export")
    assert code == 0 and len(shown.splitlines()) == 12
    assert not any(read_events(json.loads(line), 4e9).refused for line in shown.splitlines())
    assert run("import", write(shown, "again.jsonl"))[1].startswith("0 events recorded, 12 known")


def test_a_shopper_is_exported_and_erased(run, lines):
    run("import", lines)
    told = json.loads(run("export", "--session", "s1")[1])
    assert (told["user"], told["sessions"], len(told["events"])) == ("ann", ["s1", "s3"], 6)
    code, shown, _ = run("erase", "--user", "ann")
    assert code == 0 and shown.startswith("erased 6 events and 3 names")
    assert json.loads(run("erase", "--user", "ann", "--json")[1])["events"] == 0
    assert json.loads(run("stats", "--json")[1])["users"] == 0


def test_old_events_are_forgotten_by_day(run, write):
    days = [VIEW | {"id": day, "timestamp": f"{day}T12:00:00Z"} for day in ("2026-01-01", "2026-01-02")]
    run("import", write("\n".join(map(json.dumps, days)), "days.jsonl"), "--keep-days", "0")
    assert run("forget", "--before", "2026-01-02")[1] == "1 events before 2026-01-02 are forgotten\n"
    assert json.loads(run("forget", "--before", "2026-01-02", "--json")[1]) == {"forgotten": 0}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("erase",), "no shopper is named"),
        (("forget", "--before", "yesterday"), "no day"),
        (("import", "nothing.jsonl"), "there is no such file"),
        (("stats", "--events", "mysql://x"), "no such database"),
    ],
)
def test_bad_usage_is_one_line(run, arguments, complaint):
    code, shown, complaints = run(*arguments)
    assert (code, shown, complaints.count("\n")) == (2, "", 1) and complaint in complaints


def test_the_database_may_be_named_by_the_environment(empty_shop, monkeypatch, capsys):
    monkeypatch.setenv("BOWERBIRD_EVENTS", "mysql://x")
    assert main(["events", "stats", "--shop", str(empty_shop)]) == 2
    assert "no such database" in capsys.readouterr().err
