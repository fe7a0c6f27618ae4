from pathlib import Path

import pytest
from hypothesis import settings

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
