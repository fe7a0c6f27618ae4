"""``bowerbird events import | stats | export | erase | forget``. They may run beside a service."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_events_options, add_shop_option, events_url, existing_shop, opened
from bowerbird.domain.errors import FormatError, InputError, NotFoundError

if TYPE_CHECKING:
    from bowerbird.domain.event import Who
    from bowerbird.events.importing import Importing
    from bowerbird.events.log import EventLog

_SHOWN_ERRORS = 20


def add_to(commands: Commands) -> None:
    """Add the commands."""
    events = commands.add_parser("events", help="what shoppers did: import, stats, export, erase, forget")
    actions = events.add_subparsers(title="actions", metavar="ACTION", required=True)

    imported = actions.add_parser("import", help="record the events of a file, each once")
    imported.add_argument("file", type=Path, help="JSONL: events of GA4, Segment or Algolia, one or a batch a line")
    _finish(imported, run_import)

    stats = actions.add_parser("stats", help="what the log holds")
    _finish(stats, run_stats)

    exported = actions.add_parser("export", help="every event as JSONL, or all that is kept of one shopper as JSON")
    _add_shopper(exported)
    _finish(exported, run_export)

    erased = actions.add_parser("erase", help="erase one shopper everywhere, for good")
    _add_shopper(erased)
    _finish(erased, run_erase)

    forgotten = actions.add_parser("forget", help="delete the events before a day")
    forgotten.add_argument("--before", required=True, metavar="DAY", help="such as 2026-01-31; that day stays")
    _finish(forgotten, run_forget)


def _add_shopper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", default="", metavar="ID", help="the account")
    parser.add_argument("--session", default="", metavar="ID", help="the visit; one that became a user's is the user's")


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(parser)
    add_events_options(parser)
    parser.set_defaults(run=run)


def run_import(options: argparse.Namespace) -> int:
    """Record a file's events."""
    from bowerbird.cli.printing import print_json
    from bowerbird.events.importing import import_events

    now = time.time()
    oldest = now - options.keep_days * 86_400 if options.keep_days else 0.0
    with _log(options) as log, _lines_of(options.file) as lines, ShownProgress() as progress:
        done = import_events(lines, log, now, oldest, lambda read: progress("recording events", read, None))
    if options.json:
        told = {"recorded": done.recorded, "known": done.known, "refused": done.refused}
        errors = [{"line": line, "error": str(error)} for line, error in done.errors]
        print_json({**told, "errors": errors})
    else:
        _tell(done, options.file)
    return 0


def run_stats(options: argparse.Namespace) -> int:
    """Show what the log holds."""
    from bowerbird.cli.printing import print_json, print_table

    with _log(options) as log:
        stats = log.stats()
    first, last = _day(stats.first), _day(stats.last)
    if options.json:
        told = {"users": stats.users, "sessions": stats.sessions, "first": first, "last": last, "last_seq": stats.seq}
        print_json({"events": dict(stats.events), **told})
    elif not stats.events:
        print("no event was recorded yet")
    else:
        print_table(
            ("event", "count"), [(name, f"{stats.events[name]:,}") for name in sorted(stats.events)], ("count",)
        )
        print(f"\n{sum(stats.events.values()):,} events of {stats.users:,} users and {stats.sessions:,} sessions")
        print(f"from {first} to {last}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Print events, or everything of one shopper."""
    import orjson

    from bowerbird.events.records import event_record
    from bowerbird.serve.event_answers import export_pieces

    out = sys.stdout.buffer
    if options.user or options.session:
        with opened(options) as engine:
            for piece in export_pieces(engine.export_shopper(_who(options))):
                out.write(piece)
        out.write(b"\n")
    else:
        with _log(options) as log:
            for batch in log.iterate():
                out.writelines(orjson.dumps(event_record(one.event)) + b"\n" for one in batch)
    out.flush()
    return 0


def run_erase(options: argparse.Namespace) -> int:
    """Erase one shopper."""
    from bowerbird.cli.printing import print_json

    who = _who(options)
    with opened(options) as engine:
        erased = engine.erase_shopper(who)
    if options.json:
        print_json({"status": "erased", "events": erased.events, "names": erased.names})
    else:
        print(f"erased {erased.events:,} events and {erased.names:,} names (the user and the user's sessions)")
    return 0


def run_forget(options: argparse.Namespace) -> int:
    """Delete old events."""
    from bowerbird.cli.printing import print_json

    try:
        day = datetime.strptime(options.before, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise InputError("no day", field="--before", found=options.before, expected="such as 2026-01-31") from None
    with _log(options) as log:
        forgotten = log.forget_before(day.timestamp())
    if options.json:
        print_json({"forgotten": forgotten})
    else:
        print(f"{forgotten:,} events before {options.before} are forgotten")
    return 0


@contextmanager
def _log(options: argparse.Namespace) -> Iterator[EventLog]:
    from bowerbird.events.log import EventLog

    log = EventLog.open(events_url(options) or existing_shop(options))
    try:
        yield log
    finally:
        log.close()


@contextmanager
def _lines_of(path: Path) -> Iterator[IO[bytes]]:
    try:
        stream = path.open("rb")
    except (FileNotFoundError, IsADirectoryError):
        raise NotFoundError(f"{path}: there is no such file") from None
    with stream:
        if path.suffix == ".gz":
            raise FormatError("is compressed", where=str(path), expected="JSONL; gunzip it first")
        yield stream


def _who(options: argparse.Namespace) -> Who:
    from bowerbird.domain.event import Who

    who = Who(options.user.strip(), options.session.strip())
    if not who.known:
        raise InputError("no shopper is named", expected="--user, --session, or both")
    return who


def _tell(done: Importing, path: Path) -> None:
    for line, error in done.errors[:_SHOWN_ERRORS]:
        print(f"{path}:{line}: {error}", file=sys.stderr)
    if done.refused > _SHOWN_ERRORS:
        print(f"and {done.refused - _SHOWN_ERRORS:,} more were refused", file=sys.stderr)
    print(f"{done.recorded:,} events recorded, {done.known:,} known before, {done.refused:,} refused")


def _day(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
