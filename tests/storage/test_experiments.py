from __future__ import annotations

import threading

import pytest
from sqlalchemy import update

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.storage.database import Database
from bowerbird.storage.experiments import ITSELF, ExperimentStore, Folded, Outcome
from bowerbird.storage.schema import experiment_shoppers, experiments


@pytest.fixture
def store(database: Database) -> ExperimentStore:
    return ExperimentStore(database)


def outcome(query_id, shopper="ann", value=1.0, arm="new"):
    return Outcome(query_id, arm, shopper, {"clicks": value})


def add_up(tally, known, new):
    """Sums clicks, in all and by shopper."""
    shoppers = {who: sums for who, sums in known.items()}
    for one in new:
        shoppers[one.arm, one.shopper] = shoppers.get((one.arm, one.shopper), 0) + one.values["clicks"]
    return Folded({"clicks": tally.get("clicks", 0) + sum(one.values["clicks"] for one in new)}, shoppers)


def test_an_experiment_runs_from_its_start_to_its_stop(store: ExperimentStore):
    assert (store.changed(), store.all()) == (0, [])
    started = store.start("one", b"{}", "Ada")
    assert (started.number, started.running, started.author) == (1, True, "Ada")
    assert store.get("one") == started and started.started_at.endswith("+00:00")
    store.start("two", b"{}", "Ben")
    assert [one.name for one in store.all()] == ["one", "two"]
    stopped = store.stop("one", "Ben", "enough")
    assert (stopped.running, stopped.stopped_by, stopped.why) == (False, "Ben", "enough")
    assert store.stop("one", "Cleo", "again") == stopped == store.get("one")
    assert store.changed() == 3


def test_a_name_is_used_once_and_the_same_start_again_writes_nothing(store: ExperimentStore):
    started = store.start("one", b"{}", "Ada")
    assert store.start("one", b"{}", "Ben") == started and store.changed() == 1
    with pytest.raises(InputError, match="of this name"):
        store.start("one", b"[]", "Ada")
    store.stop("one", "Ada", "enough")
    with pytest.raises(InputError, match="of this name"):
        store.start("one", b"{}", "Ada")


def test_who_and_why_are_told(store: ExperimentStore):
    with pytest.raises(InputError, match="author"):
        store.start("one", b"{}", " ")
    store.start("one", b"{}", "Ada")
    with pytest.raises(InputError, match="why"):
        store.stop("one", "Ada", "")
    with pytest.raises(InputError, match="too large"):
        store.start("two", b"x" * 200_000, "Ada")
    for ask in (
        lambda: store.get("none"),
        lambda: store.stop("none", "A", "b"),
        lambda: store.count("none", [], add_up),
    ):
        with pytest.raises(NotFoundError, match="none"):
            ask()


def test_a_search_counts_once_however_often_it_comes(store: ExperimentStore):
    store.start("one", b"{}", "Ada")
    first = store.count("one", [outcome("q1"), outcome("q2", value=2.0), outcome("q1", value=9.0)], add_up)
    assert (first.new, first.known, first.experiment.tally) == (2, 1, b'{"clicks":3.0}')
    again = store.count("one", [outcome("q2", value=2.0), outcome("q3")], add_up)
    assert (again.new, again.known, again.experiment.tally) == (1, 1, b'{"clicks":4.0}')
    assert store.count("one", [outcome("q1")], add_up).experiment == store.get("one")
    store.start("two", b"{}", "Ada")
    assert store.count("two", [outcome("q1")], add_up).new == 1


def test_what_was_counted_of_a_shopper_comes_back_with_the_next_search(store: ExperimentStore):
    store.start("one", b"{}", "Ada")
    store.count("one", [outcome("q1"), outcome("q2", "ben"), outcome("q3", arm="old")], add_up)
    seen = []

    def look(tally, known, new):
        seen.append(dict(known))
        return add_up(tally, known, new)

    store.count("one", [outcome("q4"), outcome("q5", "cleo")], look)
    assert seen == [{("new", "ann"): 1.0, ("old", "ann"): 1.0}]


def test_thousands_of_outcomes_are_one_batch(store: ExperimentStore):
    store.start("one", b"{}", "Ada")
    batch = [outcome(f"q{number}", f"s{number % 2_500}") for number in range(5_000)]
    assert store.count("one", batch, add_up).new == 5_000
    assert store.count("one", batch, add_up).new == 0
    assert store.get("one").tally == b'{"clicks":5000.0}'


def test_a_batch_that_cannot_be_counted_leaves_nothing_behind(store: ExperimentStore):
    store.start("one", b"{}", "Ada")

    def refuse(tally, known, new):
        raise InputError("no")

    with pytest.raises(InputError):
        store.count("one", [outcome("q1")], refuse)
    assert store.count("one", [outcome("q1")], add_up).new == 1


def test_what_is_counted_can_stop_the_experiment(store: ExperimentStore):
    store.start("one", b"{}", "Ada")
    done = store.count("one", [outcome("q1")], lambda *_: Folded({}, {}, "harm" * 200))
    assert (done.experiment.running, done.experiment.stopped_by) == (False, ITSELF)
    assert done.experiment.why.startswith("harm") and store.changed() == 2
    late = store.count("one", [outcome("q2")], lambda *_: Folded({"late": 1}, {}, "other"))
    assert late.experiment.why.startswith("harm") and late.experiment.tally == b'{"late":1}'


def test_many_threads_lose_no_outcome_and_count_none_twice(store: ExperimentStore):
    store.start("one", b"{}", "Ada")

    def count(first):
        for number in range(first, first + 20):
            store.count("one", [outcome(f"q{number}")], add_up)

    threads = [threading.Thread(target=count, args=(first,)) for first in (0, 10, 20, 0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("one").tally == b'{"clicks":40.0}'


def test_everything_is_there_for_who_opens_the_shop_next(store: ExperimentStore, database: Database):
    store.start("one", b"{}", "Ada")
    store.count("one", [outcome("q1")], add_up)
    before = store.get("one")
    database.close()
    again = Database.open(database.path.parent)
    other = ExperimentStore(again)
    assert other.get("one") == before and other.count("one", [outcome("q1")], add_up).known == 1
    again.close()


def test_shoppers_are_not_kept_by_name(store: ExperimentStore, database: Database):
    store.start("one", b"{}", "Ada")
    store.count("one", [outcome("q1", "ann@example.org")], add_up)
    with database.read() as connection:
        assert b"ann" not in b"".join(connection.execute(experiment_shoppers.select()).one()[1:2])
    database.close()
    assert b"ann@example" not in database.path.read_bytes()


def test_a_torn_tally_is_one_clear_error(store: ExperimentStore, database: Database):
    store.start("one", b"{}", "Ada")
    database.write(lambda connection: connection.execute(update(experiments).values(tally=b"{")))
    with pytest.raises(ArtefactError, match="the tally of one"):
        store.count("one", [outcome("q1")], add_up)
