"""``bowerbird serve``: the HTTP API and the page."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import closing

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_events_options, add_model_options, add_shop_option, existing_shop, opened


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="serve the page and the HTTP API")
    add_shop_option(parser)
    add_serve_options(parser)
    add_events_options(parser)
    add_model_options(parser)
    parser.set_defaults(run=run)


def add_serve_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the service."""
    parser.add_argument("--host", default="127.0.0.1", help="any but a loopback address needs keys")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    parser.add_argument(
        "--fetch-photos", action="store_true", help="fetch photos that queries and written products name by address"
    )
    parser.add_argument(
        "--cors", action="append", default=[], metavar="ORIGIN", help="let this origin's pages call the API"
    )
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a public name that a proxy serves this under"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from bowerbird.serve.app import bind, create_app, run_service
    from bowerbird.serve.settings import ServeSettings, check_settings
    from bowerbird.storage.database import Database
    from bowerbird.storage.keys import KeyStore

    settings = ServeSettings(
        host=options.host,
        port=options.port,
        fetch_photos=options.fetch_photos,
        cors=tuple(options.cors),
        allowed_hosts=tuple(options.allow_host),
    )
    folder = existing_shop(options)
    # Asked to end, end like a program that is done: everything open is closed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with closing(Database.open(folder)) as database:
        keys = KeyStore(database)
        # A refusal should not take as long as a start, so both come before the engine.
        check_settings(settings, bool(keys.list()))
        with closing(bind(settings)) as listener, ShownProgress() as progress, opened(options) as engine:
            engine.start(progress, listening=True)
            progress.close()
            app = create_app(engine, settings, keys)
            run_service(app, listener, lambda address: print(f"Serving {folder} at {address}", flush=True))
    return 0
