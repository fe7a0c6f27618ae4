"""What an operator reads of a place adds up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from rank_world import PlainView, candidates_of

from bowerbird.rank.explain import explain_places
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import RankParts, RankSettings, VarietySettings, rank
from bowerbird.rank.question import Question
from bowerbird.rank.reranking import Reranked

VIEW = PlainView(
    4,
    {"title": ["red shoe", "blue shoe", "shoe", "lamp"]},
    {"price": [10, 20, 30, np.nan]},
    {"brand": ["luma", "luma", "zing", ""]},
)
FOUND = candidates_of([0.9, 0.8, 0.7, 0.6], terms=(1, 0.9, 0.8, np.nan))
ASKED = Question("red shoe", (("red", "shoe"),))


class Model:
    """Adds 2 for each share of coverage and .5 for everybody."""

    start = 8.0
    broken = False

    def scores(self, table, default):
        return 8 * default + 2 * table.known("coverage", 0) + 0.5

    def contributions(self, table, rows):
        if self.broken:
            raise RuntimeError("no reasons")
        return [{"coverage": 2 * float(table.known("coverage", 0)[row]), "average": 0.5} for row in rows]


def ranked_with(parts: RankParts | None = None, settings: RankSettings | None = None):
    return rank(VIEW, FOUND, ASKED, settings or RankSettings(), parts or RankParts())


def test_the_factors_of_a_default_score_multiply_to_it():
    ranked = ranked_with()
    for place, told in explain_places(ranked, range(4), Faults()).items():
        assert told.by == "default" and told.total is None
        assert np.prod(list(told.factors.values())) == pytest.approx(float(ranked.candidates.scores[place]), rel=1e-5)


def test_what_signals_added_sums_to_the_total_by_which_places_fall():
    ranked = ranked_with(RankParts(model=Model()))
    told = explain_places(ranked, range(4), Faults())
    for one in told.values():
        added = sum(signal.contribution for signal in one.signals if signal.contribution is not None)
        assert one.by == "learned"
        assert one.start + one.average + added == pytest.approx(one.total)
        assert one.start == pytest.approx(8 * np.prod(list(one.factors.values())), rel=1e-5)
    totals = [told[place].total for place in range(4)]
    assert totals == sorted(totals, reverse=True)


def test_a_signal_comes_with_its_unit_its_source_and_its_direction():
    (told,) = explain_places(ranked_with(), [0], Faults()).values()
    price = next(signal for signal in told.signals if signal.name == "price_level")
    assert (price.unit, price.direction, price.value) == ("log ratio", "either", pytest.approx(np.log(0.5)))
    assert {"relevance", "terms", "coverage"} <= {signal.name for signal in told.signals}


def test_what_a_product_does_not_have_is_left_out():
    told = explain_places(ranked_with(), range(4), Faults())
    lamp = next(one for one in told.values() if one.place == 4)
    assert {"terms", "price_fit"}.isdisjoint(signal.name for signal in lamp.signals)


def test_a_place_says_where_retrieval_had_it_and_what_variety_did():
    variety = VarietySettings(caps={"brand": 1}, first=2)
    ranked = ranked_with(settings=replace(RankSettings(), variety=variety))
    told = explain_places(ranked, range(4), Faults())
    rows = [told[place].place - 1 for place in range(4)]
    assert ranked.candidates.documents.tolist() == FOUND.documents[rows].tolist()
    (moved_up,) = (one for one in told.values() if one.moved_from is not None and one.place - 1 == rows[1])
    assert moved_up.moved_from > 2


def test_what_the_cross_encoder_gave_is_told_where_it_read():
    def look(words, seqs, scores):
        return Reranked(np.arange(4), scores, np.array([3, np.nan, np.nan, np.nan], np.float32))

    told = explain_places(ranked_with(RankParts(second_look=look)), range(4), Faults())
    looked = {place: [one.value for one in told[place].signals if one.name == "second_look"] for place in range(4)}
    assert looked == {0: [3.0], 1: [], 2: [], 3: []}


def test_places_past_the_window_are_left_out():
    ranked = ranked_with(settings=RankSettings(window=2))
    assert set(explain_places(ranked, range(4), Faults())) == {0, 1}


def test_a_model_that_gives_no_reasons_is_noted_and_the_rest_is_told():
    model, faults = Model(), Faults()
    model.broken = True
    (told,) = explain_places(ranked_with(RankParts(model=model)), [0], faults).values()
    assert told.by == "learned" and told.total is None and told.signals and faults.counts == {"model": 1}
