import sys
from pathlib import Path

# The tests share profile_world.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))
