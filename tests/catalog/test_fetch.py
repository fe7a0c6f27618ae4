"""Fetching, against a server on this machine that only these tests may reach."""

import ipaddress
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image

from bowerbird.catalog.addresses import is_public
from bowerbird.catalog.fetch import FetchCache, Fetched, FetchPolicy, fetch, fetch_photo
from bowerbird.domain.errors import AddressError, PhotoError


def _photo():
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


PHOTO = _photo()


class Handler(BaseHTTPRequestHandler):
    asked: list

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        path = self.path
        if path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", path[4:])
            self.end_headers()
        elif path == "/big":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x" * 10_000)
        elif path == "/declared-big":
            self.send_response(200)
            self.send_header("Content-Length", "999999999")
            self.end_headers()
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif path == "/missing":
            self.send_error(404)
        elif path == "/page":
            self._answer(b"<html>")
        elif self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
        else:
            self._answer(PHOTO)

    def _answer(self, data):
        self.send_response(200)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass  # the client hung up, as it should


@pytest.fixture
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.asked = []
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def policy(server):
    """Lets exactly this server through, under the name shop.test."""
    port = server.server_address[1]
    hosts = {"shop.test": ["127.0.0.1"], "inner.test": ["10.0.0.7"], "both.test": ["127.0.0.1", "192.168.0.1"]}
    return FetchPolicy(
        max_bytes=50_000,
        timeout_s=1.0,
        ports=frozenset((port, 80)),
        resolver=lambda host, port: hosts.get(host, [host]),
        allow=lambda address: address == ipaddress.ip_address("127.0.0.1"),
    )


@pytest.fixture
def base(server):
    return f"http://shop.test:{server.server_address[1]}"


def test_a_photo_is_fetched_under_the_name_as_written(server, policy, base):
    assert fetch_photo(f"{base}/a.jpg?x=1#part", policy) == PHOTO
    path, headers = server.asked[0]
    assert path == "/a.jpg?x=1"
    assert headers["Host"] == base.removeprefix("http://")


def test_redirects_are_followed_a_few_times(policy, base):
    assert fetch_photo(f"{base}/to?/to?/a.jpg", policy) == PHOTO
    with pytest.raises(AddressError, match="too many redirects"):
        fetch_photo(f"{base}/to?/to?/to?/to?/to?/a.jpg", policy)


@pytest.mark.parametrize(
    "target",
    [
        "http://inner.test/",
        "http://10.0.0.7/",
        "file:///etc/passwd",
        "http://user:pw@shop.test/",
        "http://[::1]/",
        "gopher://x/",
    ],
)
def test_a_redirect_to_what_is_refused_is_refused(target, server, policy, base):
    with pytest.raises(AddressError):
        fetch_photo(f"{base}/to?{target}", policy)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://inner.test/a.jpg",
        "http://both.test/a.jpg",
        "ftp://shop.test/a",
        "file:///etc/passwd",
        "//shop.test/a",
        "http://user:pw@shop.test/",
        "http://shop.test:22/",
        "http://shop.test:99999/",
        "http:///a",
        "http://[::1/",
        "",
        "http://shop.test/a b",
        "http://shop.test/\r\nHost: x",
        "data:image/png;base64,AAAA",
    ],
)
def test_addresses_outside_the_rules_are_refused(url, policy):
    with pytest.raises(AddressError):
        fetch_photo(url, policy)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_the_default_policy_refuses_every_spelling_of_this_machine(url):
    with pytest.raises(AddressError):
        fetch_photo(url)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public_are_known(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses_pass(text):
    assert is_public(ipaddress.ip_address(text))


def test_the_address_that_was_judged_is_the_one_connected_to(server, policy, base):
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    rebinding = FetchPolicy(
        **{**{name: getattr(policy, name) for name in policy.__slots__}, "resolver": lambda host, port: next(answers)}
    )
    assert fetch_photo(f"{base}/a.jpg", rebinding) == PHOTO
    with pytest.raises(AddressError):
        fetch_photo(f"{base}/a.jpg", rebinding)


@pytest.mark.parametrize(
    ("path", "words"),
    [("/big", "too large"), ("/declared-big", "too large"), ("/drip", "too long"), ("/missing", "answered 404")],
)
def test_limits_hold(path, words, policy, base):
    with pytest.raises(PhotoError, match=words):
        fetch_photo(base + path, policy)


def test_a_server_that_is_not_there_is_a_clear_error(policy):
    with pytest.raises(PhotoError, match="cannot be read"):
        fetch_photo("http://shop.test:80/", policy)


def test_an_unchanged_photo_is_not_sent_again(policy, base):
    assert fetch(f"{base}/a.jpg", policy, Fetched(None, '"v1"')).data is None


def test_the_cache_outlives_the_process_and_a_torn_line(tmp_path):
    cache = FetchCache(tmp_path / "fetched.jsonl")
    cache.put("u", Fetched(b"", '"v1"', "monday"))
    with (tmp_path / "fetched.jsonl").open("ab") as file:
        file.write(b'["half')
    assert FetchCache(tmp_path / "fetched.jsonl").get("u") == Fetched(None, '"v1"', "monday")


def test_an_import_fetches_when_asked_and_once(server, policy, base, write, shop):
    images = [f"{base}/a.jpg", f"{base}/page", f"{base}/missing", "http://inner.test/a.jpg"]
    path = write("p.jsonl", json.dumps({"id": "1", "title": "a", "images": images}))
    report = shop.take(path, fetch_photos=True, policy=policy)
    assert (report.new, report.photos.stored, report.photos.failed) == (1, 1, 3)
    assert shop.photos.by_ref([f"{base}/a.jpg"])[f"{base}/a.jpg"].format == "JPEG"
    asked = [path for path, _ in server.asked].count("/a.jpg")
    report = shop.take(path, fetch_photos=True, policy=policy)
    assert [path for path, _ in server.asked].count("/a.jpg") == asked
    assert (report.unchanged, report.photos.unchanged) == (1, 1)
    report = shop.take(path, fetch_photos=True, refresh_photos=True, policy=policy)
    assert server.asked[-1][1].get("If-None-Match") == '"v1"' or any(
        "If-None-Match" in headers for _, headers in server.asked
    )
    assert (report.photos.stored, report.photos.unchanged) == (0, 1)
    assert json.dumps(report.to_dict())
