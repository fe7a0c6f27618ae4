"""A full disk gives one clear error, and what was there before is there afterwards."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bowerbird.domain.errors import DiskFullError
from bowerbird.domain.product import Product
from bowerbird.storage.artefacts import write_artefact
from bowerbird.storage.database import Database
from bowerbird.storage.files import write_whole
from bowerbird.storage.photos import PhotoInfo, PhotoStore
from bowerbird.storage.products import ProductStore
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.storage.snapshot import restore, take

pytestmark = pytest.mark.crash


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this process may make one."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        made = subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("a small disk can only be made by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(store: ProductStore) -> int:
    """Write until the disk is full; the number of products that were acknowledged."""
    for number in range(10_000):
        try:
            store.put_many([Product(f"p{number}", "Lamp", description="x" * 20_000)])
        except DiskFullError as error:
            assert "no space" in str(error)
            return number
    raise AssertionError("the disk never filled")


def test_a_full_disk_loses_nothing_acknowledged_and_the_shop_goes_on_once_there_is_room(small_disk: Path):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 500_000)
    database = Database.open(small_disk / "shop")
    store = ProductStore(database)
    written = fill(store)
    assert written > 0
    assert store.count() == written
    with pytest.raises(DiskFullError):
        store.put_many([Product(f"more{number}", "Lamp", description="x" * 20_000) for number in range(100)])
    ballast.unlink()
    store.put_many([Product("after", "Lamp")])
    database.close()
    again = Database.open(small_disk / "shop")
    assert ProductStore(again).count() == written + 1
    assert ProductStore(again).get("after") is not None
    again.close()


def test_a_photo_that_does_not_fit_leaves_nothing(small_disk: Path, tmp_path: Path):
    database = Database.open(tmp_path / "shop")
    photos = PhotoStore(database, small_disk / "photos")
    with pytest.raises(DiskFullError):
        photos.put("huge.png", b"x" * 3_000_000, PhotoInfo(1, 1, "PNG"))
    assert [path for path in (small_disk / "photos").rglob("*") if path.is_file()] == []
    assert photos.by_ref(["huge.png"]) == {}
    database.close()


def shop_with(root: Path, photo: bytes) -> ShopFolder:
    shop = ShopFolder.create(root)
    database = Database.open(root)
    ProductStore(database).put_many([Product("p1", "Lamp")])
    PhotoStore(database, shop.photos).put("a.png", photo, PhotoInfo(1, 1, "PNG"))
    database.close()
    return shop


def test_a_snapshot_that_does_not_fit_leaves_nothing_and_the_shop_untouched(small_disk: Path, tmp_path: Path):
    shop = shop_with(tmp_path / "shop", b"x" * 3_000_000)
    with pytest.raises(DiskFullError):
        take(shop, small_disk / "snap")
    assert list(small_disk.iterdir()) == []
    take(shop, tmp_path / "snap")


def test_a_database_that_does_not_fit_leaves_no_snapshot(small_disk: Path, tmp_path: Path):
    shop = shop_with(tmp_path / "shop", b"x")
    database = Database.open(shop.root)
    ProductStore(database).put_many([Product(f"p{number}", "x" * 20_000) for number in range(150)])
    database.close()
    with pytest.raises(DiskFullError):
        take(shop, small_disk / "snap")
    assert list(small_disk.iterdir()) == []


def test_a_restore_that_does_not_fit_leaves_the_present_shop(small_disk: Path, tmp_path: Path):
    take(shop_with(tmp_path / "shop", b"x" * 3_000_000), tmp_path / "snap")
    present = shop_with(small_disk / "shop", b"y")
    with pytest.raises(DiskFullError):
        restore(tmp_path / "snap", present.root, force=True)
    assert [path.name for path in small_disk.iterdir()] == ["shop"]
    database = Database.open(present.root)
    assert ProductStore(database).count() == 1
    database.close()


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


def write_too_much(folder: Path) -> None:
    """Runs in a process whose files may not grow past a megabyte."""
    write_whole(folder / "kept", b"old")
    for attempt in ("artefact", "file"):
        try:
            if attempt == "file":
                write_whole(folder / "kept", b"x" * 2_000_000)
            else:
                with write_artefact(folder / "map", "map", 1) as draft:
                    (draft.folder / "a.bin").write_bytes(b"x" * 2_000_000)
        except (DiskFullError, OSError) as error:
            sys.stdout.write(f"{type(error).__name__}\n")


def test_a_file_that_may_not_grow_is_refused_like_a_full_disk(tmp_path: Path):
    code = f"import runpy, pathlib; runpy.run_path({__file__!r})['write_too_much'](pathlib.Path({str(tmp_path)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], preexec_fn=limit_files, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stdout.split() == ["DiskFullError", "OSError"], done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_bytes() == b"old"
