"""A shopper's own tastes over HTTP: read, put right, cleared; and searches that name a shopper."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from serve_world import client_of

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.product import Product, Translation
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.models import Models
from bowerbird.serve.settings import ServeSettings
from bowerbird.testing.fakes import ColourShapeImageEncoder, HashingTextEncoder

ANN = {"user": "ann"}
BRANDS = [("Luma", "red"), ("Fleet", "red")] * 3


def shoe(number: int, brand: str, color: str) -> Product:
    return Product(
        f"shoe-{number}",
        f"{color.title()} shoe",
        brand=brand,
        categories=("Shoes/Trainers",),
        price=Decimal(40 + number),
        currency="EUR",
        attributes={"color": color},
        translations={"zh": Translation("鞋子")},
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    models = Models(text=HashingTextEncoder(64), image=ColourShapeImageEncoder(), built_in=False)
    engine = open_shop(tmp_path_factory.mktemp("tastes") / "shop", models=models, fit=False)
    engine.put([shoe(n, brand, color) for n, (brand, color) in enumerate(BRANDS)])
    engine.build()
    yield engine
    engine.close()


@pytest.fixture
def client(engine, keys):
    # The engine is the module's: a client that is not entered does not close it.
    return client_of(engine)


@pytest.fixture
def ann(engine):
    """A shopper of this test alone, who looked at three shoes of one brand."""
    who = Who(f"ann {time.monotonic_ns()}", f"visit {time.monotonic_ns()}")
    events = [
        Event(f"{who.user} {n}", EventName.VIEW_ITEM, time.time(), who, (EventItem(f"shoe-{n}"),)) for n in (1, 3, 5)
    ]
    engine.record_events(events)
    return {"user": who.user, "session": who.session}


def test_a_shopper_reads_what_was_learned(client, ann):
    body = client.get("/v1/profile", params=ann).json()
    assert [one["value"] for one in body["tastes"]["brand"]] == ["Fleet"]
    assert 0 < body["tastes"]["brand"][0]["strength"] <= 1 and body["tastes"]["brand"][0]["session"] > 0
    assert [one["value"] for one in body["tastes"]["category"]] == ["Shoes/Trainers"]
    assert [one["id"] for one in body["recent"]] == ["shoe-5", "shoe-3", "shoe-1"]
    assert body["recent"][0] | {"at": 0} == {
        "id": "shoe-5",
        "title": "Red shoe",
        "image": None,
        "price": 45,
        "currency": "EUR",
        "event": "view_item",
        "at": 0,
    }
    assert 40 < body["price"]["low"] < body["price"]["high"] < 46 and body["price"]["currency"] == "EUR"
    assert [one["category"] for one in body["prices"]] == ["Shoes/Trainers"]
    assert body["edits"] == {"liked": {}, "hidden": {}, "price_most": None, "forgotten": [], "personal": True}
    in_chinese = client.get("/v1/profile", params={"session": ann["session"], "lang": "zh"}).json()
    assert in_chinese["recent"][0]["title"] == "鞋子"


def test_a_stranger_has_an_empty_profile(client):
    body = client.get("/v1/profile", params={"session": "never seen"}).json()
    assert body["tastes"] == {} and body["price"] is None and body["recent"] == [] and body["edits"]["personal"]


def test_what_the_shopper_says_is_answered_and_searched_by(client, ann):
    first = client.get("/v1/search", params={"q": "shoe", **ann}).json()["hits"]
    assert [hit["brand"] for hit in first[:3]] == ["Fleet"] * 3
    answer = client.patch("/v1/profile", params=ann, json={"hidden": {"brand": ["Fleet"]}, "forget": ["shoe-1"]})
    assert answer.status_code == 200
    assert answer.json()["edits"]["hidden"] == {"brand": ["Fleet"]} and answer.json()["edits"]["forgotten"] == [
        "shoe-1"
    ]
    assert [one["id"] for one in answer.json()["recent"]] == ["shoe-5", "shoe-3"]
    after = client.get("/v1/search", params={"q": "shoe", **ann}).json()["hits"]
    assert [hit["brand"] for hit in after[-3:]] == ["Fleet"] * 3
    answer = client.patch("/v1/profile", params=ann, json={"hidden": {"brand": []}, "personal": False})
    assert answer.json()["edits"]["hidden"] == {} and not answer.json()["edits"]["personal"]


def test_tastes_are_cleared(client, ann):
    assert client.delete("/v1/profile", params=ann).json() == {"cleared": True}
    body = client.get("/v1/profile", params=ann).json()
    assert body["tastes"] == {} and body["recent"] == []
    neutral = client.get("/v1/search", params={"q": "shoe"}).json()["hits"]
    assert [hit["id"] for hit in client.get("/v1/search", params={"q": "shoe", **ann}).json()["hits"]] == [
        hit["id"] for hit in neutral
    ]


def test_a_hit_of_the_shopper_s_taste_says_so(client, ann):
    body = client.post("/v1/search", json={"q": "shoe", "explain": True, **ann}).json()
    reasons = body["hits"][0]["reasons"]
    assert {"kind": "taste", "field": "brand", "value": "Fleet"} in reasons
    assert body["hits"][0]["ranking"]["factors"]["personal"] > 1
    assert client.post("/v1/explain", json={"q": "shoe", "product": "shoe-5", **ann}).status_code == 200


def test_no_answer_of_one_shopper_is_kept_for_another(client, ann):
    for answer in (client.get("/v1/profile", params=ann), client.get("/v1/search", params={"q": "shoe", **ann})):
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "params", "body", "field"),
    [
        ("GET", {}, None, "session"),
        ("GET", {"user": "x" * 201}, None, "user"),
        ("GET", {"user": "a\0"}, None, "user"),
        ("GET", {"usr": "a"}, None, "usr"),
        ("DELETE", {}, None, "session"),
        ("PATCH", {}, {}, "session"),
        ("PATCH", ANN, {"liked": {"brnd": ["x"]}}, "liked"),
        ("PATCH", ANN, {"liked": ["x"]}, "liked"),
        ("PATCH", ANN, {"hidden": {"brand": [""]}}, "hidden.brand"),
        ("PATCH", ANN, {"price_most": -1}, "price_most"),
        ("PATCH", ANN, {"personal": "no"}, "personal"),
        ("PATCH", ANN, {"like": {}}, "like"),
    ],
)
def test_a_wrong_request_is_refused_and_names_the_field(client, method, params, body, field):
    answer = client.request(method, "/v1/profile", params=params, json=body)
    assert answer.status_code == 400 and answer.json()["error"]["field"] == field


def test_a_search_key_is_enough_and_needed_where_others_reach_the_service(engine, keys):
    secret = keys.create("search", "shop")
    public = client_of(engine, ServeSettings(allowed_hosts=("localhost",)), keys)
    assert public.get("/v1/profile", params=ANN).status_code == 401
    assert public.get("/v1/profile", params=ANN, headers={"X-API-Key": secret}).status_code == 200
