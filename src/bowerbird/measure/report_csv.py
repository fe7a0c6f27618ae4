"""A report as a table for a spreadsheet: a row a query."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from bowerbird.measure.compare import Comparison
from bowerbird.measure.flow import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_report(report: Report, compared: Mapping[str, Comparison] | None = None) -> str:
    """The CSV: query, groups, every metric, relevant, unjudged, and the difference from each setting compared with.

    Queries stand in the order of the judgements; values have six decimals.
    """
    compared = compared or {}
    dimensions = list(dict.fromkeys(dimension for row in report.rows for dimension in row.groups))
    metrics = list(report.rows[0].values) if report.rows else []
    differences = [f"{comparison.metric} difference from {name}" for name, comparison in compared.items()]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["query", *dimensions, *metrics, "relevant", "unjudged@10", *differences])
    for row in report.rows:
        table.writerow(
            [
                _no_formula(row.query),
                *(_no_formula(row.groups.get(dimension, "")) for dimension in dimensions),
                *(f"{row.values[name]:.6f}" for name in metrics),
                row.relevant,
                row.unjudged,
                *(f"{comparison.by_query[row.query]:.6f}" for comparison in compared.values()),
            ]
        )
    return text.getvalue()


def _no_formula(cell: str) -> str:
    """A cell that no spreadsheet runs: what shoppers type is not to be trusted with a merchant's spreadsheet."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
