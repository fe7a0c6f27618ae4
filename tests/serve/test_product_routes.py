"""Reading and writing products over HTTP."""

from __future__ import annotations

import pytest
from serve_world import BAG


def test_a_product_is_read_as_the_record_that_writes_it(client):
    record = client.get("/v1/products/bag").json()
    assert record["id"] == "bag" and record["price"] == 10
    answer = client.put("/v1/products/bag", json=record)
    assert (answer.status_code, answer.json()["id"]) == (200, "bag")


def test_an_id_may_hold_slashes_and_any_letters(client, engine):
    for id in ("a/b/c", "红色/1", "with space", "100%", "q?x#y"):
        from urllib.parse import quote

        address = f"/v1/products/{quote(id, safe='')}"
        answer = client.put(address, json={"title": "Thing"})
        assert (answer.status_code, answer.json()) == (201, {"id": id, "status": "new"})
        assert client.get(address).json()["id"] == id
        assert client.get(f"{address}/similar").status_code == 200
        assert client.delete(address).json() == {"id": id, "status": "deleted"}


def test_put_says_whether_it_was_new_changed_or_the_same(client):
    assert client.put("/v1/products/x", json={"title": "X"}).status_code == 201
    assert client.put("/v1/products/x", json={"title": "X"}).json()["status"] == "unchanged"
    assert client.put("/v1/products/x", json={"title": "Y"}).json()["status"] == "changed"


def test_patch_changes_the_given_fields_and_answers_the_whole(client, engine):
    answer = client.patch("/v1/products/bag", json={"price": 12.5})
    assert answer.status_code == 200
    assert answer.json()["price"] == 12.5
    assert engine.products["bag"].brand == BAG.brand


@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH"])
def test_an_unknown_product_is_a_404(client, method):
    answer = client.request(method, "/v1/products/none", json={"title": "X"} if method == "PATCH" else None)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_id_of_the_record_must_be_the_address_s(client):
    answer = client.put("/v1/products/a", json={"id": "b", "title": "X"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "id")


def test_a_bad_record_names_its_field(client):
    answer = client.put("/v1/products/a", json={"title": "X", "price": "cheap"})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "price")


def test_similar_products_leave_the_product_itself_out(client):
    hits = client.get("/v1/products/shoe/1/similar?per_page=5").json()["hits"]
    assert [hit["id"] for hit in hits] == ["bag"]
    assert client.get("/v1/products/shoe/1/similar", params={"filters": "brand = Nobody"}).json()["hits"] == []
    assert client.get("/v1/products/none/similar").status_code == 404


def test_a_bad_item_of_a_batch_does_not_stop_the_others(client, engine):
    answer = client.post(
        "/v1/products:batch",
        json={
            "products": [{"id": "n1", "title": "One"}, {"id": "n2"}, {"title": "No id"}, {"id": "bag", "title": "New"}],
            "delete": ["shoe/1", "none"],
        },
    )
    assert answer.status_code == 200
    body = answer.json()
    assert [item["status"] for item in body["items"]] == [
        "new",
        "rejected",
        "rejected",
        "changed",
        "deleted",
        "not_found",
    ]
    assert body["items"][1]["id"] == "n2" and body["items"][1]["error"]["field"] == "title"
    assert body["counts"] == {"new": 1, "rejected": 2, "changed": 1, "deleted": 1, "not_found": 1}
    assert set(engine.products) == {"n1", "bag"}


def test_a_plain_list_is_a_batch_of_products(client, engine):
    assert client.post("/v1/products:batch", json=[{"id": "a", "title": "A"}]).json()["counts"] == {"new": 1}
    assert client.post("/v1/products:batch", json=[]).json() == {"items": [], "counts": {}}


def test_an_item_that_is_no_object_is_rejected_alone(client):
    body = client.post("/v1/products:batch", json=[{"id": "a", "title": "A"}, 5, "x", None]).json()
    assert [item["status"] for item in body["items"]] == ["new", "rejected", "rejected", "rejected"]


def test_one_batch_cannot_both_put_and_delete_a_product(client, engine):
    body = client.post("/v1/products:batch", json={"products": [{"id": "bag", "title": "B"}], "delete": ["bag"]}).json()
    assert [item["status"] for item in body["items"]] == ["changed", "rejected"]
    assert "bag" in engine.products


def test_a_batch_has_at_most_a_thousand_operations(client, engine):
    answer = client.post("/v1/products:batch", json={"delete": [str(n) for n in range(1_001)]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_input")
