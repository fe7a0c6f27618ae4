"""``bowerbird evaluate``: a shop's search against judgements, and one setting against another."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, existing_shop, opened
from bowerbird.cli.writing import refuse_unwritable, write_file
from bowerbird.domain.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from bowerbird.engine.engine import Engine
    from bowerbird.measure.flow import Report
    from bowerbird.measure.report_sections import Measured

SETTINGS = ("search", "learned", "default", "understood", "fused", "terms", "vectors", "ranks")


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("evaluate", help="measure a shop's search against judgements")
    parser.add_argument("--judgments", "--judgements", type=Path, required=True, metavar="FILE", help="CSV")
    add_shop_option(parser)
    parser.add_argument("--setting", choices=SETTINGS, default="search", help="what to measure")
    parser.add_argument(
        "--against", action="append", choices=SETTINGS, default=[], help="compare with another setting (repeat)"
    )
    parser.add_argument("--metric", default="ndcg@10", help="what to compare by")
    parser.add_argument("--by-query", action="store_true", help="print every query, not only the means")
    parser.add_argument("--group", action="store_true", help="print the means by kind of query too")
    parser.add_argument(
        "--searches", type=Path, metavar="FILE", help="CSV with query and searches, for head, torso and tail"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page to read")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table with a row a query")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, write the files that were asked for, and print."""
    if not options.judgments.is_file():
        raise NotFoundError(f"no judgements at {options.judgments}")
    from bowerbird.measure.flow import METRICS

    if options.metric not in METRICS:
        raise InputError("no such metric", field="metric", found=options.metric, expected=", ".join(METRICS))
    # Measuring takes minutes in a large shop: what cannot be written is told before.
    for path in (options.html, options.csv):
        if path is not None:
            refuse_unwritable(path)
    with ShownProgress() as progress, opened(options) as engine:
        measured = _measure(engine, options, progress)
        if options.html is not None:
            from bowerbird.measure.report_html import html_report

            write_file(options.html, html_report(replace(measured, titles=_titles(engine, measured))).encode())
    if options.csv is not None:
        from bowerbird.measure.report_csv import csv_report

        write_file(options.csv, csv_report(measured.report, measured.compared).encode())
    if options.json:
        _print_json(measured)
    else:
        _print(measured, by_query=options.by_query, by_group=options.group)
        for path in (options.html, options.csv):
            if path is not None:
                print(f"wrote {path}")
    return 0


def _measure(engine: Engine, options: argparse.Namespace, progress: ShownProgress) -> Measured:
    """The setting and those it is compared with, each measured once."""
    from bowerbird.measure.compare import compare
    from bowerbird.measure.flow import with_searches
    from bowerbird.measure.report_sections import Measured
    from bowerbird.measure.searches import read_searches

    searches = None if options.searches is None else read_searches(options.searches)

    def evaluate(name: str) -> Report:
        report = engine.evaluate(options.judgments, setting=name, progress=progress)
        return report if searches is None else with_searches(report, searches)

    metric = options.metric
    others = [name for name in dict.fromkeys(options.against) if name != options.setting]
    report = evaluate(options.setting)
    against = {name: evaluate(name) for name in others}
    compared = {name: compare(other.values(metric), report.values(metric), metric) for name, other in against.items()}
    return Measured(
        options.setting,
        metric,
        report,
        against,
        compared,
        shop=existing_shop(options).resolve().name,
        judgements=options.judgments.name,
        made=_now(),
    )


def _print(measured: Measured, by_query: bool, by_group: bool) -> None:
    from bowerbird.measure.report_text import format_groups, format_report

    print(f"{measured.setting}:\n{format_report(measured.report, by_query)}")
    if by_group and measured.report.rows:
        print(f"\n{format_groups(measured.report, measured.metric)}")
    for name, other in measured.others.items():
        print(f"\n{name}:\n{format_report(other, by_query=False)}")
        if by_group and other.rows:
            print(f"\n{format_groups(other, measured.metric)}\n")
        print(f"from {name} to {measured.setting}: {measured.compared[name]}")


def _print_json(measured: Measured) -> None:
    from bowerbird.cli.printing import print_json

    body: dict[str, Any] = {"setting": measured.setting, **measured.report.to_dict()}
    if measured.others:
        body["against"] = {
            name: {"means": other.means, "comparison": measured.compared[name].to_dict()}
            for name, other in measured.others.items()
        }
    print_json(body)


def _titles(engine: Engine, measured: Measured) -> dict[str, str]:
    """What the products that the page names are called; one deleted meanwhile keeps its id."""
    from bowerbird.measure.report_html import products_shown

    titles = {}
    for product_id in products_shown(measured):
        try:
            titles[product_id] = engine.product(product_id).title
        except NotFoundError:
            continue
    return titles


def _now() -> str:
    from datetime import datetime

    now = datetime.now().astimezone()
    return f"{now.day} {now:%B %Y, %H:%M %Z}"
