"""The commands one after the other on a real shop: the tiny one, with the built-in encoders."""

from __future__ import annotations

import json

import pytest

from bowerbird.cli.main import main

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def shop(tiny_shop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shops") / "tiny"
    assert main(["import", str(tiny_shop), "--shop", str(folder)]) == 0
    return folder


def run(capsys, shop, *arguments):
    capsys.readouterr()
    code = main([*map(str, arguments), "--shop", str(shop)])
    output = capsys.readouterr()
    return code, output.out, output.err


def found(capsys, shop, *arguments):
    code, out, err = run(capsys, shop, "search", "--json", *arguments)
    assert code == 0, err
    return json.loads(out)


def test_importing_again_changes_nothing(capsys, shop, tiny_shop):
    code, out, _ = run(capsys, shop, "import", tiny_shop, "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["new"], report["changed"], report["removed"], report["rejected"]) == (0, 0, 0, 0)
    assert report["unchanged"] == report["read"] > 40
    assert report["photos"]["stored"] == 0


def test_words_find_products_and_facets_count_them(capsys, shop):
    body = found(capsys, shop, "running", "shoes", "--facet", "brand", "--facet", "price")
    assert "running" in body["hits"][0]["title"].lower()
    assert {"id", "title", "price", "score", "signals"} <= set(body["hits"][0])
    assert body["took_ms"] > 0
    assert [facet["field"] for facet in body["facets"]] == ["brand", "price"]


def test_a_product_s_own_photo_finds_it(capsys, shop, tiny_shop):
    product = json.loads(tiny_shop.read_text("utf-8").splitlines()[0])
    body = found(capsys, shop, "--image", tiny_shop.parent / "media" / product["images"][0])
    assert body["hits"][0]["id"] == product["id"]


def test_a_filter_narrows_and_a_sort_orders(capsys, shop):
    body = found(capsys, shop, "--filter", "price < 30", "--sort", "price:asc", "--per-page", 50)
    prices = [hit["price"] for hit in body["hits"]]
    assert prices == sorted(prices) and max(prices) < 30


def test_the_table_is_for_people(capsys, shop):
    code, out, _ = run(capsys, shop, "search", "red", "dress", "--explain")
    assert code == 0
    assert "Dress" in out and "why" in out and "products" not in out.splitlines()[0]


def test_an_unknown_field_is_one_line(capsys, shop):
    code, out, err = run(capsys, shop, "search", "x", "--filter", "colour9 = red")
    assert (code, out) == (2, "")
    assert "colour9" in err and err.count("\n") == 1


def test_the_status_tells_that_everything_is_found(capsys, shop):
    code, out, _ = run(capsys, shop, "index", "status", "--json")
    status = json.loads(out)
    assert code == 0 and status["ready"]
    assert status["applied"] == status["last_seq"]


def test_two_settings_are_compared_by_judgements(capsys, shop, tmp_path):
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("query,product_id,rating\nrunning shoes,runner-swift,3\nred dress,dress-summer,3\n")
    code, out, err = run(capsys, shop, "evaluate", "--judgments", judgements, "--against", "terms", "--json")
    assert code == 0, err
    body = json.loads(out)
    assert body["queries"] == 2 and body["means"]["mrr"] > 0
    assert body["against"]["terms"]["comparison"]["queries"] == 2
    code, out, _ = run(capsys, shop, "evaluate", "--judgments", judgements, "--against", "terms")
    assert code == 0 and "from terms to search" in out


def test_a_snapshot_is_a_working_shop_elsewhere(capsys, shop, tmp_path):
    code, out, _ = run(capsys, shop, "snapshot", tmp_path / "kept")
    assert code == 0 and "snapshot of" in out
    assert run(capsys, tmp_path / "again", "restore", tmp_path / "kept")[0] == 0
    assert (
        found(capsys, tmp_path / "again", "running", "shoes")["hits"] == found(capsys, shop, "running", "shoes")["hits"]
    )
    assert run(capsys, tmp_path / "again", "restore", tmp_path / "kept")[0] == 2
