"""Bytes from anywhere to an RGB image, or one clear refusal.

The format is read from the content, never from a name; sizes are checked before a pixel is decoded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from bowerbird.domain.errors import PhotoError

ACCEPTED = "a JPEG, PNG, WebP, GIF, BMP, AVIF or TIFF photo"

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (8, b"WEBP", "WEBP"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"BM", "BMP"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
)

FORMATS = tuple(dict.fromkeys(name for _, _, name in _SIGNATURES))
"""The formats that are read, by Pillow's names."""

# What Pillow's decoders let out on bytes made to hurt them. A UserWarning arrives here where warnings are errors.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    RuntimeError,
    AssertionError,
    UserWarning,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """How large a photo may be: bytes as they arrive, pixels once decoded."""

    max_bytes: int = 20_000_000
    max_pixels: int = 50_000_000


DEFAULT_LIMITS = PhotoLimits()


@dataclass(frozen=True, slots=True)
class PhotoHeader:
    """What the first bytes say; width and height in pixels, before any rotation by EXIF."""

    format: str
    width: int
    height: int


def read_header(data: bytes, limits: PhotoLimits = DEFAULT_LIMITS) -> PhotoHeader:
    """Tell format and size without decoding; raises PhotoError when refused by ``limits`` or unreadable."""
    image = _open(data, limits)
    return PhotoHeader(sniff_format(data).lower(), image.width, image.height)


def decode_photo(
    data: bytes, limits: PhotoLimits = DEFAULT_LIMITS, *, target_side: int | None = None, srgb: bool = False
) -> Image.Image:
    """Decode the first frame to RGB, upright by EXIF, transparency laid over white.

    ``target_side``: the shorter side, in pixels, that the caller will scale down to; a large photo is
    then decoded, or reduced, to a whole fraction, never below twice that side. With ``srgb`` a photo that brings
    another colour profile is brought to sRGB. Raises PhotoError.
    """
    image = _open(data, limits)
    try:
        if target_side is not None and image.format == "JPEG":
            image.draft("RGB", (2 * target_side, 2 * target_side))
        image.load()
        image = _upright(image)
        image = _to_srgb(image) if srgb else _to_rgb(image)
        shrink = min(image.size) // (2 * target_side) if target_side else 1
        return image.reduce(shrink) if shrink > 1 else image
    except MemoryError as error:
        raise PhotoError("the photo does not fit in memory", expected=ACCEPTED) from error
    except _BROKEN as error:
        raise PhotoError(f"the photo is broken or cut short ({error})", expected=ACCEPTED) from error


def crop(image: Image.Image, box: Sequence[float]) -> Image.Image:
    """Cut out ``[x, y, width, height]``: fractions of the photo, or pixels where any value is above 1.

    What reaches outside the photo is clamped. Raises PhotoError for a box of no area.
    """
    if len(box) != 4 or not all(np.isfinite(value) for value in box):
        raise PhotoError(
            "a crop box needs four numbers", field="box", found=list(box), expected="[x, y, width, height]"
        )
    x, y, width, height = (float(value) for value in box)
    if max(x, y, width, height) <= 1.0:
        x, width = x * image.width, width * image.width
        y, height = y * image.height, height * image.height
    left, top = max(0, round(x)), max(0, round(y))
    right, bottom = min(image.width, round(x + width)), min(image.height, round(y + height))
    if right <= left or bottom <= top:
        raise PhotoError(
            "the crop box holds nothing of the photo",
            field="box",
            found=list(box),
            expected=f"a box inside {image.width} x {image.height} pixels",
        )
    return image.crop((left, top, right, bottom))


def sniff_format(data: bytes) -> str:
    """Name the format by its first bytes in Pillow's spelling; raises PhotoError for anything else."""
    if not data:
        raise PhotoError("the photo is empty", expected=ACCEPTED)
    for offset, signature, name in _SIGNATURES:
        if data[offset : offset + len(signature)] == signature and (name != "WEBP" or data[:4] == b"RIFF"):
            return name
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<svg") or b"<svg" in head:
        raise PhotoError("SVG is a drawing program, not a photo", found="SVG", expected=ACCEPTED)
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")):
        raise PhotoError("this is a web page, not a photo", found=data[:40], expected=ACCEPTED)
    raise PhotoError("not a photo", found=data[:16], expected=ACCEPTED)


def _open(data: bytes, limits: PhotoLimits) -> Image.Image:
    if len(data) > limits.max_bytes:
        raise PhotoError(
            "the photo is too large", found=f"{len(data):,} bytes", expected=f"at most {limits.max_bytes:,} bytes"
        )
    name = sniff_format(data)
    try:
        image = Image.open(BytesIO(data), formats=(name,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(
            "the photo has too many pixels", found=str(error), expected=f"at most {limits.max_pixels:,} pixels"
        ) from error
    except UnidentifiedImageError as error:
        raise PhotoError(f"starts like {name} but cannot be read", found=data[:16], expected=ACCEPTED) from error
    except _BROKEN as error:
        raise PhotoError(f"the photo is broken ({error})", expected=ACCEPTED) from error
    if image.width * image.height > limits.max_pixels:
        raise PhotoError(
            "the photo has too many pixels",
            found=f"{image.width} x {image.height}",
            expected=f"at most {limits.max_pixels:,} pixels",
        )
    if image.width < 1 or image.height < 1:
        raise PhotoError("the photo has no pixels", found=f"{image.width} x {image.height}", expected=ACCEPTED)
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except _BROKEN:
        # Torn EXIF on a sound photo is common and costs only the rotation.
        return image


def _to_srgb(image: Image.Image) -> Image.Image:
    """``_to_rgb`` by the photo's own colour profile; one that is torn or does not fit is not heeded."""
    profile = image.info.get("icc_profile")
    if not profile:
        return _to_rgb(image)
    source = image if image.mode == "CMYK" else _to_rgb(image)
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        if given.profile.xcolor_space.strip() != source.mode or "sRGB" in (given.profile.profile_description or ""):
            return _to_rgb(image)
        converted = ImageCms.profileToProfile(source, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return _to_rgb(image)
    return _to_rgb(image) if converted is None else converted


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        # 16-bit grey: Pillow's own conversion clips at 255 where the upper byte is meant.
        values = np.asarray(image).astype(np.int64)
        if values.max(initial=0) > 255:
            values = values >> 8
        return Image.fromarray(values.clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")
