import json
from datetime import date
from decimal import Decimal

import pytest

from bowerbird.catalog.rejects import Rejects
from bowerbird.domain.errors import InputError


def _deep():
    value = []
    for _ in range(5_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    "raw",
    [
        {"a": 1},
        {"a": date(2026, 1, 1), "b": Decimal("1.5"), 3: b"bytes"},
        {"a": "half \ud800 a character", "b": "\udce4"},
        {"a": 10**400},
        {"a": _deep()},
        "a line of text",
        None,
        [1, 2],
    ],
    ids=["plain", "types", "surrogates", "huge number", "deep", "text", "nothing", "list"],
)
def test_whatever_a_row_holds_it_is_written_on_one_line(raw, tmp_path):
    with Rejects(tmp_path, tmp_path / "odd name?.csv") as rejects:
        rejects.add("f.csv", 7, InputError("no", field="price", found="x", expected="y"), raw)
        rejects.add("f.csv", 8, InputError("no"), raw)
    assert rejects.path is not None
    assert rejects.path.name.endswith("-odd-name-.csv.jsonl")
    first, second = rejects.path.read_bytes().splitlines()
    entry = json.loads(first)
    assert (entry["file"], entry["line"], entry["field"], entry["expected"]) == ("f.csv", 7, "price", "y")
    assert json.loads(second)["line"] == 8


def test_without_a_bad_row_there_is_no_file(tmp_path):
    with Rejects(tmp_path / "rejects", tmp_path / "f") as rejects:
        pass
    assert rejects.path is None
    assert not (tmp_path / "rejects").exists()


def test_without_a_folder_rows_are_only_counted(tmp_path):
    with Rejects(None, tmp_path / "f") as rejects:
        rejects.add("f", 1, InputError("no"), {})
    assert (rejects.count, rejects.path, len(rejects.first)) == (1, None, 1)
