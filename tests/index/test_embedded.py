import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from index_world import VectorWorld, brute_force

from bowerbird.domain.errors import ArtefactError, InputError, StorageError
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import IndexDocument, TermClause, TermQuery
from bowerbird.domain.product import Product
from bowerbird.index.build import IndexSettings, build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.testing.index_contract import SearchIndexContract
from bowerbird.testing.index_documents import contract_documents

WORLD = VectorWorld()


class TestEmbeddedIndex(SearchIndexContract):
    def make(self, folder, documents):
        build_index(folder, documents, applied=9)
        return EmbeddedIndex(folder)


def holds(index, documents):
    """The index shows exactly these documents, by every way of looking."""
    view = index.view()
    seqs = sorted(one.seq for one in documents)
    assert view.size == len(seqs)
    assert sorted(view.seqs(np.flatnonzero(view.select(None).mask).astype(np.int32)).tolist()) == seqs
    every = view.match_terms(TermQuery((TermClause((("thing", 1.0),)),), {"title": 1.0}), 10_000)
    assert sorted(view.seqs(every.documents).tolist()) == seqs
    assert every.total == len(seqs)
    for number in range(3):
        query = WORLD.query(number)
        assert view.seqs(view.nearest("photo", query, 10).documents).tolist() == brute_force(documents, query, 10)
    part = parse_filter("part < 10")
    assert view.select(part).count == sum(one.seq % 100 < 10 for one in documents)


@pytest.fixture()
def folder(tmp_path):
    build_index(tmp_path / "index", WORLD.documents(300), applied=300, fingerprints={"text": "abc"})
    return tmp_path / "index"


def test_what_was_checkpointed_is_there_again_and_the_rest_is_asked_for(folder):
    documents, new = WORLD.documents(300), WORLD.documents(20, 301)
    index = EmbeddedIndex(folder)
    assert index.fingerprints == {"text": "abc"}
    index.apply(new[:10], [5], 310)
    index.checkpoint()
    index.apply(new[10:], [6, 301], 320)
    holds(index, documents[:4] + documents[6:] + new[1:])
    index._terms.close()  # as a killed process would, without a checkpoint

    again = EmbeddedIndex(folder)
    assert again.view().applied == 310
    again.apply(new[10:], [6, 301], 320)
    holds(again, documents[:4] + documents[6:] + new[1:])
    again.close()
    holds(EmbeddedIndex(folder), documents[:4] + documents[6:] + new[1:])


def test_a_checkpoint_writes_little_when_little_changed(folder):
    index = EmbeddedIndex(folder)
    base = {path.name: path.stat().st_mtime_ns for path in (folder / "base-1").iterdir()}
    index.apply(WORLD.documents(3, 301), [], 303)
    index.checkpoint()
    index.checkpoint()
    assert [path.name for path in folder.glob("delta-*")] == ["delta-2.arrays"]
    assert (folder / "delta-2.arrays").stat().st_size < 10_000
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "base-1").iterdir()} == base
    index.close()


def test_many_checkpoints_do_not_leave_many_files(folder):
    index = EmbeddedIndex(folder)
    new = WORLD.documents(40, 301)
    for document in new:
        index.apply([document], [document.seq - 300], document.seq)
        index.checkpoint()
    assert len(list(folder.glob("delta-*"))) <= 32
    index.close()
    holds(EmbeddedIndex(folder), WORLD.documents(300)[40:] + new)


def test_folding_moves_new_and_drops_dead_documents(folder):
    settings = IndexSettings(fold_new=50)
    index = EmbeddedIndex(folder, settings)
    new = WORLD.documents(60, 301)
    index.apply(new, list(range(1, 31)), 360)
    before = index.view()
    index.checkpoint()
    assert sorted(path.name for path in folder.iterdir() if path.name != "terms") == ["base-3", "manifest.json"]
    living = WORLD.documents(300)[30:] + new
    holds(index, living)
    assert len(index.view().alive) == len(living)
    # A view taken before goes on with files that have lost their names.
    assert before.seqs(before.nearest("photo", WORLD.query(1), 5).documents).tolist() == brute_force(
        living, WORLD.query(1), 5
    )
    index.apply(WORLD.documents(5, 361), [301], 365)
    index.close()
    holds(EmbeddedIndex(folder, settings), living[:270] + living[271:] + WORLD.documents(5, 361))


def test_changes_during_a_fold_are_kept(folder, monkeypatch):
    index = EmbeddedIndex(folder, IndexSettings(fold_new=5))
    index.apply(WORLD.documents(10, 301), [], 310)
    from bowerbird.index import embedded

    original = embedded.read_base

    def meanwhile(*arguments):
        worker = Thread(target=index.apply, args=(WORLD.documents(3, 311), [2, 305], 313))
        worker.start()
        worker.join()
        return original(*arguments)

    monkeypatch.setattr(embedded, "read_base", meanwhile)
    index.checkpoint()
    monkeypatch.undo()
    living = [one for one in WORLD.documents(300) + WORLD.documents(10, 301) + WORLD.documents(3, 311)]
    living = [one for one in living if one.seq not in (2, 305)]
    holds(index, living)
    index.close()
    holds(EmbeddedIndex(folder), living)


def test_a_reader_alone_does_not_lock_the_index(folder):
    reader = EmbeddedIndex(folder)
    writer = EmbeddedIndex(folder)
    writer.apply(WORLD.documents(1, 301), [], 301)
    assert reader.view().size == 300
    with pytest.raises(StorageError, match="another process"):
        reader.apply(WORLD.documents(1, 302), [], 302)
    writer.close()


def test_a_refused_change_leaves_no_trace(folder):
    index = EmbeddedIndex(folder)
    product = Product("x", "thing")
    with pytest.raises(InputError, match="term field"):
        index.apply([IndexDocument(301, product, {"nonsense": "thing"})], [1], 301)
    holds(index, WORLD.documents(300))
    index.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "manifest.json").unlink(),
        lambda folder: (folder / "manifest.json").write_bytes(b'{"kind": "index"'),
        lambda folder: _edit(folder / "manifest.json", version=99),
        lambda folder: _edit(folder / "manifest.json", base="base-7"),
        lambda folder: _cut(folder / "base-1" / "columns.arrays"),
        lambda folder: _cut(folder / "base-1" / "vectors-0.high"),
        lambda folder: (folder / "base-1" / "vectors-0.faiss").unlink(),
        lambda folder: _cut(folder / "delta-2.arrays"),
        lambda folder: (folder / "terms" / "meta.json").write_bytes(b"{"),
        lambda folder: [path.unlink() for path in (folder / "terms").iterdir()],
    ],
)
def test_a_torn_index_says_so(folder, damage):
    index = EmbeddedIndex(folder)
    index.apply(WORLD.documents(2, 301), [], 302)
    index.close()
    damage(folder)
    with pytest.raises(ArtefactError):
        EmbeddedIndex(folder)


def test_a_build_that_fails_leaves_nothing(tmp_path):
    def broken():
        yield from contract_documents()
        raise StorageError("the store went away")

    with pytest.raises(StorageError, match="went away"):
        build_index(tmp_path / "index", broken(), applied=9)
    assert list(tmp_path.iterdir()) == []


def test_a_build_takes_unordered_and_repeated_documents(tmp_path):
    documents = WORLD.documents(50)
    build_index(tmp_path / "index", [*documents[::-1], documents[3]], applied=50)
    index = EmbeddedIndex(tmp_path / "index")
    holds(index, documents)
    index.apply([], [7], 51)
    holds(index, [one for one in documents if one.seq != 7])
    index.close()


def test_progress_is_told(tmp_path):
    told = []
    build_index(tmp_path / "index", WORLD.documents(30), applied=30, progress=lambda *what: told.append(what))
    assert ("documents", 30) in told
    assert told[-1] == ("vectors", 1)


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from index_world import VectorWorld
from bowerbird.index.embedded import EmbeddedIndex
index = EmbeddedIndex(Path(sys.argv[1]))
world = VectorWorld()
for seq in range(index.view().applied + 1, 10_000):
    index.apply(world.documents(1, seq), [seq - 300], seq)
    if seq % 3 == 0:
        index.checkpoint()
    print(seq, flush=True)
"""


@pytest.mark.crash
def test_a_killed_writer_leaves_an_index_that_replay_heals(folder):
    for _ in range(4):
        arguments = [sys.executable, "-c", _WRITER, str(folder), str(Path(__file__).parent)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(7):
                last = int(writer.stdout.readline())
            os.kill(writer.pid, signal.SIGKILL)
        index = EmbeddedIndex(folder)
        floor = index.view().applied
        assert last - 3 <= floor
        for seq in range(floor + 1, last + 2):
            index.apply(WORLD.documents(1, seq), [seq - 300], seq)
        newest = index.view().applied
        everything = WORLD.documents(300) + [one for seq in range(301, newest + 1) for one in WORLD.documents(1, seq)]
        holds(index, everything[newest - 300 :])
        index.close()


def _edit(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def test_sizes_are_told_while_files_come_and_go(folder):
    index = EmbeddedIndex(folder)
    done = False

    def churn():
        number = 0
        while not done:
            passing = folder / f"terms/.tmp{number % 50}"
            passing.write_bytes(b"x")
            passing.unlink()
            number += 1

    writing = Thread(target=churn)
    writing.start()
    try:
        assert all(index.sizes()["disk"] > 0 for _ in range(300))
    finally:
        done = True
        writing.join()
        index.close()
