import os
from pathlib import Path

import orjson
import pytest

from bowerbird.domain.errors import ArtefactError, StorageError
from bowerbird.storage.artefacts import (
    MANIFEST,
    check_files,
    current,
    prune,
    read_manifest,
    swap_current,
    write_artefact,
)


def make(target: Path, content: bytes = b"0123456789") -> Path:
    with write_artefact(target, "map", 2) as draft:
        (draft.folder / "deep").mkdir()
        (draft.folder / "deep" / "a.bin").write_bytes(content)
        (draft.folder / "b.bin").write_bytes(b"b")
        draft.details["applied"] = 7
    return target


def test_an_artefact_tells_its_files_and_its_own_details(tmp_path: Path):
    manifest = read_manifest(make(tmp_path / "one"), "map", 2)
    assert list(manifest.files) == ["b.bin", "deep/a.bin"]
    assert manifest.files["deep/a.bin"].size == 10
    assert manifest.details == {"applied": 7}
    check_files(tmp_path / "one", manifest)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_nothing_is_there_before_it_is_whole(tmp_path: Path):
    with write_artefact(tmp_path / "one", "map", 2) as draft:
        (draft.folder / "a.bin").write_bytes(b"a")
        assert not (tmp_path / "one").exists()
    assert (tmp_path / "one" / MANIFEST).is_file()


def test_nothing_is_left_of_one_that_failed(tmp_path: Path):
    with pytest.raises(ZeroDivisionError), write_artefact(tmp_path / "one", "map", 2) as draft:
        (draft.folder / "a.bin").write_bytes(b"a")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_artefact_is_never_written_over(tmp_path: Path):
    make(tmp_path / "one")
    with pytest.raises(ArtefactError, match="there already"):
        make(tmp_path / "one")


def test_a_shortened_file_is_called_torn_by_name(tmp_path: Path):
    os.truncate(make(tmp_path / "one") / "deep" / "a.bin", 5)
    with pytest.raises(ArtefactError, match=r"a\.bin: is torn: 5 bytes where 10"):
        read_manifest(tmp_path / "one", "map", 2)


def test_a_missing_file_is_named(tmp_path: Path):
    (make(tmp_path / "one") / "b.bin").unlink()
    with pytest.raises(ArtefactError, match=r"b\.bin: is missing"):
        read_manifest(tmp_path / "one", "map", 2)


def test_a_changed_byte_is_found_by_the_checksum(tmp_path: Path):
    (make(tmp_path / "one") / "deep" / "a.bin").write_bytes(b"0123456780")
    manifest = read_manifest(tmp_path / "one", "map", 2)
    with pytest.raises(ArtefactError, match=r"a\.bin: is damaged"):
        check_files(tmp_path / "one", manifest)


@pytest.mark.parametrize(("kind", "version", "message"), [("index", 2, "not 'index'"), ("map", 3, "version 2")])
def test_another_kind_or_version_is_refused(tmp_path: Path, kind: str, version: int, message: str):
    make(tmp_path / "one")
    with pytest.raises(ArtefactError, match=message):
        read_manifest(tmp_path / "one", kind, version)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kind": "map"}', b'{"kind":"map","version":2,"files":[]}'])
def test_a_torn_manifest_is_refused(tmp_path: Path, content: bytes):
    (make(tmp_path / "one") / MANIFEST).write_bytes(content)
    with pytest.raises(ArtefactError, match="torn"):
        read_manifest(tmp_path / "one", "map", 2)


def test_a_folder_without_a_manifest_is_not_whole(tmp_path: Path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ArtefactError, match="not whole"):
            read_manifest(folder, "map", 2)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b"])
def test_a_manifest_cannot_lead_outside_its_folder(tmp_path: Path, name: str):
    path = make(tmp_path / "one") / MANIFEST
    raw = orjson.loads(path.read_bytes())
    raw["files"][name] = raw["files"]["b.bin"]
    path.write_bytes(orjson.dumps(raw))
    with pytest.raises(ArtefactError, match="outside"):
        read_manifest(tmp_path / "one", "map", 2)


def test_the_pointer_moves_in_one_step_and_survives(tmp_path: Path):
    assert current(tmp_path) is None
    for name in ("one", "two"):
        make(tmp_path / name)
        swap_current(tmp_path, name)
        assert current(tmp_path) == tmp_path / name


def test_a_pointer_to_nothing_is_an_error(tmp_path: Path):
    swap_current(tmp_path, "gone")
    with pytest.raises(ArtefactError, match="gone"):
        current(tmp_path)


def test_pruning_keeps_the_current_one_the_newest_and_no_rubbish(tmp_path: Path):
    for age, name in enumerate(("a", "b", "c", "d")):
        make(tmp_path / name)
        os.utime(tmp_path / name, (age, age))
    swap_current(tmp_path, "a")
    (tmp_path / ".e.0123.tmp").mkdir()
    assert sorted(prune(tmp_path, keep=1)) == [".e.0123.tmp", "b", "c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "a", "d"]
    assert prune(tmp_path / "none") == []


def test_what_is_spared_stays_and_is_none_of_those_that_are_kept(tmp_path: Path):
    for age, name in enumerate("abcde"):
        make(tmp_path / name)
        os.utime(tmp_path / name, (age, age))
    swap_current(tmp_path, "c")
    assert prune(tmp_path, keep=1, spare={"a", "none"}) == ["d", "b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "a", "c", "e"]


def test_a_place_that_cannot_be_written_is_a_storage_error(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        make(tmp_path / "file" / "one")
