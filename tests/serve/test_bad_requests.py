"""Bad input, endpoint by endpoint: one clear error of the right status, and the service goes on."""

from __future__ import annotations

import gzip

import pytest
from serve_world import bomb_png, client_of, encoded, red_png

from bowerbird.serve.settings import ServeSettings

JSON = {"Content-Type": "application/json"}
DEEP = b'{"q":' + b"[" * 5_000 + b"]" * 5_000 + b"}"
DEEPISH = b'{"title": "x", "attributes": ' + b'{"a":' * 40 + b"1" + b"}" * 41
WRITERS = [
    ("POST", "/v1/search"),
    ("PUT", "/v1/products/x"),
    ("PATCH", "/v1/products/bag"),
    ("POST", "/v1/products:batch"),
]

BODIES = [
    ("empty", b"", JSON, 400, "bad_json"),
    ("blank", b"  \n ", JSON, 400, "bad_json"),
    ("truncated", b'{"q": "sho', JSON, 400, "bad_json"),
    ("not JSON", b"<xml/>", JSON, 400, "bad_json"),
    ("latin-1", '{"q": "caf\xe9"}'.encode("latin-1"), JSON, 400, "bad_json"),
    ("utf-16", '{"q": "x"}'.encode("utf-16"), JSON, 400, "bad_json"),
    ("lone surrogate", b'{"q": "\\ud800"}', JSON, 400, "bad_json"),
    ("NaN", b'{"page": NaN}', JSON, 400, "bad_json"),
    ("raw NUL", b'{"q": "a\x00b"}', JSON, 400, "bad_json"),
    ("escaped NUL", b'{"q": "a\\u0000b"}', JSON, 400, "bad_json"),
    ("NUL in a name", b'{"q\\u0000": "a"}', JSON, 400, "bad_json"),
    ("very deep", DEEP, JSON, 400, "bad_json"),
    ("deep", DEEPISH, JSON, 400, "bad_json"),
    ("a number", b"5", JSON, 400, "bad_input"),
    ("a text", b'"x"', JSON, 400, "bad_input"),
    ("null", b"null", JSON, 400, "bad_input"),
    ("unknown field", b'{"qq": "x", "titel": "y"}', JSON, 400, "bad_input"),
    ("no type", b'{"q": "x"}', {"Content-Type": ""}, 415, "unsupported_type"),
    ("form", b"q=x", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "unsupported_type"),
    ("text", b'{"q": "x"}', {"Content-Type": "text/plain"}, 415, "unsupported_type"),
    ("charset", b'{"q": "x"}', {"Content-Type": "application/json; charset=utf-16"}, 415, "unsupported_type"),
    ("zip bomb", gzip.compress(b"0" * 50_000_000), {**JSON, "Content-Encoding": "gzip"}, 415, "unsupported_type"),
    ("too large", b'{"q": "' + b"x" * 16_000_000 + b'"}', JSON, 413, "too_large"),
]


@pytest.mark.parametrize(("method", "path"), WRITERS)
@pytest.mark.parametrize(
    ("content", "headers", "status", "code"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES]
)
def test_a_bad_body_is_one_clear_error(client, method, path, content, headers, status, code):
    answer = client.request(method, path, content=content, headers=headers)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code), error
    assert error["message"] and len(error["message"]) < 1_000
    assert client.get("/v1/search?q=shoe").json()["total"] == 1


SEARCHES = [
    ({"q": 5}, "q"),
    ({"q": ["x"]}, "q"),
    ({"q": "x" * 20_001}, "q"),
    ({"q": "x" * 10_000_000}, "q"),
    ({"page": 0}, "page"),
    ({"page": -1}, "page"),
    ({"page": "2"}, "page"),
    ({"page": 1.5}, "page"),
    ({"page": True}, "page"),
    ({"page": 10**30}, "page"),
    ({"per_page": 251}, "per_page"),
    ({"per_page": 0}, "per_page"),
    ({"page": 101, "per_page": 100}, "page"),
    ({"sort": "price"}, "sort"),
    ({"sort": 1}, "sort"),
    ({"explain": "yes"}, "explain"),
    ({"filters": "colour ="}, "filters"),
    ({"filters": "colour = red"}, "filters"),
    ({"filters": {"a": 1}}, "filters"),
    ({"filters": "a = " + "x" * 8_001}, "filters"),
    ({"filters": "(" * 100 + "a = 1" + ")" * 100}, "filters"),
    ({"facets": "brand"}, "facets"),
    ({"facets": [1]}, "facets[0]"),
    ({"facets": ["nothing"]}, "facets"),
    ({"facets": [""]}, "facets[0].field"),
    ({"facets": [{"field": "brand", "limit": 0}]}, "facets[0].limit"),
    ({"facets": [{"field": "price", "ranges": [[1]]}]}, "facets[0].ranges"),
    ({"facets": [{"field": "brand", "limt": 3}]}, "facets[0].limt"),
    ({"facets": ["brand"] * 51}, "facets"),
    ({"images": {}}, "images"),
    ({"images": [{}]}, "images[0]"),
    ({"images": [{"data": "x", "url": "y"}]}, "images[0]"),
    ({"images": [{"data": "!!!"}]}, "images[0].data"),
    ({"images": [{"data": "数据"}]}, "images[0].data"),
    ({"images": [{"data": "abc"}]}, "images[0].data"),
    ({"images": [{"data": ""}]}, "images[0].data"),
    ({"images": [{"data": "data:image/png,xx"}]}, "images[0].data"),
    ({"images": [{"data": encoded(b"hello, not a photo")}]}, "images[0].data"),
    ({"images": [{"data": encoded(b"<svg xmlns='http://www.w3.org/2000/svg'/>")}]}, "images[0].data"),
    ({"images": [{"data": encoded(red_png())}, {"data": encoded(bomb_png())}]}, "images[1].data"),
    ({"images": [{"data": encoded(red_png()[:60])}]}, "images"),
    ({"images": [{"data": encoded(red_png()), "weight": -1}]}, "images[0].weight"),
    ({"images": [{"data": encoded(red_png()), "weight": "1"}]}, "images[0].weight"),
    ({"images": [{"data": encoded(red_png()), "box": [0, 0, 1]}]}, "images[0].box"),
    ({"images": [{"data": encoded(red_png()), "box": [0, 0, -1, 1]}]}, "images[0].box[2]"),
    ({"images": [{"data": encoded(red_png())}] * 9}, "images"),
    ({"not": {"images": [{"data": "!"}]}}, "not.images[0].data"),
    ({"like": "bag"}, "like"),
    ({"like": [""]}, "like[0]"),
    ({"like": [7]}, "like[0]"),
    ({"like": ["bag"] * 9}, "like"),
    ({"like": ["x" * 513]}, "like[0]"),
    ({"not": {"like": [None]}}, "not.like[0]"),
    ({"not": {"text_weight": 1}}, "not.text_weight"),
    ({"text_weight": -1}, "text_weight"),
    ({"text_weight": 101}, "text_weight"),
    ({"text_weight": "1"}, "text_weight"),
    ({"lang": "zh CN"}, "lang"),
    ({"lang": "../../etc"}, "lang"),
    ({"lang": "zh\n"}, "lang"),
    ({"lang": 1}, "lang"),
    ({"lang": "zh" * 100}, "lang"),
    ({"not": {"filters": "a = 1"}}, "not.filters"),
    ({"not": "leather"}, "not"),
]


@pytest.mark.parametrize(("body", "field"), SEARCHES, ids=lambda value: str(value)[:40])
def test_a_bad_search_names_its_field(client, body, field):
    answer = client.post("/v1/search", json=body)
    error = answer.json()["error"]
    assert answer.status_code == 400, error
    assert error["field"].startswith(field), error
    assert len(error["message"]) < 1_000
    assert client.get("/healthz").status_code == 200


ADDRESSES = [
    ("/v1/search?page=-1", "page"),
    ("/v1/search?page=two", "page"),
    ("/v1/search?page=99999999999999999999", "page"),
    ("/v1/search?per_page=1e3", "per_page"),
    ("/v1/search?sort=cheap", "sort"),
    ("/v1/search?explain=maybe", "explain"),
    ("/v1/search?per_pge=3", "per_pge"),
    ("/v1/search?q=a&q=b", "q"),
    ("/v1/search?q=a%00b", "q"),
    ("/v1/search?filters=price%20%3C", "filters"),
    ("/v1/search?filters=nofield%20%3D%201", "filters"),
    ("/v1/search?facets=nofield", "facets"),
    ("/v1/search?images=x", "images"),
    ("/v1/suggest?q=" + "x" * 201, "q"),
    ("/v1/suggest?limit=0", "limit"),
    ("/v1/products/bag/similar?per_page=101", "per_page"),
    ("/v1/products/bag/similar?filters=(", "filters"),
]


@pytest.mark.parametrize(("address", "field"), ADDRESSES)
def test_a_bad_parameter_is_named(client, address, field):
    answer = client.get(address)
    error = answer.json()["error"]
    assert (answer.status_code, error["field"]) == (400, field), error


def test_a_misspelt_field_is_told_its_neighbour(client):
    assert "expected per_page" in client.post("/v1/search", json={"per_pge": 3}).json()["error"]["message"]
    message = client.post("/v1/search", json={"images": [{"dta": "x"}]}).json()["error"]["message"]
    assert "expected data" in message


RECORDS = [
    {"title": ""},
    {"title": ["x"]},
    {"title": "x", "price": -1},
    {"title": "x", "price": []},
    {"title": "x", "images": "a.jpg\u0001" * 3, "variants": 5},
    {"title": "x", "availability": "maybe"},
    {"title": "x", "rating": 11},
    {"title": "x", "variants": [{"title": "no id"}]},
    {"title": "x" * 10_000_000},
    {"title": "x", "attributes": {f"a{n}": n for n in range(100_000)}},
    {"title": "x", "unknown": 1},
    {"title": "x", "reviews": [{"rating": "good"}]},
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda value: str(value)[:50])
def test_a_bad_record_is_refused_alone_and_in_a_batch(client, engine, record):
    answer = client.put("/v1/products/x", json=record)
    assert answer.status_code == 400, answer.text[:300]
    assert answer.json()["error"]["field"]
    batch = client.post("/v1/products:batch", json=[{"id": "x", **record}, {"id": "good", "title": "Good"}]).json()
    assert [item["status"] for item in batch["items"]] == ["rejected", "new"]
    assert "x" not in engine.products


def test_a_body_without_a_length_is_counted_while_it_streams(engine):
    with client_of(engine, ServeSettings(max_body_bytes=10_000)) as client:
        sent = 0

        def chunks():
            nonlocal sent
            for _ in range(1_000):
                sent += 1
                yield b" " * 1_000

        answer = client.post("/v1/search", content=chunks(), headers=JSON)
        assert answer.status_code == 413
        assert answer.headers["connection"] == "close"


def test_too_many_large_bodies_at_once_are_told_to_come_back(engine):
    with client_of(engine, ServeSettings(max_body_bytes=10_000, max_waiting_bytes=5_000)) as client:
        answer = client.post("/v1/search", content=b" " * 6_000, headers=JSON)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert client.post("/v1/search", json={"q": "shoe"}).status_code == 200
        assert client.app.state.service.bodies.waiting == 0
