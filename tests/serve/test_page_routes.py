"""The page and the photos."""

from __future__ import annotations

import re

import pytest
from serve_world import PHOTO, red_png

from bowerbird.serve.page_routes import WEB


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_elsewhere_and_have_no_inline_script_or_style(client, path):
    answer = client.get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|style=|\son\w+=", answer.text)
    for asset in re.findall(r"(?:src|href)=\"(/assets/[^\"]+)\"", answer.text):
        assert client.get(asset).status_code == 200, asset


def test_scripts_never_set_html():
    for script in WEB.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script.read_text())


def test_a_page_that_is_known_is_not_sent_again(client):
    tag = client.get("/assets/app.js").headers["etag"]
    assert client.get("/assets/app.js", headers={"If-None-Match": tag}).status_code == 304


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


@pytest.mark.parametrize("name", ["..%2Fserve%2Fapp.py", "nothing.js", "index"])
def test_only_the_page_s_own_files_are_served(client, name):
    assert client.get(f"/assets/{name}").status_code == 404
