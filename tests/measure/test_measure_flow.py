import json

import pytest

from bowerbird.measure.flow import evaluate, format_report

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


def test_the_report_goes_to_json_and_to_a_table_worst_first():
    report = evaluate(search, JUDGEMENTS)
    body = json.loads(json.dumps(report.to_dict()))
    assert body["queries"] == 2
    assert body["by_query"][0]["query"] == "red shoe"
    lines = format_report(report).splitlines()
    assert [line.split("  ")[0].strip() for line in lines[1:4]] == ["hat", "red shoe", "mean"]
    assert len(format_report(report, by_query=False).splitlines()) == 3


def test_no_relevant_product_at_all_is_said():
    assert format_report(evaluate(search, {"ghost": {"1": 0.0}})) == "no query with a relevant product (1 without)"
