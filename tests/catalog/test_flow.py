import json

import pytest

from bowerbird.catalog.flow import ImportTarget, SeenIds, import_catalogue
from bowerbird.domain.errors import FormatError, NotFoundError, SettingError


def lines(*rows):
    return "\n".join(json.dumps(row) for row in rows)


CUP, DISH = {"id": "cup", "title": "Cup", "price": 5}, {"id": "dish", "title": "Dish", "price": 7}


def test_the_same_file_twice_changes_nothing(write, shop):
    path = write("p.jsonl", lines(CUP, DISH))
    assert shop.take(path).new == 2
    before = shop.products.last_seq()
    report = shop.take(path)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert shop.products.last_seq() == before


def test_what_differs_is_changed_and_the_rest_stays(write, shop):
    shop.take(write("p.jsonl", lines(CUP, DISH)))
    report = shop.take(write("p.jsonl", lines({**CUP, "price": 6}, DISH, {"id": "new", "title": "New"})))
    assert (report.new, report.changed, report.unchanged) == (1, 1, 1)


def test_products_that_the_file_lacks_are_kept_unless_it_is_the_full_catalogue(write, shop):
    shop.take(write("p.jsonl", lines(CUP, DISH)))
    path = write("p.jsonl", lines(CUP))
    assert shop.take(path).removed == 0
    assert shop.take(path, full=True, dry_run=True).removed == 0
    assert set(shop.all()) == {"cup", "dish"}
    assert shop.take(path, full=True).removed == 1
    assert set(shop.all()) == {"cup"}


def test_a_full_import_does_not_remove_a_product_whose_row_is_bad_today(write, shop):
    shop.take(write("p.jsonl", lines(CUP, DISH)))
    report = shop.take(write("p.jsonl", lines({**CUP, "price": "?"}, DISH)), full=True)
    assert (report.removed, report.rejected) == (0, 1)
    assert set(shop.all()) == {"cup", "dish"}


def test_a_full_import_removes_nothing_while_a_row_cannot_be_told(write, shop):
    shop.take(write("p.jsonl", lines(CUP, DISH)))
    report = shop.take(write("p.jsonl", lines(CUP) + "\n{broken"), full=True)
    assert report.removed == 0
    assert "nothing removed" in report.notes[0]
    report = shop.take(write("p.csv", "id,title\n"), full=True)
    assert set(shop.all()) == {"cup", "dish"}
    assert "nothing removed" in report.notes[0]


def test_a_dry_run_counts_and_writes_nothing(write, shop):
    report = shop.take(write("p.jsonl", lines(CUP, DISH, {"id": "x"})), dry_run=True)
    assert (report.read, report.accepted, report.rejected, report.new) == (3, 2, 1, 0)
    assert shop.all() == {}
    assert not shop.rejects_folder.exists()
    assert "x" not in report.to_dict()["source"]


def test_bad_rows_land_whole_in_the_rejects_file(write, shop):
    text = lines(CUP, {"id": "bad", "title": "Bad", "price": "cheap", "x": [1]}) + '\n{"id": \n' + lines(DISH, CUP)
    report = shop.take(write("p.jsonl", text))
    assert (report.read, report.new, report.rejected) == (5, 2, 3)
    assert report.rejects is not None
    assert report.rejects.parent == shop.rejects_folder
    bad, broken, twice = shop.rejects()
    assert (bad["file"], bad["line"], bad["field"], bad["found"]) == ("p.jsonl", 2, "price", "'cheap'")
    assert bad["row"] == {"id": "bad", "title": "Bad", "price": "cheap", "x": [1]}
    assert bad["expected"]
    assert (broken["line"], broken["row"]) == (3, '{"id": \n')
    assert (twice["line"], twice["field"], twice["found"]) == (5, "id", "'cup'")
    assert any("p.jsonl:2" in line for line in report.lines())
    assert json.loads(json.dumps(report.to_dict()))["rejected"] == 3


def test_more_products_than_a_batch_all_arrive_and_progress_is_told(write, shop, monkeypatch):
    monkeypatch.setattr("bowerbird.catalog.flow.BATCH", 10)
    path = write("p.jsonl", lines(*({"id": n, "title": f"t{n}"} for n in range(35))))
    told = []
    report = import_catalogue(path, ImportTarget(shop.products), on_progress=lambda report: told.append(report.read))
    assert told == [10, 20, 30, 35]
    assert report.new == 35
    assert len(shop.all()) == 35


def test_what_concerns_the_whole_source_is_one_error(write, shop, tmp_path):
    with pytest.raises(NotFoundError, match="no such file"):
        shop.take(tmp_path / "nothing.csv")
    with pytest.raises(SettingError, match="unknown format"):
        shop.take(write("p.jsonl", lines(CUP)), format="xls")
    with pytest.raises(SettingError, match="fixed columns"):
        shop.take(write("s.csv", "Handle,Title,Variant Price\na,A,1\n"), mapping={"brand": "Vendor"})
    with pytest.raises(NotFoundError, match="photos"):
        shop.take(write("p.jsonl", lines(CUP)), media=tmp_path / "nowhere")
    with pytest.raises(FormatError, match="holds no catalogue"):
        shop.take(shop.rejects_folder.parent)


def test_a_file_that_breaks_midway_says_what_was_kept(write, shop, monkeypatch):
    monkeypatch.setattr("bowerbird.catalog.flow.BATCH", 1)
    with pytest.raises(FormatError, match="3 products before it were kept"):
        shop.take(write("p.yaml", "".join(f"- id: {n}\n  title: t\n" for n in range(3)) + "- [torn"))
    assert len(shop.all()) == 3


def test_a_feed_that_is_cut_off_is_refused_before_anything_is_written(write, shop):
    with pytest.raises(FormatError, match="the XML is broken"):
        shop.take(write("feed.xml", "<rss><channel><item><id>1</id><title>t</title></item><item>"))
    assert shop.all() == {}


def test_ids_seen_are_told_from_new_ones():
    seen = SeenIds()
    assert seen.add("a")
    assert not seen.add("a")
    assert "a" in seen
    assert "b" not in seen
    assert 5 not in seen


def test_a_folder_with_one_catalogue_is_that_catalogue(write, shop, tmp_path):
    write("README.txt", "Just words here, nothing to sell.")
    write("products.jsonl", lines(CUP))
    assert shop.take(tmp_path / "in").new == 1
