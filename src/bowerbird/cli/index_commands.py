"""``bowerbird index build | status`` and ``bowerbird fit``."""

from __future__ import annotations

import argparse

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened


def add_to(commands: Commands) -> None:
    """Add the commands."""
    index = commands.add_parser("index", help="build the index, or say how it stands")
    actions = index.add_subparsers(title="actions", metavar="ACTION", required=True)

    build = actions.add_parser("build", help="encode what is missing and build the index beside the old one")
    add_shop_option(build)
    build.add_argument("--force", action="store_true", help="build anew even where nothing changed")
    add_model_options(build)
    build.set_defaults(run=run_build)

    status = actions.add_parser("status", help="how the shop and its index stand")
    add_shop_option(status)
    status.add_argument("--json", action="store_true", help="print JSON")
    status.set_defaults(run=run_status)

    fit = commands.add_parser("fit", help="fit alignment and photo metric on this shop's own pairs, then build")
    add_shop_option(fit)
    add_model_options(fit)
    fit.set_defaults(run=run_fit)


def run_build(options: argparse.Namespace) -> int:
    """Build and swap the index."""
    with ShownProgress() as progress, opened(options) as engine:
        report = engine.build(progress, force=options.force)
    print(report)
    return 0


def run_status(options: argparse.Namespace) -> int:
    """Print the status."""
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        status = engine.status()
    if options.json:
        from bowerbird.cli.printing import print_json

        print_json(status)
    else:
        for name, value in status.items():
            print(f"{name}: {value}")
    return 0


def run_fit(options: argparse.Namespace) -> int:
    """Fit, and build with what was fitted."""
    with ShownProgress() as progress, opened(options) as engine:
        report = engine.fit(progress)
    print(report)
    return 0
