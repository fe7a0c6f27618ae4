"""``bowerbird explain``: why one product stands where it stands in a search."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.search_command import read_photo
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.cli.writing import refuse_unwritable, write_file
from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import PhotoInput, Query, Wish

if TYPE_CHECKING:
    from bowerbird.domain.explained import Explained


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("explain", help="show why a product stands where it does in a search")
    parser.add_argument("words", nargs="*", help="what is searched for")
    parser.add_argument("--product", required=True, metavar="ID", help="the product that is asked about")
    parser.add_argument("--photo", action="append", default=[], metavar="FILE", help="a photo (repeat for more)")
    parser.add_argument("--filter", default="", metavar="FILTER", help="such as 'brand = Luma AND price < 50'")
    parser.add_argument("--audience", default="", metavar="TAG", help="a tag of the shopper that rules may ask for")
    parser.add_argument("--as-typed", action="store_true", help="look for the words as they are, without reading them")
    parser.add_argument(
        "--heat-map", type=Path, metavar="OUT.png", help="write where the first photo looks like the product"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--fetch-photos", action="store_true", help="let --photo be an http(s) address")
    add_shop_option(parser)
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Search, explain and print."""
    if options.heat_map is not None and not options.photo:
        raise InputError("there is no photo to make a heat map of", field="heat-map", expected="--photo FILE")
    if options.heat_map is not None:
        refuse_unwritable(options.heat_map)
    query = Query(
        Wish(" ".join(options.words), photos=tuple(_photo(source, options) for source in options.photo)),
        filters=parse_filter(options.filter),
        audience=options.audience,
        understand=not options.as_typed,
    )
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        explained = engine.explain(query, options.product)
    if options.heat_map is not None and explained.heat_maps:
        write_file(options.heat_map, explained.heat_maps[0].picture)
    if options.json:
        from bowerbird.cli.printing import print_json
        from bowerbird.serve.explain_answers import explained_body

        print_json(explained_body(explained, whole=True))
    else:
        print_explained(explained, options.heat_map)
    return 0


def print_explained(explained: Explained, heat_map: Path | None = None) -> None:
    """Print an explanation for a person."""
    from bowerbird.cli.printing import print_table
    from bowerbird.cli.printing_ranking import move_text, print_hit_ranking
    from bowerbird.serve.explain_answers import outcome_text

    print(f"{explained.product.id}  {explained.product.title}\n{outcome_text(explained)}")
    if explained.hit is not None and explained.place is not None:
        print_hit_ranking(explained.place, explained.hit)
    else:
        for move in explained.moves:
            print(f"   rule {move.rule}: {move_text(move)}")
    if explained.words:
        print()
        rows = [
            [one.word, one.match or "", f"{one.similarity:.2f}" if one.match else "", one.field or ""]
            for one in explained.words
        ]
        print_table(["asked", "answered by", "alike", "in"], rows, right=("alike",))
    for one in explained.heat_maps:
        print(f"\nwhere photo {one.number} looks like it:")
        for row in one.grid:
            print("   " + "".join(_SHADES[min(len(_SHADES) - 1, int(value * len(_SHADES)))] * 2 for value in row))
    if heat_map is not None:
        print(f"\nwritten to {heat_map}" if explained.heat_maps else "\nno heat map: the product has no photo")


_SHADES = " .:*#"


def _photo(source: str, options: argparse.Namespace) -> PhotoInput:
    return PhotoInput(read_photo(source, options.fetch_photos))
