from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from sqlalchemy import update

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.rule_records import read_rules
from bowerbird.domain.rules import Boost, Rule, Target
from bowerbird.storage.database import Database
from bowerbird.storage.rules import RuleStore, RuleVersion
from bowerbird.storage.schema import rules as table


def rules(*ids):
    return read_rules([{"id": id, "then": [{"redirect": f"/{id}"}]} for id in ids])


def ids(version: RuleVersion):
    return [rule.id for rule in version.rules]


@pytest.fixture
def store(database: Database) -> RuleStore:
    return RuleStore(database)


def test_before_the_first_change_there_are_no_rules(store: RuleStore):
    assert store.number() == 0
    assert store.current() == store.at(0) == RuleVersion()
    assert store.history() == []


def test_each_change_is_a_new_version_with_its_author_and_note(store: RuleStore):
    store.replace(rules("a"), "Ada", "the first")
    written = store.replace(rules("a", "b"), "Ben")
    assert store.current() == written and ids(written) == ["a", "b"]
    assert store.number() == 2
    assert [(one.number, one.author, one.note, one.count) for one in store.history()] == [
        (2, "Ben", "", 2),
        (1, "Ada", "the first", 1),
    ]
    assert store.history()[0].at.endswith("+00:00")
    assert [one.number for one in store.history(1)] == [2]
    assert ids(store.at(1)) == ["a"]


def test_what_was_written_is_there_for_who_opens_the_shop_next(store: RuleStore, database: Database):
    store.replace(rules("a"), "Ada")
    database.close()
    again = Database.open(database.path.parent)
    assert ids(RuleStore(again).current()) == ["a"]
    again.close()


def test_the_same_rules_again_write_nothing(store: RuleStore):
    assert store.replace((), "Ada").change.number == 0
    first = store.replace(rules("a"), "Ada")
    assert store.replace(rules("a"), "Ben") == first
    assert store.number() == 1


def test_undoing_stands_in_the_history_and_can_be_undone(store: RuleStore):
    store.replace(rules("a"), "Ada")
    store.replace(rules("b"), "Ada")
    undone = store.undo("Ben")
    assert ids(undone) == ids(store.current()) == ["a"]
    assert (undone.change.number, undone.change.author, undone.change.note) == (3, "Ben", "undoes version 2")
    assert ids(store.undo("Ben")) == ["b"]
    assert len(store.history()) == 4


def test_the_first_change_is_undone_to_no_rules_at_all(store: RuleStore):
    with pytest.raises(NotFoundError, match="nothing to undo"):
        store.undo("Ada")
    store.replace(rules("a"), "Ada")
    assert ids(store.undo("Ada")) == []
    assert ids(store.undo("Ada")) == ["a"]


def test_who_has_seen_another_version_writes_nothing(store: RuleStore):
    store.replace(rules("a"), "Ada", expected=0)
    for write in (lambda: store.replace(rules("b"), "Ben", expected=0), lambda: store.undo("Ben", expected=7)):
        with pytest.raises(InputError, match="changed meanwhile") as caught:
            write()
        assert caught.value.field == "version"
    assert store.number() == 1


@pytest.mark.parametrize(
    ("author", "note", "field"),
    [("", "", "author"), (" ", "", "author"), ("x" * 101, "", "author"), ("x", "\0", "note")],
)
def test_a_change_names_its_author(store: RuleStore, author, note, field):
    with pytest.raises(InputError) as caught:
        store.replace(rules("a"), author, note)
    assert caught.value.field == field


def test_rules_that_no_record_could_hold_are_not_kept(store: RuleStore):
    with pytest.raises(InputError) as caught:
        store.replace([Rule("a", (Boost(Target(("x",)), -1.0),))], "Ada")
    assert caught.value.field == "rules[0].then[0].boost.by"
    assert store.number() == 0


def test_a_version_that_cannot_be_read_is_named(store: RuleStore, database: Database):
    store.replace(rules("a"), "Ada")
    database.write(lambda connection: connection.execute(update(table).values(document=b"[{}]")) and None)
    with pytest.raises(ArtefactError, match="version 1 of the rules"):
        store.current()
    with pytest.raises(NotFoundError):
        store.at(2)
    assert ids(store.undo("Ada")) == []


def test_threads_that_write_at_once_each_get_a_version_of_their_own(store: RuleStore):
    start = threading.Barrier(8)

    def write(number: int) -> None:
        start.wait()
        store.replace(rules(f"r{number}"), f"author {number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.number for one in store.history()] == list(range(8, 0, -1))
    assert {one.author for one in store.history()} == {f"author {number}" for number in range(8)}
    assert all(ids(store.at(one.number)) == [f"r{one.author[-1]}"] for one in store.history())


def test_of_threads_that_saw_the_same_version_one_writes(store: RuleStore):
    start, refused = threading.Barrier(6), []

    def write(number: int) -> None:
        start.wait()
        try:
            store.replace(rules(f"r{number}"), "Ada", expected=0)
        except InputError as error:
            refused.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), store.number()) == (5, 1)


def test_another_process_writes_beside_this_one(store: RuleStore, database: Database):
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from bowerbird.domain.rule_records import read_rules\n"
        "from bowerbird.storage.database import Database\n"
        "from bowerbird.storage.rules import RuleStore\n"
        "database = Database.open(Path(sys.argv[1]))\n"
        "for number in range(10):\n"
        "    then = [{'redirect': f'/{number}'}]\n"
        "    RuleStore(database).replace(read_rules([{'id': 'other', 'then': then}]), 'other')\n"
        "database.close()\n"
    )
    command = [sys.executable, "-c", code, str(database.path.parent)]
    other = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for number in range(10):
        store.replace(rules(f"mine{number}"), "mine")
    _, errors = other.communicate(timeout=60)
    assert other.returncode == 0, errors
    history = store.history()
    assert [one.number for one in history] == list(range(20, 0, -1))
    assert sorted(one.author for one in history) == ["mine"] * 10 + ["other"] * 10
