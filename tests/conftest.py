import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bowerbird.testing.postgres_server import REQUIRED, PostgresServer, running_server, why_not
from bowerbird.testing.tiny_shop import write_tiny_shop

# A busy machine is no fault of the code: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data sets (../shared/data) are not here")
    return folder


@pytest.fixture(scope="session")
def tiny_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny shop's products.jsonl, with small photos beside it."""
    return write_tiny_shop(tmp_path_factory.mktemp("tiny"), photo_size=224)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run's own."""
    reason = why_not()
    if reason and os.environ.get(REQUIRED) != "1":
        pytest.skip(reason)
    with running_server() as server:
        yield server
