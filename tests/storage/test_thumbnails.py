"""Small copies of photos: what they look like, and that each is made once and whole."""

from __future__ import annotations

import shutil
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from bowerbird.domain.errors import NotFoundError
from bowerbird.storage import thumbnails as module
from bowerbird.storage.photo_decoding import read_header
from bowerbird.storage.photos import PhotoInfo, PhotoStore
from bowerbird.storage.thumbnails import KINDS, WIDTHS, ThumbnailKind, Thumbnails, is_whole, make_thumbnail


def encoded(image: Image.Image, format: str = "PNG", **how) -> bytes:
    buffer = BytesIO()
    image.save(buffer, format, **how)
    return buffer.getvalue()


def gradient(width: int, height: int) -> Image.Image:
    across, down = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([across, down, np.full_like(across, 90)], axis=2).astype(np.uint8))


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def colour(data: bytes, x: float = 0.5, y: float = 0.5) -> tuple[int, ...]:
    image = shown(data)
    return image.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))


def near(found: tuple[int, ...], wanted: tuple[int, ...], most: int = 14) -> bool:
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= most


@pytest.fixture
def store(database, tmp_path):
    return PhotoStore(database, tmp_path / "photos")


@pytest.fixture
def keep(store):
    def keep(data: bytes) -> str:
        header = read_header(data)
        return store.put(f"{len(data)}.x", data, PhotoInfo(header.width, header.height, header.format.upper())).hash

    return keep


@pytest.fixture
def thumbnails(store, tmp_path):
    return Thumbnails(store, tmp_path / "thumbnails")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_thumbnail_is_as_wide_as_asked_for_in_the_shape_of_its_photo(kind, width):
    data = make_thumbnail(encoded(gradient(1600, 1200)), width, kind)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ({"jpg": "JPEG"}.get(kind, kind.upper()), (width, width * 3 // 4))
    assert near(colour(data), (127, 127, 90))
    assert is_whole(data, kind)


@pytest.mark.parametrize(("size", "wanted"), [((200, 100), (200, 100)), ((320, 9), (320, 9)), ((3000, 2), (320, 1))])
def test_a_thumbnail_is_never_larger_than_its_photo_and_has_at_least_a_pixel(size, wanted):
    assert shown(make_thumbnail(encoded(gradient(*size)), 320, ThumbnailKind.WEBP)).size == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_tallest_photo_still_has_a_thumbnail(kind):
    assert shown(make_thumbnail(encoded(gradient(40, 20_000)), 320, kind)).size == (16, 8192)


@pytest.mark.parametrize("kind", KINDS)
def test_a_thumbnail_stands_upright_and_tells_nothing_of_where_it_was_taken(kind):
    photo = gradient(640, 320)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    exif[0x010E] = "at home"
    data = make_thumbnail(encoded(photo, "JPEG", exif=exif, quality=95, comment=b"at home"), 160, kind)
    image = Image.open(BytesIO(data))
    assert image.size == (160, 320)
    # What was at the left is now at the top.
    assert near(colour(data, 0.5, 0.02), (5, 127, 90)) and near(colour(data, 0.5, 0.98), (250, 127, 90))
    assert not dict(image.getexif()) and b"at home" not in data


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_transparent_is_white(kind):
    layered = Image.new("RGBA", (400, 400), (255, 0, 0, 0))
    layered.paste((20, 90, 200, 255), (200, 0, 400, 400))
    data = make_thumbnail(encoded(layered), 160, kind)
    assert near(colour(data, 0.2), (255, 255, 255)) and near(colour(data, 0.8), (20, 90, 200))


def test_colours_of_another_profile_are_brought_to_srgb():
    # In this profile the channels stand for other primaries: red is what sRGB calls blue.
    swapped = _profile_with_red_and_blue_swapped()
    photo = Image.new("RGB", (400, 300), (200, 20, 20))
    assert near(colour(make_thumbnail(encoded(photo, icc_profile=swapped), 160, ThumbnailKind.WEBP)), (20, 20, 200), 24)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"torn profile", swapped[: len(swapped) // 2]):
        kept = make_thumbnail(encoded(photo, icc_profile=profile), 160, ThumbnailKind.WEBP)
        assert near(colour(kept), (200, 20, 20)), profile[:20]


def test_a_photo_for_print_has_a_thumbnail_too():
    data = make_thumbnail(encoded(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), "JPEG"), 160, ThumbnailKind.JPEG)
    assert near(colour(data), (255, 0, 0), 40)


@pytest.mark.parametrize("kind", KINDS)
def test_a_thumbnail_is_made_once_and_then_read(thumbnails, keep, kind, monkeypatch):
    digest = keep(encoded(gradient(640, 480)))
    assert thumbnails.kept(digest, 320, kind) is None
    made = thumbnails.get(digest, 320, kind)
    monkeypatch.setattr(module, "make_thumbnail", None)
    assert thumbnails.get(digest, 320, kind) == thumbnails.kept(digest, 320, kind) == made


def test_threads_that_want_the_same_thumbnail_make_it_once(thumbnails, keep, monkeypatch):
    digests = [keep(encoded(gradient(640, 400 + number))) for number in range(3)]
    made: list[int] = []
    start = threading.Barrier(12)

    def counted(data: bytes, width: int, kind: ThumbnailKind) -> bytes:
        made.append(len(data))
        return make_thumbnail(data, width, kind)

    monkeypatch.setattr(module, "make_thumbnail", counted)

    def ask(number: int) -> bytes:
        start.wait(10)
        return thumbnails.get(digests[number % 3], 160, ThumbnailKind.WEBP)

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(ask, range(12)))
    assert len(made) == 3
    assert all(is_whole(answer, ThumbnailKind.WEBP) for answer in answers)
    assert all(answers[number] == answers[number % 3] for number in range(12))
    assert not thumbnails._turns


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("harm", ["empty", "cut", "other"])
def test_a_torn_thumbnail_is_made_again(thumbnails, keep, kind, harm):
    digest = keep(encoded(gradient(640, 480)))
    made = thumbnails.get(digest, 320, kind)
    (path,) = [path for path in thumbnails.folder.rglob("*.*") if path.is_file()]
    path.write_bytes({"empty": b"", "cut": made[:-7], "other": b"\0" * len(made)}[harm])
    assert thumbnails.kept(digest, 320, kind) is None
    assert thumbnails.get(digest, 320, kind) == made == path.read_bytes()


def test_the_folder_may_be_deleted_at_any_time(thumbnails, keep):
    digest = keep(encoded(gradient(640, 480)))
    made = thumbnails.get(digest, 320, ThumbnailKind.JPEG)
    shutil.rmtree(thumbnails.folder)
    assert thumbnails.get(digest, 320, ThumbnailKind.JPEG) == made


def test_a_disk_that_takes_nothing_costs_no_answer(thumbnails, keep, caplog):
    digest = keep(encoded(gradient(640, 480)))
    thumbnails.folder.write_text("a file where the folder should be")
    assert is_whole(thumbnails.get(digest, 320, ThumbnailKind.JPEG), ThumbnailKind.JPEG)
    assert "not kept" in caplog.text


def test_nothing_is_left_beside_the_thumbnails(thumbnails, keep):
    digest = keep(encoded(gradient(640, 480)))
    for kind in KINDS:
        thumbnails.get(digest, 160, kind)
    names = {path.name for path in thumbnails.folder.rglob("*") if path.is_file()}
    assert names == {f"{digest}.{kind}" for kind in KINDS}


def test_a_photo_that_is_not_there_or_was_spoilt_has_no_thumbnail(thumbnails, store, keep):
    with pytest.raises(NotFoundError, match="no photo"):
        thumbnails.get("a" * 40, 160, ThumbnailKind.JPEG)
    digest = keep(encoded(gradient(640, 480)))
    store.path(digest).write_bytes(store.path(digest).read_bytes()[:200])
    with pytest.raises(NotFoundError, match="cannot be read"):
        thumbnails.get(digest, 160, ThumbnailKind.JPEG)
    store.path(digest).write_bytes(_bomb())
    with pytest.raises(NotFoundError, match="too many pixels"):
        thumbnails.get(digest, 160, ThumbnailKind.JPEG)


def _bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def _profile_with_red_and_blue_swapped() -> bytes:
    """sRGB's own profile with the tags of its first and last primary exchanged, and another name."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    for place in range(count):
        at = 132 + 12 * place
        tag = bytes(profile[at : at + 4])
        profile[at : at + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(tag, tag)
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be")).replace(b"sRGB", b"xRGB")
