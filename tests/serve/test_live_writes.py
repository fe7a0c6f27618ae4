"""Writes over HTTP on a real shop: acknowledged, then found by the searches that follow."""

from __future__ import annotations

import time

import pytest
from serve_world import client_of, encoded, red_png

from bowerbird.engine.assemble import open_shop

pytestmark = pytest.mark.models


@pytest.fixture
def client(tmp_path):
    engine = open_shop(tmp_path / "shop")
    engine.build()
    engine.start()
    with client_of(engine) as client:
        yield client


def wait_for(client, count, query="zorp"):
    for _ in range(200):
        body = client.get("/v1/search", params={"q": query, "facets": "color"}).json()
        if body.get("total") == count:
            return body
        time.sleep(0.05)
    raise AssertionError(body)


def test_a_product_is_found_changed_and_gone_as_it_is_written(client):
    record = {"title": "Zorp lamp", "price": 20, "currency": "EUR", "attributes": {"color": "red"}}
    assert client.put("/v1/products/lamp/1", json=record).status_code == 201
    hit = wait_for(client, 1)["hits"][0]
    assert (hit["id"], hit["price"], hit["currency"]) == ("lamp/1", 20.0, "EUR")
    assert client.patch("/v1/products/lamp/1", json={"price": 15, "attributes": {"color": None}}).json()["price"] == 15
    assert "color" not in client.get("/v1/products/lamp/1").json().get("attributes", {})
    batch = {"products": [{"id": "lamp/2", "title": "Zorp light"}, {"id": "bad"}], "delete": ["lamp/1"]}
    items = client.post("/v1/products:batch", json=batch).json()["items"]
    assert [item["status"] for item in items] == ["new", "rejected", "deleted"]
    for _ in range(200):
        hits = client.get("/v1/search?q=zorp").json()["hits"]
        if [hit["id"] for hit in hits] == ["lamp/2"]:
            break
        time.sleep(0.05)
    assert [hit["id"] for hit in hits] == ["lamp/2"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"filters": "nothing = 1"}, "filters"),
        ({"facets": ["nothing"]}, "facets"),
        ({"images": [{"data": encoded(red_png()[:70])}]}, "images"),
        ({"images": [{"data": encoded(red_png()), "box": [2000, 2000, 5, 5]}]}, "images"),
    ],
)
def test_what_only_the_engine_can_refuse_is_refused_by_field(client, body, field):
    client.put("/v1/products/lamp", json={"title": "Zorp lamp"})
    answer = client.post("/v1/search", json=body)
    error = answer.json()["error"]
    assert answer.status_code == 400, error
    assert error["field"] is not None and error["field"].startswith(field), error


def test_an_empty_shop_answers_with_nothing(client):
    body = client.get("/v1/search?q=shoe").json()
    assert (body["hits"], body["total"]) == ([], 0)
    assert client.get("/v1/suggest?q=s").json() == {"suggestions": []}
    assert client.get("/readyz").status_code == 200
    assert client.get("/v1/products/none/similar").status_code == 404
