"""``bowerbird rules list | set | history | undo | try``. A running service heeds a change within a second."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bowerbird.cli.author import author_of
from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, existing_shop, opened
from bowerbird.domain.errors import FormatError, InputError, NotFoundError

if TYPE_CHECKING:
    from bowerbird.domain.rules import Rule
    from bowerbird.engine.rules_trial import RulesTrial, TriedSide
    from bowerbird.storage.rules import RuleStore, RuleVersion


def add_to(commands: Commands) -> None:
    """Add the commands."""
    rules = commands.add_parser("rules", help="merchandising rules: show, replace, undo, try")
    actions = rules.add_subparsers(title="actions", metavar="ACTION", required=True)

    listed = actions.add_parser("list", help="the rules in force")
    _finish(listed, run_list)

    replaced = actions.add_parser("set", help="put the rules of a file in force, in place of all others")
    replaced.add_argument(
        "file", type=Path, help="JSON: a list of rules, or {rules: [...]} as 'rules list --json' prints"
    )
    _add_author(replaced)
    replaced.add_argument("--note", default="", metavar="TEXT", help="why, for the history")
    _finish(replaced, run_set)

    history = actions.add_parser("history", help="who changed the rules, and when")
    history.add_argument("--limit", type=int, default=20, metavar="N", help="how many changes (20)")
    _finish(history, run_history)

    undone = actions.add_parser("undo", help="put the rules before the latest change in force again")
    _add_author(undone)
    _finish(undone, run_undo)

    tried = actions.add_parser("try", help="a search before and after, without changing anything")
    tried.add_argument("--query", default="", metavar="TEXT", help="what a shopper types; leave out to browse")
    tried.add_argument("--draft", type=Path, metavar="FILE", help="rules to compare with those in force")
    tried.add_argument("--filter", default="", metavar="FILTER", help="the shopper's filter")
    tried.add_argument("--audience", default="", metavar="TAG", help="the shopper's audience")
    tried.add_argument("--at", default=None, metavar="TIME", help="another time than now, such as 2026-06-01T00:00:00Z")
    tried.add_argument("--first", type=int, default=10, metavar="N", help="how many hits to compare (10)")
    add_model_options(tried)
    _finish(tried, run_try)


def _add_author(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--author", default=None, metavar="NAME", help="who changes them (you)")
    parser.add_argument(
        "--version", type=int, default=None, metavar="N", help="refuse where another version is in force"
    )


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(parser)
    parser.set_defaults(run=run)


def run_list(options: argparse.Namespace) -> int:
    """Show the rules in force."""
    with _store(options) as store:
        _show(store.current(), options.json)
    return 0


def run_set(options: argparse.Namespace) -> int:
    """Put a file's rules in force."""
    with _store(options) as store:
        wanted = rules_in(options.file)
        _tell(store.replace(wanted, author_of(options), options.note, expected=options.version), options.json)
    return 0


def run_undo(options: argparse.Namespace) -> int:
    """Put the rules before the latest change in force."""
    with _store(options) as store:
        _tell(store.undo(author_of(options), expected=options.version), options.json)
    return 0


def run_history(options: argparse.Namespace) -> int:
    """Show the latest changes."""
    from bowerbird.cli.printing import print_json, print_table
    from bowerbird.serve.rules_answers import history_body

    if options.limit < 1:
        raise InputError("no such limit", field="limit", found=options.limit, expected="at least 1")
    with _store(options) as store:
        changes = store.history(options.limit)
    if options.json:
        print_json(history_body(changes))
    elif not changes:
        print("no rules were set yet: bowerbird rules set FILE")
    else:
        rows = [(str(one.number), one.at, one.author, str(one.count), one.note) for one in changes]
        print_table(("version", "at", "author", "rules", "note"), rows, right=("version", "rules"))
    return 0


def run_try(options: argparse.Namespace) -> int:
    """Search before and after."""
    from bowerbird.domain.filters import parse_filter
    from bowerbird.domain.query import Query, Wish
    from bowerbird.domain.record_checks import moment_at

    at = None if options.at is None else moment_at(options.at, "at")
    query = Query(Wish(options.query), filters=parse_filter(options.filter), audience=options.audience)
    draft = None if options.draft is None else rules_in(options.draft)
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        trial = engine.try_rules(query, draft, options.first, at)
    if options.json:
        from bowerbird.cli.printing import print_json
        from bowerbird.serve.rules_answers import trial_body

        print_json(trial_body(trial))
    else:
        print_trial(trial)
    return 0


def print_trial(trial: RulesTrial) -> None:
    """Print a search before and after, for a person."""
    from bowerbird.cli.printing import print_table

    rows = [
        (
            _place(hit.before),
            _place(hit.after),
            hit.product,
            hit.title,
            ", ".join(f"{by} ({how})" for by, how in hit.causes),
        )
        for hit in trial.hits
    ]
    if rows:
        print_table(("before", "after", "id", "title", "by"), rows, right=("before", "after"))
        print()
    for name, side in (("before", trial.before), ("after", trial.after)):
        print(f"{name:7} {side.total} products{_side_text(side)}")


def _side_text(side: TriedSide) -> str:
    told = [f"rules {', '.join(rule.id for rule in side.applied_rules)}"] if side.applied_rules else []
    told += [f"banner {banner.title!r}" for banner in side.banners]
    told += [f"goes to {side.redirect}"] if side.redirect is not None else []
    return "".join(f"; {one}" for one in told)


def rules_in(path: Path) -> tuple[Rule, ...]:
    """The rules of a file. Raises NotFoundError, FormatError, InputError naming the file and the place."""
    import orjson

    from bowerbird.domain.rule_records import read_rules
    from bowerbird.storage.rules import MAX_BYTES

    if not path.is_file():
        raise NotFoundError(f"no file {path}")
    if path.stat().st_size > 2 * MAX_BYTES:
        raise FormatError("the file is too large", where=str(path), expected=f"at most {2 * MAX_BYTES:,} bytes")
    try:
        body = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise FormatError(f"is no JSON: {error}", where=str(path), expected="JSON in UTF-8") from None
    return read_rules(body["rules"] if isinstance(body, dict) and "rules" in body else body, str(path))


def _show(version: RuleVersion, as_json: bool) -> None:
    from bowerbird.cli.printing import print_json, print_table
    from bowerbird.domain.rules import ACTION_NAMES
    from bowerbird.serve.rules_answers import rules_body

    if as_json:
        print_json(rules_body(version))
        return
    if not version.rules:
        print("no rules are in force")
        return
    rows = [
        (
            rule.id,
            rule.title,
            str(rule.priority),
            "yes" if rule.enabled else "no",
            ", ".join(dict.fromkeys(ACTION_NAMES[type(action)] for action in rule.actions)),
        )
        for rule in version.rules
    ]
    print_table(("id", "title", "priority", "on", "does"), rows, right=("priority",))
    print(f"\nversion {version.change.number} by {version.change.author}, {version.change.at}")


def _tell(version: RuleVersion, as_json: bool) -> None:
    from bowerbird.cli.printing import print_json
    from bowerbird.serve.rules_answers import rules_body

    if as_json:
        print_json(rules_body(version))
    else:
        print(f"version {version.change.number}: {len(version.rules)} rules in force")


def _place(position: int | None) -> str:
    return "-" if position is None else str(position)


@contextmanager
def _store(options: argparse.Namespace) -> Iterator[RuleStore]:
    folder = existing_shop(options)
    from bowerbird.storage.database import Database
    from bowerbird.storage.rules import RuleStore

    database = Database.open(folder)
    try:
        yield RuleStore(database)
    finally:
        database.close()
