import dataclasses

import numpy as np
import pytest

from bowerbird.domain.errors import ModelError
from bowerbird.domain.filters import Equals
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.retrieve.by_vectors import VectorSettings
from bowerbird.retrieve.flow import Fusion, RetrieveSettings, retrieve

NOISE = [f"thing number {number}" for number in range(40)]


def photo(shows, weight=1.0):
    return PhotoInput(shows.encode(), weight)


def test_words_find_what_holds_them_and_what_means_the_same(view_of, encoders, texts_of):
    view = view_of("red shoe", "crimson trainer", "blue bag", *NOISE)
    found = retrieve(view, Query(Wish("red shoe")), encoders)
    assert texts_of(view, found)[:2] == ["red shoe", "crimson trainer"]
    assert "thing number 1" not in texts_of(view, found)


def test_terms_or_vectors_can_be_left_out(view_of, encoders, texts_of):
    view = view_of("red shoe", "crimson trainer", *NOISE)

    def first(fusion):
        settings = RetrieveSettings(fusion=fusion)
        return texts_of(view, retrieve(view, Query(Wish("red shoe")), encoders, settings))

    assert first(Fusion.TERMS) == ["red shoe"]
    assert set(first(Fusion.VECTORS)) == {"red shoe", "crimson trainer"}
    assert first(Fusion.RANKS)[0] == "red shoe"


def test_words_find_photos(view_of, encoders, texts_of):
    view = view_of({"text": "article 17", "photo": "red bag"}, {"text": "article 18", "photo": "blue shoe"}, *NOISE)
    assert texts_of(view, retrieve(view, Query(Wish("red bag")), encoders))[0] == "article 17"


def test_a_photo_finds_what_looks_like_it_and_then_what_reads_like_it(view_of, encoders, texts_of):
    view = view_of("red bag", {"text": "article 17", "photo": "red bag"}, {"text": "x", "photo": "blue shoe"}, *NOISE)
    found = retrieve(view, Query(Wish(photos=(photo("red bag"),))), encoders)
    assert texts_of(view, found) == ["article 17", "red bag", "x"]
    assert found.variants.tolist()[:2] == [7, -1]


def test_a_photo_fills_a_page_with_the_nearest_there_is(view_of, encoders, texts_of):
    view = view_of(*({"text": f"article {number}", "photo": "blue shoe"} for number in range(40)), *NOISE)
    found = retrieve(view, Query(Wish(photos=(photo("red bag"),))), encoders)
    assert len(found) >= 24


def test_a_photo_with_words_puts_first_what_satisfies_both(view_of, encoders, texts_of):
    view = view_of(
        {"text": "bag blue", "photo": "blue bag"},
        {"text": "shoe red", "photo": "red shoe"},
        {"text": "bag red leather", "photo": "red bag leather"},
        {"text": "bag red", "photo": "red bag"},
        *NOISE,
    )
    found = retrieve(view, Query(Wish("red", photos=(photo("blue bag"),))), encoders)
    assert texts_of(view, found)[0] == "bag red"
    assert found.signals_at(0).keys() >= {"terms", "text", "photo", "joint.photo"}


def test_weights_shift_the_balance(view_of, encoders, texts_of):
    view = view_of({"text": "bag", "photo": "blue bag"}, {"text": "red", "photo": "red shoe"}, *NOISE)

    def first(text_weight, photo_weight):
        wish = Wish("red", text_weight, (photo("blue bag", photo_weight),))
        return texts_of(view, retrieve(view, Query(wish), encoders))[0]

    assert first(0.1, 1.0) == "bag"
    assert first(1.0, 0.1) == "red"


def test_several_photos_are_encoded_at_once_and_each_has_its_signal(view_of, encoders):
    view = view_of({"text": "a", "photo": "red shoe"}, {"text": "b", "photo": "red bag"}, *NOISE)
    found = retrieve(view, Query(Wish(photos=(photo("red shoe"), photo("red bag", 0.5)))), encoders)
    assert encoders.image.calls == 1
    assert {"photo", "photo 2"} <= found.signals.keys()
    assert found.documents[0] == 0


@pytest.mark.parametrize("without", [Wish("leather"), Wish(photos=(PhotoInput(b"bag leather"),))])
def test_what_is_unwanted_sinks_and_stays(view_of, encoders, texts_of, without):
    view = view_of({"text": "bag leather", "photo": "bag leather", "seq": 99}, {"text": "bag", "photo": "bag"}, *NOISE)
    plain = retrieve(view, Query(Wish("bag leather")), encoders)
    assert texts_of(view, plain)[0] == "bag leather"
    turned = retrieve(view, Query(Wish("bag"), without=without), encoders)
    assert texts_of(view, turned)[:2] == ["bag", "bag leather"]
    assert turned.total == retrieve(view, Query(Wish("bag")), encoders).total


def test_an_empty_wish_browses_newest_first(view_of, encoders, texts_of):
    view = view_of({"text": "old", "seq": 3}, {"text": "new", "seq": 9}, {"text": "older", "seq": 1})
    found = retrieve(view, Query(), encoders)
    assert texts_of(view, found) == ["new", "old", "older"]
    assert (found.total, found.exhaustive) == (3, True)


def test_browsing_without_something_puts_it_last(view_of, encoders, texts_of):
    view = view_of({"text": "leather bag", "seq": 100}, *NOISE, {"text": "bag", "seq": 50})
    found = retrieve(view, Query(without=Wish("leather")), encoders)
    assert texts_of(view, found)[-1] == "leather bag"
    assert found.total == view.size


def test_the_filter_holds_for_every_leg(view_of, encoders, texts_of):
    view = view_of(
        {"text": "red shoe", "brand": "Luma", "photo": "red shoe"},
        {"text": "red shoe", "brand": "Other", "photo": "red shoe"},
        *NOISE,
    )
    query = Query(Wish("red shoe", photos=(photo("red shoe"),)), filters=Equals("brand", "Luma"))
    assert retrieve(view, query, encoders).documents.tolist() == [0]
    nothing = dataclasses.replace(query, filters=Equals("brand", "None"))
    assert retrieve(view, nothing, encoders).total == 0


def test_equal_scores_go_newest_first_and_pages_never_overlap(view_of, encoders):
    view = view_of(*({"text": "red shoe", "seq": seq} for seq in (5, 3, 8, 1)))
    runs = [retrieve(view, Query(Wish("red shoe")), encoders).documents.tolist() for _ in range(3)]
    assert runs == [[2, 0, 1, 3]] * 3


def test_products_past_the_pool_follow_with_their_words_alone(view_of, encoders):
    view = view_of(*["red shoe"] * 30, *["red lamp and chair"] * 30)
    settings = RetrieveSettings(pool=10)
    found = retrieve(view, Query(Wish("red")), encoders, settings)
    assert sorted(found.documents.tolist()) == list(range(60))
    assert (found.total, found.exhaustive) == (60, True)


def test_past_the_window_the_total_still_counts_everything(view_of, encoders):
    view = view_of(*["red shoe"] * 50)
    settings = RetrieveSettings(window=20, fusion=Fusion.TERMS)
    found = retrieve(view, Query(Wish("red shoe")), encoders, settings)
    assert (len(found), found.total, found.exhaustive) == (20, 50, False)


def test_words_nobody_has_fall_back_on_meaning_or_find_nothing(view_of, encoders):
    view = view_of("red shoe", *NOISE)
    assert retrieve(view, Query(Wish("crimson trainer")), encoders).documents.tolist() == [0]
    assert retrieve(view, Query(Wish("!?")), encoders, RetrieveSettings(fusion=Fusion.TERMS)).total == 0


def test_words_nobody_has_bring_in_only_the_nearest(view_of, encoders):
    view = view_of("red shoe", "red shoe bag", "shoe bag leather", *NOISE)
    loose = RetrieveSettings(vectors=VectorSettings(strange_floor=0.1))
    query = Query(Wish("crimson trainer"))
    assert retrieve(view, query, encoders).total < retrieve(view, query, encoders, loose).total


def test_without_encoders_terms_still_work(view_of, encoders):
    view = view_of("red shoe", *NOISE)
    bare = dataclasses.replace(encoders, text=None, image=None, metric=None, space=None)
    assert retrieve(view, Query(Wish("red shoe")), bare).documents.tolist() == [0]
    with pytest.raises(ModelError, match="no image model"):
        retrieve(view, Query(Wish(photos=(photo("red shoe"),))), bare)


def test_a_joint_model_takes_the_place_of_the_shared_space(view_of, encoders, texts_of):
    view = view_of({"text": "article 17", "photo": "red bag"}, "blue shoe", *NOISE)
    joint = dataclasses.replace(encoders, metric=None, space=None, joint_text=encoders.text, joint_image=encoders.image)
    assert texts_of(view, retrieve(view, Query(Wish("red bag")), joint))[0] == "article 17"
    found = retrieve(view, Query(Wish(photos=(photo("blue shoe"),))), joint)
    assert texts_of(view, found) == ["blue shoe"]


def test_an_empty_shop_has_no_candidates(view_of, encoders):
    view = view_of("red shoe")
    view.things.clear()
    for query in (Query(), Query(Wish("red")), Query(Wish(photos=(photo("red"),)))):
        assert len(retrieve(view, query, encoders)) == 0


def test_arrays_keep_their_types(view_of, encoders):
    found = retrieve(view_of("red shoe", *NOISE), Query(Wish("red shoe")), encoders)
    assert found.documents.dtype == np.int32
    assert found.scores.dtype == np.float32
    assert all(column.shape == found.scores.shape for column in found.signals.values())


def test_words_that_no_model_can_read_are_matched_by_their_terms_alone(view_of, encoders, texts_of):
    class English:
        dim, fingerprint = 8, "english"

        def encode_query(self, text):
            return encoders.text.encode_query(text) if text.isascii() else np.zeros(8, np.float32)

    view = view_of("red bag 红色", "blue bag", *NOISE)
    half = dataclasses.replace(encoders, text=English(), space=None)
    found = retrieve(view, Query(Wish("红色")), half)
    assert (texts_of(view, found), set(found.signals)) == (["red bag 红色"], {"terms"})
    assert retrieve(view, Query(Wish("绿色")), half).total == 0
