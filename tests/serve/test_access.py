"""Who may do what."""

from __future__ import annotations

import pytest
from serve_world import client_of

from bowerbird.domain.errors import SettingError
from bowerbird.serve.app import create_app
from bowerbird.serve.settings import ServeSettings, is_loopback

PUBLIC = ServeSettings(host="0.0.0.0")
RECORD = {"title": "X"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_these_hosts_are_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "shop.example", "", "localhost.example"])
def test_these_hosts_are_not(host):
    assert not is_loopback(host)


@pytest.mark.parametrize("settings", [PUBLIC, ServeSettings(host="::"), ServeSettings(allowed_hosts=("shop.example",))])
def test_without_keys_only_this_machine_is_served(engine, keys, settings):
    with pytest.raises(SettingError, match="keys create"):
        create_app(engine, settings, keys)


def test_without_keys_a_loopback_service_is_open(engine, keys):
    with client_of(engine, keys=keys) as client:
        assert client.get("/v1/search").status_code == 200
        assert client.put("/v1/products/x", json=RECORD).status_code == 201


def test_once_there_are_keys_a_loopback_service_still_searches_but_writes_need_one(engine, keys):
    with client_of(engine, keys=keys) as client:
        key = keys.create("write", "shop")
        assert client.get("/v1/search").status_code == 200
        assert client.put("/v1/products/x", json=RECORD).status_code == 401
        assert client.put("/v1/products/x", json=RECORD, headers={"X-API-Key": key}).status_code == 201


def test_a_public_service_asks_for_a_key_to_search_too(engine, keys):
    key = keys.create("search", "page")
    with client_of(engine, PUBLIC, keys) as client:
        for address in ("/v1/search", "/v1/suggest", "/v1/fields", "/v1/products/bag", "/v1/products/bag/similar"):
            refused = client.get(address)
            assert (refused.status_code, refused.json()["error"]["code"]) == (401, "key_missing"), address
            assert refused.headers["www-authenticate"] == "Bearer"
            assert client.get(address, headers={"Authorization": f"Bearer {key}"}).status_code == 200, address
            assert client.get(address, headers={"X-API-Key": key}).status_code == 200, address
        assert client.post("/v1/search", json={}).status_code == 401
        for address in ("/", "/docs", "/healthz", "/readyz", "/photos/" + "a" * 40):
            assert client.get(address).status_code == 200, address


def test_a_search_key_does_not_write_and_a_write_key_does_both(engine, keys):
    searching, writing = keys.create("search", ""), keys.create("write", "")
    with client_of(engine, PUBLIC, keys) as client:
        for method, path, body in [
            ("PUT", "/v1/products/x", RECORD),
            ("PATCH", "/v1/products/x", RECORD),
            ("POST", "/v1/products:batch", []),
            ("DELETE", "/v1/products/x", None),
        ]:
            refused = client.request(method, path, json=body, headers={"X-API-Key": searching})
            assert (refused.status_code, refused.json()["error"]["code"]) == (403, "key_not_allowed")
            assert client.request(method, path, json=body).status_code == 401
            assert client.request(method, path, json=body, headers={"X-API-Key": writing}).status_code < 300
        assert client.get("/v1/search", headers={"X-API-Key": writing}).status_code == 200


def test_a_revoked_or_invented_key_is_refused_at_once(engine, keys):
    key = keys.create("search", "")
    with client_of(engine, PUBLIC, keys) as client:
        assert client.get("/v1/search", headers={"X-API-Key": key}).status_code == 200
        keys.revoke(keys.list()[0].id)
        for secret in (key, "bb_search_x", "x" * 5_000, "ключ".encode()):
            refused = client.get("/v1/search", headers={"X-API-Key": secret})
            assert (refused.status_code, refused.json()["error"]["code"]) == (401, "key_unknown")


@pytest.mark.parametrize("origin", ["*", "shop.example", "https://*.example", "https://a.example/path", "ftp://a"])
def test_a_cors_origin_must_be_one_origin(engine, origin):
    with pytest.raises(SettingError, match="not an origin"):
        create_app(engine, ServeSettings(cors=(origin,)))
