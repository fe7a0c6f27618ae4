"""``python -m bowerbird.cli`` is the command ``bowerbird``."""

from bowerbird.cli.main import main

raise SystemExit(main())
