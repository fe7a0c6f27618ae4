"""An empty shop on disk, the commands on it, and the files they read."""

from __future__ import annotations

import json

import pytest

from bowerbird.cli.main import main
from bowerbird.storage.database import Database


@pytest.fixture
def empty_shop(tmp_path):
    Database.open(tmp_path / "shop").close()
    return tmp_path / "shop"


@pytest.fixture
def run_on_shop(empty_shop, capsys):
    def run_on_shop(*arguments):
        code = main([*map(str, arguments), "--shop", str(empty_shop)])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run_on_shop


@pytest.fixture
def write(tmp_path):
    def write(content, name="content.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write
