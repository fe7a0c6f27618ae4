"""What a search's options become."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from PIL import Image

from bowerbird.cli.main import build_parser, main
from bowerbird.cli.printing import print_json, print_results
from bowerbird.cli.search_command import json_body, read_query
from bowerbird.domain.filters import Equals
from bowerbird.domain.product import Product, Variant
from bowerbird.domain.query import FacetRequest, Sort
from bowerbird.domain.results import FacetCounts, FacetStats, FacetValue, Hit, Results

RESULTS = Results(
    hits=(
        Hit(
            Product("a", "Red [bold]bag[/bold] 红包", price=Decimal("12.50"), currency="USD"),
            0.75,
            {"terms": 1.5, "photo": 0.25},
        ),
        Hit(Product("b", "Shoe", currency="EUR", variants=(Variant("b1", price=Decimal(9)),)), 0.5, variant=0),
    ),
    total=7,
    facets=(FacetCounts("brand", (FacetValue("Luma", 3),)), FacetCounts("price", (), FacetStats(1.0, 9.0, 4.5))),
    took_ms=3.21,
    did_you_mean="bag",
)


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "a.png"
    Image.new("RGB", (32, 32), "red").save(path)
    return path


def query_of(*arguments):
    return read_query(build_parser().parse_args(["search", *map(str, arguments)]))


def test_weight_and_box_belong_to_the_photo_before_them(photo):
    query = query_of("--image", photo, "--image", photo, "--image-weight", 2, "--box", "0,0,.5,1")
    plain, weighted = query.wish.photos
    assert (plain.weight, plain.box) == (1.0, None)
    assert (weighted.weight, weighted.box) == (2.0, (0, 0, 0.5, 1))
    assert plain.data == photo.read_bytes()


def test_two_searches_do_not_share_photos(photo):
    assert query_of("--image", photo).wish.photos
    assert not query_of("bag").wish.photos


def test_everything_else_reaches_the_query(photo):
    query = query_of(
        "red", "bag", "--not", "leather", "--not-image", photo, "--filter", "brand = Luma", "--facet", "brand",
        "--facet", "price=..20,20..50,50..", "--sort", "price:asc", "--page", 2, "--per-page", 5, "--explain",
    )  # fmt: skip
    assert query.wish.text == "red bag"
    assert query.without.text == "leather" and len(query.without.photos) == 1
    assert query.filters == Equals("brand", "Luma")
    assert query.facets == (FacetRequest("brand"), FacetRequest("price", ranges=((None, 20), (20, 50), (50, None))))
    assert (query.sort, query.page, query.per_page, query.explain) == (Sort.PRICE_ASC, 2, 5, True)


def test_the_table_shows_titles_as_they_are_and_the_price_of_the_variant(capsys):
    print_results(RESULTS, explain=True)
    shown = capsys.readouterr().out
    assert "Red [bold]bag[/bold] 红包" in shown
    assert "12.50 USD" in shown and "9.00 EUR" in shown
    assert "terms 1.500" in shown
    assert "Luma (3)" in shown and "1 to 9" in shown
    assert "Searched for: bag" in shown
    assert "2 of 7 in 3.2 ms" in shown


def test_json_has_the_fields_that_programs_read(capsys):
    print_json(json_body(RESULTS, explain=False))
    body = json.loads(capsys.readouterr().out)
    assert {"id", "title", "price", "score", "signals"} <= set(body["hits"][0])
    assert {"total", "facets", "took_ms"} <= set(body)
    assert (body["hits"][0]["price"], body["total"]) == (12.5, 7)


def test_a_search_prints_json_of_a_real_shop(tmp_path, capsys):
    assert main(["search", "x", "--json", "--shop", str(tmp_path)]) == 2
    assert "no shop" in capsys.readouterr().err
