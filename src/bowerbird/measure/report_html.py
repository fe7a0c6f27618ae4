"""A report as one HTML page that needs nothing else: no network, no script, its style and drawings inside."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bowerbird import __version__
from bowerbird.measure.intervals import CONFIDENCE, ROUNDS
from bowerbird.measure.report_sections import (
    Measured,
    comparison,
    distribution,
    group_tables,
    headline,
    judged_share,
    query_differences,
    worst,
    worst_queries,
)

# What was typed by strangers is escaped; should that ever fail, the browser still loads and runs nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SECTIONS = (headline, comparison, query_differences, distribution, group_tables, worst, judged_share)


def html_report(measured: Measured) -> str:
    """The whole page."""
    style = (Path(__file__).parent / "report.css").read_text("utf-8")
    if measured.report.rows:
        sections = "\n".join(section(measured) for section in _SECTIONS)
    else:
        sections = "<section><p>No query has a relevant product, so there is nothing to measure.</p></section>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(_title(measured))}</title>
<style>
{style}</style>
</head>
<body>
<main>
{_header(measured)}
{sections}
{_about(measured)}
</main>
</body>
</html>
"""


def products_shown(measured: Measured) -> list[str]:
    """The ids of the products that the page names, for their titles to be looked up."""
    rows = worst_queries(measured.report, measured.metric)
    return list(dict.fromkeys(one.product for row in rows for one in (*row.first, *row.missed)))


def _title(measured: Measured) -> str:
    return f"Search quality of {measured.shop}" if measured.shop else "Search quality"


def _header(measured: Measured) -> str:
    facts = [
        f"{len(measured.report.rows)} judged queries",
        f"setting <b>{escape(measured.setting)}</b>",
        *([f"against {', '.join(f'<b>{escape(name)}</b>' for name in measured.others)}"] if measured.others else []),
        *([escape(measured.made)] if measured.made else []),
    ]
    return f"""<header class="top"><p class="kicker">Bowerbird</p><h1>{escape(_title(measured))}</h1>
<ul class="facts">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul></header>"""


def _about(measured: Measured) -> str:
    skipped = measured.report.skipped
    facts = {
        "Shop": measured.shop,
        "Judgements": measured.judgements,
        "Measured": measured.made,
        "Setting": measured.setting,
        "Compared with": ", ".join(measured.others),
        "Queries": f"{len(measured.report.rows)} measured, {len(skipped)} without a relevant product left out",
        "Highest rating": f"{measured.report.highest:g}",
        "Bowerbird": __version__,
    }
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items() if value)
    names = ", ".join(escape(query) for query in skipped)
    left_out = f"<details><summary>Queries left out</summary><p>{names}</p></details>" if skipped else ""
    return f"""<section class="about"><h2>How it was measured</h2><dl>{listed}</dl>{left_out}
<p>Intervals hold the mean with {CONFIDENCE:.0%} confidence: the queries are drawn again {ROUNDS:,} times (percentile
bootstrap). p is how often chance alone makes a difference as large, by flipping the signs of the queries' differences
(paired randomisation test). A difference is called certain where its interval leaves out nought.</p></section>"""
