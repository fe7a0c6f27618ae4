import csv
import io

from bowerbird.measure.compare import compare
from bowerbird.measure.flow import evaluate
from bowerbird.measure.report_csv import csv_report

JUDGEMENTS = {"red, shoe": {"1": 1.0}, "=HYPERLINK(1)": {"2": 1.0}}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_a_query_has_its_groups_metrics_counts_and_differences():
    report = evaluate(lambda query, depth: ["1", "x"], JUDGEMENTS, describe=lambda query: {"language": "en"})
    other = evaluate(lambda query, depth: ["x", "1"], JUDGEMENTS)
    compared = {"terms": compare(other.values("mrr"), report.values("mrr"), "mrr")}
    first, second = rows_of(csv_report(report, compared))
    assert first["query"] == "red, shoe"
    assert (first["language"], first["judged products"]) == ("en", "torso")
    assert (first["mrr"], first["ndcg@10"], first["precision@10"]) == ("1.000000", "1.000000", "0.100000")
    assert (first["relevant"], first["unjudged@10"]) == ("1", "1")
    assert first["mrr difference from terms"] == "0.500000"
    assert second["mrr difference from terms"] == "0.000000"


def test_no_spreadsheet_takes_a_query_for_a_formula():
    report = evaluate(lambda query, depth: [], JUDGEMENTS)
    assert [row["query"] for row in rows_of(csv_report(report))] == ["red, shoe", "'=HYPERLINK(1)"]


def test_without_queries_it_is_a_header():
    report = evaluate(lambda query, depth: [], {"ghost": {"1": 0.0}})
    assert csv_report(report) == "query,relevant,unjudged@10\n"
