"""More like this and less like this, and what the answer says of how the query was read."""

from __future__ import annotations

import pytest
from engine_world import ask, becomes_true, ids, lamps

from bowerbird.domain.errors import InputError
from bowerbird.domain.explanation import PartKind, ReasonKind
from bowerbird.domain.product import Product
from bowerbird.domain.query import FacetRequest, PhotoInput, Query, Wish


def like(*products, text="", unlike=(), **more):
    return Query(Wish(text, products=products), Wish(products=unlike), **more)


def test_more_like_this_finds_what_similar_finds_and_not_the_product_itself(engine):
    found = [hit.product.id for hit in engine.search(like("tee-classic")).hits]
    similar = [hit.product.id for hit in engine.similar("tee-classic", 3).hits]
    assert "tee-classic" not in found
    assert found[0] == similar[0]
    assert set(found[:4]) >= set(similar[:2])


def test_words_choose_among_what_is_like_a_product(engine):
    assert engine.search(like("tee-classic", text="polo")).hits[0].product.id == "polo-pique"


def test_less_like_this_leaves_the_product_out_and_lets_its_like_sink(engine):
    plain = ids(engine, "t-shirt")
    turned = [hit.product.id for hit in engine.search(like(text="t-shirt", unlike=["tee-classic"])).hits]
    assert "tee-classic" in plain and "tee-classic" not in turned
    assert set(plain) - {"tee-classic"} == set(turned)


def test_filters_facets_and_pages_hold_for_examples_too(engine):
    query = like("tee-classic", filters=ask(filters="price < 30").filters, facets=(FacetRequest("brand"),), per_page=2)
    first = engine.search(query)
    assert all(hit.product.price < 30 for hit in first.hits if not hit.product.variants)
    assert sum(value.count for value in first.facets[0].values) == first.total
    pages = [hit.product.id for page in (1, 2) for hit in engine.search(replace_page(query, page)).hits]
    assert len(pages) == len(set(pages))


def replace_page(query, page):
    return Query(query.wish, filters=query.filters, page=page, per_page=query.per_page)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (like("tee-classic", "nothing"), "like[1]"),
        (like("' OR 1=1 --"), "like[0]"),
        (like(text="shirt", unlike=["tee-classic", "polo-pique", "no"]), "not.like[2]"),
    ],
)
def test_an_example_that_the_shop_does_not_have_is_one_clear_error(engine, query, field):
    with pytest.raises(InputError, match="no such product") as refused:
        engine.search(query)
    assert refused.value.field == field


def test_a_product_written_a_moment_ago_can_be_an_example(own):
    own.put([*lamps(3), Product("lamp-x", "Lamp number9")])
    own.search(like("lamp-x"))  # whether or not the view has it yet
    assert becomes_true(lambda: "lamp-1" in [hit.product.id for hit in own.search(like("lamp-x")).hits])
    own.delete(["lamp-x"])
    with pytest.raises(InputError):
        own.search(like("lamp-x"))


def test_the_answer_says_how_the_query_was_read(engine, photo_of):
    query = Query(
        Wish("runing shoes", photos=(PhotoInput(photo_of("runner-blue"), 0.5),), products=("tee-classic",)),
        Wish("leather", products=("polo-pique",)),
        ask(filters="price < 100 AND (color = red OR color = blue)").filters,
    )
    parts = engine.search(query).understood
    assert [part.kind for part in parts] == [
        PartKind.WORDS,
        PartKind.CORRECTION,
        PartKind.PREFERENCE,
        PartKind.FILTER,
        PartKind.FILTER,
        PartKind.PHOTO,
        PartKind.LIKE,
        PartKind.NOT_WORDS,
        PartKind.UNLIKE,
    ]
    correction, example = parts[1], parts[6]
    assert (correction.replaced, correction.text) == ("runing", "running shoes")
    assert (example.product, example.title) == ("tee-classic", "Classic Cotton T-Shirt")
    assert [part.field for part in parts[3:5]] == ["price", "color"]


def test_each_hit_says_why_it_was_found_when_asked_to(engine, photo_of):
    hit = engine.search(ask("red t-shirt", filters="size = M", explain=True)).hits[0]
    assert hit.product.id == "tee-classic"
    words = {reason.field: reason.words for reason in hit.reasons if reason.kind is ReasonKind.WORDS}
    assert words == {"title": ("t-shirt",), "color": ("red",)}
    assert [(reason.field, reason.value) for reason in hit.reasons if reason.kind is ReasonKind.FILTER] == [
        ("size", "M")
    ]
    by_photo = engine.search(ask(photos=[photo_of("runner-blue")], explain=True)).hits[0].reasons
    assert (by_photo[0].kind, by_photo[0].number, round(by_photo[0].strength)) == (ReasonKind.PHOTO, 1, 1)
    by_example = engine.search(like("tee-classic", explain=True)).hits[0].reasons
    assert (by_example[0].kind, by_example[0].number) == (ReasonKind.LIKE, 1)
    assert engine.search(ask("red t-shirt")).hits[0].reasons == ()


def test_hits_bring_the_colours_their_products_come_in(engine):
    hit = engine.search(ask("classic cotton t-shirt")).hits[0]
    assert [swatch.value for swatch in hit.swatches] == ["red", "blue", "black"]
    for swatch in hit.swatches:
        assert engine.photo(swatch.image)[0].is_file()
        assert hit.product.variants[swatch.variant].attributes["color"] == swatch.value


def test_a_query_photo_is_looked_at_once(own, photo_of):
    encoder = own._keeper.live().models.image
    photo = PhotoInput(photo_of("runner-blue"))
    before = encoder.encoded
    for weight, page in ((1.0, 1), (0.4, 1), (1.0, 2)):
        own.search(Query(Wish("red", photos=(PhotoInput(photo.data, weight),)), page=page, per_page=5))
    assert encoder.encoded == before + 1


def test_a_product_has_a_page_of_its_own(engine):
    page = engine.product_page("tee-classic")
    assert page.options == {"color": ("red", "blue", "black"), "size": ("S", "M", "L")}
    assert all(engine.photo(photo.address)[0].is_file() for photo in page.photos)
    assert sum(page.rating_counts.values()) == len(page.reviews) == 2
