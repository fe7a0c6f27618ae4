from pathlib import Path

import pytest

from bowerbird.domain.errors import NotFoundError
from bowerbird.storage.database import Database
from bowerbird.storage.files import content_hash
from bowerbird.storage.photos import NewPhoto, PhotoInfo, PhotoStore, StoredPhoto

INFO = PhotoInfo(width=4, height=3, format="JPEG")


@pytest.fixture
def photos(database: Database, tmp_path: Path) -> PhotoStore:
    return PhotoStore(database, tmp_path / "shop" / "photos")


def names(photos: PhotoStore) -> list[str]:
    return sorted(path.name for path in photos.folder.glob("*/*"))


def test_a_photo_lies_under_its_content_hash(photos: PhotoStore):
    stored = photos.put("red.jpg", b"red", INFO)
    digest = content_hash(b"red")
    assert stored == StoredPhoto("red.jpg", digest, 4, 3, "JPEG", 3)
    assert photos.by_ref(["red.jpg", "unknown"]) == {"red.jpg": stored}
    assert photos.path(digest) == photos.folder / digest[:2] / f"{digest}.jpg"
    assert photos.read(digest) == b"red"


def test_the_same_photo_under_two_names_is_one_file(photos: PhotoStore):
    first, second = photos.put_many([NewPhoto("a.jpg", b"red", INFO), NewPhoto("b.jpg", b"red", INFO)])
    assert first.hash == second.hash
    assert len(names(photos)) == 1
    assert photos.hashes() == [first.hash]


def test_a_photo_from_a_file_does_not_change_with_that_file(photos: PhotoStore, tmp_path: Path):
    source = tmp_path / "red.jpg"
    source.write_bytes(b"red")
    [stored] = photos.put_many([NewPhoto("red.jpg", source, INFO)])
    source.write_bytes(b"painted over")
    assert photos.read(str(stored.hash)) == b"red"


def test_a_name_may_come_to_mean_another_photo(photos: PhotoStore):
    photos.put("a.jpg", b"red", INFO)
    photos.put("a.jpg", b"blue", INFO)
    assert photos.by_ref(["a.jpg"])["a.jpg"].hash == content_hash(b"blue")


def test_a_photo_that_cannot_be_had_is_noted_with_the_reason(photos: PhotoStore):
    photos.fail("a.jpg", "not a photo")
    assert photos.by_ref(["a.jpg"]) == {"a.jpg": StoredPhoto("a.jpg", None, note="not a photo")}
    assert photos.hashes() == []
    photos.put("a.jpg", b"red", INFO)
    assert photos.by_ref(["a.jpg"])["a.jpg"].note == ""


def test_nothing_is_left_when_one_of_several_cannot_be_read(photos: PhotoStore, tmp_path: Path):
    with pytest.raises(Exception, match=r"missing\.jpg"):
        photos.put_many([NewPhoto("a", b"red", INFO), NewPhoto("b", tmp_path / "missing.jpg", INFO)])
    assert names(photos) == []
    assert photos.by_ref(["a", "b"]) == {}


def test_a_torn_file_is_written_anew(photos: PhotoStore):
    digest = str(photos.put("a.jpg", b"red", INFO).hash)
    photos.path(digest).write_bytes(b"r")
    photos.put("a.jpg", b"red", INFO)
    assert photos.read(digest) == b"red"


def test_photos_nobody_uses_are_removed_and_shared_ones_stay(photos: PhotoStore):
    photos.put_many([NewPhoto("a", b"red", INFO), NewPhoto("b", b"red", INFO), NewPhoto("c", b"blue", INFO)])
    assert photos.prune({"b"}) == 1
    assert set(photos.by_ref(["a", "b", "c"])) == {"b"}
    assert names(photos) == [f"{content_hash(b'red')}.jpg"]


@pytest.mark.parametrize("digest", ["", "../../shop", "0" * 40, "0" * 39, "A" * 40])
def test_only_a_hash_that_is_there_has_a_file(photos: PhotoStore, digest: str):
    with pytest.raises(NotFoundError):
        photos.path(digest)


def test_unknown_formats_are_kept_all_the_same(photos: PhotoStore):
    digest = str(photos.put("a", b"new kind", PhotoInfo(1, 1, "JXL")).hash)
    assert photos.path(digest).suffix == ".bin"
