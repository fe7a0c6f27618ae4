from bowerbird.measure.flow import evaluate
from bowerbird.measure.report_text import format_groups, format_report

JUDGEMENTS = {"red shoe": {"1": 3.0, "2": 1.0, "3": 0.0}, "hat": {"9": 1.0}, "ghost": {"1": 0.0}}
RANKINGS = {"red shoe": ["1", "2", "3"], "hat": ["8", "9"]}


def report_of(describe=None):
    return evaluate(lambda query, depth: RANKINGS[query], JUDGEMENTS, describe=describe)


def test_the_table_has_the_worst_query_first_and_the_mean_with_its_interval_last():
    lines = format_report(report_of()).splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == [
        "query",
        "hat",
        "red shoe",
        "mean",
        "95% from",
        "to",
        "2 queries; 1 without a relevant product left out",
    ]
    assert len({len(line) for line in lines[3:6]}) == 1
    assert len(format_report(report_of(), by_query=False).splitlines()) == 5


def test_no_relevant_product_at_all_is_said():
    report = evaluate(lambda query, depth: [], {"ghost": {"1": 0.0}})
    assert format_report(report) == "no query with a relevant product (1 without)"


def test_every_dimension_is_a_table_of_its_groups():
    report = report_of(lambda query: {"length": "2 words" if " " in query else "1 word"})
    length, popularity = format_groups(report, "mrr").split("\n\n")
    assert [line.split() for line in length.splitlines()] == [
        ["length", "queries", "mrr", "95%", "interval"],
        ["1", "word", "1", "0.5000", "-"],
        ["2", "words", "1", "1.0000", "-"],
    ]
    assert popularity.startswith("judged products")


def test_what_a_terminal_would_obey_in_a_query_is_not_printed():
    query = "red\x1b[2J\rshoe\u202e\u2028"
    report = evaluate(lambda query, depth: ["1"], {query: {"1": 1.0}}, describe=lambda query: {"words": query})
    for text in (format_report(report), format_groups(report, "mrr")):
        assert "red [2J shoe" in text and not {"\x1b", "\r", "\u202e", "\u2028"} & set(text)
