"""``bowerbird rank settings``: show and change how this shop ranks. A running service heeds a change in a second."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bowerbird.cli.shops import Commands, add_shop_option, existing_shop
from bowerbird.domain.errors import SettingError

if TYPE_CHECKING:
    from bowerbird.rank.knobs import Value


def add_settings_to(actions: Commands) -> None:
    """Add the action ``settings``."""
    settings = actions.add_parser("settings", help="show or change the exponents, the variety and the cross-encoder")
    settings.add_argument(
        "changes",
        nargs="*",
        metavar="NAME=VALUE",
        help="such as score.stock=0.3, variety.caps.brand=3; with nothing after the = back to the default",
    )
    settings.add_argument("--reset", action="store_true", help="first go back to the defaults")
    settings.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(settings)
    settings.set_defaults(run=run_settings)


def run_settings(options: argparse.Namespace) -> int:
    """Show the settings, changed where that is asked."""
    folder = existing_shop(options)
    from bowerbird.engine.ranking_file import load_knobs, save_knobs
    from bowerbird.storage.shop_folder import ShopFolder

    path = ShopFolder.open(folder).rank_settings
    # Going back to the defaults helps a file that cannot be read, too.
    before = {} if options.reset else load_knobs(path)
    given = change(before, options.changes)
    if options.reset or options.changes:
        save_knobs(path, given)
    show(given, options.json)
    return 0


def change(given: dict[str, Value], changes: list[str]) -> dict[str, Value]:
    """Settings with changes as they were typed. Raises SettingError."""
    from bowerbird.rank.knobs import knob_of, parse

    changed = dict(given)
    for one in changes:
        name, equals, text = one.partition("=")
        name = name.strip()
        if not equals:
            raise SettingError("is no change", field="changes", where=one, expected="NAME=VALUE")
        if text.strip():
            changed[name] = parse(name, text.strip())
        else:
            knob_of(name)
            changed.pop(name, None)
    return changed


def show(given: dict[str, Value], as_json: bool) -> None:
    """Print the settings in force, and which of them were set."""
    from bowerbird.cli.printing import print_json, print_table
    from bowerbird.rank.flow import RankSettings
    from bowerbird.rank.knobs import CAPS, apply, as_record, knob_of, values_of

    values = values_of(apply(RankSettings(), given))
    if as_json:
        print_json({"settings": as_record(values), "given": as_record(given)})
        return
    defaults = values_of(RankSettings())
    rows = [
        (name, told(value), "" if name not in given else told(defaults.get(name, "no cap")), knob_of(name).expected)
        for name, value in values.items()
    ]
    print_table(("setting", "value", "default", "may be"), rows)
    print(f"\n{len(given)} set by you; caps: {CAPS}.FIELD, such as {CAPS}.brand=3")


def told(value: Value) -> str:
    """A value for a person."""
    return value or "-" if isinstance(value, str) else f"{value:g}"
