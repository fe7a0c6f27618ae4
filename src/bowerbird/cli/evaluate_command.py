"""``bowerbird evaluate``: a shop's search against judgements, and one setting against another."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.errors import NotFoundError

SETTINGS = ("understood", "fused", "terms", "vectors", "ranks")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("evaluate", help="measure a shop's search against judgements")
    parser.add_argument("--judgments", "--judgements", type=Path, required=True, metavar="FILE", help="CSV")
    add_shop_option(parser)
    parser.add_argument("--setting", choices=SETTINGS, default="understood", help="what to measure")
    parser.add_argument(
        "--against", action="append", choices=SETTINGS, default=[], help="compare with another setting (repeat)"
    )
    parser.add_argument("--metric", default="ndcg@10", help="what to compare by")
    parser.add_argument("--by-query", action="store_true", help="print every query, not only the means")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    if not options.judgments.is_file():
        raise NotFoundError(f"no judgements at {options.judgments}")
    from bowerbird.measure.compare import compare
    from bowerbird.measure.flow import METRICS, format_report

    if options.metric not in METRICS:
        from bowerbird.domain.errors import InputError

        raise InputError("no such metric", field="metric", found=options.metric, expected=", ".join(METRICS))
    others = [name for name in dict.fromkeys(options.against) if name != options.setting]
    with ShownProgress() as progress, opened(options) as engine:
        report = engine.evaluate(options.judgments, setting=options.setting, progress=progress)
        against = {name: engine.evaluate(options.judgments, setting=name, progress=progress) for name in others}
    metric = options.metric
    compared = {name: compare(other.values(metric), report.values(metric), metric) for name, other in against.items()}
    if options.json:
        from bowerbird.cli.printing import print_json

        body: dict[str, Any] = {"setting": options.setting, **report.to_dict()}
        if others:
            body["against"] = {
                name: {"means": against[name].means, "comparison": compared[name].to_dict()} for name in others
            }
        print_json(body)
        return 0
    print(f"{options.setting}:\n{format_report(report, options.by_query)}")
    for name in others:
        print(f"\n{name}:\n{format_report(against[name], by_query=False)}")
        print(f"from {name} to {options.setting}: {compared[name]}")
    return 0
