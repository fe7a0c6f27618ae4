"""What is printed of recommendations."""

from __future__ import annotations

import pytest

from bowerbird.cli.main import main
from bowerbird.cli.recommend_command import print_recommendations, why_text
from bowerbird.domain.product import Product
from bowerbird.domain.recommendation import Recommendations, RecommendedHit, Surface, Why, WhyKind
from bowerbird.domain.results import Hit

CASE = Product("case", "Phone [red] case")


def test_a_list_is_printed_with_the_reason_of_each_product(capsys):
    hit = RecommendedHit(Hit(CASE, 0.5), Why(WhyKind.BOUGHT_WITH, "phone", "Phone"), "bought_with")
    print_recommendations(Recommendations(Surface.BOUGHT_TOGETHER, (hit,), "q", 1.25, "phone", "Phone"))
    shown = capsys.readouterr().out
    assert shown.startswith("for phone  Phone\n")
    (row,) = [line for line in shown.splitlines() if "case" in line]
    assert row.split() == ["1", "0.500", "case", "Phone", "[red]", "case", "bought", "with", "Phone"]
    assert "1 products in 1.2 ms" in shown


def test_an_empty_list_says_so(capsys):
    print_recommendations(Recommendations(Surface.BUY_AGAIN, (), "q"))
    assert "no products" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (Why(WhyKind.POPULAR), "popular"),
        (Why(WhyKind.SIMILAR_TO, "lamp", "Desk lamp"), "similar to Desk lamp"),
        (Why(WhyKind.YOUR_TASTE, field="brand", value="Luma"), "your taste: brand Luma"),
    ],
)
def test_a_reason_in_a_few_words(why, text):
    assert why_text(why) == text


def test_an_unknown_surface_is_refused_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["recommend", "nothing"])
    assert stopped.value.code == 2
    assert "for-you" in capsys.readouterr().err


def test_a_filter_that_cannot_be_read_is_refused(run_on_shop):
    code, _, error = run_on_shop("recommend", "new", "--filter", "price <")
    assert code == 2
    assert "price <" in error
