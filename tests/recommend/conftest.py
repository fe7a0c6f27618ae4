from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The tests share recommend_world.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def view(tmp_path_factory):
    """The small shop, to read from."""
    from recommend_world import build_view

    return build_view(tmp_path_factory.mktemp("recommend") / "index")
