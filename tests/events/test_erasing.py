import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bowerbird.domain.errors import StorageError
from bowerbird.domain.event import Event, EventName, Who
from bowerbird.events.log import EventLog
from bowerbird.events.schema import metadata
from bowerbird.testing.event_log_contract import WHOLE
from bowerbird.testing.postgres_server import PostgresServer

SHOPPERS, EACH, ERASED = 100, 25, 40


def traces(event: Event) -> set[bytes]:
    """What may be found of an event nowhere once its shopper is erased."""
    texts = (event.id, event.who.user, event.who.session, event.query, event.query_id, event.transaction)
    return {text.encode() for text in texts if text}


def invent(rng: random.Random) -> list[Event]:
    """Shoppers in turns, each with a few sessions, and every text of their events theirs alone."""

    def name(of: str, shopper: int) -> str:
        return f"{of}-{shopper}-{rng.getrandbits(rng.randrange(40, 240)):x}"

    users = [name("user", n) for n in range(SHOPPERS)]
    sessions = [[name("session", n) for _ in range(3)] for n in range(SHOPPERS)]
    events = []
    for turn in range(EACH):
        for n in range(SHOPPERS):
            who = Who(users[n] if turn == 0 or rng.random() < 0.3 else "", sessions[n][turn % 3])
            texts = {part: name(part, n) for part in ("id", "query", "query_id", "transaction")}
            events.append(replace(WHOLE, at=WHOLE.at + turn, who=who, **texts))
    # Every session is its user's in the end.
    for n, (user, visits) in enumerate(zip(users, sessions, strict=True)):
        events += [Event(name("id", n), EventName.LOGIN, WHOLE.at, Who(user, visit)) for visit in visits]
    return events


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "sqlite":
        return tmp_path
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def log(place: Path | str) -> Iterator[EventLog]:
    opened = EventLog.open(place)
    yield opened
    opened.close()


@pytest.fixture
def all_bytes(place: Path | str) -> Callable[[], bytes]:
    """Everything in every file of the folder, or in every row of every table."""

    def read_files() -> bytes:
        assert isinstance(place, Path)
        return b"".join(path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file())

    def read_tables() -> bytes:
        import psycopg

        assert isinstance(place, str)
        with psycopg.connect(place.replace("+psycopg", "")) as connection:
            tables = connection.execute(
                "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            assert len(tables) == 1 + len(metadata.tables)
            found = []
            for (table,) in tables:
                with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:
                    found += [bytes(piece) for piece in rows]
        return b"".join(found)

    return read_files if isinstance(place, Path) else read_tables


def test_no_byte_of_an_erased_shopper_is_left_in_any_file_or_table(log: EventLog, all_bytes: Callable[[], bytes]):
    rng = random.Random(5)
    events = invent(rng)
    for start in range(0, len(events), 40):
        log.record(events[start : start + 40])
    by_shopper: dict[str, list[Event]] = {}
    for event in events:
        by_shopper.setdefault(log.merged(event.who), []).append(event)
    assert len(by_shopper) == SHOPPERS
    order = sorted(by_shopper)
    rng.shuffle(order)
    for shopper in order[:ERASED]:
        theirs = by_shopper[shopper]
        log.erase(log.keys(rng.choice(theirs).who))
        found = all_bytes()
        assert [trace for event in theirs for trace in traces(event) if trace in found] == []
        # Others' events keep moving rows from page to page.
        kept = rng.choice(order[ERASED:])
        log.record([replace(event, id=f"{event.id}-{shopper[:9]}") for event in by_shopper[kept][:5]])
    found = all_bytes()
    kept = {trace for shopper in order[ERASED:] for event in by_shopper[shopper] for trace in traces(event)}
    assert all(trace in found for trace in kept)


def test_an_erasure_finished_after_a_crash_leaves_no_byte_either(
    place: Path | str, log: EventLog, all_bytes: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
):
    """Whichever of its steps was the last one."""
    for steps in range(1, 5):
        name = f"somebody {steps}"
        event = replace(WHOLE, id=f"id of {name}", who=Who(name, f"visit of {name}"), query="", transaction="")
        log.record([event, replace(event, id=f"other {steps}", who=Who("another"))])
        crash_after(monkeypatch, log, steps)
        with pytest.raises(StorageError):
            log.erase(log.keys(Who(name)))
        monkeypatch.undo()
        again = EventLog.open(place)
        assert again.finish_erasures() == 1
        again.close()
        assert name.encode() not in all_bytes()
        assert [one.event.id for one in log.after(0)] == [f"other {n}" for n in range(1, steps + 1)]


def crash_after(monkeypatch: pytest.MonkeyPatch, log: EventLog, steps: int) -> None:
    """Let the log's database commit or rewrite its files so many times and then nothing more."""
    write, scrub, left = log.database.write, log.database.scrub, [steps]

    def step() -> None:
        if not left[0]:
            raise StorageError("killed")
        left[0] -= 1

    def write_until(work: Callable[[Connection], object]) -> object:
        step()
        return write(work)

    def scrub_until() -> None:
        step()
        scrub()

    monkeypatch.setattr(log.database, "write", write_until)
    monkeypatch.setattr(log.database, "scrub", scrub_until)


def test_erasures_that_come_together_share_one_rewriting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    log = EventLog.open(tmp_path)
    log.record([replace(WHOLE, id=f"e{n}", who=Who(f"u{n}")) for n in range(9)])
    scrub, begun, go, count = log.database.scrub, threading.Event(), threading.Event(), [0]

    def slow() -> None:
        count[0] += 1
        begun.set()
        go.wait()
        scrub()

    monkeypatch.setattr(log.database, "scrub", slow)
    threads = [threading.Thread(target=log.erase, args=([f"u:u{n}"],)) for n in range(8)]
    threads[0].start()
    begun.wait()
    for thread in threads[1:]:
        thread.start()
    while log._to_scrub < 8:
        threading.Event().wait(0.001)
    go.set()
    for thread in threads:
        thread.join()
    assert count == [2]
    assert log.noted_erasures() == [] and log.last_seq() == 9 and len(log.after(0)) == 1
    log.close()
