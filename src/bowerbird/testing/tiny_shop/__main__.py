"""``python -m bowerbird.testing.tiny_shop FOLDER [PIXELS]``: write the tiny shop's catalogue and draw its photos."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bowerbird.testing.tiny_shop import write_tiny_shop


def main(arguments: list[str]) -> int:
    """Draw with a progress bar on the standard error."""
    if not 1 <= len(arguments) <= 2 or (len(arguments) == 2 and not arguments[1].isdigit()):
        sys.stderr.write("usage: python -m bowerbird.testing.tiny_shop FOLDER [PIXELS]\n")
        return 2
    size = int(arguments[1]) if len(arguments) == 2 else 640
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Drawing the tiny shop", total=None)
        write_tiny_shop(
            Path(arguments[0]), size, lambda done, count: progress.update(task, completed=done, total=count)
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
