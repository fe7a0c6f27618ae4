"""The whole way, from drawn photos and records to answers, with the built-in encoders."""

import io

import pytest
from PIL import Image

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.testing.tiny_shop import TINY_ANSWERS

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def engine(tiny_shop, tmp_path_factory):
    opened = open_shop(tmp_path_factory.mktemp("shop") / "tiny")
    opened.import_catalogue(tiny_shop.parent)
    opened.build()
    yield opened
    opened.close()


@pytest.mark.parametrize("question", TINY_ANSWERS, ids=lambda q: f"{q.kind}: {q.text or q.filters or q.photo}")
def test_the_obvious_answer_comes_first(engine, tiny_shop, question):
    photos = ()
    if question.photo:
        photos = (PhotoInput((tiny_shop.parent / question.photo).read_bytes(), box=question.box),)
    query = Query(wish=Wish(text=question.text, photos=photos), filters=parse_filter(question.filters))
    results = engine.search(query)
    first = [hit.product.id for hit in results.hits][: len(question.ids)]
    assert set(first) == question.ids, [(hit.product.id, round(hit.score, 3)) for hit in results.hits[:6]]
    if question.exact:
        assert results.total == len(question.ids)


def test_a_red_variant_is_shown_for_red(engine):
    query = Query(wish=Wish(text="running shoes"), filters=parse_filter("color = blue"))
    hit = engine.search(query).hits[0]
    assert hit.product.variants[hit.variant].attributes["color"] == "blue"


def test_a_mirrored_and_dimmed_photo_still_finds_its_product(engine, tiny_shop):
    with Image.open(tiny_shop.parent / "media" / "suitcase-blue.jpg") as photo:
        spoilt = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT).point(lambda level: level * 0.67)
    data = io.BytesIO()
    spoilt.save(data, "JPEG", quality=30)
    results = engine.search(Query(wish=Wish(photos=(PhotoInput(data.getvalue()),))))
    assert results.hits[0].product.id == "suitcase-cabin"
