from __future__ import annotations

import pytest

from bowerbird.cli.main import main


def run(capsys, *arguments):
    code = main(["demo", *map(str, arguments)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_a_bad_number_is_one_line_with_what_was_expected(capsys, tmp_path):
    code, _, err = run(capsys, "--products", 0, "--folder", tmp_path / "demo", "--no-serve")
    assert code == 2 and "at least 1" in err and "Traceback" not in err
    assert not (tmp_path / "demo").exists()


def test_help_says_how_many_shoppers_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["demo", "--help"])
    assert "--shoppers N" in capsys.readouterr().out


def test_a_missing_drawing_library_is_one_line_naming_the_extra(capsys, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "skia", None)
    code, _, err = run(capsys, "--products", 3, "--folder", tmp_path, "--no-serve")
    assert code == 1 and "bowerbird[demo]" in err and "--no-pictures" in err


@pytest.mark.models
def test_the_shop_is_made_once_and_then_up_to_date(capsys, tmp_path):
    arguments = ("--products", 12, "--seed", 3, "--folder", tmp_path, "--no-pictures", "--no-serve", "--shoppers", 5)
    code, out, _ = run(capsys, *arguments)
    assert code == 0 and "12 new" in out and "Index built" in out
    code, out, _ = run(capsys, *arguments)
    assert code == 0 and "12 products" in out and "up to date" in out
