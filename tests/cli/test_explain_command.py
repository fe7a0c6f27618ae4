"""What is printed of how a hit came to its place."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from bowerbird.cli import explain_command
from bowerbird.cli.explain_command import print_explained
from bowerbird.cli.main import main
from bowerbird.cli.printing import print_results
from bowerbird.domain.explained import Explained, HeatMap, Outcome, Unmet, Whose, WordMatch
from bowerbird.domain.product import Product
from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.domain.results import Hit, Results
from bowerbird.domain.rules import AppliedRule, RuleEffect, RuleMove

BAG = Product("bag", "Red bag")
NAMES = ("terms", "meaning", "look", "sentiment", "coverage", "phrase")
LEARNED = HitRanking(
    by="learned",
    place=4,
    factors={"relevance": 0.8, "stock": 0.9},
    signals=tuple(SignalValue(name, 0.5, "0..1", "somewhere", "raises", 0.1 * at) for at, name in enumerate(NAMES)),
    start=1.0,
    average=-0.25,
    total=2.25,
    moved_from=2,
)
MOVE = RuleMove("summer", "Summer", "boost", 5, 1)
HIT = Hit(BAG, 0.9, {"terms": 1.0}, ranking=LEARNED, moves=(MOVE,))


def test_a_search_that_is_explained_prints_factors_contributions_and_rules(capsys):
    applied = AppliedRule("summer", "Summer", ("boost", "hide"), (RuleEffect("hat", "hide", 2, None),))
    print_results(Results((HIT, Hit(Product("cap", "Cap"), 0.1)), 2, applied_rules=(applied,)), explain=True)
    shown = capsys.readouterr().out
    assert "1. bag  Red bag" in shown
    assert "by the learned score; retrieval had it at place 4; variety moved it from place 2; +2.25 in all" in shown
    assert "rule summer: boost, from place 5 to place 1" in shown
    assert "relevance" in shown and "0.800" in shown
    order = [shown.index(f"\n{name} ") for name in ("phrase", "coverage", "sentiment", "look", "meaning")]
    # The five that did most; what did nothing is no contribution.
    assert order == sorted(order) and "\nterms " not in shown
    assert "2. cap  Cap\n   not ranked" in shown
    assert "rule summer in force: boost, hide; left out: hat" in shown


def test_without_explain_nothing_of_it_is_printed(capsys):
    print_results(Results((HIT,), 1), explain=False)
    assert "learned" not in capsys.readouterr().out


def test_an_explained_product_prints_its_place_words_and_heat(capsys):
    words = (WordMatch("crimson", "Red", "title", 0.71), WordMatch("q", None, None, 0.0))
    heat = (HeatMap(1, ((0.0, 1.0), (0.5, 0.0)), b"png"),)
    print_explained(Explained(BAG, Outcome.FOUND, 8, 1, HIT, (MOVE,), words=words, heat_maps=heat))
    shown = capsys.readouterr().out
    assert "It stands at place 1 of 8." in shown and "by the learned score" in shown
    assert "crimson" in shown and "0.71" in shown
    assert "     ##\n" in shown and "   ::  \n" in shown


def test_a_product_that_is_not_there_prints_why(capsys):
    print_explained(Explained(BAG, Outcome.EXCLUDED, 8, unmet=(Unmet("price <= 5", Whose.FILTER),)))
    assert "does not meet: price <= 5 (of the filter)" in capsys.readouterr().out
    hidden = Explained(BAG, Outcome.HIDDEN, 8, moves=(RuleMove("sale", "", "hide", 3, None),))
    print_explained(hidden)
    shown = capsys.readouterr().out
    assert "hidden by the rule sale" in shown and "rule sale: hide, from place 3 to nowhere" in shown


@pytest.fixture
def shop(monkeypatch, tmp_path):
    """A shop that answers with one explanation, and what it was asked."""
    from contextlib import contextmanager

    class Shop:
        def __init__(self):
            self.asked = []

        heat_maps = (HeatMap(1, ((1.0,),), b"a picture"),)

        def start(self, progress):
            pass

        def explain(self, query, product):
            self.asked.append((query, product))
            return Explained(BAG, Outcome.FOUND, 8, 1, HIT, heat_maps=self.heat_maps)

    made = Shop()

    @contextmanager
    def opened(options):
        yield made

    monkeypatch.setattr(explain_command, "opened", opened)
    return made


def test_the_command_asks_writes_the_heat_map_and_prints_json(shop, tmp_path, capsys):
    photo, out = tmp_path / "a.png", tmp_path / "out.png"
    Image.new("RGB", (32, 32), "red").save(photo)
    given = ["explain", "red", "bag", "--product", "bag", "--photo", str(photo), "--filter", "price < 9"]
    assert main([*given, "--heat-map", str(out), "--json"]) == 0
    query, product = shop.asked[0]
    assert (query.wish.text, product, query.wish.photos[0].data) == ("red bag", "bag", photo.read_bytes())
    assert query.filters is not None
    assert out.read_bytes() == b"a picture"
    body = json.loads(capsys.readouterr().out)
    assert (body["outcome"], body["hit"]["ranking"]["place"]) == ("found", 4)
    assert main([*given, "--heat-map", str(out)]) == 0
    assert f"written to {out}" in capsys.readouterr().out


@pytest.mark.parametrize(("path", "says"), [("none/x.png", "there is no folder"), (".", "it is a folder")])
def test_a_heat_map_that_cannot_be_written_is_told_before_anything_is_searched(shop, tmp_path, capsys, path, says):
    photo = tmp_path / "a.png"
    Image.new("RGB", (32, 32), "red").save(photo)
    given = ["explain", "--product", "bag", "--photo", str(photo), "--heat-map", str(tmp_path / path)]
    assert main(given) == 2
    shown = capsys.readouterr()
    assert f"the file cannot be written: {says}" in shown.err and shown.out == "" and shop.asked == []


def test_a_heat_map_needs_a_photo_of_the_query_and_one_of_the_product(shop, tmp_path, capsys):
    out = tmp_path / "out.png"
    assert main(["explain", "bag", "--product", "bag", "--heat-map", str(out)]) == 2
    assert "no photo to make a heat map of" in capsys.readouterr().err
    photo = tmp_path / "a.png"
    Image.new("RGB", (32, 32), "red").save(photo)
    shop.heat_maps = ()
    assert main(["explain", "--product", "bag", "--photo", str(photo), "--heat-map", str(out)]) == 0
    assert "the product has no photo" in capsys.readouterr().out and not out.exists()
