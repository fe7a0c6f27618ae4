import os
import subprocess
import sys
from pathlib import Path

import pytest

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError, StorageError
from bowerbird.storage.shop_folder import ShopFolder


def test_a_shop_is_made_once_and_opened_again(tmp_path: Path):
    made = ShopFolder.create(tmp_path / "new" / "shop")
    before = made.about.read_bytes()
    assert ShopFolder.create(made.root) == ShopFolder.open(made.root) == made
    assert made.about.read_bytes() == before


def test_an_empty_folder_may_become_a_shop_and_a_full_one_not(tmp_path: Path):
    ShopFolder.create(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not a shop"):
        ShopFolder.create(tmp_path / "other")
    with pytest.raises(InputError, match="not a shop"):
        ShopFolder.create(tmp_path / "other" / "letter.txt")


def test_no_shop_is_not_found(tmp_path: Path):
    with pytest.raises(NotFoundError):
        ShopFolder.open(tmp_path)
    with pytest.raises(NotFoundError):
        ShopFolder.open(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"kind": "bowerbird shop", "version": 99}', "version 99"),
        (b'{"kind": "a bakery", "version": 1}', "bakery"),
        (b"{", "torn"),
        (b"[]", "torn"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, message: str):
    (tmp_path / "shop.json").write_bytes(content)
    with pytest.raises(ArtefactError, match=message):
        ShopFolder.open(tmp_path)


def test_a_second_writer_is_refused_and_told_who_the_first_is(tmp_path: Path):
    shop = ShopFolder.create(tmp_path)
    with (
        shop.lock(),
        pytest.raises(StorageError, match=f"process {os.getpid()}"),
        ShopFolder.open(tmp_path).lock(),
    ):
        pass
    with shop.lock():
        pass


def test_a_writer_that_was_killed_locks_nobody_out(tmp_path: Path):
    shop = ShopFolder.create(tmp_path)
    code = (
        "import sys, time; from pathlib import Path; from bowerbird.storage.shop_folder import ShopFolder\n"
        "with ShopFolder.open(Path(sys.argv[1])).lock():\n    print('locked', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        with pytest.raises(StorageError, match=f"process {process.pid}"), shop.lock():
            pass
        process.kill()
    with shop.lock():
        pass
