"""The search's shapes in and out."""

from __future__ import annotations

from serve_world import encoded, red_png

from bowerbird.domain.filters import Equals
from bowerbird.domain.query import FacetRequest, Sort


def test_a_hit_has_everything_a_page_shows(client):
    body = client.post("/v1/search", json={"q": "red shoe"}).json()
    assert body["hits"] == [
        {
            "id": "shoe/1",
            "title": "Red running shoe",
            "brand": "Luma",
            "price": 39.95,
            "currency": "USD",
            "availability": "in_stock",
            "image": "/photos/" + "a" * 40,
            "categories": ["Shoes/Running"],
            "rating": 4.5,
            "review_count": 2,
            "url": "https://shop.example/shoe",
            "score": 1.0,
            "signals": {"terms": 1.0},
            "variant": {
                "id": "shoe/1-m",
                "title": "Red running shoe",
                "price": 39.95,
                "image": "/photos/" + "a" * 40,
                "attributes": {"size": "M", "tags": ["new", "light"]},
            },
            "highlights": {"title": "Red <mark>running</mark> shoe"},
            "swatches": [],
            "variant_count": 2,
        }
    ]
    del body["hits"]
    assert body == {
        "total": 1,
        "facets": [],
        "page": 1,
        "per_page": 24,
        "took_ms": 1.23,
        "query_id": "q-1",
        "did_you_mean": None,
        "exhaustive": True,
        "understood": {"parts": [{"kind": "words", "text": "red shoe", "weight": 1.0}]},
    }


def test_a_query_reaches_the_engine_whole(client, engine):
    client.post(
        "/v1/search",
        json={
            "q": "bag",
            "text_weight": 0.5,
            "like": ["shoe/1", "bag"],
            "images": [{"data": encoded(red_png()), "weight": 2, "box": [0, 0, 0.5, 1]}],
            "not": {
                "q": "leather",
                "images": [{"data": "data:image/png;base64," + encoded(red_png())}],
                "like": ["bag"],
            },
            "filters": "brand = Luma",
            "facets": [
                "brand",
                {"field": "price", "limit": 3, "disjunctive": False, "ranges": [[None, 20], [20, 50.5]]},
            ],
            "sort": "price:asc",
            "page": 2,
            "per_page": 5,
            "explain": True,
            "lang": "zh-CN",
        },
    ).raise_for_status()
    query = engine.queries[0]
    assert query.wish.text == "bag" and query.without.text == "leather"
    assert (query.wish.text_weight, query.wish.products, query.without.products) == (0.5, ("shoe/1", "bag"), ("bag",))
    photo = query.wish.photos[0]
    assert (photo.data, photo.weight, photo.box) == (red_png(), 2.0, (0, 0, 0.5, 1))
    assert query.without.photos[0].data == red_png()
    assert query.filters == Equals("brand", "Luma")
    assert query.facets == (FacetRequest("brand"), FacetRequest("price", 3, False, ((None, 20), (20, 50.5))))
    assert (query.sort, query.page, query.per_page, query.explain) == (Sort.PRICE_ASC, 2, 5, True)
    assert query.lang == "zh-CN"


def test_words_photos_both_or_neither_may_be_given(client):
    photo = {"data": encoded(red_png())}
    for body in (
        {},
        {"q": "shoe"},
        {"images": [photo]},
        {"q": "shoe", "images": [photo] * 8},
        {"q": None, "not": None},
    ):
        assert client.post("/v1/search", json=body).status_code == 200, body


def test_facets_have_values_and_stats(client):
    facets = client.get("/v1/search?facets=brand,price").json()["facets"]
    assert facets == [
        {"field": "brand", "values": [{"value": "Luma", "count": 1}, {"value": "Zing", "count": 1}], "stats": None},
        {"field": "price", "values": [], "stats": {"min": 10.0, "max": 40.0, "mean": 25.0}},
    ]


def test_get_takes_the_same_fields_from_the_address(client, engine):
    answer = client.get(
        "/v1/search",
        params={
            "q": "红色 shoe",
            "text_weight": "0.25",
            "like": "bag, shoe/1",
            "filters": "brand = Luma",
            "facets": "brand, price",
            "sort": "newest",
            "page": "3",
            "lang": "zh",
        },
    )
    assert answer.status_code == 200
    query = engine.queries[0]
    assert query.wish.text == "红色 shoe"
    assert [facet.field for facet in query.facets] == ["brand", "price"]
    assert (query.wish.text_weight, query.wish.products, query.lang) == (0.25, ("bag", "shoe/1"), "zh")
    assert (query.sort, query.page) == (Sort.NEWEST, 3)


def test_explain_adds_where_the_time_went(client):
    assert client.get("/v1/search?explain=true").json()["timings_ms"] == {"terms": 0.5}
    assert "timings_ms" not in client.get("/v1/search").json()


def test_answers_are_kept_by_no_cache(client):
    assert client.get("/v1/search").headers["cache-control"] == "no-store"


def test_suggestions_come_with_their_kind_and_count(client):
    assert client.get("/v1/suggest?q=run").json() == {
        "suggestions": [{"text": "running shoe", "kind": "title", "count": 1}]
    }
    assert client.get("/v1/suggest").json()["suggestions"]


def test_the_fields_that_filters_know_are_listed(client):
    assert {"name": "price", "kind": "number"} in client.get("/v1/fields").json()["fields"]


def test_an_address_of_a_photo_is_refused_unless_the_service_fetches(client):
    answer = client.post("/v1/search", json={"images": [{"url": "https://shop.example/a.jpg"}]})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "address_refused", "images[0].url")
    assert "--fetch-photos" in error["message"]
