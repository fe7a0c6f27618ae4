"""What holds for every address: errors of one shape, safe headers, hosts, CORS, health, closing."""

from __future__ import annotations

import pytest

from bowerbird.domain import errors as tree
from bowerbird.serve.errors import CODES, STATUS, status_of
from bowerbird.serve.settings import ServeSettings


def test_an_unknown_address_is_a_404_of_the_one_shape(client):
    answer = client.get("/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"] == {
        "code": "not_found",
        "message": "nothing is at /v1/nothing; the addresses are listed at /docs",
        "field": None,
        "link": "/docs#error-not_found",
    }


def test_a_wrong_method_is_a_405_that_says_which_is_right(client):
    answer = client.delete("/v1/search")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"
    assert answer.headers["allow"]


def test_a_fault_is_a_500_that_tells_nothing_of_the_inside_and_the_service_goes_on(client, engine):
    engine.fault = RuntimeError("secret path /home/x")
    answer = client.get("/v1/search?q=shoe")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    engine.fault = None
    assert client.get("/v1/search?q=shoe").status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (tree.StorageError("the disk"), 503, "storage"),
        (tree.DiskFullError("full"), 507, "disk_full"),
        (tree.ArtefactError("torn"), 503, "bad_artefact"),
        (tree.ModelError("gone"), 503, "bad_model"),
        (tree.MissingExtraError("this", "train"), 501, "missing_extra"),
        (tree.AddressError("refused"), 400, "address_refused"),
        (tree.NotFoundError("no"), 404, "not_found"),
    ],
)
def test_each_error_of_the_tree_has_its_status(client, engine, error, status, code):
    engine.fault = error
    answer = client.get("/v1/search")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_every_code_is_explained_in_the_docs():
    classes = [value for value in vars(tree).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert {kind.code for kind in classes} - {"error"} <= set(CODES)
    assert all(status_of(kind.__new__(kind)) for kind in classes)
    assert set(STATUS) <= set(classes)


def test_the_docs_explain_every_code_and_every_route(client):
    document = client.get("/openapi.json").json()
    assert {item["code"] for item in document["x-errors"]} == set(CODES)
    assert {
        "/v1/search",
        "/v1/suggest",
        "/v1/explain",
        "/v1/understand",
        "/v1/synonyms",
        "/v1/rules",
        "/v1/rules/history",
        "/v1/rules/undo",
        "/v1/rules/try",
        "/v1/ranking",
        "/v1/ranking/settings",
        "/v1/experiments",
        "/v1/experiments/{name}",
        "/v1/experiments/{name}/outcomes",
        "/v1/experiments/{name}/stop",
        "/v1/profile",
        "/v1/fields",
        "/v1/products:batch",
        "/v1/products/{id}",
        "/v1/products/{id}/similar",
        "/v1/products/{id}/view",
        "/v1/capabilities",
        "/v1/audio/transcriptions",
        "/healthz",
        "/readyz",
    } <= set(document["paths"])
    search = document["paths"]["/v1/search"]["post"]
    body = document["components"]["schemas"]["SearchRequest"]["properties"]
    assert set(body) == {
        *("q", "text_weight", "images", "like", "not", "filters", "facets", "sort", "page", "per_page", "lang"),
        *("voice", "unfinished", "understand", "correct", "audience", "rules", "shopper", "reasons", "explain"),
        *("user", "session"),
    }
    assert search["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("SearchAnswer")


def test_every_reference_in_the_description_leads_somewhere(client):
    document = client.get("/openapi.json").json()

    def references(node):
        if isinstance(node, dict):
            yield from [node["$ref"]] if "$ref" in node else []
            for child in node.values():
                yield from references(child)
        elif isinstance(node, list):
            for child in node:
                yield from references(child)

    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_health_is_the_process_and_readiness_is_the_shop(client, engine):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "products": 2, "applied": 2, "last_seq": 2}
    engine.ready = False
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "not_ready")


@pytest.mark.parametrize("path", ["/", "/docs", "/v1/search", "/nothing", "/assets/docs.js", "/photos/x"])
def test_every_answer_carries_the_headers_that_keep_a_browser_safe(client, path):
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"] == "camera=(self), microphone=(self), geolocation=()"
    assert "media-src 'self' blob:" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]"])
def test_a_loopback_service_refuses_foreign_hosts(client, host):
    answer = client.get("/healthz", headers={"Host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_a_loopback_service_answers_to_its_own_names(client, host):
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_other_origins_are_let_in_only_where_named(engine, client, make_client):
    preflight = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in client.options("/v1/search", headers=preflight).headers
    named = make_client(ServeSettings(cors=("https://shop.example",)))
    assert named.options("/v1/search", headers=preflight).headers["access-control-allow-origin"] == (
        "https://shop.example"
    )
    other = named.get("/v1/search", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_the_engine_is_closed_when_the_service_stops(engine, make_client):
    with make_client() as client:
        client.get("/healthz")
        assert not engine.closed
    assert engine.closed
