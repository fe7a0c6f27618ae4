import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bowerbird.domain.filters import Equals
from bowerbird.domain.query import Sort, Wish
from bowerbird.domain.understanding import EntityType, Preference, Rewrite, RewriteReason
from bowerbird.retrieve.flow import EncodedQuery, RetrieveSettings, retrieve_encoded
from bowerbird.retrieve.preferred import UNSAID, Preferred
from bowerbird.retrieve.wishes import EncodedWish, encode_wish

NOISE = [f"thing number {number}" for number in range(40)]
SHOP = (
    {"text": "red shoe", "brand": "Luma"},
    {"text": "blue shoe", "brand": "Luma"},
    {"text": "red bag", "brand": "Fleet"},
    {"text": "lamp"},
)


def of_brand(name, weight=0.5, type_=EntityType.BRAND):
    return Preference(type_, name, 0, len(name), weight, Equals("brand", name))


def newest(weight=0.5):
    return Preference(EntityType.NEWNESS, "newest", 0, 6, weight, sort=Sort.NEWEST)


@pytest.fixture
def view(view_of):
    return view_of(*SHOP)


@pytest.fixture
def raised(view):
    """The scores of the four products, given all alike, raised."""

    def raise_(*preferences, scores=(0.5, 0.5, 0.5, 0.5)):
        documents = np.arange(4, dtype=np.int32)
        found = Preferred.read(view, preferences).raised(view, documents, np.array(scores, np.float32))
        assert found.dtype == np.float32
        return found.tolist()

    return raise_


def test_without_preferences_scores_stay(raised):
    assert raised(scores=(0.1, 0.9, 0.5, 0.0)) == pytest.approx([0.1, 0.9, 0.5, 0.0])


def test_what_meets_a_preference_rises_above_what_does_not(raised):
    luma, also, other, bare = raised(of_brand("Luma"))
    assert luma == also > other == bare


def test_the_heavier_a_preference_the_further_it_raises(raised):
    def lead(weight):
        scores = raised(of_brand("Luma", weight))
        return scores[0] - scores[2]

    assert 0 < lead(0.1) < lead(0.5) < lead(2.0)


def test_what_meets_more_preferences_stands_higher(raised):
    red, blue, bag, lamp = raised(of_brand("Luma", 0.5), newest(0.2))
    assert blue > red > lamp > bag


def test_an_order_raises_evenly_from_its_last_to_its_first(raised):
    scores = raised(newest(1.0), scores=(0, 0, 0, 0))
    assert scores == pytest.approx([0, 1 / 6, 2 / 6, 3 / 6])


def test_an_order_of_one_product_raises_it_whole(view):
    documents, scores = np.array([2], np.int32), np.zeros(1, np.float32)
    assert Preferred.read(view, [newest(1.0)]).raised(view, documents, scores).tolist() == [0.5]


def test_documents_may_come_in_any_order(view):
    documents = np.array([3, 0, 2], np.int32)
    found = Preferred.read(view, [newest(1.0)]).raised(view, documents, np.zeros(3, np.float32))
    assert found.tolist() == pytest.approx([0.5, 0, 0.25])


def test_what_answers_the_words_and_does_not_say_it_is_taken_to_meet_it_in_part(raised):
    met, _, unsaid, nothing = raised(of_brand("Luma", 1.0), scores=(0.0, 0.0, 1.0, 0.0))
    assert unsaid == pytest.approx((1 + UNSAID) / 2)
    assert met == 0.5
    assert nothing == 0


def test_nobody_preferred_is_nobody_left_out(view):
    nothing = np.empty(0, np.int32)
    preferred = Preferred.read(view, [of_brand("Luma"), newest()])
    assert preferred.raised(view, nothing, np.empty(0, np.float32)).tolist() == []


scores = st.lists(st.floats(0, 1, width=32), min_size=4, max_size=4)


# The view is only read.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scores, st.floats(0, 3, width=32), st.floats(0, 3, width=32))
def test_scores_stay_between_none_and_the_best(view, scores, one, other):
    preferences = [of_brand("Luma", one), newest(other)]
    found = Preferred.read(view, preferences).raised(view, np.arange(4, dtype=np.int32), np.array(scores, np.float32))
    assert ((found >= 0) & (found <= 1 + 1e-5)).all()


@pytest.mark.parametrize(
    ("preferences", "members"),
    [
        ([], []),
        ([newest()], []),
        ([of_brand("Luma")], [0, 1]),
        ([of_brand("Luma", type_=EntityType.CATEGORY)], [0, 1]),
        ([of_brand("Luma", type_=EntityType.COLOR)], []),
        ([of_brand("Luma"), newest()], [0, 1]),
        ([of_brand("Luma"), of_brand("Fleet", type_=EntityType.COLOR)], []),
        ([of_brand("Nobody")], []),
    ],
)
def test_a_kind_or_a_brand_brings_in_all_that_meet_every_preference(view, preferences, members):
    found = Preferred.read(view, preferences).members(None, 10)
    assert found.tolist() == members
    assert found.dtype == np.int32


def test_too_many_members_are_none_and_a_filter_holds_for_them_too(view):
    preferred = Preferred.read(view, [of_brand("Luma")])
    assert preferred.members(None, 1).tolist() == []
    assert preferred.members(None, 2).tolist() == [0, 1]
    assert preferred.members(view.select(Equals("brand", "Fleet")), 10).tolist() == []


def search(view, encoders, text, preferences=(), wordings=None):
    query = EncodedQuery(encode_wish(Wish(text), encoders, wordings=wordings), EncodedWish())
    return retrieve_encoded(view, query, None, encoders, RetrieveSettings(), preferences=preferences)


def test_a_search_puts_what_is_preferred_first_and_leaves_nothing_out(view_of, encoders, texts_of):
    view = view_of({"text": "red shoe laced", "brand": "Fleet"}, {"text": "red shoe", "brand": "Luma"}, *NOISE)
    plain = search(view, encoders, "red shoe")
    turned = search(view, encoders, "red shoe", [of_brand("Fleet")])
    assert texts_of(view, plain)[0] == "red shoe"
    assert texts_of(view, turned)[:2] == ["red shoe laced", "red shoe"]
    assert turned.total == plain.total


def test_what_is_all_that_was_preferred_is_found_without_the_words(view_of, encoders, texts_of):
    view = view_of("red shoe", {"text": "article 17", "brand": "Luma"}, *NOISE)
    assert "article 17" not in texts_of(view, search(view, encoders, "red shoe"))
    assert "article 17" in texts_of(view, search(view, encoders, "red shoe", [of_brand("Luma")]))


def test_browsing_puts_what_is_preferred_first(view_of, encoders, texts_of):
    view = view_of({"text": "old", "brand": "Luma"}, "newer", "newest")
    found = search(view, encoders, "", [of_brand("Luma")])
    assert texts_of(view, found) == ["old", "newest", "newer"]


def test_wordings_are_looked_for_beside_each_other(view_of, encoders, texts_of):
    view = view_of("crimson trainer", "red shoe", "lamp", *NOISE)
    wordings = [Rewrite("lamp", 1.0, RewriteReason.TYPED), Rewrite("shoe", 0.5, RewriteReason.SYNONYM)]
    found = search(view, encoders, "lamp", wordings=wordings)
    assert texts_of(view, found)[0] == "lamp"
    assert "red shoe" in texts_of(view, found)
    assert "red shoe" not in texts_of(view, search(view, encoders, "lamp"))
    # The signals of a second wording are told under the names of the first.
    assert set(found.signals) <= {"terms", "text", "joint.photo"}


def test_no_wordings_at_all_browse(view_of, encoders):
    view = view_of("red shoe", "lamp")
    assert search(view, encoders, "xyzzyq", wordings=[]).total == 2
