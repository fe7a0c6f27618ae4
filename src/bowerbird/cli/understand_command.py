"""``bowerbird understand`` and ``bowerbird synonyms``: what words mean in a shop, and the merchant's own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.errors import FormatError, NotFoundError

if TYPE_CHECKING:
    from bowerbird.domain.understanding import Understanding


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("understand", help="show what a shopper's words mean in a shop")
    parser.add_argument("words", nargs="+", help="what a shopper types")
    add_shop_option(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_model_options(parser)
    parser.set_defaults(run=run)
    synonyms = commands.add_parser("synonyms", help="show the merchant's synonyms, or replace them")
    synonyms.add_argument("--set", type=Path, metavar="FILE", help="JSON: {two_way: [[...]], one_way: {...: [...]}}")
    add_shop_option(synonyms)
    add_model_options(synonyms)
    synonyms.set_defaults(run=run_synonyms)


def run(options: argparse.Namespace) -> int:
    """Understand and print."""
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        found = engine.understand(" ".join(options.words))
    if options.json:
        from bowerbird.cli.printing import print_json
        from bowerbird.serve.understanding_answers import understanding_body

        print_json(understanding_body(found))
    else:
        print_understanding(found)
    return 0


def print_understanding(found: Understanding) -> None:
    """Print what was understood, for a person."""
    from bowerbird.cli.printing import print_table
    from bowerbird.domain.filter_text import filter_text
    from bowerbird.serve.understanding_answers import entity_body

    print(f"language   {found.language.value}")
    for name, text in (("corrected", found.corrected), ("translated", found.translated), ("unwanted", found.unwanted)):
        if text:
            print(f"{name:10} {text}")
    share = found.intent.probabilities.get(found.intent.name, 0.0)
    print(f"intent     {found.intent.name} ({share:.2f}{'' if found.intent.sure else ', not sure'})")
    print(f"sentiment  {found.sentiment.label} ({found.sentiment.score:+.2f})\n")
    rows = [
        [one.type.value, ("not " if one.negated else "") + str(entity_body(one)["value"]), one.text]
        for one in found.entities
    ]
    if rows:
        print_table(["entity", "value", "read from"], rows)
        print()
    for condition in found.conditions:
        print(f"must       {filter_text(condition.filter)}")
    for one in found.soft:
        what = filter_text(one.filter) if one.filter is not None else f"by {one.sort or ''}"
        print(f"raises     {what} x {one.weight:.2f}")
    for rewrite in found.rewritten:
        print(f"runs       {rewrite.text!r} x {rewrite.weight:.2f} ({rewrite.reason.value})")
    print(f"\n{sum(found.timings_ms.values()):.1f} ms")


def run_synonyms(options: argparse.Namespace) -> int:
    """Show the synonyms, or take a file's."""
    from bowerbird.cli.printing import print_json
    from bowerbird.understand.synonyms import read_synonyms

    with opened(options) as engine:
        if options.set is not None:
            engine.set_synonyms(read_synonyms(_json_of(options.set), str(options.set)))
        print_json(engine.synonyms.as_json())
    return 0


def _json_of(path: Path) -> object:
    import orjson

    try:
        return orjson.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotFoundError(f"no file {path}") from None
    except orjson.JSONDecodeError as error:
        raise FormatError(f"is no JSON: {error}", where=str(path), expected="JSON in UTF-8") from None
