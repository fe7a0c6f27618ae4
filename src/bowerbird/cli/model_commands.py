"""``bowerbird models build | list``."""

from __future__ import annotations

import argparse

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands


def add_to(commands: Commands) -> None:
    """Add the commands."""
    models = commands.add_parser("models", help="build the encoders, or list those that are built")
    actions = models.add_subparsers(title="actions", metavar="ACTION", required=True)

    build = actions.add_parser("build", help="export and quantise the built-in encoders (once; needs the train extra)")
    build.add_argument("--force", action="store_true", help="build anew what is there")
    build.set_defaults(run=run_build)

    listed = actions.add_parser("list", help="the models that are built")
    listed.add_argument("--json", action="store_true", help="print JSON")
    listed.set_defaults(run=run_list)


def run_build(options: argparse.Namespace) -> int:
    """Build the encoders."""
    from bowerbird.encode.build import build_models

    with ShownProgress() as progress:
        models = build_models(force=options.force, progress=progress)
    for model in models:
        print(model)
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the encoders."""
    from bowerbird.encode.build import list_models

    models = list_models()
    if options.json:
        from dataclasses import asdict

        from bowerbird.cli.printing import print_json

        print_json([asdict(model) for model in models])
        return 0
    for model in models:
        print(model)
    if not models:
        print("no model is built yet: bowerbird models build")
    return 0
