import re
from dataclasses import dataclass

from bowerbird.domain.product import Product, Translation, Variant
from bowerbird.present.hits import Found, make_hits
from bowerbird.present.reasons import Asked

COAT = Product(
    "coat",
    "Red coat",
    description="A coat for the rain. " * 30 + "Lined with red silk.",
    images=("coat.jpg",),
    variants=(
        Variant("blue", attributes={"color": "blue"}, images=("blue.jpg",)),
        Variant("red", attributes={"color": "red"}, images=("lost.jpg", "red.jpg")),
    ),
)
ADDRESSES = {"coat.jpg": "1" * 64, "blue.jpg": "2" * 64, "red.jpg": "3" * 64}


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    return [Word(match[0].lower(), match.start(), match.end()) for match in re.finditer(r"\w+", text)]


def find(text: str, wanted: frozenset[str]) -> list[Word]:
    return [word for word in words(text) if word.text in wanted]


def photos(refs):
    return {ref: ADDRESSES[ref] for ref in refs if ref in ADDRESSES}


def dress(product: Product, text: str, **found):
    (hit,) = make_hits([Found(product, 0.5, {"terms": 1.0}, **found)], Asked(text), words, find, photos)
    return hit


def test_a_hit_shows_the_variant_that_the_words_name_and_a_photo_of_it_that_can_be_had():
    hit = dress(COAT, "red coat", fitting=(0, 1))
    assert (hit.variant, hit.image) == (1, "3" * 64)


def test_the_nearest_photo_chooses_where_the_words_do_not():
    hit = dress(COAT, "coat", fitting=(0, 1), nearest=1)
    assert (hit.variant, hit.image) == (1, "3" * 64)


def test_without_a_fitting_variant_the_product_stands_for_itself():
    hit = dress(COAT, "red coat")
    assert (hit.variant, hit.image) == (None, "1" * 64)


def test_words_are_marked_in_the_title_and_in_a_snippet_of_the_description():
    marks = dress(COAT, "red silk").highlights
    assert marks["title"] == "<mark>Red</mark> coat"
    assert marks["description"].startswith("…") and "<mark>red</mark> <mark>silk</mark>" in marks["description"]
    assert len(marks["description"]) < 250


def test_no_words_no_marks_and_no_photo_no_image():
    hit = dress(Product("bare", "Bare"), "")
    assert (hit.highlights, hit.image, hit.variant, hit.score) == ({}, None, None, 0.5)


def test_an_empty_page_has_no_hits():
    assert make_hits([], Asked("red"), words, find, photos) == ()


def test_words_are_marked_in_the_language_that_is_shown():
    shoe = Product("shoe", "Red shoe", "A red one.", translations={"zh": Translation("red 鞋")})
    (hit,) = make_hits([Found(shoe, 1.0, {})], Asked("red", lang="zh"), words, find, photos)
    assert hit.highlights == {"title": "<mark>red</mark> 鞋", "description": "A <mark>red</mark> one."}


def test_a_hit_brings_its_colours_and_reasons_only_when_asked_for():
    (hit,) = make_hits([Found(COAT, 1.0, {"terms": 1.0}, (0, 1))], Asked("red"), words, find, photos, reasons=True)
    assert [(swatch.value, swatch.variant, swatch.image) for swatch in hit.swatches] == [
        ("blue", 0, "2" * 64),
        ("red", 1, None),
    ]
    assert [reason.field for reason in hit.reasons] == ["title"]
    assert dress(COAT, "red").reasons == ()
