"""Untrusted photos: decoded to upright RGB, or refused with one clear PhotoError."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bowerbird.domain.errors import PhotoError
from bowerbird.storage.photo_decoding import PhotoLimits, crop, decode_photo, read_header

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "TIFF"]


def drawing(width: int = 48, height: int = 32) -> Image.Image:
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2] = (200, 30, 30)
    pixels[:, width // 2 :] = (30, 30, 200)
    return Image.fromarray(pixels)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("format", FORMATS)
def test_every_accepted_format_decodes_to_rgb(format: str) -> None:
    data = encoded(drawing(), format)
    image = decode_photo(data)
    assert (image.mode, image.size) == ("RGB", (48, 32))
    left, right = np.asarray(image)[16, 8], np.asarray(image)[16, 40]
    assert left[0] > left[2] + 100 and right[2] > right[0] + 100
    header = read_header(data)
    assert (header.format, header.width, header.height) == (format.lower(), 48, 32)


def test_exif_orientation_is_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decode_photo(encoded(drawing(48, 32), "JPEG", exif=exif)).size == (32, 48)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_transparency_lies_over_white(format: str) -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert np.asarray(decode_photo(encoded(clear, format))).min() == 255


def test_a_palette_with_a_transparent_entry_lies_over_white() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([10, 20, 30] + [0] * 765)
    assert np.asarray(decode_photo(encoded(image, "PNG", transparency=0))).min() == 255


def test_sixteen_bit_grey_keeps_its_shades() -> None:
    grey = Image.fromarray(np.full((4, 4), 0x8000, np.uint16))
    assert np.asarray(decode_photo(encoded(grey, "PNG")))[0, 0].tolist() == [128, 128, 128]


def test_only_the_first_frame_of_an_animation_counts() -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue", "lime")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert np.asarray(decode_photo(data))[0, 0].tolist() == [255, 0, 0]


def test_a_large_jpeg_may_be_decoded_small_but_never_below_twice_the_target() -> None:
    data = encoded(drawing(2400, 1600), "JPEG")
    assert decode_photo(data, target_side=292).size == (1200, 800)
    assert decode_photo(data).size == (2400, 1600)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello, I am a photo", "not a photo"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0 nothing more", "JPEG"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "not a photo"),
    ],
)
def test_what_is_no_photo_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(PhotoError, match=words) as refused:
        decode_photo(data)
    assert "expected" in str(refused.value)


def test_a_photo_beyond_the_limits_is_refused_before_decoding() -> None:
    data = encoded(Image.new("L", (3000, 3000)), "PNG")
    assert len(data) < 20_000
    with pytest.raises(PhotoError, match="too many pixels"):
        decode_photo(data, PhotoLimits(max_pixels=1_000_000))
    with pytest.raises(PhotoError, match="too large"):
        decode_photo(data, PhotoLimits(max_bytes=1_000))


def test_an_image_bomb_is_refused() -> None:
    header = encoded(Image.new("1", (16, 16)), "PNG")
    bomb = bytearray(header)
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    with pytest.raises(PhotoError, match="too many pixels"):
        decode_photo(bytes(bomb))


@pytest.mark.parametrize("format", FORMATS)
def test_a_photo_cut_short_is_refused(format: str) -> None:
    rng = np.random.default_rng(3)
    noise = Image.fromarray(rng.integers(0, 255, (64, 64, 3), dtype=np.uint8))
    data = encoded(noise, format)
    with pytest.raises(PhotoError):
        decode_photo(data[: len(data) // 2])


@settings(max_examples=60, deadline=None)
@given(format=st.sampled_from(FORMATS), where=st.floats(0, 1), value=st.integers(0, 255), cut=st.floats(0.05, 1))
def test_damaged_bytes_give_an_image_or_a_photo_error_and_nothing_else(
    format: str, where: float, value: int, cut: float
) -> None:
    data = bytearray(encoded(drawing(), format))
    data[int(where * (len(data) - 1))] = value
    try:
        assert decode_photo(bytes(data[: int(cut * len(data))])).mode == "RGB"
    except PhotoError:
        pass


def test_a_crop_box_takes_fractions_or_pixels_and_is_clamped() -> None:
    image = drawing(100, 50)
    assert crop(image, [0.5, 0.0, 0.5, 1.0]).size == (50, 50)
    assert crop(image, [10, 10, 20, 30]).size == (20, 30)
    assert crop(image, [90, 40, 100, 100]).size == (10, 10)


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [200, 0, 10, 10], [0, 0, 1], [0, 0, float("nan"), 1]])
def test_a_crop_box_of_nothing_is_refused(box: list[float]) -> None:
    with pytest.raises(PhotoError) as refused:
        crop(drawing(), box)
    assert refused.value.field == "box"
