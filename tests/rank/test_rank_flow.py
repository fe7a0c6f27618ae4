"""From candidates to their order: what decides, what is left alone, and that nothing in it can break a search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_world import PlainView, candidates_of, floats

from bowerbird.rank.diversity import DiversitySettings
from bowerbird.rank.exposure import ExposureSettings
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import RankParts, RankSettings, VarietySettings, by_score, rank, to_shares, unranked
from bowerbird.rank.question import Question
from bowerbird.rank.reranking import Reranked, Reranker, RerankingSettings
from bowerbird.rank.score import ScoreSettings
from bowerbird.rank.signals import SignalTable

NAN = float("nan")
SHOES = ("red shoe", "blue shoe", "old shoe", "big shoe", "tin shoe", "wet shoe")
VIEW = PlainView(
    6,
    {"title": SHOES, "body": ["worn"] * 6},
    {"stock": [1, 1, 1, 0, 1, 1]},
    {"brand": ["luma", "luma", "luma", "zing", "zing", ""], "seller": ["big"] * 5 + ["small"]},
    [(1, 0), (1, 0), (1, 0), (0, 1), (0, 1), None],
)
FOUND = candidates_of([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], terms=(1, 0.9, 0.8, 0.7, 0.6, 0.5))
ASKED = Question("shoe", (("shoe",),))
NONE = ScoreSettings(**dict.fromkeys(ScoreSettings.__slots__, 0.0))
PLAIN = RankSettings(score=NONE)


class Model:
    """Finds the last the best, or breaks, or gives what it is told."""

    start = 8.0

    def __init__(self, values=None, error: Exception | None = None) -> None:
        self._values, self._error = values, error

    def scores(self, table: SignalTable, default: np.ndarray) -> np.ndarray:
        if self._error is not None:
            raise self._error
        return np.arange(len(table), dtype=np.float32) if self._values is None else floats(*self._values)


def order(ranked) -> list[int]:
    return ranked.candidates.documents.tolist()


def ranked_by(parts: RankParts | None = None, settings: RankSettings = PLAIN, question=ASKED, found=FOUND):
    return rank(VIEW, found, question, settings, parts or RankParts())


def varied(**variety) -> RankSettings:
    return replace(PLAIN, variety=VarietySettings(**variety))


def test_with_nothing_but_relevance_the_order_stays():
    ranked = ranked_by()
    assert order(ranked) == [0, 1, 2, 3, 4, 5]
    assert ranked.candidates.scores == pytest.approx(FOUND.scores)
    assert ranked.rows.tolist() == [0, 1, 2, 3, 4, 5] and ranked.model is None


def test_what_cannot_be_bought_comes_down_and_takes_its_columns_along():
    ranked = ranked_by(settings=replace(PLAIN, score=replace(NONE, stock=1.0)))
    assert order(ranked) == [0, 1, 2, 4, 5, 3]
    assert ranked.candidates.signals["terms"] == pytest.approx([1, 0.9, 0.8, 0.6, 0.5, 0.7])
    assert ranked.candidates.scores[-1] == pytest.approx(0.3)
    assert ranked.rows.tolist() == [0, 1, 2, 4, 5, 3]


def test_only_the_window_is_ranked_and_the_rest_stays_below_it():
    parts = RankParts(model=Model())
    ranked = ranked_by(parts, replace(PLAIN, window=3))
    assert order(ranked) == [2, 1, 0, 3, 4, 5]
    assert ranked.rows.tolist() == [2, 1, 0, -1, -1, -1]
    assert (np.diff(ranked.candidates.scores) <= 0).all() and len(ranked.table) == 3


def test_nothing_stands_above_the_window_even_where_its_last_is_worth_nothing():
    found = candidates_of([0.9, -0.1, 0.8, 0.7])
    ranked = ranked_by(settings=replace(PLAIN, window=2), found=found)
    assert ranked.candidates.scores.tolist() == pytest.approx([0.9, 0, 0, 0])


def test_equal_scores_keep_the_order_they_came_in():
    assert by_score(floats(0.5, 0.9, 0.500001, 0.5)).tolist() == [1, 0, 2, 3]


def test_a_model_decides_where_there_is_one_and_words_alone_are_asked():
    parts = RankParts(model=Model())
    assert order(ranked_by(parts)) == [5, 4, 3, 2, 1, 0]
    assert ranked_by(parts).model is parts.model
    for question in (Question(), replace(ASKED, words_alone=False)):
        assert order(ranked_by(parts, question=question)) == [0, 1, 2, 3, 4, 5]


def test_a_photo_alone_is_ranked_by_look():
    settings = RankSettings(score=ScoreSettings(stock=5.0))
    assert order(ranked_by(settings=settings, question=Question(words_alone=False))) == [0, 1, 2, 3, 4, 5]
    assert order(ranked_by(settings=settings))[-1] == 3


@pytest.mark.parametrize(
    "model",
    [
        Model(error=RuntimeError("the trees fell")),
        Model(values=(1, 2, NAN, 3, 4, 5)),
        Model(values=(1, 2, np.inf, 3, 4, 5)),
    ],
)
def test_a_model_that_fails_leaves_the_default_score_and_is_noted(model):
    parts = RankParts(model=model)
    ranked = ranked_by(parts)
    assert order(ranked) == [0, 1, 2, 3, 4, 5] and ranked.model is None
    assert parts.faults.counts == {"model": 1}


@given(st.lists(st.floats(-(2.0**99), 2.0**99, width=32), max_size=20), st.floats(0.01, 100))
def test_learned_scores_are_brought_to_0_to_1_in_their_order(values: list[float], start: float):
    found = to_shares(floats(*sorted(values)), start)
    assert ((found >= 0) & (found <= 1)).all() and (np.diff(found) >= 0).all()


def test_in_the_middle_learned_scores_rise_as_default_ones_do():
    assert to_shares(floats(3.96, 4.0, 4.04), 8.0) == pytest.approx([0.495, 0.5, 0.505], abs=1e-4)


def test_far_from_the_middle_learned_scores_still_tell_products_apart():
    assert order(ranked_by(RankParts(model=Model((90, 91, 92, 93, 94, 95))))) == [5, 4, 3, 2, 1, 0]


def test_a_second_look_reads_the_first_again_by_seq_and_words():
    asked = []

    def look(words, seqs, scores):
        asked.append((words, seqs.tolist(), scores.tolist()))
        logits = np.array([-1, 2, 1, NAN, NAN, NAN], np.float32)
        return Reranked(np.array([1, 2, 0, 3, 4, 5]), scores, logits)

    ranked = ranked_by(RankParts(second_look=look))
    assert asked == [("shoe", [100, 101, 102, 103, 104, 105], pytest.approx(FOUND.scores.tolist()))]
    assert order(ranked) == [1, 2, 0, 3, 4, 5]
    np.testing.assert_array_equal(ranked.logits, floats(-1, 2, 1, NAN, NAN, NAN))
    assert ranked.candidates.scores == pytest.approx(FOUND.scores)


def test_logits_are_told_by_row_after_the_model_has_turned_the_order():
    def look(words, seqs, scores):
        return Reranked(np.arange(6), scores, seqs.astype(np.float32))

    ranked = ranked_by(RankParts(model=Model(), second_look=look))
    assert order(ranked) == [5, 4, 3, 2, 1, 0]
    assert ranked.logits.tolist() == [100, 101, 102, 103, 104, 105]


def test_what_a_cross_encoder_has_read_never_falls_below_what_it_has_not():
    class Encoder:
        fingerprint = "dislikes"

        def score(self, query, texts):
            return floats(*(-9.0 if "red" in text else -5.0 for text in texts))

    texts = {100 + place: title for place, title in enumerate(SHOES)}
    reranker = Reranker(Encoder(), Faults(), RerankingSettings(first=2, weight=1.0, budget=60))
    ranked = ranked_by(
        RankParts(second_look=lambda *told: reranker.rerank(*told, lambda seqs: [texts[s] for s in seqs]))
    )
    assert order(ranked) == [1, 0, 2, 3, 4, 5]


def test_a_second_look_that_breaks_is_noted_and_is_only_for_words():
    def torn(words, seqs, scores):
        raise OSError("gone")

    parts = RankParts(second_look=torn)
    assert order(ranked_by(parts)) == [0, 1, 2, 3, 4, 5]
    assert parts.faults.counts == {"cross_encoder": 1}
    ranked_by(parts, question=Question())
    assert parts.faults.counts == {"cross_encoder": 1}


def test_variety_spreads_what_reads_alike_and_says_what_moved():
    ranked = ranked_by(settings=varied(likeness=DiversitySettings(first=6, relevance=0.5)))
    assert order(ranked)[:2] == [0, 3]
    assert ranked.moved[3] == 3 and 0 not in ranked.moved
    assert ranked.rows.tolist() == order(ranked)


def test_a_cap_lets_one_brand_in_so_often():
    ranked = ranked_by(settings=varied(caps={"brand": 1}, first=3))
    assert order(ranked) == [0, 3, 5, 1, 2, 4]


def test_a_cap_on_what_no_product_has_does_nothing():
    assert order(ranked_by(settings=varied(caps={"nonsense": 1}))) == [0, 1, 2, 3, 4, 5]


def test_a_cap_or_seller_that_no_product_has_is_noted():
    faults = Faults()
    settings = varied(caps={"nonsense": 1, "stock": 1, "Brand": 1}, seller="none", exposure=ExposureSettings(floor=0.1))
    ranked_by(RankParts(faults=faults), settings)
    assert faults.counts == {"variety.caps.nonsense": 1, "variety.caps.stock": 1, "variety.seller": 1}


def test_a_small_seller_gets_its_floor():
    exposure = ExposureSettings(floor=0.1, first=5, tolerance=0.2)
    ranked = ranked_by(settings=varied(seller="seller", exposure=exposure))
    assert 5 in order(ranked)[:5]
    assert ranked.moved[5] == 5


def test_places_keep_their_scores_so_that_rules_undo_no_variety():
    ranked = ranked_by(settings=varied(caps={"brand": 1}, first=3))
    assert ranked.candidates.scores == pytest.approx(FOUND.scores)


def test_no_candidates_are_no_error():
    for settings in (RankSettings(), varied(caps={"brand": 1}, seller="seller"), replace(PLAIN, window=0)):
        ranked = ranked_by(RankParts(model=Model()), settings, found=candidates_of([]))
        assert order(ranked) == [] and ranked.rows.tolist() == []


def test_a_window_of_none_leaves_everything():
    ranked = ranked_by(RankParts(model=Model()), replace(PLAIN, window=0))
    assert order(ranked) == [0, 1, 2, 3, 4, 5] and ranked.rows.tolist() == [-1] * 6


def test_what_was_not_ranked_is_as_retrieval_has_it():
    ranked = unranked(FOUND)
    assert ranked.candidates is FOUND and ranked.rows.tolist() == [-1] * 6 and len(ranked.table) == 0


@given(
    st.lists(st.floats(-0.5, 1.25, width=32), max_size=6),
    st.integers(0, 7),
    st.booleans(),
    st.sampled_from([{}, {"caps": {"brand": 1}}, {"likeness": DiversitySettings(first=3, relevance=0.4)}]),
)
def test_ranking_loses_and_invents_no_product_and_scores_fall(scores, window, with_model, variety):
    found = candidates_of(sorted(scores, reverse=True))
    parts = RankParts(model=Model() if with_model else None)
    ranked = ranked_by(parts, replace(varied(**variety), window=window), found=found)
    assert sorted(order(ranked)) == list(range(len(scores)))
    assert (np.diff(ranked.candidates.scores) <= 1e-5).all()
    inside = min(window, len(scores))
    assert sorted(ranked.rows[:inside].tolist()) == list(range(inside)) and (ranked.rows[inside:] == -1).all()
    assert order(ranked)[inside:] == list(range(inside, len(scores)))
    assert parts.faults.counts == {}
