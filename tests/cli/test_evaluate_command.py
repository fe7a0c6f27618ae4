"""``bowerbird evaluate`` on a real shop: the tiny one, with the built-in encoders."""

from __future__ import annotations

import csv
import json

import pytest

from bowerbird.cli.main import main

pytestmark = pytest.mark.models

JUDGEMENTS = """query,product_id,rating
running shoes,runner-swift,3
red dress,dress-summer,3
frying pan,pan-iron,2
kettle,nothing-like-it,0
"""


@pytest.fixture(scope="module")
def shop(tiny_shop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shops") / "tiny"
    assert main(["import", str(tiny_shop), "--shop", str(folder)]) == 0
    return folder


@pytest.fixture
def evaluate(capsys, shop, tmp_path):
    """Run the command with the judgements; gives exit code, output and complaint."""
    judgements = tmp_path / "judgements.csv"
    judgements.write_text(JUDGEMENTS)

    def run(*arguments):
        capsys.readouterr()
        code = main(["evaluate", "--judgments", str(judgements), "--shop", str(shop), *map(str, arguments)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_the_means_are_printed_with_their_intervals(evaluate):
    code, out, err = evaluate()
    assert code == 0, err
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == ["search:", "query", "mean", "95%", "to", "3"]
    assert "err@10" in lines[1] and "judged@10" in lines[1]


def test_groups_are_printed_when_asked_for(evaluate):
    code, out, _ = evaluate("--group")
    assert code == 0
    assert "length" in out and "2 words" in out and "language" in out and "intent" in out
    assert "judged products" in out


def test_head_and_tail_go_by_searches_where_they_are_given(evaluate, tmp_path):
    searches = tmp_path / "searches.csv"
    searches.write_text("query,searches\nrunning shoes,90\nred dress,10\n")
    code, out, _ = evaluate("--json", "--searches", searches)
    assert code == 0
    groups = json.loads(out)["groups"]["searches"]
    assert groups["tail"]["queries"] == ["red dress", "frying pan"]
    assert "judged products" not in json.loads(out)["groups"]


def test_json_has_intervals_and_the_p_value(evaluate):
    code, out, _ = evaluate("--json", "--against", "terms")
    assert code == 0
    body = json.loads(out)
    interval = body["intervals"]["ndcg@10"]
    assert interval["low"] <= body["means"]["ndcg@10"] <= interval["high"]
    assert 0 < body["against"]["terms"]["comparison"]["p_value"] <= 1


def test_a_page_and_a_table_are_written(evaluate, tmp_path):
    page, table = tmp_path / "report.html", tmp_path / "report.csv"
    code, out, err = evaluate("--against", "vectors", "--html", page, "--csv", table)
    assert code == 0, err
    assert f"wrote {page}" in out and f"wrote {table}" in out
    text = page.read_text("utf-8")
    assert "Search quality of tiny" in text
    assert "Settings compared" in text
    # Titles, not ids, are what a person reads.
    assert "runner-swift" not in text
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [row["query"] for row in rows] == ["running shoes", "red dress", "frying pan"]
    assert rows[0]["length"] == "2 words" and "ndcg@10 difference from vectors" in rows[0]


def test_json_stays_json_when_files_are_written(evaluate, tmp_path):
    code, out, _ = evaluate("--json", "--csv", tmp_path / "report.csv")
    assert code == 0
    assert json.loads(out)["queries"] == 3


@pytest.mark.parametrize("option", ["--html", "--csv"])
@pytest.mark.parametrize(("path", "says"), [("none/report", "there is no folder"), (".", "it is a folder")])
def test_a_path_that_cannot_be_written_is_one_line_before_anything_is_measured(evaluate, tmp_path, option, path, says):
    code, out, err = evaluate(option, tmp_path / path)
    assert (code, out) == (2, "")
    assert f"the file cannot be written: {says}" in err and err.count("\n") == 1


def test_a_file_that_the_disk_refuses_is_the_same_line(evaluate):
    code, _, err = evaluate("--csv", "/dev/full")
    assert code == 2
    assert "/dev/full: the file cannot be written: No space left on device" in err


def test_every_setting_of_the_engine_can_be_asked_for():
    from bowerbird.cli import evaluate_command
    from bowerbird.engine import evaluating

    # Two lists, since the command line must not load the engine to print its help.
    assert evaluate_command.SETTINGS == evaluating.SETTINGS
