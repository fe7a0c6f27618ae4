import json
from io import BytesIO

import pytest
from PIL import Image

from bowerbird.catalog.photos import find_local
from bowerbird.domain.errors import PhotoError


def picture(color="red", format="PNG", size=(40, 30)):
    out = BytesIO()
    Image.new("RGB", size, color).save(out, format)
    return out.getvalue()


def record(*images, **more):
    return json.dumps({"id": "1", "title": "Cup", "images": list(images), **more})


def test_photos_from_the_media_folder_are_kept_by_content(write, shop):
    write("media/a.png", picture())
    write("media/sub/b.jpg", picture("blue", "JPEG"))
    path = write("p.jsonl", record("/a.png", "sub/b.jpg", "sub/b.jpg"))
    report = shop.take(path)
    assert (report.photos.stored, report.photos.missing, report.photos.failed) == (2, 0, 0)
    stored = shop.photos.by_ref(["/a.png", "sub/b.jpg"])
    assert (stored["/a.png"].width, stored["/a.png"].height, stored["/a.png"].format) == (40, 30, "PNG")
    assert stored["sub/b.jpg"].format == "JPEG"
    again = shop.take(path)
    assert (again.photos.stored, again.photos.unchanged, again.unchanged) == (0, 2, 1)
    assert again.renewed == []


def test_a_photo_that_changed_renews_its_unchanged_product(write, shop):
    write("media/a.png", picture())
    path = write("p.jsonl", record("a.png"))
    shop.take(path)
    write("media/a.png", picture("green"))
    report = shop.take(path)
    assert (report.unchanged, report.photos.stored, report.renewed) == (1, 1, ["1"])


def _huge():
    data = bytearray(picture())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.jpg", b""),
        ("cut.jpg", picture("red", "JPEG", (400, 300))[:1_500]),
        ("lying.jpg", b"<html>not found</html>"),
        ("svg.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("bomb.png", _huge()),
        ("noise.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
    ],
)
def test_a_bad_photo_is_reported_and_the_product_still_imported(name, data, write, shop):
    write("media/" + name, data)
    write("media/good.png", picture())
    report = shop.take(write("p.jsonl", record(name, "good.png")))
    assert (report.new, report.rejected) == (1, 0)
    assert (report.photos.stored, report.photos.failed) == (1, 1)
    ((ref, product, reason),) = report.photos.refused
    assert (ref, product) == (name, "1")
    assert reason


def test_a_missing_photo_is_counted_apart(write, shop):
    report = shop.take(write("p.jsonl", record("nowhere.jpg")))
    assert (report.new, report.photos.missing, report.photos.failed) == (1, 1, 0)


def test_paths_cannot_leave_the_media_folder(write, shop, tmp_path):
    write("secret.png", picture())
    write("media/a.png", picture())
    (tmp_path / "in/media/link.png").symlink_to(tmp_path / "in/secret.png")
    (tmp_path / "in/media/folder").symlink_to(tmp_path / "in")
    refs = [
        "../secret.png",
        "x/../../secret.png",
        "..\\secret.png",
        "link.png",
        "folder/secret.png",
        str(tmp_path / "in/secret.png"),
    ]
    report = shop.take(write("p.jsonl", record(*refs)))
    assert report.photos.stored == 0
    assert len(report.photos.refused) == len(refs)


@pytest.mark.parametrize("ref", ["", "/", "a\x00b", "x" * 2_000, "../a"])
def test_odd_paths_are_refused(ref, tmp_path):
    with pytest.raises(PhotoError):
        find_local(ref, [tmp_path.resolve()])


def test_magento_keeps_its_photos_one_folder_below(write, shop):
    write("media/catalog/product/m/h/a.png", picture())
    assert shop.take(write("p.jsonl", record("/m/h/a.png"))).photos.stored == 1


def test_remote_photos_are_left_alone_unless_asked_for(write, shop):
    report = shop.take(write("p.jsonl", record("https://cdn.example/a.jpg")))
    assert (report.new, report.photos.remote_skipped) == (1, 1)
