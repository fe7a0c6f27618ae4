from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from bowerbird.domain.errors import ArtefactError, StorageError
from bowerbird.domain.event import Who
from bowerbird.events import migrations
from bowerbird.events.documents import to_event
from bowerbird.events.log import EventLog
from bowerbird.events.schema import metadata
from bowerbird.testing.event_log_contract import WHOLE, EventLogContract, view
from bowerbird.testing.postgres_server import PostgresServer


class Contract(EventLogContract):
    def test_the_migrations_arrive_at_the_tables_that_the_code_uses(self, log: EventLog):
        with log.database.read() as connection:
            found = inspect(connection)
            for table in metadata.sorted_tables:
                columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
                assert columns == {column.name: column.nullable for column in table.columns}
                indexes = [one for one in found.get_indexes(table.name) if "duplicates_constraint" not in one]
                indexed = {index["name"]: index["column_names"] for index in indexes}
                assert indexed == {index.name: index.columns.keys() for index in table.indexes}
            assert set(found.get_table_names()) == {*metadata.tables, "migrations"}
        assert all(step.__name__.startswith(f"m{n:03}_") for n, step in enumerate(migrations.STEPS, 1))


class TestInSqlite(Contract):
    def make(self, place: Path) -> EventLog:
        return EventLog.open(place)


class TestInPostgres(Contract):
    @pytest.fixture(autouse=True)
    def _server(self, postgres: PostgresServer):
        self.server, self.urls = postgres, {}

    def make(self, place: Path) -> EventLog:
        url = self.urls.get(place) or self.urls.setdefault(place, self.server.new_database())
        return EventLog.open(url)

    def test_a_server_that_crashed_and_came_back_goes_on_where_it_was(self, log: EventLog):
        log.record([view("a", Who("ann"))])
        assert log.last_seq() == 1
        self.server.crash()
        assert [one.seq for one in log.record([view("a", Who("ann")), view("b", Who("ann"))])] == [1, 2]
        assert len(log.of_shopper(Who("ann"))) == 2

    def test_a_writer_that_holds_its_turn_for_too_long_is_named_as_the_reason(self, log: EventLog, tmp_path: Path):
        other = self.make(tmp_path)
        other.database.write(lambda connection: connection.exec_driver_sql("SET lock_timeout = 10"))

        def hold(_: Connection) -> None:
            with pytest.raises(StorageError, match="another process"):
                other.record([view("a", Who())])

        log.database.write(hold)
        assert [one.new for one in other.record([view("a", Who())])] == [True]
        other.close()


@pytest.mark.parametrize("document", [b"{", b"[]", b'{"items": [7]}', b'{"unknown": 1}'])
def test_an_event_that_cannot_be_read_is_called_so(document: bytes):
    with pytest.raises(ArtefactError, match="cannot be read"):
        to_event("a", WHOLE.name, WHOLE.at, Who(), document)
