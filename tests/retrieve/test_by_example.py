"""Products of the shop as examples: what is like them, and what is not."""

from __future__ import annotations

import pytest

from bowerbird.domain.filters import Equals
from bowerbird.domain.query import Wish
from bowerbird.retrieve.flow import EncodedQuery, RetrieveSettings, retrieve_encoded
from bowerbird.retrieve.wishes import encode_wish

NOISE = [f"thing number {number}" for number in range(40)]
BAGS = (
    {"text": "red bag", "photo": "red bag"},
    {"text": "crimson bag", "photo": "red bag"},
    {"text": "blue bag", "photo": "blue bag"},
    {"text": "red shoe", "photo": "red shoe"},
    {"text": "blue shoe", "photo": "blue shoe"},
)


@pytest.fixture
def search(encoders):
    def search(view, wish=None, like=(), unlike=(), within=None, settings=None):
        query = EncodedQuery(encode_wish(wish or Wish(), encoders, like), encode_wish(Wish(), encoders, unlike))
        return retrieve_encoded(view, query, within, encoders, settings or RetrieveSettings())

    return search


def test_what_reads_and_looks_like_an_example_comes_first_and_the_example_is_no_hit(view_of, texts_of, search):
    view = view_of(*BAGS, *NOISE)
    found = search(view, like=[0])
    assert texts_of(view, found)[0] == "crimson bag"
    assert "red bag" not in texts_of(view, found) and "thing number 1" not in texts_of(view, found)
    assert found.total == len(found)
    assert set(found.signals) == {"like.text", "like.photo"}
    assert found.signals_at(0)["like.photo"] == pytest.approx(1.0)


def test_two_examples_find_what_is_like_both(view_of, texts_of, search):
    view = view_of(
        {"text": "red shoe", "photo": "red shoe"},
        {"text": "blue bag", "photo": "blue bag"},
        {"text": "red bag", "photo": "red bag"},
        {"text": "red leather", "photo": "leather"},
        *NOISE,
    )
    found = search(view, like=[0, 1])
    assert texts_of(view, found)[0] == "red bag"
    assert {"like.text", "like.photo", "like.text 2", "like.photo 2"} == set(found.signals)
    assert {"red shoe", "blue bag"}.isdisjoint(texts_of(view, found))


def test_words_choose_among_what_is_like_an_example(view_of, texts_of, search):
    view = view_of(*BAGS, *NOISE)
    assert texts_of(view, search(view, Wish("blue"), like=[0]))[0] == "blue bag"
    assert texts_of(view, search(view, Wish("blue", text_weight=0.0), like=[0]))[0] == "crimson bag"


def test_what_is_like_an_unwanted_example_sinks_and_the_example_is_no_hit(view_of, texts_of, search):
    view = view_of(*BAGS, *NOISE)
    plain = texts_of(view, search(view, Wish("bag")))
    turned = texts_of(view, search(view, Wish("bag"), unlike=[0]))
    assert set(plain) - set(turned) == {"red bag"}
    assert turned.index("blue bag") < turned.index("crimson bag")


def test_browsing_with_an_unwanted_example_turns_the_order(view_of, texts_of, search):
    view = view_of(*NOISE, *BAGS)
    plain, turned = texts_of(view, search(view)), texts_of(view, search(view, unlike=[40]))
    assert len(turned) == len(plain) - 1 and "red bag" not in turned
    assert turned[-1] == "crimson bag"


def test_an_example_outside_the_filter_still_says_what_is_meant(view_of, texts_of, search):
    view = view_of(*({**bag, "brand": "Luma" if "blue" in bag["text"] else ""} for bag in BAGS), *NOISE)
    found = search(view, like=[0], within=view.select(Equals("brand", "Luma")))
    assert texts_of(view, found)[0] == "blue bag"


def test_an_example_that_the_view_does_not_have_yet_finds_nothing_rather_than_everything(view_of, search):
    assert search(view_of(*BAGS, *NOISE), like=[-1]).total == 0


def test_an_example_without_a_photo_is_looked_for_by_its_text(view_of, texts_of, search):
    view = view_of("red bag", "crimson bag", {"text": "blue shoe", "photo": "blue shoe"}, *NOISE)
    found = search(view, like=[0])
    assert texts_of(view, found)[0] == "crimson bag"
    assert set(found.signals) == {"like.text"}


def test_an_example_alone_in_its_field_is_like_nothing(view_of, search):
    assert search(view_of({"text": "red bag", "photo": "red bag"}), like=[0]).total == 0
