"""What a storefront asks besides searching: what the shop offers, a product's page, and speech."""

from __future__ import annotations

import pytest
from serve_world import FIELDS, PHOTO, client_of

from bowerbird.domain.product import Availability, Product, Review, Translation, Variant
from bowerbird.serve.audio_routes import MAX_AUDIO_BYTES
from bowerbird.serve.settings import ServeSettings


def test_the_capabilities_say_what_a_page_may_offer(client):
    body = client.get("/v1/capabilities").json()
    assert body.pop("photo") == {
        "max_bytes": 20_000_000,
        "max_pixels": 50_000_000,
        "formats": [f"image/{name}" for name in ("jpeg", "png", "webp", "gif", "bmp", "avif", "tiff")],
    }
    assert body == {
        "speech": True,
        "speech_languages": ["en"],
        "languages": ["en", "zh"],
        "max_photos": 8,
        "max_examples": 8,
        "fields": [{"name": name, "kind": kind} for name, kind in FIELDS.items()],
        "facets": ["category", "brand"],
        "currency": "USD",
        "products": 2,
    }


BAG = Product(
    "bag",
    "Blue <b>bag</b>",
    description="Holds <i>all</i>.",
    images=("bag.jpg", "lost.jpg"),
    availability=Availability.IN_STOCK,
    variants=(Variant("bag-s", attributes={"color": "blue", "size": "S"}, images=("bag.jpg",)),),
    rating=4.0,
    reviews=(Review("fine", 4.0, "Good", "Ann", "2026-01-02"), Review("later", 5.0, created_at="2026-03-02")),
    translations={"zh": Translation("蓝色包")},
)


def test_a_product_s_page_has_all_that_it_shows_and_trusts_none_of_it(client, engine):
    engine.products["bag"] = BAG
    body = client.get("/v1/products/bag/view").json()
    assert body == {
        "id": "bag",
        "title": "Blue <b>bag</b>",
        "description": "Holds <i>all</i>.",
        "brand": "",
        "categories": [],
        "price": None,
        "currency": None,
        "availability": "in_stock",
        "rating": 4.0,
        "review_count": 2,
        "rating_counts": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 1},
        "url": "",
        "photos": [{"address": f"/photos/{PHOTO}", "variant": "bag-s"}],
        "attributes": {},
        "options": {},
        "variants": [
            {
                "id": "bag-s",
                "title": "Blue <b>bag</b>",
                "price": None,
                "currency": None,
                "availability": "in_stock",
                "attributes": {"color": "blue", "size": "S"},
                "options": {},
                "image": f"/photos/{PHOTO}",
            }
        ],
        "reviews": [
            {"text": "later", "rating": 5.0, "title": "", "author": "", "created_at": "2026-03-02"},
            {"text": "fine", "rating": 4.0, "title": "Good", "author": "Ann", "created_at": "2026-01-02"},
        ],
        "swatches": [
            {
                "value": "blue",
                "variant": "bag-s",
                "image": f"/photos/{PHOTO}",
                "price": None,
                "availability": "in_stock",
            }
        ],
        "languages": ["zh"],
    }


def test_a_product_s_page_is_shown_in_the_language_asked_for(client, engine):
    engine.products["bag"] = BAG
    chinese = client.get("/v1/products/bag/view?lang=zh").json()
    assert (chinese["title"], chinese["description"]) == ("蓝色包", "Holds <i>all</i>.")
    assert client.get("/v1/products/bag/view?lang=fr").json()["title"] == "Blue <b>bag</b>"


def test_ids_with_slashes_have_pages_too(client):
    body = client.get("/v1/products/shoe/1/view").json()
    assert body["id"] == "shoe/1"
    assert body["options"] == {"size": ["M", "L"]}
    assert [variant["options"] for variant in body["variants"]] == [{"size": "M"}, {"size": "L"}]
    assert body["attributes"] == {"weight": {"value": 300.0, "unit": "g"}}


def test_the_page_of_a_product_that_is_not_there_is_not_found(client):
    answer = client.get("/v1/products/nothing/view")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert client.get("/v1/products/bag/view?lang=!").status_code == 400


def test_hits_are_shown_in_the_language_asked_for(client, engine):
    engine.products["bag"] = BAG
    titles = [hit["title"] for hit in client.get("/v1/search?lang=zh").json()["hits"]]
    assert titles == ["Red running shoe", "蓝色包"]


CLIP = {"files": {"file": ("clip.webm", b"blue bag", "audio/webm")}, "data": {"model": "whisper-1"}}


def test_a_clip_has_a_largest_size_and_a_type(client):
    large = {"file": ("clip.wav", b"0" * (MAX_AUDIO_BYTES + 1), "audio/wav")}
    answer = client.post("/v1/audio/transcriptions", files=large)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    answer = client.post("/v1/audio/transcriptions", json={"file": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_type")
    assert client.get("/v1/audio/transcriptions").status_code == 405


def test_a_clip_whose_length_nobody_told_is_counted_as_it_arrives(client):
    def without_end():
        for _ in range(MAX_AUDIO_BYTES // 100_000 + 2):
            yield b"0" * 100_000

    answer = client.post(
        "/v1/audio/transcriptions", content=without_end(), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/v1/capabilities", "/v1/products/bag/view", "/v1/audio/transcriptions"])
def test_a_public_service_answers_a_storefront_only_with_a_key(engine, keys, path):
    key = keys.create("search", "page")
    with client_of(engine, ServeSettings(host="0.0.0.0"), keys) as client:
        ask = client.post if "audio" in path else client.get
        extra = CLIP if "audio" in path else {}
        assert ask(path, **extra).status_code == 401
        assert ask(path, headers={"X-API-Key": key}, **extra).status_code == 200
