"""``bowerbird demo``: an invented shop of about 40 products, drawn, imported and served."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bowerbird.cli import import_command, serve_command
from bowerbird.cli.shops import Commands
from bowerbird.domain.errors import StorageError

# The tiny shop stands beside this floor, not under it, so it is run as a program and not imported.
_TINY_SHOP = "bowerbird.testing.tiny_shop"


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="make a small invented shop and serve it")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), metavar="DIR", help="where to make it")
    parser.add_argument("--no-serve", action="store_true", help="make the shop and stop")
    serve_command.add_serve_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draw, import, serve."""
    folder: Path = options.folder
    catalogue, shop = folder / "catalogue", folder / "shop"
    drawn = subprocess.run([sys.executable, "-m", _TINY_SHOP, str(catalogue)], check=False)
    if drawn.returncode:
        raise StorageError(f"the invented shop could not be drawn in {catalogue}")
    source = catalogue / "products.jsonl"
    arguments = [str(source), "--format", "jsonl", "--shop", str(shop)]
    code = import_command.run(import_command.read_options(arguments))
    if code or options.no_serve:
        return code
    options.shop = shop
    return serve_command.run(options)
