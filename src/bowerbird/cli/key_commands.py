"""``bowerbird keys create | list | revoke``. They work beside a running service, which heeds them at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bowerbird.cli.shops import Commands, add_shop_option, existing_shop

if TYPE_CHECKING:
    from bowerbird.storage.keys import KeyStore


def add_to(commands: Commands) -> None:
    """Add the commands."""
    keys = commands.add_parser("keys", help="make, list and revoke API keys")
    actions = keys.add_subparsers(title="actions", metavar="ACTION", required=True)

    create = actions.add_parser("create", help="make a key and print it, this once")
    create.add_argument("--kind", choices=("search", "write"), default="search", help="a write key also searches")
    create.add_argument("--label", default="", help="what it is for")
    add_shop_option(create)
    create.set_defaults(run=run_create)

    listed = actions.add_parser("list", help="the keys, without their secrets")
    listed.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(listed)
    listed.set_defaults(run=run_list)

    revoke = actions.add_parser("revoke", help="end a key at once")
    revoke.add_argument("id", help="its id, as 'keys list' shows it")
    add_shop_option(revoke)
    revoke.set_defaults(run=run_revoke)


def run_create(options: argparse.Namespace) -> int:
    """Make a key; only the key itself goes to stdout."""
    with _keys(options) as keys:
        print(keys.create(options.kind, options.label))
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the keys."""
    with _keys(options) as keys:
        found = keys.list()
    if options.json:
        from dataclasses import asdict

        from bowerbird.cli.printing import print_json

        print_json([asdict(key) for key in found])
    elif not found:
        print("no keys yet: bowerbird keys create")
    else:
        from bowerbird.cli.printing import print_table

        print_table(("id", "kind", "made", "label"), [(key.id, key.kind, key.created_at, key.label) for key in found])
    return 0


def run_revoke(options: argparse.Namespace) -> int:
    """End a key."""
    with _keys(options) as keys:
        keys.revoke(options.id)
    print(f"key {options.id} is revoked")
    return 0


@contextmanager
def _keys(options: argparse.Namespace) -> Iterator[KeyStore]:
    folder = existing_shop(options)
    from bowerbird.storage.database import Database
    from bowerbird.storage.keys import KeyStore

    database = Database.open(folder)
    try:
        yield KeyStore(database)
    finally:
        database.close()
