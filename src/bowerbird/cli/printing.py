"""What commands print: tables for people, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bowerbird.domain.results import Hit, Results


def print_json(value: Any) -> None:
    """Print a value as JSON, indented for a person's eyes."""
    import orjson

    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY, default=str)
    print(text.decode())


def print_table(names: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Print a table; the columns named by ``right`` are set flush right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        aligned = name in right
        table.add_column(name, justify="right" if aligned else "left", no_wrap=aligned, overflow="fold")
    for row in rows:
        # Catalogue text is data: wrapped in Text, its brackets are not taken for markup.
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(table)


def print_results(results: Results, explain: bool) -> None:
    """Print hits as a table, then the facets, then a line of totals."""
    if results.did_you_mean:
        print(f"Searched for: {results.did_you_mean}\n")
    if results.hits:
        first = (results.page - 1) * results.per_page + 1
        names = ["#", "score", "price", "id", "title", *(["why"] if explain else [])]
        rows = [_row(first + position, hit, explain) for position, hit in enumerate(results.hits)]
        print_table(names, rows, right=("#", "score", "price"))
        if explain:
            _print_places(results, first)
    for facet in results.facets:
        values = ", ".join(f"{value.value} ({value.count})" for value in facet.values)
        stats = facet.stats
        spread = "" if stats is None else f" [{stats.minimum:g} to {stats.maximum:g}, mean {stats.mean:.4g}]"
        print(f"\n{facet.field}{spread}: {values}")
    shown = "no products" if not results.total else f"{len(results.hits)} of {results.total}"
    at_least = "" if results.exhaustive else " or more"
    print(f"\n{shown}{at_least} in {results.took_ms:.1f} ms")
    if explain and results.timings_ms:
        print("where the time went: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in results.timings_ms.items()))


def _print_places(results: Results, first: int) -> None:
    from bowerbird.cli.printing_ranking import print_hit_ranking, print_rules

    for position, hit in enumerate(results.hits):
        print_hit_ranking(first + position, hit)
    if results.applied_rules:
        print()
        print_rules(results.applied_rules)


def _row(place: int, hit: Hit, explain: bool) -> list[str]:
    from bowerbird.serve.answers import chosen_variant, price_of

    price, currency = price_of(hit.product, chosen_variant(hit))
    cells = [
        str(place),
        f"{hit.score:.3f}",
        "" if price is None else f"{price:.2f} {currency or ''}".strip(),
        hit.product.id,
        hit.product.title,
    ]
    if explain:
        cells.append("  ".join(f"{name} {value:.3f}" for name, value in hit.signals.items()))
    return cells
