"""What a fresh install holds: one torch of one version, and nothing that needs another."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
# There is no build of torchvision for this torch; with another one installed, transformers breaks on import.
UNWANTED = ("torchvision", "torchaudio", "timm", "open-clip-torch")


def installed() -> dict[str, str]:
    return {d.metadata["Name"].lower().replace("_", "-"): d.version for d in importlib.metadata.distributions()}


def test_torch_is_the_pinned_version():
    if "torch" not in installed():
        pytest.skip("torch is not installed: this is a serving install")
    assert "torch==2.13.0" in PROJECT["project"]["optional-dependencies"]["train"]
    assert installed()["torch"].split("+")[0] == "2.13.0"


@pytest.mark.parametrize("name", UNWANTED)
def test_what_does_not_fit_that_torch_is_absent(name):
    assert name not in installed()


def test_serving_does_not_require_torch():
    names = {re.split(r"[<>=!~;\[ ]", text)[0] for text in PROJECT["project"]["dependencies"]}
    assert names.isdisjoint({"torch", "transformers", "sentence-transformers", "scikit-learn"})


def test_every_dependency_is_installed():
    required = PROJECT["project"]["dependencies"]
    names = {re.split(r"[<>=!~;\[ ]", text)[0].lower().replace("_", "-") for text in required}
    assert names <= installed().keys()
