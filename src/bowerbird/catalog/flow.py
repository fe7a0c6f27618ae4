"""The import, as a list of steps: recognise, read, clean, photos, write, report.

Products go in batches of a thousand, so memory stays the same whatever the catalogue's size (but for one hash an id,
to find repeats, and what single formats hold: see their files). The photos of a batch are kept before its products
are written: whoever follows the change log finds them there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Protocol

from bowerbird.catalog.fetch import FetchCache, FetchPolicy
from bowerbird.catalog.limits import ImportLimits
from bowerbird.catalog.photos import PhotoImport, PhotoKeeper, PhotoSources
from bowerbird.catalog.prices import parse_currency
from bowerbird.catalog.recognise import Recognised, recognise
from bowerbird.catalog.records import product_from_record, variant_from_record
from bowerbird.catalog.rejects import Rejects
from bowerbird.catalog.report import ImportReport
from bowerbird.catalog.sources.rows import BadRow, Item, Reading, Record, SkippedRow
from bowerbird.domain.errors import FormatError, InputError, NotFoundError
from bowerbird.domain.product import Product, Variant
from bowerbird.storage.products import Put, PutOutcome

BATCH = 1_000


class ProductKeeper(Protocol):
    """What an import asks of the place where products are kept."""

    def put_many(self, batch: Sequence[Product]) -> list[PutOutcome]:
        """Write products, durable on return."""
        ...

    def delete_unseen(self, seen: Container[str]) -> int:
        """Delete every product that is not in ``seen``."""
        ...


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Where an import goes: the shop's products and photos, and the folders of its rejects and its fetch cache."""

    products: ProductKeeper
    photos: PhotoKeeper | None = None
    rejects: Path | None = None
    fetched: Path | None = None
    """The file of the fetch cache."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import."""

    format: str = "auto"
    media: Path | None = None
    """The folder of photos; without it ``media``, ``images`` or ``photos`` beside the source, or its own folder."""
    mapping: Mapping[str, str] | Sequence[str] = ()
    """Which column is which field: by field, or as ``field=column`` texts."""
    currency: str | None = None
    """What prices are in that name no currency."""
    encoding: str | None = None
    dry_run: bool = False
    """Read, clean and count; write nothing."""
    full: bool = False
    """The file is the whole catalogue: remove the products that it does not have. The default keeps them."""
    fetch_photos: bool = False
    """Fetch photos from remote addresses."""
    refresh_photos: bool = False
    """Ask again for addresses that were fetched before."""
    limits: ImportLimits = field(default_factory=ImportLimits)
    policy: FetchPolicy = field(default_factory=FetchPolicy)


Progress = Callable[[ImportReport], None]


def import_catalogue(
    source: Path, target: ImportTarget, options: ImportOptions | None = None, on_progress: Progress | None = None
) -> ImportReport:
    """Import a file or folder; ``on_progress`` is called after each batch.

    Bad rows are rejected and counted. Raises NotFoundError, FormatError or SettingError for what concerns the source
    as a whole; what was written before stays.
    """
    options = options or ImportOptions()
    reading = _reading(options)
    recognised = recognise(source, options.format, reading)
    report = ImportReport(str(source), recognised.format, recognised.why, dry_run=options.dry_run)
    photos = _photo_import(target, options, recognised)
    if photos is not None:
        report.photos = photos.report
    with Rejects(None if options.dry_run else target.rejects, source) as rejects:
        run = _Run(target, options, report, rejects, photos)
        try:
            items = recognised.items(reading)
            while batch := list(islice(run.clean(items, reading.currency), BATCH)):
                run.write(batch)
                if on_progress is not None:
                    on_progress(report)
        except FormatError as error:
            raise _with_written(error, report) from error
        finally:
            report.rejects = rejects.path
            report.first_rejects = rejects.first
        run.remove_missing()
    return report


def clean_record(record: Record, currency: str | None) -> tuple[Product, list[tuple[Record, InputError]]]:
    """The product of a record, and the variant rows that had to be left out. Raises InputError."""
    product = product_from_record(record.fields, currency=currency)
    if not record.variants:
        return product, []
    variants: list[Variant] = []
    bad: list[tuple[Record, InputError]] = []
    ids: set[str] = set()
    for position, part in enumerate(record.variants):
        name = f"variants[{position}]"
        try:
            variant = variant_from_record(part.fields, field=name, currency=product.currency or currency)
            if variant.id in ids:
                raise InputError(
                    "the id of another variant", field=f"{name}.id", found=variant.id, expected="its own id"
                )
        except InputError as error:
            bad.append((part, error))
            continue
        ids.add(variant.id)
        variants.append(variant)
    if not variants and bad:
        raise bad[0][1]
    return replace(product, variants=tuple(variants)), bad


class _Run:
    """One import under way."""

    def __init__(
        self, target: ImportTarget, options: ImportOptions, report: ImportReport, rejects: Rejects,
        photos: PhotoImport | None,
    ) -> None:  # fmt: skip
        self.target = target
        self.options = options
        self.report = report
        self.rejects = rejects
        self.photos = photos
        self.seen = SeenIds()
        self.nameless = 0

    def clean(self, items: Iterable[Item], currency: str | None) -> Iterator[Product]:
        for item in items:
            if isinstance(item, SkippedRow):
                self.report.skipped[item.reason] = self.report.skipped.get(item.reason, 0) + 1
                continue
            self.report.read += 1
            if isinstance(item, BadRow):
                self.nameless += 1
                self._reject(item.file, item.line, item.error, item.raw)
                continue
            try:
                product, bad = clean_record(item, currency)
                if not self.seen.add(product.id):
                    raise InputError(
                        "an earlier row has this id", field="id", found=product.id, expected="one row a product"
                    )
            except InputError as error:
                self._reject_record(item, error)
                continue
            for part, fault in bad:
                self._reject(part.file, part.line, fault, part.raw)
            self.report.variants += len(product.variants)
            yield product

    def write(self, products: list[Product]) -> None:
        if self.options.dry_run:
            self.report.accepted += len(products)
            return
        renewed = self.photos.take(products) if self.photos is not None else set()
        for outcome in self.target.products.put_many(products):
            self.report.count(outcome.result)
            if outcome.result is Put.UNCHANGED and outcome.id in renewed:
                self.report.renewed.append(outcome.id)
        self.report.accepted += len(products)

    def remove_missing(self) -> None:
        if not self.options.full or self.options.dry_run:
            return
        if self.nameless:
            self.report.notes.append(
                f"nothing removed: {self.nameless:,} rows could not be read, so theirs may be missing"
            )
        elif self.report.accepted == 0:
            self.report.notes.append("nothing removed: the source has no product")
        else:
            self.report.removed = self.target.products.delete_unseen(self.seen)

    def _reject_record(self, record: Record, error: InputError) -> None:
        known = record.fields.get("id")
        if isinstance(known, str | int) and str(known).strip():
            # A product whose row is bad today is still in the catalogue: a full import must not remove it.
            self.seen.add(str(known).strip())
        else:
            self.nameless += 1
        self._reject(record.file, record.line, error, record.raw)
        for part in record.variants:
            if part.raw is not record.raw:
                self._reject(part.file, part.line, InputError("its product was rejected", field=error.field), part.raw)

    def _reject(self, file: str, line: int, error: InputError, raw: object) -> None:
        self.rejects.add(file, line, error, raw)
        self.report.rejected = self.rejects.count


class SeenIds(Container[str]):
    """The ids of an import in eight bytes each; two ids of a million share a hash once in 37 million imports."""

    def __init__(self) -> None:
        self._hashes: set[bytes] = set()

    def add(self, product_id: str) -> bool:
        """Note an id; whether it is new."""
        size = len(self._hashes)
        self._hashes.add(_hash(product_id))
        return len(self._hashes) > size

    def __contains__(self, product_id: object) -> bool:
        return isinstance(product_id, str) and _hash(product_id) in self._hashes


def _hash(product_id: str) -> bytes:
    return blake2b(product_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _reading(options: ImportOptions) -> Reading:
    currency = None if options.currency is None else parse_currency(options.currency)
    return Reading(options.limits, options.mapping, options.encoding, currency)


def _photo_import(target: ImportTarget, options: ImportOptions, recognised: Recognised) -> PhotoImport | None:
    if options.media is not None and not options.media.is_dir():
        raise NotFoundError(f"no such folder of photos: {options.media}")
    if target.photos is None or options.dry_run:
        return None
    sources = PhotoSources(
        media=options.media or recognised.media,
        policy=options.policy if options.fetch_photos else None,
        cache=FetchCache(target.fetched) if options.fetch_photos and target.fetched is not None else None,
        refresh=options.refresh_photos,
        workers=os.cpu_count() or 1,
    )
    return PhotoImport(target.photos, sources)


def _with_written(error: FormatError, report: ImportReport) -> FormatError:
    if report.accepted == 0:
        return error
    message = f"{error.message}; the {report.accepted:,} products before it were kept"
    return FormatError(message, field=error.field, where=error.where, found=error.found, expected=error.expected)
