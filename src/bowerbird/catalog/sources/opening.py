"""Bytes of a file to text: compression, encoding and binary content are settled here, before a row is read."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bowerbird.catalog.limits import ImportLimits
from bowerbird.domain.errors import FormatError, NotFoundError, SettingError

SAMPLE_BYTES = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PROLOG = re.compile(rb"""\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.\-]+)["']""")
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "an unpacked export, or the sheet saved as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "the sheet saved as CSV"),
    (b"%PDF", "a PDF", "an export as CSV, JSONL, XML, YAML or Parquet"),
    (b"\xff\xd8\xff", "a JPEG photo", "a catalogue"),
    (b"\x89PNG", "a PNG picture", "a catalogue"),
    (b"SQLite format 3", "an SQLite database", "an export as CSV or JSONL"),
    (b"BZh", "a bzip2 archive", "the file unpacked or as .gz"),
    (b"\xfd7zXZ", "an xz archive", "the file unpacked or as .gz"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "the file unpacked or as .gz"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was looked at: its first characters and how to read the whole of it as text."""

    path: Path
    sample: str
    encoding: str
    compressed: bool


def require_file(path: Path) -> None:
    """Raise NotFoundError or FormatError unless ``path`` is a readable, non-empty file."""
    try:
        if not path.exists():
            raise NotFoundError(f"no such file: {path}")
        if path.is_file() and path.stat().st_size == 0:
            raise FormatError("the file is empty", where=str(path), expected="a catalogue")
        with path.open("rb"):
            pass
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror}") from error


def look_into(path: Path, limits: ImportLimits, encoding: str | None = None) -> Opened:
    """Check that a file is text in a known encoding, and that a compressed one is whole. Raises FormatError."""
    require_file(path)
    with path.open("rb") as file:
        head = file.read(16)
    for magic, what, expected in _BINARY:
        if head.startswith(magic):
            raise FormatError(f"the file is {what}", where=str(path), found=head[:8], expected=expected)
    compressed = head.startswith(b"\x1f\x8b")
    if compressed:
        _check_compressed(path, limits)
    with open_bytes(path, compressed) as stream:
        raw = stream.read(SAMPLE_BYTES)
    if not raw.strip():
        raise FormatError("the file is empty", where=str(path), expected="a catalogue")
    name = _encoding_of(raw, path, encoding)
    sample = _decode_sample(raw, name, path)
    if not sample.strip("\ufeff \t\r\n"):
        raise FormatError("the file is empty", where=str(path), expected="a catalogue")
    return Opened(path, sample, name, compressed)


def open_bytes(path: Path, compressed: bool) -> IO[bytes]:
    """The bytes of a file, unpacked."""
    if compressed:
        return io.BufferedReader(gzip.open(path, "rb"))
    return path.open("rb")


def read_lines(opened: Opened, limits: ImportLimits) -> Iterator[str]:
    """The lines of a text file with their ends; bytes that are not UTF-8 become lone surrogates.

    A line past ``max_row_bytes`` is cut there and the rest of it dropped, which leaves a row that cannot be sound:
    its reader reports it. Raises FormatError for a file not in its (other) encoding.
    """
    errors = "surrogateescape" if opened.encoding.startswith("utf-8") else "strict"
    with (
        open_bytes(opened.path, opened.compressed) as stream,
        io.TextIOWrapper(stream, encoding=opened.encoding, errors=errors, newline="") as text,
    ):
        try:
            while line := text.readline(limits.max_row_bytes):
                if len(line) == limits.max_row_bytes and not line.endswith("\n"):
                    while (rest := text.readline(limits.max_row_bytes)) and not rest.endswith("\n"):
                        continue
                    line = line + "\n"
                yield line
        except UnicodeDecodeError as error:
            raise wrong_encoding(opened.path, opened.encoding, error) from error


def read_document(opened: Opened, limits: ImportLimits) -> str:
    """The whole text of a file that cannot be read in rows. Raises FormatError when it is too large."""
    with open_bytes(opened.path, opened.compressed) as stream:
        raw = stream.read(limits.max_document_bytes + 1)
    if len(raw) > limits.max_document_bytes:
        raise FormatError(
            "the file is too large to be read whole",
            where=str(opened.path),
            found=f"more than {limits.max_document_bytes:,} bytes",
            expected="JSONL, one product a line",
        )
    try:
        return raw.decode(opened.encoding)
    except UnicodeDecodeError as error:
        raise wrong_encoding(opened.path, opened.encoding, error) from error


def has_escaped_bytes(text: str) -> bool:
    """Whether ``read_lines`` met bytes here that are not UTF-8."""
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def wrong_encoding(path: Path, encoding: str, error: UnicodeDecodeError) -> FormatError:
    """The one error for a file in another encoding than the declared one."""
    near = error.object[max(0, error.start - 10) : error.start + 10]
    return FormatError(
        f"byte {error.start:,} is not {encoding.removesuffix('-sig').upper()}",
        where=str(path),
        found=near,
        expected="UTF-8, UTF-16 with its mark, or another named by the option 'encoding' (gb18030, cp1252, …)",
    )


def _encoding_of(raw: bytes, path: Path, declared: str | None) -> str:
    if declared is not None:
        return _known_encoding(declared)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    prolog = _PROLOG.match(raw)
    if prolog:
        return _known_encoding(prolog[1].decode("ascii"))
    # A single NUL is one bad row; many mean bytes that are no text, or two bytes a character.
    head = raw[:65_536]
    if head.count(b"\x00") > max(8, len(head) // 100):
        wide = head[:200].count(b"\x00") > len(head[:200]) // 5
        at = head.find(b"\x00")
        raise FormatError(
            "the file looks like UTF-16 without its mark" if wide and head.strip(b"\x00") else f"byte {at:,} is NUL",
            where=str(path),
            found=raw[max(0, at - 8) : at + 8],
            expected="UTF-8 text" + (", or the option encoding=utf-16-le" if wide else ""),
        )
    return "utf-8"


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise SettingError("no such encoding", field="encoding", found=name, expected="such as gb18030") from error


def _decode_sample(raw: bytes, encoding: str, path: Path) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        # final=False: the sample may end inside a character.
        return decoder.decode(raw, final=len(raw) < SAMPLE_BYTES)
    except UnicodeDecodeError as error:
        raise wrong_encoding(path, encoding, error) from error


def _check_compressed(path: Path, limits: ImportLimits) -> None:
    """Unpack once to nowhere: a torn file or a bomb is refused before the first product is written."""
    packed, size = path.stat().st_size, 0
    try:
        with gzip.open(path, "rb") as stream:
            while block := stream.read(SAMPLE_BYTES):
                size += len(block)
                swollen = size > limits.ratio_from_bytes and size > packed * limits.max_ratio
                if swollen or size > limits.max_expanded_bytes:
                    raise FormatError(
                        "the compressed file grows too much", where=str(path), found=f"{packed:,} bytes to {size:,}",
                        expected=f"at most {limits.max_ratio} times and {limits.max_expanded_bytes:,} bytes",
                    )  # fmt: skip
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FormatError(f"the compressed file is torn ({error})", where=str(path), expected="a whole .gz") from error
