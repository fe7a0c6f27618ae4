"""The page and its files."""

from __future__ import annotations

import gzip
import re

import pytest

from bowerbird.domain.errors import NotFoundError
from bowerbird.serve.web_files import WEB, WebFiles


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_elsewhere_and_have_no_inline_script_or_style(client, path):
    answer = client.get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|style=|\son\w+=", answer.text)
    for asset in re.findall(r"(?:src|href)=\"(/assets/[^\"]+)\"", answer.text):
        assert client.get(asset).status_code == 200, asset


@pytest.mark.parametrize("path", ["/search", "/search?q=red", "/product/shoe%2F1", "/product/shoe/1", "/about"])
def test_every_address_of_the_page_answers_with_the_page(client, path):
    assert client.get(path).content == client.get("/").content


def test_scripts_never_set_html():
    for script in WEB.rglob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script.read_text())


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_file_that_is_known_is_not_sent_again(client, encoding):
    headers = {"Accept-Encoding": encoding}
    tag = client.get("/assets/docs.js", headers=headers).headers["etag"]
    assert client.get("/assets/docs.js", headers={**headers, "If-None-Match": tag}).status_code == 304
    assert client.get("/assets/docs.js", headers={**headers, "If-None-Match": f"W/{tag}"}).status_code == 304
    assert client.get("/assets/docs.js", headers={**headers, "If-None-Match": '"old"'}).status_code == 200


def test_a_file_is_sent_compressed_to_those_that_can_read_it(client):
    zipped = client.get("/assets/docs.js", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get("/assets/docs.js", headers={"Accept-Encoding": "identity"})
    assert (zipped.headers["content-encoding"], zipped.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in plain.headers and plain.headers["vary"] == "Accept-Encoding"
    assert zipped.content == plain.content == (WEB / "docs.js").read_bytes()
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert zipped.headers["etag"] != plain.headers["etag"]


def test_every_file_of_the_page_is_served_under_its_name(client):
    names = WebFiles().names
    assert {"index.html", "docs.html", "docs.js"} <= set(names)
    for name in names:
        answer = client.get(f"/assets/{name}")
        assert answer.content == (WEB / name).read_bytes()
        assert answer.headers["content-type"]


NAMES = [
    "..%2Fserve%2Fapp.py",
    "../serve/app.py",
    "js/../../serve/app.py",
    "%2Fetc%2Fpasswd",
    "//etc/passwd",
    "nothing.js",
    "index",
    "",
    "js",
    "js/",
    "docs.js/",
    "DOCS.JS",
    "docs.js%00",
    "docs.js%00.html",
    ".\\docs.js",
]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_page_s_own_files_are_served(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "web" / "js" / "words").mkdir(parents=True)
    (tmp_path / "secret.js").write_text("secret")
    web = tmp_path / "web"
    (web / "js" / "words" / "zh.js").write_text("export const words = {};\n" * 100)
    (web / "small.css").write_text("a{}")
    (web / "notes.txt").write_text("not for browsers")
    (web / "link.js").symlink_to(tmp_path / "secret.js")
    return web


def test_files_in_folders_below_have_their_path_as_name(folder):
    assert WebFiles(folder).names == ("js/words/zh.js", "small.css")


def test_what_is_no_file_of_a_page_or_leads_out_of_the_folder_is_not_there(folder):
    files = WebFiles(folder)
    for name in ("notes.txt", "link.js", "../secret.js", "js", "/small.css", "js//words/zh.js"):
        with pytest.raises(NotFoundError):
            files.get(name)


def test_a_file_that_is_written_anew_is_read_again_and_one_that_is_gone_is_gone(folder):
    files = WebFiles(folder)
    before = files.get("small.css")
    (folder / "small.css").write_text("b{}")
    after = files.get("small.css")
    assert (before.content, after.content) == (b"a{}", b"b{}")
    assert before.tag != after.tag
    (folder / "small.css").unlink()
    with pytest.raises(NotFoundError):
        files.get("small.css")


def test_only_what_gets_smaller_is_compressed(folder):
    files = WebFiles(folder)
    large = files.get("js/words/zh.js")
    assert large.zipped is not None and gzip.decompress(large.zipped) == large.content
    assert files.get("small.css").zipped is None
