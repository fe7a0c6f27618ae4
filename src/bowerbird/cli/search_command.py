"""``bowerbird search``: words, photos, or both."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.errors import AudioError, InputError, NotFoundError, PhotoError
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import FacetRequest, PhotoInput, Query, Sort, Wish

if TYPE_CHECKING:
    from bowerbird.domain.results import Results

MAX_DEPTH_OF_PAGES = 10_000


class _AddPhoto(argparse.Action):
    """``--image F`` begins a photo; ``--image-weight`` and ``--box`` belong to the one before them."""

    def __call__(
        self, parser: argparse.ArgumentParser, options: argparse.Namespace, value: Any, option: str | None = None
    ) -> None:
        photos: list[dict[str, Any]] = options.photos
        if self.dest == "image":
            options.photos = [*photos, {"source": value}]
        elif not photos:
            parser.error(f"{option} belongs after the --image it is for")
        else:
            photos[-1][self.dest] = value


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("search", help="search by words, photos, or both")
    parser.add_argument("words", nargs="*", help="what is wanted; leave out to browse")
    parser.add_argument("--voice", type=Path, metavar="FILE", help="a spoken clip (wav, ogg, webm, mp3, m4a)")
    parser.add_argument("--voice-language", default="", metavar="TAG", help="such as en")
    add_shop_option(parser)
    parser.set_defaults(photos=[], run=run)
    parser.add_argument("--image", action=_AddPhoto, metavar="FILE", help="a photo (repeat for more)")
    parser.add_argument(
        "--image-weight", action=_AddPhoto, type=float, metavar="W", help="its weight against the words' 1"
    )
    parser.add_argument("--box", action=_AddPhoto, type=_box, metavar="X,Y,W,H", help="the part of it that counts")
    parser.add_argument("--not", dest="unwanted", default="", metavar="TEXT", help="what is not wanted")
    parser.add_argument(
        "--not-image", action="append", default=[], metavar="FILE", help="a photo of what is not wanted"
    )
    parser.add_argument("--filter", default="", metavar="FILTER", help="such as 'brand = Luma AND price < 50'")
    parser.add_argument(
        "--facet", action="append", default=[], type=_facet, metavar="FIELD", help="count a field's values (repeat)"
    )
    parser.add_argument("--sort", default="relevance", metavar="ORDER", help=", ".join(sort.value for sort in Sort))
    parser.add_argument("--page", type=int, default=1, metavar="N")
    parser.add_argument("--per-page", type=int, default=10, metavar="N")
    parser.add_argument("--as-typed", action="store_true", help="look for the words as they are, without reading them")
    parser.add_argument("--explain", action="store_true", help="show how each hit came to its place")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--fetch-photos", action="store_true", help="let --image be an http(s) address")
    add_model_options(parser)


def run(options: argparse.Namespace) -> int:
    """Search and print."""
    query = read_query(options)
    with ShownProgress() as progress, opened(options) as engine:
        engine.start(progress)
        if options.voice is not None:
            heard = engine.transcribe(_clip(options.voice), options.voice_language)
            query = replace(query, wish=replace(query.wish, text=f"{query.wish.text} {heard.text}".strip()))
        results = engine.search(query)
    if options.json:
        from bowerbird.cli.printing import print_json

        print_json(json_body(results, options.explain))
    else:
        from bowerbird.cli.printing import print_results

        if options.voice is not None:
            print(f"Heard: {query.wish.text}\n")
        print_results(results, options.explain)
    return 0


def json_body(results: Results, explain: bool) -> dict[str, Any]:
    """The same shape as the HTTP answer."""
    from bowerbird.serve.answers import Detail, results_body

    return results_body(results, Detail.RANKING if explain else Detail.PLAIN, whole=True)


def read_query(options: argparse.Namespace) -> Query:
    """The query that the options describe. Raises InputError."""
    if options.page < 1:
        raise InputError("no such page", field="page", found=options.page, expected="1 or more")
    if not 1 <= options.per_page <= MAX_DEPTH_OF_PAGES:
        raise InputError("no such page size", field="per-page", found=options.per_page, expected="1 to 10000")
    if options.page * options.per_page > MAX_DEPTH_OF_PAGES:
        raise InputError("the page lies too deep", field="page", expected="page x per-page <= 10000")
    fetch = options.fetch_photos
    photos = tuple(
        PhotoInput(read_photo(one["source"], fetch), one.get("image_weight", 1.0), one.get("box"))
        for one in options.photos
    )
    return Query(
        wish=Wish(" ".join(options.words), photos=photos),
        without=Wish(
            options.unwanted, photos=tuple(PhotoInput(read_photo(source, fetch)) for source in options.not_image)
        ),
        filters=parse_filter(options.filter),
        facets=tuple(options.facet),
        sort=_sort(options.sort),
        page=options.page,
        per_page=options.per_page,
        explain=options.explain,
        understand=not options.as_typed,
    )


def read_photo(source: str, fetch: bool) -> bytes:
    """The bytes of a photo by its file, or its address where that may be. Raises PhotoError, NotFoundError."""
    if source.startswith(("http://", "https://")):
        if not fetch:
            raise PhotoError("photos are not fetched unless asked for", where=source, expected="--fetch-photos")
        from bowerbird.catalog.fetch import fetch_photo

        return fetch_photo(source)
    from bowerbird.storage.photo_decoding import DEFAULT_LIMITS, read_header

    path = Path(source)
    if not path.is_file():
        raise NotFoundError(f"no photo at {source}")
    if path.stat().st_size > DEFAULT_LIMITS.max_bytes:
        raise PhotoError("the photo is too large", where=source, expected=f"at most {DEFAULT_LIMITS.max_bytes:,} bytes")
    data = path.read_bytes()
    try:
        read_header(data)
    except PhotoError as error:
        raise PhotoError(error.message, where=source, found=error.found, expected=error.expected) from None
    return data


def _clip(path: Path) -> bytes:
    from bowerbird.encode.audio import DEFAULT_LIMITS

    if not path.is_file():
        raise NotFoundError(f"no clip at {path}")
    if path.stat().st_size > DEFAULT_LIMITS.max_bytes:
        limit = f"at most {DEFAULT_LIMITS.max_bytes:,} bytes"
        raise AudioError("the clip is too large", where=str(path), expected=limit)
    return path.read_bytes()


def _sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        known = ", ".join(sort.value for sort in Sort)
        raise InputError("no such order", field="sort", found=text, expected=f"one of {known}") from None


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        x, y, width, height = (float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"a box is four numbers x,y,width,height, not {text!r}") from None
    return x, y, width, height


def _facet(text: str) -> FacetRequest:
    """A field, or ``price=0..20,20..50`` for a number's ranges."""
    field, _, ranges = text.partition("=")
    try:
        return FacetRequest(field, ranges=tuple(_range(part) for part in ranges.split(",") if part))
    except ValueError:
        raise argparse.ArgumentTypeError(f"a facet is a field or FIELD=LOW..HIGH,…, not {text!r}") from None


def _range(text: str) -> tuple[float | None, float | None]:
    low, dots, high = text.partition("..")
    if not dots:
        raise ValueError(text)
    return float(low) if low else None, float(high) if high else None
