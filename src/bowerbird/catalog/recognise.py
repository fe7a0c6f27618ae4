"""What a source is, by what is in it: first bytes, root element, header. Names of files decide nothing.

The table ``PLATFORMS`` is the only place that lists what headers tell a platform; a new table format adds a row here
and one in ``_TABLE_READERS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import orjson

from bowerbird.catalog.sources.generic import read_generic
from bowerbird.catalog.sources.google import column_name, read_google
from bowerbird.catalog.sources.magento import read_magento
from bowerbird.catalog.sources.magento_samples import is_sample_folder, read_samples
from bowerbird.catalog.sources.opening import Opened, look_into, require_file
from bowerbird.catalog.sources.rows import Item, RawRows, Reading
from bowerbird.catalog.sources.shopify import header_name, read_shopify
from bowerbird.catalog.sources.structured import read_json_document, read_json_lines, read_parquet
from bowerbird.catalog.sources.tables import Table, open_table
from bowerbird.catalog.sources.woocommerce import read_woocommerce
from bowerbird.catalog.sources.xml_feed import ROOTS, read_feed
from bowerbird.catalog.sources.yaml_list import read_yaml
from bowerbird.domain.errors import FormatError, NotFoundError, SettingError

FORMATS = ("auto", "magento", "google", "shopify", "woocommerce", "jsonl", "json", "csv", "parquet", "yaml")

TableReader: TypeAlias = Callable[[RawRows, Reading], Iterator[Item]]

_TABLE_READERS: dict[str, TableReader] = {
    "google": read_google,
    "shopify": read_shopify,
    "woocommerce": read_woocommerce,
    "magento": read_magento,
    "csv": read_generic,
}
_XML_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*|<\?[^>]*\?>\s*)*<([\w:.\-]+)",
    re.DOTALL,
)
_YAML_START = re.compile(
    r"\s*(?:#[^\n]*\n\s*|%YAML[^\n]*\n\s*|---[^\n]*\n\s*)*(?:- +[\w\"'-]+\s*:|[\w-]+:\s*(?:\n|\S| \S))"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format, why it was taken for that, and how to read it."""

    format: str
    why: str
    items: Callable[[Reading], Iterator[Item]]
    media: Path
    """The folder in which photos are looked for unless another is named."""


def recognise(source: Path, format: str = "auto", reading: Reading | None = None) -> Recognised:
    """Tell what a source is. Raises NotFoundError, FormatError, or SettingError for an unknown ``format``."""
    reading = reading or Reading()
    if format not in FORMATS:
        raise SettingError("unknown format", field="format", found=format, expected="one of " + ", ".join(FORMATS))
    if not source.exists():
        raise NotFoundError(f"no such file or folder: {source}")
    found = _folder(source, format, reading) if source.is_dir() else _file(source, format, reading)
    if reading.mapping and found.format in ("google", "shopify", "woocommerce", "magento"):
        raise SettingError(
            f"a {found.format} export has fixed columns and takes no mapping", field="map",
            found=next(iter(reading.mapping)), expected="--format csv, jsonl, parquet or yaml with a mapping",
        )  # fmt: skip
    return found


def _folder(source: Path, format: str, reading: Reading) -> Recognised:
    if format in ("auto", "magento") and is_sample_folder(source):
        media = next((folder for folder in (source / "media", source / "pub/media") if folder.is_dir()), source)
        return Recognised(
            "magento", "a folder of CSVs with Magento's columns", lambda reading: read_samples(source, reading), media
        )
    files = [path for path in sorted(source.iterdir()) if path.is_file() and not path.name.startswith(".")]
    found: list[Recognised] = []
    for path in files:
        try:
            candidate = _file(path, format, reading)
            # A licence beside the catalogue fails here, or has no row.
            if next(candidate.items(reading), None) is None:
                continue
        except (FormatError, NotFoundError, SettingError):
            continue
        found.append(candidate)
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in files[:10])
    what = "holds several catalogues" if found else "holds no catalogue"
    raise FormatError(f"the folder {what}", where=str(source), found=names, expected="one file, or a Magento export")


def _file(source: Path, format: str, reading: Reading) -> Recognised:
    require_file(source)
    with source.open("rb") as file:
        head = file.read(4)
    media = _media_beside(source)
    if head == b"PAR1" or format == "parquet":
        _require(format, "parquet", source, "the first bytes of a Parquet file" if head == b"PAR1" else "another file")
        if head != b"PAR1":
            raise FormatError("not a Parquet file", where=str(source), found=head, expected="PAR1 in front")
        return Recognised(
            "parquet", "begins with PAR1", _generic(lambda r: lambda: read_parquet(source, r.limits)), media
        )
    opened = look_into(source, reading.limits, reading.encoding)
    return _text(opened, format, reading, media)


def _text(opened: Opened, format: str, reading: Reading, media: Path) -> Recognised:
    start = opened.sample.lstrip("\ufeff \t\r\n")
    source = opened.path
    if start.startswith("<"):
        match = _XML_ROOT.match(start[:20_000])
        root = match[1].rpartition(":")[2] if match else "?"
        if root not in ROOTS:
            raise FormatError("not a product feed", where=str(source), found=f"<{root}>", expected="RSS or Atom")
        _require(format, "google", source, f"XML with the root <{root}>")
        kind = "Atom" if root == "feed" else "RSS"
        return Recognised(
            "google", f"XML with the root <{root}>: a Google Merchant feed as {kind}",
            lambda r: read_google(lambda: read_feed(opened, r.limits), r), media,
        )  # fmt: skip
    if format in ("jsonl", "json") or (format == "auto" and start[:1] in "{["):
        return _json(opened, start, format, media)
    if format == "yaml" or (format == "auto" and _looks_like_yaml(start)):
        return Recognised(
            "yaml", "begins like a YAML list", _generic(lambda r: lambda: read_yaml(opened, r.limits)), media
        )
    return _table(opened, format, reading, media)


def _json(opened: Opened, start: str, format: str, media: Path) -> Recognised:
    first = start.partition("\n")[0].strip()
    by_line = format == "jsonl" or (start.startswith("{") and _is_object(first, opened))
    if by_line:
        return Recognised(
            "jsonl", "each line is a JSON object", _generic(lambda r: lambda: read_json_lines(opened, r.limits)), media
        )
    return Recognised(
        "json", "one JSON document", _generic(lambda r: lambda: read_json_document(opened, r.limits)), media
    )


def _is_object(line: str, opened: Opened) -> bool:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        # A broken first line before sound ones, or a first line longer than the sample.
        lines = [text for text in opened.sample.splitlines()[1:4] if text.strip()]
        return len(line) > 200_000 or any(text.startswith("{") and text.rstrip().endswith("}") for text in lines)
    return isinstance(value, dict) and not any(isinstance(value.get(key), list) for key in ("products", "items"))


def _looks_like_yaml(start: str) -> bool:
    if not _YAML_START.match(start[:20_000]):
        return False
    lines = [line for line in start.splitlines()[:20] if line.strip() and line[0] not in "#%" and line != "---"]
    keyed = sum(
        bool(re.match(r"\s*(?:- +)?[\w\"'-]+\s*:(?:\s|$)", line)) or line.startswith((" ", "- ")) for line in lines
    )
    return bool(lines) and keyed >= 0.8 * len(lines) and (lines[0].startswith("-") or keyed == len(lines))


def _table(opened: Opened, format: str, reading: Reading, media: Path) -> Recognised:
    table = open_table(opened, reading.limits)
    platform, why = tell_platform(table.header) if format == "auto" else (format, "as asked for")
    if platform == "csv" and len(table.header) < 2 and not reading.mapping:
        raise FormatError(
            "the format is unknown", where=str(opened.path), found=opened.sample[:60],
            expected="a table with a header, JSON, YAML, Parquet, or an XML feed",
        )  # fmt: skip
    if format not in ("auto", "csv"):
        _require_platform(table, format)
    if platform not in _TABLE_READERS:
        raise FormatError(f"not {format}", where=str(opened.path), found=opened.sample[:60], expected=format)
    reader = _TABLE_READERS[platform]
    name = {"\t": "tabs", ";": "semicolons", "|": "bars"}.get(table.delimiter, "commas")
    return Recognised(platform, f"{why}, parted by {name}", lambda r: reader(table.rows, r), media)


def tell_platform(header: tuple[str, ...]) -> tuple[str, str]:
    """The platform that a table's column names belong to, and which of them told it; ``csv`` when none did."""
    lowered = {" ".join(name.lower().split()) for name in header}
    known = {header_name(name) for name in header}
    if "handle" in known and known & {"variant price", "option1 name", "body (html)", "variant sku", "image src"}:
        return "shopify", "the columns Handle and " + _first(known, ("variant price", "option1 name", "body (html)"))
    if {"type", "name"} <= lowered and lowered & {"regular price", "in stock?", "visibility in catalog"}:
        return "woocommerce", "the columns Type and " + _first(lowered, ("regular price", "in stock?"))
    if "sku" in lowered and lowered & {"product_type", "additional_attributes", "configurable_variations"}:
        return "magento", "the columns sku and " + _first(lowered, ("product_type", "additional_attributes"))
    feed = {column_name(name) for name in header}
    if {"id", "title"} <= feed and len(
        feed & {"link", "image_link", "availability", "google_product_category", "gtin"}
    ) >= 2:
        if feed & {"image_link", "google_product_category", "item_group_id"}:
            return "google", "the columns id, title and " + _first(feed, ("image_link", "google_product_category"))
    return "csv", "a table whose columns are no platform's"


def _first(names: set[str], wanted: tuple[str, ...]) -> str:
    return next((name for name in wanted if name in names), next(iter(sorted(names))))


def _require_platform(table: Table, format: str) -> None:
    needed = {"shopify": "handle", "woocommerce": "name", "magento": "sku", "google": "id"}[format] if format in (
        "shopify", "woocommerce", "magento", "google") else ""  # fmt: skip
    rename = {"shopify": header_name, "google": column_name}.get(format, str.lower)
    if needed and needed not in {rename(name) for name in table.header}:
        raise FormatError(
            f"not a {format} export", where=str(table.opened.path), found=", ".join(table.header[:12]),
            expected=f"a column {needed}",
        )  # fmt: skip


def _require(format: str, found: str, source: Path, why: str) -> None:
    if format not in ("auto", found):
        raise FormatError(f"not {format}", where=str(source), found=why, expected=f"{format}, or --format auto")


def _generic(rows: Callable[[Reading], RawRows]) -> Callable[[Reading], Iterator[Item]]:
    return lambda reading: read_generic(rows(reading), reading)


def _media_beside(source: Path) -> Path:
    folder = source.parent
    return next((place for name in ("media", "images", "photos") if (place := folder / name).is_dir()), folder)
