"""The command line's promises: quick help, one line an error, the right exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bowerbird.cli import main as command
from bowerbird.cli.main import build_parser, main
from bowerbird.domain import errors


@pytest.fixture(autouse=True)
def no_shop_in_the_environment(monkeypatch):
    monkeypatch.delenv("BOWERBIRD_SHOP", raising=False)


def run(capsys, *arguments):
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as end:
        code = end.code
    output = capsys.readouterr()
    return code, output.out, output.err


BAD = [
    ("no command", [], "required"),
    ("unknown command", ["serch"], "invalid choice"),
    ("unknown option", ["search", "x", "--shp", "d"], "unrecognized arguments"),
    ("no shop", ["search", "x"], "--shop"),
    ("missing shop", ["search", "x", "--shop", "{tmp}/none"], "no shop at"),
    ("missing shop to serve", ["serve", "--shop", "{tmp}/none"], "no shop at"),
    ("missing shop of a key", ["keys", "list", "--shop", "{tmp}/none"], "no shop at"),
    ("missing source", ["import", "{tmp}/none.csv", "--shop", "{tmp}/s"], "no file or folder"),
    ("unknown format", ["import", "{tmp}/a.csv", "--format", "zip", "--shop", "{tmp}/s"], "expected auto"),
    ("bad mapping", ["import", "{tmp}/a.csv", "--map", "brand", "--shop", "{tmp}/s"], "expected FIELD=COLUMN"),
    ("empty source", ["import", "{tmp}/a.csv", "--dry-run"], "a.csv"),
    ("no shop to import into", ["import", "{tmp}/a.csv"], "--shop"),
    ("bad order", ["search", "x", "--sort", "cheap", "--shop", "s"], "expected one of relevance"),
    ("bad filter", ["search", "x", "--filter", "price <", "--shop", "s"], "at character 8"),
    ("bad page", ["search", "x", "--page", "0", "--shop", "s"], "page"),
    ("deep page", ["search", "x", "--page", "1001", "--per-page", "10", "--shop", "s"], "too deep"),
    ("page of text", ["search", "x", "--page", "two", "--shop", "s"], "invalid int"),
    ("missing photo", ["search", "--image", "{tmp}/none.jpg", "--shop", "s"], "no photo at"),
    ("no photo", ["search", "--image", "{tmp}/a.csv", "--shop", "s"], "a.csv"),
    ("photo by address", ["search", "--image", "http://a.example/x.jpg", "--shop", "s"], "--fetch-photos"),
    ("box of three", ["search", "--image", "x", "--box", "1,2,3", "--shop", "s"], "four numbers"),
    ("box before photo", ["search", "--box", "0,0,1,1", "--shop", "s"], "after the --image"),
    ("weight before photo", ["search", "--image-weight", "2", "--shop", "s"], "after the --image"),
    ("bad facet", ["search", "--facet", "price=1-2", "--shop", "s"], "FIELD=LOW..HIGH"),
    ("missing judgements", ["evaluate", "--judgments", "{tmp}/none.csv", "--shop", "s"], "no judgements"),
    ("bad metric", ["evaluate", "--judgments", "{tmp}/a.csv", "--metric", "f1", "--shop", "s"], "ndcg@10"),
    ("missing snapshot", ["restore", "{tmp}/none", "--shop", "{tmp}/s"], "no snapshot at"),
    ("half a command", ["keys"], "required"),
]


@pytest.mark.parametrize(("arguments", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_one_line_and_exit_code_2(capsys, tmp_path, arguments, says):
    (tmp_path / "a.csv").write_text("")
    code, out, err = run(capsys, *(argument.format(tmp=tmp_path) for argument in arguments))
    assert code == 2, err
    assert says in err
    assert out == ""
    assert "Traceback" not in err
    if "character" not in says:
        assert err.count("\n") == 1, err
    assert not (tmp_path / "s").exists(), "bad input made a shop"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.InputError("bad"), 2),
        (errors.NotFoundError("none"), 2),
        (errors.StorageError("disk"), 1),
        (errors.MissingExtraError("this", "train"), 1),
        (errors.ModelError("model"), 1),
        (OSError(28, "No space left on device", "/x"), 1),
        (RuntimeError("surprise"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_fault_has_its_exit_code_and_no_traceback(capsys, monkeypatch, error, code):
    def fail(options):
        raise error

    parser = build_parser()
    parser.set_defaults(run=fail)
    monkeypatch.setattr("bowerbird.cli.model_commands.run_list", fail)
    monkeypatch.setattr(command, "build_parser", build_parser)
    got, _, err = run(capsys, "models", "list")
    assert got == code
    assert "Traceback" not in err and err.count("\n") == 1
    got, _, err = run(capsys, "--debug", "models", "list")
    assert got == code and "Traceback" in err


def test_the_shop_may_come_from_the_environment(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("BOWERBIRD_SHOP", str(tmp_path / "there"))
    assert "no shop at" in run(capsys, "search", "x")[2]


def test_help_imports_nothing_heavy():
    program = """
import sys
from bowerbird.cli.main import build_parser
build_parser().format_help()
heavy = {"numpy", "torch", "fastapi", "pydantic", "sqlalchemy", "rich", "onnxruntime", "PIL", "httpx", "faiss"}
print(sorted(heavy & set(sys.modules)))
"""
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"


def test_every_command_has_help(capsys):
    for name in (
        "import",
        "search",
        "serve",
        "evaluate",
        "index",
        "fit",
        "models",
        "snapshot",
        "restore",
        "keys",
        "demo",
    ):
        code, out, _ = run(capsys, name, "--help")
        assert code == 0 and name in out
    assert run(capsys, "--version")[0] == 0


def test_a_reader_that_goes_away_is_no_fault(tmp_path):
    program = "import sys; from bowerbird.cli.main import main; sys.exit(main(['models', 'list']))"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"BOWERBIRD_MODELS": str(tmp_path)},
    ) as process:
        process.stdout.close()
        error = process.stderr.read()
    assert b"Traceback" not in error and b"Error" not in error
