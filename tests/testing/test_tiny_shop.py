from contextlib import closing
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image

from bowerbird.catalog.flow import ImportTarget, import_catalogue
from bowerbird.domain.filters import And, Equals, Exists, Not, OneOf, Or, Range, Under, parse_filter
from bowerbird.storage.database import Database
from bowerbird.storage.photos import PhotoStore
from bowerbird.storage.products import ProductStore
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.testing.fakes import ColourShapeImageEncoder
from bowerbird.testing.tiny_shop import TINY_ANSWERS, tiny_records, write_tiny_catalogue
from bowerbird.testing.tiny_shop.pictures import ASKED, CATALOGUE, draw

RECORDS = {record["id"]: record for record in tiny_records()}


def test_every_photo_that_a_product_names_is_drawn_and_none_besides():
    named = {image for record in RECORDS.values() for image in photos_of(record)}
    assert named == {f"{name}.jpg" for name in CATALOGUE}


def test_every_right_answer_is_a_product_and_every_asked_photo_exists():
    for question in TINY_ANSWERS:
        assert question.ids <= RECORDS.keys(), question
        assert question.text or question.photo or question.filters, question
        if question.photo:
            folder, name = question.photo.removesuffix(".jpg").split("/")
            assert name in {"media": CATALOGUE, "asked": ASKED}[folder], question


@pytest.mark.parametrize("question", [q for q in TINY_ANSWERS if q.kind == "filter"], ids=lambda q: q.filters)
def test_the_answers_to_filters_are_what_a_plain_reading_of_the_rows_gives(question):
    condition = parse_filter(question.filters)
    assert {
        key for key, record in RECORDS.items() if any(meets(row, condition) for row in rows_of(record))
    } == question.ids


def test_the_trap_is_set_red_and_medium_and_in_stock_but_not_at_once():
    rows = rows_of(RECORDS["tee-classic"])
    for field, value in (("color", "red"), ("size", "M"), ("availability", "in_stock")):
        assert any(row[field] == value for row in rows)
    assert not any(row["color"] == "red" and row["size"] == "M" and row["availability"] == "in_stock" for row in rows)


def test_prices_are_exact_decimals_and_some_titles_are_chinese():
    for record in RECORDS.values():
        assert Decimal(str(record["price"])).as_tuple().exponent >= -2
    assert sum(any("\u4e00" <= letter <= "\u9fff" for letter in record["title"]) for record in RECORDS.values()) >= 5


def test_the_catalogue_is_written_the_same_every_time(tmp_path):
    assert write_tiny_catalogue(tmp_path / "a").read_bytes() == write_tiny_catalogue(tmp_path / "b").read_bytes()


def test_a_picture_is_the_same_every_time():
    assert draw("mug-blue", 96).tobytes() == draw("mug-blue", 96).tobytes()


def test_every_product_has_a_photo_of_its_own(tiny_shop):
    pictures = {path.name: path.read_bytes() for path in (tiny_shop.parent / "media").iterdir()}
    assert len(set(pictures.values())) == len(pictures) == len(CATALOGUE)


def test_a_red_bag_is_red_and_another_view_of_it_looks_like_it(tiny_shop):
    encoder = ColourShapeImageEncoder()

    def encoded(path):
        with Image.open(tiny_shop.parent / path) as photo:
            return encoder.encode([photo])[0]

    bag, asked, mug = (
        encoded(path) for path in ("media/handbag-red.jpg", "asked/ask-handbag-red.jpg", "media/mug-blue.jpg")
    )
    assert bag[:12].argmax() == 0
    assert bag @ asked > 2 * abs(bag @ mug)
    assert np.linalg.norm(bag) > 1


def test_it_imports_without_a_single_complaint(tiny_shop, tmp_path):
    shop = ShopFolder.create(tmp_path / "shop")
    with closing(Database.open(shop.root)) as database:
        target = ImportTarget(ProductStore(database), PhotoStore(database, shop.photos), shop.rejects)
        first, again = (import_catalogue(tiny_shop.parent, target) for _ in range(2))
    assert (first.new, first.rejected, first.photos.stored, first.photos.missing) == (50, 0, len(CATALOGUE), 0)
    assert (again.unchanged, again.new, again.changed, again.photos.stored) == (50, 0, 0, 0)


def photos_of(record):
    return [
        *record["images"],
        *(image for variant in record.get("variants", []) for image in variant.get("images", [])),
    ]


def rows_of(record):
    base = {**record, **record.get("attributes", {})}
    return [{**base, **variant, **variant.get("attributes", {})} for variant in record.get("variants", [])] or [base]


def meets(row, condition):
    match condition:
        case And(parts):
            return all(meets(row, part) for part in parts)
        case Or(parts):
            return any(meets(row, part) for part in parts)
        case Not(part):
            return not meets(row, part)
        case Equals(field, value):
            return row.get(field) == value
        case OneOf(field, values):
            return row.get(field) in values
        case Range(field, low, high, low_in, high_in):
            number = row.get(field)
            above = low is None or number > low or (low_in and number == low)
            return above and (high is None or number < high or (high_in and number == high))
        case Under(_, path):
            return any(category == path or category.startswith(f"{path}/") for category in row["categories"])
        case Exists(field):
            return field in row
