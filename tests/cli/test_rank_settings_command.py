from __future__ import annotations

import argparse
import json

import pytest

from bowerbird.cli import rank_settings_command
from bowerbird.domain.errors import ArtefactError, NotFoundError, SettingError
from bowerbird.storage.database import Database
from bowerbird.storage.shop_folder import ShopFolder


@pytest.fixture
def shop(tmp_path):
    folder = ShopFolder.create(tmp_path / "shop")
    Database.open(folder.root).close()
    return folder


@pytest.fixture
def run(shop, capsys):
    parser = argparse.ArgumentParser()
    rank_settings_command.add_settings_to(parser.add_subparsers())

    def run(*arguments, folder=shop.root):
        options = parser.parse_args(["settings", *arguments, "--shop", str(folder)])
        assert options.run(options) == 0
        return capsys.readouterr().out

    return run


def given(shop) -> dict:
    return json.loads(shop.rank_settings.read_text())


def test_settings_are_shown_with_their_defaults_and_what_they_may_be(run, shop):
    shown = run()
    assert "score.stock" in shown and "a number from 0 to 5" in shown and "0 set by you" in shown
    assert not shop.rank_settings.exists()


def test_a_change_is_kept_beside_those_before(run, shop):
    run("window=50", "variety.caps.brand=3")
    shown = run("score.stock=0.5", "variety.seller=Vendor")
    assert "4 set by you" in shown and "Vendor" in shown
    assert given(shop) == {"window": 50, "score": {"stock": 0.5}, "variety": {"caps": {"brand": 3}, "seller": "Vendor"}}


def test_nothing_after_the_equals_sign_goes_back_to_the_default(run, shop):
    run("window=50", "variety.caps.brand=3", "score.fit=1")
    run("variety.caps.brand=", "window=")
    assert given(shop) == {"score": {"fit": 1.0}}


def test_a_reset_forgets_everything_but_what_is_given_with_it(run, shop):
    run("window=50", "score.fit=1")
    run("--reset", "window=20")
    assert given(shop) == {"window": 20}
    run("--reset")
    assert given(shop) == {}


def test_a_reset_helps_a_file_that_cannot_be_read(run, shop):
    shop.rank_settings.parent.mkdir()
    shop.rank_settings.write_text("{")
    with pytest.raises(ArtefactError, match="is not right"):
        run()
    run("--reset")
    assert given(shop) == {}


def test_settings_are_printed_as_json_for_programs(run):
    body = json.loads(run("--json", "window=50"))
    assert body["given"] == {"window": 50}
    assert body["settings"]["window"] == 50 and body["settings"]["score"]["stock"] > 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("windwo=3", "windwo is no setting; expected window"),
        ("windwo=", "expected window"),
        ("window", "window: is no change; expected NAME=VALUE"),
        ("window=wide", "expected a whole number from 0 to 2000"),
        ("score.fit=9", "expected a number from 0 to 5"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_and_changes_nothing(run, shop, change, told):
    with pytest.raises(SettingError) as error:
        run("score.stock=1", change)
    assert told in str(error.value) and "\n" not in str(error.value)
    assert not shop.rank_settings.exists()


def test_a_shop_that_is_not_there_is_named(run, tmp_path):
    with pytest.raises(NotFoundError, match="no shop at"):
        run(folder=tmp_path / "none")
