import os
import shutil
import threading
from pathlib import Path

import orjson
import pytest

from bowerbird.domain.errors import ArtefactError, InputError, StorageError
from bowerbird.domain.product import Product
from bowerbird.storage import snapshot
from bowerbird.storage.artefacts import MANIFEST, current, swap_current, write_artefact
from bowerbird.storage.database import Database
from bowerbird.storage.photos import PhotoInfo, PhotoStore
from bowerbird.storage.products import ProductStore
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.storage.snapshot import restore, take

INFO = PhotoInfo(1, 1, "PNG")


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    """Three products, two photos, an index generation, the models' file and an alignment."""
    folder = ShopFolder.create(tmp_path / "shop")
    database = Database.open(folder.root)
    ProductStore(database).put_many([Product(f"p{number}", "Lamp") for number in range(3)])
    photos = PhotoStore(database, folder.photos)
    photos.put("red.png", b"red", INFO)
    photos.put("blue.png", b"blue", INFO)
    database.close()
    with write_artefact(folder.index / "g1", "index", 1) as draft:
        (draft.folder / "terms.bin").write_bytes(b"terms")
    swap_current(folder.index, "g1")
    folder.models.write_text("{}")
    folder.alignment.mkdir()
    (folder.alignment / "map.npz").write_bytes(b"map")
    return folder


def ids(root: Path) -> list[str]:
    database = Database.open(root, read_only=True)
    found = list(ProductStore(database).ids())
    database.close()
    return found


def listing(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(("shop.db", ".lock"))
    }


def test_thumbnails_are_no_part_of_a_snapshot(shop: ShopFolder, tmp_path: Path):
    (shop.thumbnails / "320").mkdir(parents=True)
    (shop.thumbnails / "320" / "a.webp").write_bytes(b"small")
    take(shop, tmp_path / "snap")
    restore(tmp_path / "snap", tmp_path / "again")
    assert not (tmp_path / "snap" / "thumbnails").exists()
    assert not ShopFolder.open(tmp_path / "again").thumbnails.exists()


def test_counts_that_are_replaced_while_they_are_copied_come_along_whole(
    shop: ShopFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def count(name: str) -> None:
        with write_artefact(shop.live_counts / name, "counts", 1) as draft:
            (draft.folder / "a").write_text(name)
            (draft.folder / "b").write_text(name)
        swap_current(shop.live_counts, name)

    count("first")
    copy = snapshot._copy

    def replaced_meanwhile(source: Path, target: Path) -> None:
        copy(source, target)
        if source == shop.live_counts / "first" / "a":
            count("second")
            shutil.rmtree(shop.live_counts / "first")

    monkeypatch.setattr(snapshot, "_copy", replaced_meanwhile)
    take(shop, tmp_path / "snap")
    state = tmp_path / "snap" / "recommending" / "state"
    assert (state / "CURRENT").read_text() == "second\n" and not (state / "first").exists()
    assert [(state / "second" / name).read_text() for name in "ab"] == ["second", "second"]


def test_a_shop_comes_back_whole_from_its_snapshot(shop: ShopFolder, tmp_path: Path):
    report = take(shop, tmp_path / "snap")
    assert (report.products, report.photos, report.damaged, report.with_index) == (3, 2, (), True)
    assert restore(tmp_path / "snap", tmp_path / "again") is None
    again = ShopFolder.open(tmp_path / "again")
    assert listing(again.root) == listing(shop.root)
    assert current(again.index) == again.index / "g1"
    assert ids(again.root) == ["p0", "p1", "p2"]
    with again.lock():
        database = Database.open(again.root)
        assert ProductStore(database).put_many([Product("p9", "Lamp")])[0].seq == 4
        database.close()


def test_a_snapshot_of_a_shop_being_written_is_one_moment_of_it(shop: ShopFolder, tmp_path: Path):
    database = Database.open(shop.root)
    store = ProductStore(database)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            store.put_many([Product("left", str(number)), Product("right", str(number))])

    writer = threading.Thread(target=write)
    with shop.lock():
        writer.start()
        for round_number in range(5):
            take(shop, tmp_path / f"snap{round_number}")
        stop.set()
        writer.join()
    database.close()
    for round_number in range(5):
        copy = Database.open(tmp_path / f"snap{round_number}", read_only=True)
        pair = ProductStore(copy).get_by_ids(["left", "right"])
        assert len({stored.product.title for stored in pair.values()}) <= 1
        assert len(pair) in (0, 2)
        copy.close()


def test_a_snapshot_does_not_change_with_the_shop(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    database = Database.open(shop.root)
    ProductStore(database).delete_many(["p0"])
    PhotoStore(database, shop.photos).prune(set())
    database.close()
    restore(tmp_path / "snap", tmp_path / "again")
    assert ids(tmp_path / "again") == ["p0", "p1", "p2"]
    assert len(list((tmp_path / "again" / "photos").glob("*/*.png"))) == 2


@pytest.mark.parametrize("name", ["shop.db", "index/g1/terms.bin", "models.json"])
@pytest.mark.parametrize("harm", ["shorten", "change", "remove"])
def test_a_torn_snapshot_is_refused_by_name_and_the_shop_stays(shop: ShopFolder, tmp_path: Path, name: str, harm: str):
    take(shop, tmp_path / "snap")
    path = tmp_path / "snap" / name
    if harm == "shorten":
        os.truncate(path, path.stat().st_size // 2)
    elif harm == "change":
        data = path.read_bytes()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    else:
        path.unlink()
    before = listing(shop.root)
    with pytest.raises(ArtefactError, match=path.name):
        restore(tmp_path / "snap", shop.root, force=True)
    assert listing(shop.root) == before
    assert ids(shop.root) == ["p0", "p1", "p2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "snap"]


def test_a_snapshot_without_its_manifest_is_refused(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    (tmp_path / "snap" / MANIFEST).unlink()
    with pytest.raises(ArtefactError, match="manifest"):
        restore(tmp_path / "snap", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_snapshot_whose_manifest_names_no_database_is_refused(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    path = tmp_path / "snap" / MANIFEST
    raw = orjson.loads(path.read_bytes())
    del raw["files"]["shop.db"]
    path.write_bytes(orjson.dumps(raw))
    with pytest.raises(ArtefactError, match="no database"):
        restore(tmp_path / "snap", tmp_path / "again")


def test_a_shop_is_not_replaced_unless_told_and_then_kept_beside(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    database = Database.open(shop.root)
    ProductStore(database).put_many([Product("late", "Lamp")])
    database.close()
    with pytest.raises(InputError, match="already"):
        restore(tmp_path / "snap", shop.root)
    kept = restore(tmp_path / "snap", shop.root, force=True)
    assert kept is not None
    assert ids(shop.root) == ["p0", "p1", "p2"]
    assert "late" in ids(kept)


def test_a_shop_that_is_being_written_is_not_replaced(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    with shop.lock(), pytest.raises(StorageError, match=str(os.getpid())):
        restore(tmp_path / "snap", shop.root, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shop", "snap"]


def test_what_is_no_shop_is_never_replaced(shop: ShopFolder, tmp_path: Path):
    take(shop, tmp_path / "snap")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear")
    with pytest.raises(InputError, match="not a shop"):
        restore(tmp_path / "snap", tmp_path / "letters", force=True)


def test_a_snapshot_goes_to_a_new_place_outside_the_shop(shop: ShopFolder, tmp_path: Path):
    for target in (shop.root / "snap", shop.root, tmp_path):
        with pytest.raises(InputError):
            take(shop, target)


def test_a_spoilt_photo_stays_out_and_is_named(shop: ShopFolder, tmp_path: Path):
    spoilt, lost = sorted(shop.photos.glob("*/*.png"))
    spoilt.write_bytes(b"xxx")
    lost.unlink()
    report = take(shop, tmp_path / "snap")
    assert set(report.damaged) == {spoilt.stem, lost.stem}
    assert report.photos == 0
    restore(tmp_path / "snap", tmp_path / "again")
    assert ids(tmp_path / "again") == ["p0", "p1", "p2"]


@pytest.mark.parametrize("harm", ["pointer", "none"])
def test_an_index_that_is_not_there_is_left_to_be_built(shop: ShopFolder, tmp_path: Path, harm: str):
    if harm == "pointer":
        swap_current(shop.index, "gone")
    else:
        (shop.index / "CURRENT").unlink()
    assert take(shop, tmp_path / "snap").with_index is False
    restore(tmp_path / "snap", tmp_path / "again")
    assert not (tmp_path / "again" / "index").exists()


def test_an_index_that_never_rests_is_left_to_be_built(
    shop: ShopFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    link = snapshot.link_or_copy

    def link_while_writing(source: Path, target: Path) -> None:
        link(source, target)
        if source.is_relative_to(shop.index):
            (shop.index / "g1" / "terms.bin").write_bytes(os.urandom(9 + os.urandom(1)[0]))

    monkeypatch.setattr(snapshot, "link_or_copy", link_while_writing)
    monkeypatch.setattr(snapshot, "_PAUSE_SECONDS", 0)
    assert take(shop, tmp_path / "snap").with_index is False
    assert sorted(path.name for path in shop.index.iterdir()) == ["CURRENT", "g1"]
    restore(tmp_path / "snap", tmp_path / "again")


def test_an_index_file_still_growing_does_not_spoil_the_snapshot(shop: ShopFolder, tmp_path: Path):
    with (shop.index / "g1" / "segment.bin").open("wb", buffering=0) as segment:
        segment.write(b"half")
        take(shop, tmp_path / "snap")
        segment.write(b" and the rest")
    restore(tmp_path / "snap", tmp_path / "again")
    assert (tmp_path / "again" / "index" / "g1" / "segment.bin").read_bytes() == b"half"


def test_progress_is_told(shop: ShopFolder, tmp_path: Path):
    told: list[tuple[int, int]] = []
    take(shop, tmp_path / "snap", lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    told.clear()
    restore(tmp_path / "snap", tmp_path / "again", progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
