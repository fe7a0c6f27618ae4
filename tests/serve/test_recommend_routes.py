from __future__ import annotations

import pytest

from bowerbird.domain.event import Who
from bowerbird.domain.recommendation import Likeness, Surface
from bowerbird.serve.recommend_schemas import RecommendAnswer, RecommendPageAnswer


def test_a_surface_answers_hits_with_their_reasons(client):
    answer = client.get("/v1/recommend/similar?product=bag&user=ann&session=tablet&by=look&limit=3")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = RecommendAnswer.model_validate(answer.json())
    assert body.surface is Surface.SIMILAR
    assert body.anchor.model_dump() == {"id": "bag", "title": "Blue bag"}
    assert [hit.id for hit in body.hits] == ["shoe/1"]
    assert body.hits[0].why.model_dump() == {
        "kind": "similar_to",
        "product": "bag",
        "title": "Blue <b>bag</b>",
        "field": "",
        "value": "",
    }
    assert (body.query_id, body.propensity) == ("q-2", 1.0)


def test_what_is_asked_reaches_the_engine(client, engine):
    client.get(
        "/v1/recommend/complete-the-cart?user=ann&session=t&cart=bag,shoe/1&cart=lamp&limit=7&by=text&lang=zh"
        '&filter=brand = "Luma"'
    )
    (request,) = engine.requests
    assert request.surface is Surface.COMPLETE_THE_CART
    assert request.who == Who("ann", "t")
    assert request.cart == ("bag", "shoe/1", "lamp")
    assert (request.limit, request.by, request.lang) == (7, Likeness.TEXT, "zh")
    assert request.filters.value == "Luma"


@pytest.mark.parametrize("surface", list(Surface))
def test_every_surface_has_its_address(client, surface):
    assert client.get(f"/v1/recommend/{surface}").json()["surface"] == surface.value


def test_a_page_answers_its_lists_in_their_order(client):
    answer = client.get("/v1/recommend?page=product&product=bag")
    assert answer.headers["cache-control"] == "no-store"
    body = RecommendPageAnswer.model_validate(answer.json())
    assert body.page.value == "product"
    assert [one.surface for one in body.surfaces] == [Surface.NEW, Surface.TRENDING]
    assert [one.propensity for one in body.surfaces] == [0.25, 0.25]
    assert client.get("/v1/recommend").json()["page"] == "home"


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/v1/recommend/nothing", "surface"),
        ("/v1/recommend/new?limit=0", "limit"),
        ("/v1/recommend/new?limit=101", "limit"),
        ("/v1/recommend/new?limit=many", "limit"),
        ("/v1/recommend/new?filter=price <", None),
        ("/v1/recommend/new?filter=margin > 3", "filters"),
        ("/v1/recommend/new?mood=good", "mood"),
        ("/v1/recommend/new?user=a&user=b", "user"),
        ("/v1/recommend/similar?by=smell", "by"),
        ("/v1/recommend/new?cart=" + ",".join("x" * 101), "cart"),
        ("/v1/recommend?page=basement", "page"),
        ("/v1/recommend/new?user=" + "u" * 300, "user"),
    ],
)
def test_bad_requests_are_refused_with_the_field(client, address, field):
    answer = client.get(address)
    assert answer.status_code == 400
    assert field is None or answer.json()["error"]["field"].startswith(field)


def test_an_unknown_product_is_not_found(client):
    assert client.get("/v1/recommend/similar?product=nothing").status_code == 404


def test_the_openapi_page_tells_of_it(client):
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/v1/recommend", "/v1/recommend/{surface}"):
        names = {one["name"] for one in paths[path]["get"]["parameters"]}
        assert {"user", "session", "product", "cart", "limit", "filter", "by", "lang"} <= names
    assert "page" in {one["name"] for one in paths["/v1/recommend"]["get"]["parameters"]}
