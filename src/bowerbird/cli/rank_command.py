"""``bowerbird rank``: train the ranker, see which one is in use, and change that."""

from __future__ import annotations

import argparse
from pathlib import Path

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.rank_settings_command import add_settings_to
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.errors import NotFoundError

_PROMOTE = {"auto": None, "always": True, "never": False}


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("rank", help="train the ranker, or see and change which one is in use")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    train = actions.add_parser("train", help="learn to rank from judgements, from clicks, or from both")
    train.add_argument("--judgments", "--judgements", type=Path, metavar="FILE", help="CSV or JSONL: query, id, rating")
    train.add_argument("--clicks", type=Path, metavar="FILE", help="JSONL: query, products as shown, clicks")
    train.add_argument(
        "--promote",
        choices=_PROMOTE,
        default="auto",
        help="put it in use when it wins on held-out queries (auto), always or never",
    )
    train.set_defaults(run=run_train)
    show = actions.add_parser("show", help="list the rankers, and what each was trained on")
    show.set_defaults(run=run_show)
    estimate = actions.add_parser("estimate", help="what other rankings would have earned on the searches of a log")
    estimate.add_argument(
        "--clicks", type=Path, required=True, metavar="FILE", help="a log as for train, best a later one"
    )
    estimate.set_defaults(run=run_estimate)
    promote = actions.add_parser("promote", help="put a ranker in use")
    promote.add_argument("name", help="its name, as show tells it")
    promote.set_defaults(run=run_promote)
    rollback = actions.add_parser("rollback", help="go back to the ranker before the present one")
    rollback.set_defaults(run=run_rollback)
    add_settings_to(actions)
    for action in (train, show, estimate, promote, rollback):
        add_shop_option(action)
        action.add_argument("--json", action="store_true", help="print JSON")
        add_model_options(action)


def run_train(options: argparse.Namespace) -> int:
    """Train and print how it did."""
    for path in (options.judgments, options.clicks):
        if path is not None and not path.is_file():
            raise NotFoundError(f"no file at {path}")
    with ShownProgress() as progress, opened(options) as engine:
        training = engine.ranker_training(progress)
        report = training.train(options.judgments, options.clicks, promote=_PROMOTE[options.promote], progress=progress)
    if options.json:
        from bowerbird.cli.printing import print_json

        print_json(report.to_dict())
    else:
        print(report)
    return 0


def run_estimate(options: argparse.Namespace) -> int:
    """Estimate and print."""
    from bowerbird.cli.printing import print_json, print_table
    from bowerbird.engine.estimating import estimate_rankings

    if not options.clicks.is_file():
        raise NotFoundError(f"no file at {options.clicks}")
    with ShownProgress() as progress, opened(options) as engine:
        report = estimate_rankings(engine.ranker_training(progress), options.clicks, progress)
    if options.json:
        print_json(report.to_dict())
        return 0
    rows = [
        [way, *(f"{one.value:.4f} ({one.low:.4f} to {one.high:.4f})" for one in estimates)]
        for way, estimates in report.estimates.items()
    ]
    print(f"clicks a search, of {report.sessions:,} searches (95% intervals)")
    print_table(["ranked by", *(one.name for one in report.estimates["shown"])], rows)
    print("looked at, by position: " + " ".join(f"{share:.2f}" for share in report.examination))
    if not report.identified:
        print("the log shows products at too few positions to tell how far down shoppers look: take this for a guess")
    if report.trained_on:
        print("what ranks here was learned from this very log, which flatters it: take a later one")
    return 0


def run_show(options: argparse.Namespace) -> int:
    """List the rankers."""
    from dataclasses import asdict

    from bowerbird.cli.printing import print_json, print_table

    with opened(options) as engine:
        kept = engine.rankers.all()
    if options.json:
        print_json([asdict(one) for one in kept])
        return 0
    if not kept:
        print("no learned ranker: the default score ranks")
        return 0
    rows = [
        [
            f"{one.name}{' *' if one.in_use else ''}",
            _learned_from(one.seen),
            f"{one.seen.get('default', float('nan')):.4f} -> {one.seen.get('learned', float('nan')):.4f}",
        ]
        for one in kept
        if "fault" not in one.seen
    ]
    if rows:
        print_table(["ranker (* in use)", "learned from", "nDCG@10 held out"], rows)
    for one in kept:
        if "fault" in one.seen:
            print(f"{one.name}: {one.seen['fault']}")
    return 0


def _learned_from(seen: dict[str, object]) -> str:
    found = []
    for name in ("judgements", "clicks"):
        told = seen.get(name)
        if isinstance(told, dict):
            found.append(f"{told.get('file')} ({told.get('queries')} queries)")
    return ", ".join(found)


def run_promote(options: argparse.Namespace) -> int:
    """Put a ranker in use."""
    with opened(options) as engine:
        engine.rankers.promote(options.name)
    _tell(options, options.name)
    return 0


def run_rollback(options: argparse.Namespace) -> int:
    """Go back."""
    with opened(options) as engine:
        name = engine.rankers.rollback()
    _tell(options, name)
    return 0


def _tell(options: argparse.Namespace, name: str | None) -> None:
    if options.json:
        from bowerbird.cli.printing import print_json

        print_json({"in_use": name})
    else:
        print(f"ranker {name} is in use" if name else "no learned ranker is in use: the default score ranks")
