"""The files: every record is sound, every line of truth fits its record, and the truth answers."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from bowerbird.catalog.records import product_from_record, product_to_record
from bowerbird.demo.catalogue import PRODUCTS, TRUTH, catalogue_lines, make_line, write_catalogue
from bowerbird.demo.truth import matching, read_truth, truth_from
from bowerbird.domain.errors import NotFoundError


def test_every_record_is_a_product(records):
    for record in records:
        product = product_from_record(record)
        again = product_to_record(product)
        assert again["id"] == record["id"] and again["title"] == record["title"]
        assert again["translations"] == record["translations"]
        assert again["attributes"] == record["attributes"]
        assert len(product.reviews) == len(record.get("reviews", ()))
        assert product.price is not None and product.price > 0


def test_both_files_have_a_line_a_product_and_are_written_whole(tmp_path):
    told = []
    products, truth = write_catalogue(tmp_path / "new", 3, 450, True, lambda done, total: told.append((done, total)))
    assert sorted(path.name for path in products.parent.iterdir()) == [PRODUCTS, TRUTH]
    written = [json.loads(line) for line in products.read_text("utf-8").splitlines()]
    assert [record["id"] for record in written] == [found.id for found in read_truth(tmp_path / "new")]
    assert written[17] == make_line(3, 17)[0]
    assert told[-1] == (450, 450)
    assert truth.is_file()


def test_a_catalogue_that_cannot_be_finished_leaves_the_old_one(tmp_path):
    write_catalogue(tmp_path, 3, 5, True, lambda done, total: None)
    before = (tmp_path / PRODUCTS).read_bytes()

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_catalogue(tmp_path, 4, 5, True, stop)
    assert (tmp_path / PRODUCTS).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [PRODUCTS, TRUTH]


def test_many_products_take_no_more_memory_than_few():
    def peak(count):
        tracemalloc.start()
        for _ in catalogue_lines(5, count):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(400)
    assert peak(1_600) < peak(400) + 1_000_000


def test_photos_belong_to_products_and_their_colours(records, truths):
    for record, truth in zip(records, truths, strict=True):
        assert list(truth.photos) == [f"{truth.id}-{number}.jpg" for number in range(len(truth.colours) + 1)]
        assert record["images"] == [f"{truth.id}-0.jpg", f"{truth.id}-1.jpg"]
        views = [(photo.colour, photo.view) for photo in truth.photos.values()]
        assert views == [(truth.colours[0], 0), (truth.colours[0], 1), *((colour, 0) for colour in truth.colours[1:])]
        for variant in record.get("variants", ()):
            colour = variant["attributes"].get("color", truth.colours[0])
            for file in variant.get("images", ()):
                assert truth.photos[file].colour == colour


def test_without_pictures_no_record_names_one():
    record, truth = make_line(7, 1, pictures=False)
    assert "images" not in record and truth["photos"] == {}
    assert all("images" not in variant for variant in record["variants"])
    with_pictures, _ = make_line(7, 1)
    assert record["title"] == with_pictures["title"] and record["reviews"] == with_pictures["reviews"]


def test_the_truth_says_what_reviews_praise_and_blame(records, truths):
    for record, truth in zip(records, truths, strict=True):
        assert [review["rating"] for review in record.get("reviews", ())] == [review.stars for review in truth.reviews]
        for name, (praised, blamed) in truth.aspects.items():
            polarities = [review.aspects[name] for review in truth.reviews if name in review.aspects]
            assert (polarities.count(1), polarities.count(-1)) == (praised, blamed)


def test_the_truth_answers_which_products_are_a_red_striped_bag(truths):
    found = matching(truths, kind="tote_bag", pattern="striped")
    assert found and all(truth.kind == "tote_bag" and truth.pattern == "striped" for truth in found)
    red = matching(truths, colour="red")
    assert any(truth.colours[0] != "red" for truth in red), "a second colour counts too"
    assert {truth.id for truth in matching(truths, kind="tote_bag", colour="red", pattern="striped")} == {
        truth.id for truth in found if "red" in truth.colours
    }
    assert len(matching(truths)) == len(truths)
    assert {truth.material for truth in matching(truths, material="leather")} == {"leather"}


def test_a_line_of_truth_is_read_as_it_was_written():
    _, line = make_line(7, 2)
    truth = truth_from(json.loads(json.dumps(line)))
    assert truth.id == line["id"] and truth.reviews[0].stars == line["reviews"][0]["stars"]
    assert truth.photos["ring-3-0.jpg"].view == 0


def test_where_there_is_no_truth_the_way_to_make_it_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="bowerbird demo"):
        next(read_truth(tmp_path))
