import json

import pytest

from bowerbird.measure.flow import Rated, evaluate, with_searches

JUDGEMENTS = {"red shoe": {"1": 3.0, "2": 1.0, "3": 0.0}, "hat": {"9": 1.0}, "ghost": {"1": 0.0}}
RANKINGS = {"red shoe": ["1", "2", "3"], "hat": ["8", "9"]}


def search(query, depth):
    return RANKINGS[query][:depth]


def test_every_query_with_a_relevant_product_is_searched_once():
    heard = []
    report = evaluate(search, JUDGEMENTS, lambda stage, done, total: heard.append((stage, done, total)))
    assert [row.query for row in report.rows] == ["red shoe", "hat"]
    assert report.skipped == ("ghost",)
    assert heard[-1] == ("evaluate", 3, 3)


def test_the_means_are_over_those_queries():
    report = evaluate(search, JUDGEMENTS)
    assert report.means["mrr"] == pytest.approx(0.75)
    assert report.means["judged_ndcg@10"] == pytest.approx(1.0)
    assert report.values("recall@10") == {"red shoe": 1.0, "hat": 1.0}
    assert {row.query: row.unjudged for row in report.rows} == {"red shoe": 0, "hat": 1}


def test_a_product_listed_twice_counts_once():
    report = evaluate(lambda query, depth: ["1", "1", "2"], {"q": {"1": 1.0, "2": 1.0}})
    assert report.means["ndcg@10"] == pytest.approx(1.0)


def test_the_highest_rating_of_all_judgements_decides_the_err():
    report = evaluate(search, JUDGEMENTS)
    assert report.highest == 3
    # The hat's only product is rated 1 of 3 and stands second.
    assert report.values("err@10")["hat"] == pytest.approx(1 / 8 / 2)


def test_what_came_first_and_what_should_have_are_told_with_their_ratings():
    ranking = [f"x{number}" for number in range(10)] + ["good"]
    report = evaluate(lambda query, depth: ["poor", *ranking], {"q": {"poor": 0.0, "good": 1.0, "best": 3.0}})
    (row,) = report.rows
    assert row.first[:2] == (Rated("poor", 1, 0.0), Rated("x0", 2, None))
    assert len(row.first) == 10
    assert row.missed == (Rated("best", None, 3.0), Rated("good", 12, 1.0))


def test_the_groups_have_means_with_intervals():
    report = evaluate(search, JUDGEMENTS, describe=lambda query: {"length": f"{len(query.split())} words"})
    groups = report.by_group()["length"]
    assert groups["2 words"].queries == ("red shoe",)
    assert groups["2 words"].means["mrr"].mean == 1
    assert not groups["2 words"].means["mrr"].bounded
    interval = report.intervals()["mrr"]
    assert (interval.mean, interval.low, interval.high) == (0.75, 0.5, 1.0)


def test_head_and_tail_go_by_judged_products_until_searches_are_given():
    report = evaluate(search, JUDGEMENTS)
    assert {row.query: row.groups for row in report.rows} == {
        "red shoe": {"judged products": "torso"},
        "hat": {"judged products": "tail"},
    }
    asked = with_searches(report, {"hat": 9, "another": 100})
    assert {row.query: row.groups for row in asked.rows} == {
        "red shoe": {"searches": "tail"},
        "hat": {"searches": "torso"},
    }


def test_the_report_goes_to_json():
    body = json.loads(json.dumps(evaluate(search, JUDGEMENTS).to_dict()))
    assert body["queries"] == 2
    assert body["by_query"][0]["query"] == "red shoe"
    assert body["intervals"]["mrr"] == {"mean": 0.75, "low": 0.5, "high": 1.0, "count": 2}
    assert body["groups"]["judged products"]["tail"]["queries"] == ["hat"]


def test_without_queries_there_are_no_means():
    report = evaluate(search, {"ghost": {"1": 0.0}})
    assert (report.means, report.intervals(), report.by_group()) == ({}, {}, {})
