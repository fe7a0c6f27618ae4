"""``bowerbird learn``: train recommenders from what shoppers did, see which ones are in use, and change that."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened

if TYPE_CHECKING:
    from bowerbird.engine.recommender_training import RecommenderReport
    from bowerbird.engine.shelf import Kept

_SORTS = ("sequence", "neighbours", "factors", "graph")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("learn", help="train recommenders, or see and change which ones are in use")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    train = actions.add_parser(
        "recommender", help="learn from the shop's events what comes next (needs the train extra)"
    )
    train.add_argument("--model", choices=_SORTS, required=True, help="the sort of model")
    train.add_argument("--seed", type=int, default=0, help="of everything that is drawn")
    train.add_argument("--epochs", type=_at_least_one, metavar="N", help="rounds over the events at most")
    train.add_argument(
        "--from-encoders",
        action="store_true",
        help="begin products where the shop's encoders put them, beside what goes together (sequence alone)",
    )
    train.add_argument("--resume", action="store_true", help="go on with a training that was broken off")
    train.add_argument(
        "--promote",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="put it in use, or do not, whatever the comparison says; left out: when it wins",
    )
    train.set_defaults(run=run_train)
    mixer = actions.add_parser("mixer", help="learn what each source of recommendations counts; kept where it wins")
    mixer.set_defaults(run=run_mixer)
    add_model_options(mixer)
    listed = actions.add_parser("list", help="the trained recommenders, and the data that each has seen")
    listed.set_defaults(run=run_list)
    show = actions.add_parser("show", help="everything that is known of one recommender")
    promote = actions.add_parser("promote", help="put a recommender in use")
    for action, run in ((show, run_show), (promote, run_promote)):
        action.add_argument("name", help="its name, as list tells it")
        action.set_defaults(run=run)
    rollback = actions.add_parser("rollback", help="go back to the recommender before the present one of its sort")
    rollback.add_argument("--model", choices=_SORTS, required=True, help="the sort of model")
    rollback.set_defaults(run=run_rollback)
    for action in (train, mixer, listed, show, promote, rollback):
        add_shop_option(action)
        action.add_argument("--json", action="store_true", help="print JSON")


def run_train(options: argparse.Namespace) -> int:
    """Train and print how it did."""
    from bowerbird.engine.recommender_fits import FitOptions

    with ShownProgress() as progress, opened(options) as engine:
        report = engine.recommender_training.train(
            options.model,
            FitOptions(options.seed, options.epochs, from_encoders=options.from_encoders),
            resume=options.resume,
            promote=options.promote,
            progress=progress,
        )
    if options.json:
        _print_json(report.to_dict())
    else:
        _tell_report(report)
    return 0


def run_mixer(options: argparse.Namespace) -> int:
    """Learn the mixer, and print what each surface gains."""
    from bowerbird.cli.printing import print_table

    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        report = engine.recommending.mixer_training().learn(progress=progress)
    if options.json:
        _print_json(report.to_dict())
        return 0
    rows = [
        [surface.value, f"{one.start:.4f}", f"{one.learned:.4f}", f"{one.gain.low:+.4f} to {one.gain.high:+.4f}",
         "learned" if surface in report.kept else "by rule"]
        for surface, one in report.learned.items()
    ]  # fmt: skip
    if rows:
        print_table(["surface", "nDCG@10 by rule", "learned", "gain", "serves"], rows)
    for surface, note in report.notes.items():
        print(f"{surface.value}: by rule; {note}")
    return 0


def run_list(options: argparse.Namespace) -> int:
    """List the recommenders."""
    from bowerbird.cli.printing import print_table

    with opened(options) as engine:
        kept, erasures = engine.recommenders.all(), engine.events.log.erasures()
    if options.json:
        _print_json([_record(one, erasures) for one in kept])
        return 0
    if not kept:
        print("no recommender is trained: bowerbird learn recommender --model factors")
        return 0
    columns = ["recommender (* in use)", "trained", "events", "shoppers", "erased since", "nDCG@10 held out"]
    rows = [_row(one, erasures) for one in kept if "fault" not in one.seen]
    if rows:
        print_table(columns, rows)
    for one in kept:
        if "fault" in one.seen:
            print(f"{one.name}: {one.seen['fault']}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    """Show one recommender."""
    with opened(options) as engine:
        record = _record(engine.recommenders.find(options.name), engine.events.log.erasures())
    if options.json:
        _print_json(record)
        return 0
    for name, value in _flat(record):
        print(f"{name:<40} {value}")
    return 0


def run_promote(options: argparse.Namespace) -> int:
    """Put a recommender in use."""
    with opened(options) as engine:
        engine.recommenders.promote(options.name)
    return _tell_in_use(options, options.name)


def run_rollback(options: argparse.Namespace) -> int:
    """Go back."""
    with opened(options) as engine:
        name = engine.recommenders.rollback(options.model)
    return _tell_in_use(options, name)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _tell_report(report: RecommenderReport) -> None:
    from bowerbird.cli.printing import print_table

    rows = [
        [name, *(f"{value:.4f}" for value in (found.recall[10], found.ndcg[10], found.mrr))]
        for name, found in report.scores.items()
    ]
    print_table(["held-out products by", "recall@10", "nDCG@10", "MRR"], rows)
    gain = report.gain
    print(
        f"{report.name}: nDCG@10 {gain.mean:+.4f} beside popularity ({gain.low:+.4f} to {gain.high:+.4f}, "
        f"{gain.count:,} shoppers); it {'wins' if report.wins else 'does not win'}, "
        f"and is {'' if report.promoted else 'not '}in use ({report.seen['seconds']:.0f} s)"
    )


def _record(one: Kept, erasures: int) -> dict[str, Any]:
    return {"name": one.name, "in_use": one.in_use, "erased_since": _erased_since(one, erasures), **one.seen}


def _row(one: Kept, erasures: int) -> list[str]:
    held = one.seen.get("held_out", {})
    figures = " ".join(f"{name} {found['ndcg@10']:.4f}" for name, found in held.items())
    return [
        f"{one.name}{' *' if one.in_use else ''}",
        str(one.seen.get("trained_at", "")),
        f"{one.seen.get('events', 0):,} up to {one.seen.get('until_seq', 0):,}",
        f"{one.seen.get('shoppers', 0):,}",
        str(_erased_since(one, erasures)),
        figures,
    ]


def _erased_since(one: Kept, erasures: int) -> int:
    """How many shoppers were erased after it was trained: their events may have gone into it."""
    return max(erasures - int(one.seen.get("erasures", 0)), 0)


def _flat(record: Mapping[str, Any], within: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in record.items():
        found += _flat(value, f"{within}{name}.") if isinstance(value, Mapping) else [(within + name, value)]
    return found


def _tell_in_use(options: argparse.Namespace, name: str | None) -> int:
    if options.json:
        _print_json({"in_use": name})
    else:
        print(f"recommender {name} is in use" if name else "no recommender of that sort is in use")
    return 0


def _print_json(value: object) -> None:
    from bowerbird.cli.printing import print_json

    print_json(value)
