"""ARCHITECTURE.md, the import contract and the folders say the same, and the house rules that a machine can check."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "bowerbird"
DOCUMENT = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
SOURCES = sorted(PACKAGE.rglob("*.py"))
ALL_PYTHON = sorted(
    path for folder in ("src", "tests", "benchmarks", "scripts") for path in (REPOSITORY / folder).rglob("*.py")
)
TRAINING_ONLY = ("torch", "torchvision", "transformers", "sentence_transformers", "sklearn", "onnxscript")
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "core", "manager", "base", "misc", "shared", "tools"}


def drawn_floors():
    section = DOCUMENT.split("## Floors", 1)[1]
    block = re.search(r"```\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return [line.strip() for line in block[1].splitlines() if line.strip()]


def contract():
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (floors,) = [entry for entry in settings["contracts"] if entry["type"] == "layers"]
    return floors


def test_the_floors_in_the_document_are_the_import_contract():
    assert drawn_floors() == contract()["layers"]
    assert contract()["exhaustive"] is True
    assert "ignore_imports" not in contract()


def test_every_folder_has_its_floor_and_every_floor_its_folder():
    on_floors = [name.strip() for floor in drawn_floors() for name in floor.split("|")]
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert len(on_floors) == len(set(on_floors))
    assert set(on_floors) == folders


def test_the_package_holds_no_modules_beside_its_floors():
    assert [path.name for path in PACKAGE.glob("*.py")] == ["__init__.py"]


def test_the_domain_imports_only_the_standard_library():
    for path in (PACKAGE / "domain").glob("*.py"):
        for name in imported(path):
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("bowerbird.domain"), path


def test_every_stage_that_the_document_draws_has_its_flow_and_no_flow_is_left_out():
    drawn = set(re.findall(r"`(\w+/flow\.py)`", DOCUMENT))
    assert drawn == {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("flow.py")}


def test_every_file_that_the_document_names_exists():
    names = re.findall(r"`((?:[\w.-]+/)+[\w.-]*\.(?:py|md|json|jsonl|toml))`", DOCUMENT)
    assert names
    missing = [name for name in names if not (PACKAGE / name).exists() and not (REPOSITORY / name).exists()]
    assert missing == []


def test_importing_everything_imports_nothing_that_is_only_for_training():
    code = (
        "import importlib, pkgutil, sys, bowerbird\n"
        "for found in pkgutil.walk_packages(bowerbird.__path__, 'bowerbird.'):\n"
        "    if '.testing' not in found.name and not found.name.endswith('__main__'):\n"
        "        importlib.import_module(found.name)\n"
        f"sys.exit(' '.join(sorted(set({TRAINING_ONLY!r}) & set(sys.modules))) or 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", ALL_PYTHON, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_a_file_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


def test_names_say_what_is_inside():
    parts = {part for path in SOURCES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert parts & EMPTY_NAMES == set()


def test_no_function_takes_more_than_eight_parameters():
    crowded = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                if len([name for name in names if name not in ("self", "cls")]) > 8:
                    crowded.append(f"{path.name}:{node.lineno} {node.name}")
    assert crowded == []


def imported(path):
    """The modules a file imports when it runs, not those it names for type checking alone."""
    left = [ast.parse(path.read_text(encoding="utf-8"))]
    while left:
        node = left.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            left += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        left += ast.iter_child_nodes(node)
