import pytest

from bowerbird.domain.product import Product, Review
from bowerbird.engine.opinions import sentiments_of


def test_good_reviews_say_more_than_bad_ones_and_nothing_is_said_without_any():
    good = Product("a", "Coat", reviews=(Review("I love it, warm and very well made", 5.0),))
    bad = Product("b", "Coat", reviews=(Review("Terrible. It fell apart after a week.", 1.0),))
    plain = Product("c", "Coat")
    first, second, third = sentiments_of([good, bad, plain])
    assert first["sentiment"] > 0.5 > -0.5 > second["sentiment"] and third == {}


def test_stars_without_words_count_as_they_are():
    starred = Product("a", "Coat", reviews=(Review("", 5.0), Review("  ", 4.0)))
    rated = Product("b", "Coat", rating=2.0)
    assert [one["sentiment"] for one in sentiments_of([starred, rated])] == pytest.approx([0.75, -0.5])
