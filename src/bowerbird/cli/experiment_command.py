"""``bowerbird experiment start | list | show | count | stop``. A running service heeds them within a second."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bowerbird.cli.author import author_of
from bowerbird.cli.shops import Commands, add_shop_option, existing_shop
from bowerbird.domain.errors import FormatError, NotFoundError

if TYPE_CHECKING:
    from bowerbird.engine.experiment_definitions import Definition
    from bowerbird.engine.experiments import CountReport, ExperimentReport, Experiments
    from bowerbird.measure.experiments import ArmState
    from bowerbird.storage.experiments import StoredExperiment

_BATCH = 5_000


def add_to(commands: Commands) -> None:
    """Add the commands."""
    experiment = commands.add_parser("experiment", help="try ways to rank on shoppers: start, list, show, count, stop")
    actions = experiment.add_subparsers(title="actions", metavar="ACTION", required=True)

    started = actions.add_parser("start", help="start the experiment that a file defines")
    started.add_argument("file", type=Path, help="JSON: name, arms, goal, guards, share, kind (ab or interleaving)")
    _add_author(started)
    _finish(started, run_start)

    listed = actions.add_parser("list", help="every experiment, the oldest first")
    _finish(listed, run_list)

    shown = actions.add_parser("show", help="how an experiment stands; look as often as you like")
    _add_name(shown)
    _finish(shown, run_show)

    counted = actions.add_parser("count", help="count the outcomes in a log, each search once")
    _add_name(counted)
    counted.add_argument(
        "--log", type=Path, required=True, metavar="FILE", help="JSONL: query, query_id, shopper, arm, products, clicks"
    )
    _finish(counted, run_count)

    stopped = actions.add_parser("stop", help="stop an experiment")
    _add_name(stopped)
    stopped.add_argument("--why", required=True, metavar="TEXT", help="why")
    _add_author(stopped)
    _finish(stopped, run_stop)


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="the experiment's name")


def _add_author(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--author", default=None, metavar="NAME", help="who does it (you)")


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(parser)
    parser.set_defaults(run=run)


def run_start(options: argparse.Namespace) -> int:
    """Start a file's experiment."""
    with _experiments(options) as experiments:
        started = experiments.start(definition_in(options.file), author_of(options))
    _tell(started, options.json)
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the experiments."""
    from bowerbird.cli.printing import print_json, print_table
    from bowerbird.serve.experiment_answers import experiments_body

    with _experiments(options) as experiments:
        found = experiments.all()
    if options.json:
        print_json(experiments_body(found))
    elif not found:
        print("no experiment was started yet: bowerbird experiment start FILE")
    else:
        rows = [
            (one.name, "running" if one.running else "stopped", one.author, one.started_at, one.why) for one in found
        ]
        print_table(("name", "status", "started by", "at", "stopped because"), rows)
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Show how an experiment stands."""
    from bowerbird.cli.printing import print_json
    from bowerbird.serve.experiment_answers import report_body

    with _experiments(options) as experiments:
        report = experiments.report(options.name)
    if options.json:
        print_json(report_body(report))
    else:
        print_report(report)
    return 0


def run_count(options: argparse.Namespace) -> int:
    """Count a log's outcomes."""
    from bowerbird.cli.printing import print_json
    from bowerbird.engine.experiments import outcomes_of
    from bowerbird.serve.experiment_answers import counted_body

    with _experiments(options) as experiments:
        definition = experiments.report(options.name).definition
        # The whole log is read before any of it is counted: one with a bad line is refused as a whole.
        for number, batch in enumerate(_batches(options.log)):
            outcomes_of(definition, batch, number * _BATCH)
        counted, known, passed_over = 0, 0, 0
        done: CountReport | None = None
        for batch in _batches(options.log):
            done = experiments.count(options.name, batch)
            counted, known, passed_over = counted + done.counted, known + done.known, passed_over + done.passed_over
    assert done is not None, "a log holds at least one search"
    if options.json:
        print_json({**counted_body(done), "counted": counted, "known": known, "passed_over": passed_over})
        return 0
    print(f"{counted} searches counted, {known} known before, {passed_over} passed over\n")
    print_report(done.report)
    return 0


def run_stop(options: argparse.Namespace) -> int:
    """Stop an experiment."""
    with _experiments(options) as experiments:
        stopped = experiments.stop(options.name, author_of(options), options.why)
    _tell(stopped, options.json)
    return 0


def print_report(report: ExperimentReport) -> None:
    """Print how an experiment stands, for a person."""
    from bowerbird.cli.printing import print_table

    stored, state = report.stored, report.state
    rows = []
    for arm in state.arms:
        way = report.definition.ways[arm.name]
        told = [f"{metric} {mean:.4g}{_of(arm, metric)}" for metric, mean in arm.means.items()]
        lifts = [
            f"{metric} {lift.value:+.4g} ({lift.low:+.4g} to {lift.high:+.4g})" for metric, lift in arm.lifts.items()
        ]
        rows.append((arm.name, f"{way.rank} {way.model}".strip(), str(arm.shoppers), "\n".join(told), "\n".join(lifts)))
    print_table(("arm", "ranks by", "shoppers", "means", "against the first"), rows, right=("shoppers",))
    print(f"\n{state.words}")
    if not report.definition.interleaved:
        print(f"sample ratio: p {state.ratio.p:.2g}, over all looks {state.ratio.anytime_p:.2g}")
    print(_status(stored))


def _of(arm: ArmState, metric: str) -> str:
    """How many shoppers a mean is of, where that is not all of them."""
    count = arm.counts.get(metric, arm.shoppers)
    return "" if count == arm.shoppers else f" ({count} have it)"


def definition_in(path: Path) -> Definition:
    """The definition of a file. Raises NotFoundError, FormatError, InputError naming the file and the place."""
    import orjson

    from bowerbird.engine.experiment_definitions import read_definition
    from bowerbird.storage.experiments import MAX_BYTES

    if not path.is_file():
        raise NotFoundError(f"no file {path}")
    if path.stat().st_size > MAX_BYTES:
        raise FormatError("the file is too large", where=str(path), expected=f"at most {MAX_BYTES:,} bytes")
    try:
        body = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise FormatError(f"is no JSON: {error}", where=str(path), expected="JSON in UTF-8") from None
    return read_definition(body, str(path))


def _batches(log: Path) -> Iterator[list[Any]]:
    from bowerbird.measure.click_log import read_impressions

    impressions = read_impressions(log)
    while batch := list(islice(impressions, _BATCH)):
        yield batch


def _tell(stored: StoredExperiment, as_json: bool) -> None:
    from bowerbird.cli.printing import print_json
    from bowerbird.serve.experiment_answers import experiment_body

    if as_json:
        print_json(experiment_body(stored))
    else:
        print(f"{stored.name}: {_status(stored)}")


def _status(stored: StoredExperiment) -> str:
    if stored.running:
        return f"started by {stored.author}, {stored.started_at}; running"
    return f"stopped by {stored.stopped_by}, {stored.stopped_at}: {stored.why}"


@contextmanager
def _experiments(options: argparse.Namespace) -> Iterator[Experiments]:
    folder = existing_shop(options)
    from bowerbird.engine.experiments import Experiments
    from bowerbird.rank.faults import Faults
    from bowerbird.storage.database import Database
    from bowerbird.storage.experiments import ExperimentStore
    from bowerbird.storage.shop_folder import ShopFolder

    database = Database.open(folder)
    try:
        yield Experiments(ExperimentStore(database), ShopFolder(folder), Faults())
    finally:
        database.close()
