"""``bowerbird import``: a catalogue into a shop."""

from __future__ import annotations

import argparse
from collections.abc import Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bowerbird.cli.progress import ShownProgress
from bowerbird.cli.shops import Commands, add_model_options, add_shop_option, opened
from bowerbird.domain.errors import NotFoundError, SettingError

if TYPE_CHECKING:
    from bowerbird.catalog.flow import ImportOptions
    from bowerbird.catalog.report import ImportReport
    from bowerbird.domain.product import Product
    from bowerbird.storage.products import PutOutcome


def add_to(commands: Commands) -> None:
    """Add the command."""
    _add_options(
        commands.add_parser("import", help="bring a catalogue into a shop, or bring the shop up to date with it")
    )


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of an import that another command runs."""
    parser = argparse.ArgumentParser()
    _add_options(parser)
    return parser.parse_args(arguments)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="a file, or a folder that holds an export")
    add_shop_option(parser)
    parser.add_argument(
        "--format", default="auto", metavar="NAME", help="auto, magento, google, shopify, woocommerce, jsonl, csv, …"
    )
    parser.add_argument("--media", type=Path, metavar="DIR", help="where the catalogue's photos lie")
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="such as brand=supplier or attributes=attr_*"
    )
    parser.add_argument("--currency", metavar="CODE", help="what prices are in that name none")
    parser.add_argument("--encoding", metavar="NAME", help="of a text file, where it is not UTF-8")
    parser.add_argument("--fetch-photos", action="store_true", help="fetch photos by their http(s) addresses")
    parser.add_argument("--refresh-photos", action="store_true", help="ask again for photos fetched before")
    parser.add_argument("--full", action="store_true", help="the source is the whole catalogue: remove what it lacks")
    parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
    parser.add_argument(
        "--no-index", action="store_true", help="leave encoding and indexing to 'bowerbird index build'"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    add_model_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import, then encode and index what changed."""
    chosen = _import_options(options)
    if options.dry_run:
        report, built = _try_out(options.source, chosen), None
    else:
        with ShownProgress() as progress, opened(options, create=True) as engine:
            report = engine.import_catalogue(options.source, chosen, progress)
            built = None if options.no_index else engine.build(progress)
    if options.json:
        from bowerbird.cli.printing import print_json

        print_json({**report.to_dict(), "index": None if built is None else built.to_dict()})
        return 0
    print("\n".join(report.lines()))
    if built is not None:
        print(built)
    return 0


def read_mapping(pairs: list[str]) -> dict[str, str]:
    """``FIELD=COLUMN`` pairs as a mapping. Raises SettingError."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (field and equals and column):
            raise SettingError("not a mapping", field="map", found=pair, expected="FIELD=COLUMN, as in brand=supplier")
        mapping[field] = column
    return mapping


def _import_options(options: argparse.Namespace) -> ImportOptions:
    """Check what can be checked before a shop is made for it."""
    mapping = read_mapping(options.map)
    if not options.source.exists():
        raise NotFoundError(f"no file or folder at {options.source}")
    from bowerbird.catalog.flow import ImportOptions
    from bowerbird.catalog.recognise import FORMATS

    if options.format not in FORMATS:
        raise SettingError("no such format", field="format", found=options.format, expected=", ".join(FORMATS))
    return ImportOptions(
        format=options.format,
        media=options.media,
        mapping=mapping,
        currency=options.currency,
        encoding=options.encoding,
        dry_run=options.dry_run,
        full=options.full,
        fetch_photos=options.fetch_photos,
        refresh_photos=options.refresh_photos,
    )


class _NoShop:
    """Where a dry run's products go."""

    def put_many(self, batch: Sequence[Product]) -> list[PutOutcome]:
        """Keep nothing."""
        return []

    def delete_unseen(self, seen: Container[str]) -> int:
        """Delete nothing."""
        return 0


def _try_out(source: Path, chosen: ImportOptions) -> ImportReport:
    """A dry run: it writes nothing, so it needs neither a shop nor models."""
    from bowerbird.catalog.flow import ImportTarget, import_catalogue

    with ShownProgress() as progress:
        return import_catalogue(
            source, ImportTarget(_NoShop()), chosen, lambda report: progress("reading products", report.read, None)
        )
