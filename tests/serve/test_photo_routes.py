"""The shop's photos over HTTP, whole and made smaller."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from serve_world import PHOTO, red_png

from bowerbird.serve.photo_routes import choose_kind
from bowerbird.storage import thumbnails as making
from bowerbird.storage.database import Database
from bowerbird.storage.photos import PhotoInfo, PhotoStore
from bowerbird.storage.thumbnails import ThumbnailKind, Thumbnails

CHROMIUM = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


def test_a_photo_is_kept_by_browsers_for_good(client):
    answer = client.get(f"/photos/{PHOTO}")
    assert (answer.content, answer.headers["content-type"]) == (red_png(), "image/png")
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(f"/photos/{PHOTO}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["b" * 40, "..%2Fshop.db", "shop.db", "A" * 40, "x", "%00"])
def test_nothing_but_photos_is_read_from_the_folder(client, name):
    answer = client.get(f"/photos/{name}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.fixture
def stored(engine, tmp_path):
    """The hash of a photo that the engine has, 800 x 600 and green."""
    database = Database.open(tmp_path / "photos-shop")
    photos = PhotoStore(database, tmp_path / "photos-shop" / "photos")
    buffer = io.BytesIO()
    Image.new("RGB", (800, 600), (20, 160, 60)).save(buffer, "PNG")
    engine.thumbnails = Thumbnails(photos, tmp_path / "photos-shop" / "thumbnails")
    yield photos.put("green.png", buffer.getvalue(), PhotoInfo(800, 600, "PNG")).hash
    database.close()


@pytest.mark.parametrize("width", [160, 320, 640])
@pytest.mark.parametrize(
    ("accept", "kind"),
    [(CHROMIUM, "webp"), ("image/avif", "avif"), ("image/png, */*", "jpeg"), ("image/webp;q=0, image/avif", "avif")],
)
def test_a_thumbnail_comes_in_the_best_format_the_browser_takes(client, stored, width, accept, kind):
    answer = client.get(f"/photos/{stored}?w={width}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"image/{kind}")
    image = Image.open(io.BytesIO(answer.content))
    assert (image.size, image.format) == ((width, width * 3 // 4), kind.upper())
    assert "Accept" in answer.headers["vary"] and "immutable" in answer.headers["cache-control"]
    again = client.get(
        f"/photos/{stored}?w={width}", headers={"Accept": accept, "If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_each_width_and_format_has_a_tag_of_its_own(client, stored):
    tags = {
        client.get(f"/photos/{stored}?w={width}", headers={"Accept": accept}).headers["etag"]
        for width in (160, 320)
        for accept in ("image/webp", "image/jpeg")
    }
    assert len(tags) == 4


def test_a_thumbnail_is_never_larger_than_its_photo(client, stored):
    assert Image.open(io.BytesIO(client.get(f"/photos/{stored}?w=1280").content)).size == (800, 600)


@pytest.mark.parametrize("width", ["0", "-160", "161", "321", "99999", "1e2", "160px", "", "٣٢٠", "%00", "9" * 400])
def test_another_width_is_one_clear_error(client, stored, width):
    answer = client.get(f"/photos/{stored}?w={width}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "bad_input", "w")
    assert "160, 320, 640, 1280" in error["message"] and len(error["message"]) < 200


def test_a_photo_that_is_not_there_has_no_thumbnail(client, stored):
    assert client.get(f"/photos/{'b' * 40}?w=320").status_code == 404
    assert client.get("/photos/..%2Fshop.db?w=320").status_code == 404


def test_a_page_of_new_thumbnails_leaves_searches_their_threads(client, stored, monkeypatch):
    held, going = threading.Event(), threading.Event()

    def slow(data: bytes, width: int, kind: ThumbnailKind) -> bytes:
        going.set()
        assert held.wait(20)
        return b"\xff\xd8 a picture \xff\xd9"

    monkeypatch.setattr(making, "make_thumbnail", slow)
    with ThreadPoolExecutor(24) as browser:
        pages = [
            browser.submit(client.get, f"/photos/{stored}?w={width}&n={number}", headers={"Accept": "image/jpeg"})
            for number in range(8)
            for width in (160, 320, 640)
        ]
        assert going.wait(10)
        assert client.get("/v1/search?q=shoe").json()["total"] == 1
        assert client.get("/v1/suggest?q=run").status_code == 200
        held.set()
        assert {page.result().status_code for page in pages} == {200}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", ThumbnailKind.JPEG),
        ("*/*", ThumbnailKind.JPEG),
        ("image/*", ThumbnailKind.JPEG),
        ("IMAGE/WEBP", ThumbnailKind.WEBP),
        ("image/avif, image/webp;q=0.5", ThumbnailKind.WEBP),
        ("image/webp; q=0.0, image/avif ; q=0", ThumbnailKind.JPEG),
        ("image/webp;level=1;q=0", ThumbnailKind.JPEG),
        (";;,,;q=,image/", ThumbnailKind.JPEG),
        ("image/webp" * 1000, ThumbnailKind.JPEG),
    ],
)
def test_a_format_is_sent_only_to_those_that_name_it(accept, kind):
    assert choose_kind(accept) is kind
