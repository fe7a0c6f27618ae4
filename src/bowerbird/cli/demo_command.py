"""``bowerbird demo``: an invented shop, drawn, imported and served."""

from __future__ import annotations

import argparse
from pathlib import Path

from bowerbird.cli import serve_command
from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("demo", help="invent a shop, draw its pictures and serve it")
    parser.add_argument("--products", type=int, default=1_200, metavar="N", help="how many (1,200)")
    parser.add_argument("--seed", type=int, default=7, metavar="S", help="another seed is another shop (7)")
    parser.add_argument(
        "--shoppers", type=int, default=3_000, metavar="N", help="how many have been there (3,000; 0 for none)"
    )
    parser.add_argument("--folder", type=Path, default=Path(".demo"), metavar="DIR", help="where to make it (.demo)")
    parser.add_argument("--no-pictures", action="store_true", help="texts alone, as for a million products")
    parser.add_argument("--no-serve", action="store_true", help="make the shop and stop")
    serve_command.add_serve_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Invent, draw, import, build; then serve."""
    from bowerbird.demo.flow import DemoSettings, make_demo

    settings = DemoSettings(options.products, options.seed, not options.no_pictures, options.shoppers)
    with ShownProgress() as progress:
        demo = make_demo(options.folder, settings, progress)
    if demo.imported is None:
        print(f"The shop of {settings.products:,} products in {demo.shop} is up to date", flush=True)
    else:
        print("\n".join(demo.imported.lines()), demo.built, sep="\n", flush=True)
        if demo.recorded:
            print(f"{demo.recorded:,} events of {settings.shoppers:,} invented shoppers recorded", flush=True)
    if options.no_serve:
        return 0
    options.shop = demo.shop
    return serve_command.run(options)
