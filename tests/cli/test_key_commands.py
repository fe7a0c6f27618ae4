from __future__ import annotations

import json

import pytest

from bowerbird.cli.main import main
from bowerbird.storage.database import Database
from bowerbird.storage.keys import KeyStore


@pytest.fixture
def shop(tmp_path):
    Database.open(tmp_path).close()
    return tmp_path


def test_a_key_is_made_shown_once_listed_and_revoked(shop, capsys):
    assert main(["keys", "create", "--kind", "write", "--label", "importer", "--shop", str(shop)]) == 0
    key = capsys.readouterr().out.strip()
    database = Database.open(shop)
    assert KeyStore(database).check(key) == "write"
    assert main(["keys", "list", "--json", "--shop", str(shop)]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["label"]) for one in listed] == [("write", "importer")]
    assert main(["keys", "list", "--shop", str(shop)]) == 0
    shown = capsys.readouterr().out
    assert "importer" in shown and key not in shown
    assert main(["keys", "revoke", listed[0]["id"], "--shop", str(shop)]) == 0
    assert KeyStore(database).check(key) is None
    database.close()
    assert main(["keys", "revoke", listed[0]["id"], "--shop", str(shop)]) == 2


def test_serving_the_network_without_keys_is_refused_before_anything_is_opened(shop, capsys):
    assert main(["serve", "--host", "0.0.0.0", "--shop", str(shop)]) == 2
    error = capsys.readouterr().err
    assert "without API keys" in error and error.count("\n") == 1
