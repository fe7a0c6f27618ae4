import os
from collections.abc import Iterator

import pytest

from bowerbird.testing.postgres_server import REQUIRED, PostgresServer, running_server, why_not


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own."""
    reason = why_not()
    if reason and os.environ.get(REQUIRED) != "1":
        pytest.skip(reason)
    with running_server() as server:
        yield server
