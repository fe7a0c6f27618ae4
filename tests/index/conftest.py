import sys
from pathlib import Path

import pytest

# The tests share index_world.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))
pytest.register_assert_rewrite("bowerbird.testing.index_contract")
