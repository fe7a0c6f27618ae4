import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, inspect, select, text

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError, StorageError
from bowerbird.storage import migrations
from bowerbird.storage.database import FILE, Database
from bowerbird.storage.schema import meta, metadata


def put(key: str):
    def work(connection: Connection) -> str:
        connection.execute(insert(meta).values(key=key, value="x"))
        return key

    return work


def keys(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(meta.c.key).order_by(meta.c.key)).scalars())


def test_the_migrations_arrive_at_the_tables_that_the_code_uses(database: Database):
    with database.read() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            assert found.get_pk_constraint(table.name)["constrained_columns"] == table.primary_key.columns.keys()
        assert set(found.get_table_names()) == set(metadata.tables)
        assert migrations.version(connection) == len(migrations.STEPS)


def test_each_migration_is_recorded_once_and_named_by_its_number(tmp_path: Path):
    for _ in range(2):
        Database.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as plain:
        rows = plain.execute("SELECT number, name FROM migrations").fetchall()
    assert rows == [(number, step.__name__) for number, step in enumerate(migrations.STEPS, 1)]
    assert all(name.startswith(f"m{number:03}_") for number, name in rows)


def test_a_database_of_a_newer_version_is_refused_in_one_line(tmp_path: Path):
    Database.open(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as plain, plain:
        plain.execute("INSERT INTO migrations VALUES (99, 'm099_future', '')")
    with pytest.raises(ArtefactError, match="version 99") as caught:
        Database.open(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    Database.open(tmp_path).close()

    def m002_breaks(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (done TEXT)"))
        connection.execute(text("CREATE TABLE half (done TEXT)"))

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m002_breaks))
    with pytest.raises(StorageError):
        Database.open(tmp_path)
    monkeypatch.undo()
    again = Database.open(tmp_path)
    with again.read() as connection:
        assert not inspect(connection).has_table("half")
    again.close()


def test_commits_are_flushed_to_the_disk_and_written_ahead(database: Database):
    def settings(connection: Connection) -> tuple[str, int]:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        return mode, connection.exec_driver_sql("PRAGMA synchronous").scalar_one()

    assert database.write(settings) == ("wal", 2)


def test_a_write_that_fails_keeps_nothing_and_harms_no_other(database: Database):
    start = threading.Barrier(5)
    failures: list[StorageError] = []

    def good(number: int) -> None:
        start.wait()
        database.write(put(f"good{number}"))

    def bad() -> None:
        start.wait()

        def work(connection: Connection) -> None:
            put("half")(connection)
            put("half")(connection)

        try:
            database.write(work)
        except StorageError as error:
            failures.append(error)

    threads = [threading.Thread(target=good, args=(number,)) for number in range(4)] + [threading.Thread(target=bad)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 1
    assert keys(database) == ["good0", "good1", "good2", "good3"]


def test_an_interrupted_writer_leaves_the_line_in_order(database: Database):
    def interrupted(connection: Connection) -> None:
        put("half")(connection)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.write(interrupted)
    assert database.write(put("next")) == "next"
    assert keys(database) == ["next"]


def test_values_that_cannot_be_bound_are_told_to_their_own_writer(database: Database):
    with pytest.raises(ValueError, match="surrogates"):
        database.write(put("\ud800"))
    assert database.write(put("next")) == "next"


def test_errors_of_the_tree_pass_through_unchanged(database: Database):
    def refuse(connection: Connection) -> None:
        raise InputError("no")

    with pytest.raises(InputError):
        database.write(refuse)


def test_a_reader_sees_one_moment(database: Database):
    database.write(put("a"))
    with database.read() as connection:
        before = connection.execute(select(meta.c.key)).all()
        database.write(put("b"))
        assert connection.execute(select(meta.c.key)).all() == before
    assert keys(database) == ["a", "b"]


def test_a_second_opener_reads_what_the_first_writes_and_cannot_write(database: Database):
    other = Database.open(database.path.parent, read_only=True)
    database.write(put("a"))
    assert keys(other) == ["a"]
    with pytest.raises(StorageError, match="reading only"):
        other.write(put("b"))
    other.close()


def test_reading_where_there_is_nothing_makes_nothing(tmp_path: Path):
    with pytest.raises(NotFoundError):
        Database.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path):
    (tmp_path / FILE).write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(ArtefactError, match="damaged"):
        Database.open(tmp_path)


def test_a_database_torn_in_the_middle_is_called_damaged(tmp_path: Path):
    database = Database.open(tmp_path)
    for number in range(200):
        database.write(put(f"key number {number}" * 20))
    database.close()
    path = tmp_path / FILE
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ArtefactError, match="damaged"):
        torn = Database.open(tmp_path)
        try:
            keys(torn)
        finally:
            torn.close()


def test_another_process_holding_the_write_lock_is_named_as_the_reason(database: Database):
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=10") and None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another process"):
            database.write(put("a"))
        other.execute("ROLLBACK")
    assert database.write(put("a")) == "a"


def test_a_backup_is_one_file_as_of_one_moment(database: Database, tmp_path: Path):
    database.write(put("a"))
    (tmp_path / "copy").mkdir()
    database.back_up(tmp_path / "copy" / FILE)
    database.write(put("b"))
    assert [path.name for path in (tmp_path / "copy").iterdir()] == [FILE]
    copy = Database.open(tmp_path / "copy", read_only=True)
    assert keys(copy) == ["a"]
    copy.close()
