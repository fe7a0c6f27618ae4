"""``bowerbird recommend``: what a surface shows, to whom, and why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.event import Who
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.recommendation import Likeness, RecommendRequest, Surface

if TYPE_CHECKING:
    from bowerbird.domain.recommendation import Recommendations, Why


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("recommend", help="show what is recommended, to whom and why")
    parser.add_argument("surface", choices=[surface.value for surface in Surface], metavar="SURFACE", help=_surfaces())
    parser.add_argument("--user", default="", metavar="ID", help="the shopper's account, as events name it")
    parser.add_argument("--session", default="", metavar="ID", help="the visit or device, as events name it")
    parser.add_argument("--product", default="", metavar="ID", help="the product that the list is about")
    parser.add_argument("--cart", default="", metavar="ID,ID", help="what lies in the cart")
    parser.add_argument("--limit", type=int, default=12, metavar="N", help="how many (default 12)")
    parser.add_argument("--filter", default="", metavar="FILTER", help="such as 'brand = Luma AND price < 50'")
    parser.add_argument(
        "--by", choices=[by.value for by in Likeness], default=Likeness.BOTH.value, help="what similar goes by"
    )
    parser.add_argument("--lang", default="", metavar="TAG", help="the language of titles, such as zh")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_shop_option(parser)
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Recommend and print."""
    request = RecommendRequest(
        Surface(options.surface),
        Who(options.user, options.session),
        options.product,
        tuple(one.strip() for one in options.cart.split(",") if one.strip()),
        options.limit,
        parse_filter(options.filter),
        Likeness(options.by),
        options.lang,
    )
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        found = engine.recommend(request)
    if options.json:
        from bowerbird.cli.printing import print_json
        from bowerbird.serve.recommend_answers import recommendations_body

        print_json(recommendations_body(found, options.lang, whole=True))
    else:
        print_recommendations(found, options.lang)
    return 0


def print_recommendations(found: Recommendations, lang: str = "") -> None:
    """Print a list for a person."""
    from bowerbird.cli.printing import print_table
    from bowerbird.present.languages import title_in

    if found.anchor:
        print(f"for {found.anchor}  {found.title}\n")
    rows = [
        [str(place), f"{one.hit.score:.3f}", one.hit.product.id, title_in(one.hit.product, lang), why_text(one.why)]
        for place, one in enumerate(found.hits, start=1)
    ]
    if rows:
        print_table(["#", "score", "id", "title", "why"], rows, right=("#", "score"))
    print(f"\n{len(rows) or 'no'} products in {found.took_ms:.1f} ms")


def why_text(why: Why) -> str:
    """A reason in a few words."""
    said = why.kind.value.replace("_", " ")
    if why.value:
        return f"{said}: {why.field} {why.value}"
    return f"{said} {why.title or why.product}".strip()


def _surfaces() -> str:
    return "one of " + ", ".join(surface.value for surface in Surface)
