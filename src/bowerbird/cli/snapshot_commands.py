"""``bowerbird snapshot`` and ``bowerbird restore``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_shop_option, existing_shop, shop_folder
from bowerbird.domain.errors import NotFoundError


def add_to(commands: Commands) -> None:
    """Add the commands."""
    take = commands.add_parser("snapshot", help="copy a shop, whole and consistent, while it is in use")
    take.add_argument("target", type=Path, help="a new folder")
    add_shop_option(take)
    take.set_defaults(run=run_snapshot)

    restore = commands.add_parser("restore", help="make a shop from a snapshot")
    restore.add_argument("source", type=Path, help="the snapshot's folder")
    add_shop_option(restore)
    restore.add_argument("--force", action="store_true", help="replace a shop that is there; it is kept beside")
    restore.set_defaults(run=run_restore)


def run_snapshot(options: argparse.Namespace) -> int:
    """Take a snapshot."""
    folder = existing_shop(options)
    from bowerbird.storage.shop_folder import ShopFolder
    from bowerbird.storage.snapshot import take

    with ShownProgress() as progress:
        report = take(ShopFolder.open(folder), options.target, lambda done, total: progress("photos", done, total))
    print(f"snapshot of {report.products:,} products and {report.photos:,} photos in {report.path}")
    if report.damaged:
        print(f"left out: {len(report.damaged)} photos whose files are lost or spoilt", file=sys.stderr)
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore one."""
    if not options.source.is_dir():
        raise NotFoundError(f"no snapshot at {options.source}")
    folder = shop_folder(options)
    from bowerbird.storage.snapshot import restore

    with ShownProgress() as progress:
        kept = restore(options.source, folder, options.force, lambda done, total: progress("files", done, total))
    print(f"shop restored to {folder}" + (f"; the one before is kept at {kept}" if kept else ""))
    return 0
