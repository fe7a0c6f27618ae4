import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bowerbird.measure.compare import compare
from bowerbird.measure.flow import evaluate
from bowerbird.measure.report_html import html_report, products_shown
from bowerbird.measure.report_sections import Measured

JUDGEMENTS = {
    "red shoe": {"1": 3.0, "2": 1.0, "3": 0.0},
    "hat": {"9": 1.0},
    "鞋": {"2": 2.0},
    "ghost": {"1": 0.0},
}
KINDS = {"red shoe": "2 words", "hat": "1 word", "鞋": "1 word"}
VOID = {"meta", "rect", "line", "br", "link"}


def measured(given=JUDGEMENTS, ranking=("2", "1"), before=("9", "x"), **details):
    def report(products):
        return evaluate(
            lambda query, depth: products, given, describe=lambda query: {"length": KINDS.get(query, "1 word")}
        )

    own, other = report(ranking), report(before)
    compared = compare(other.values("mrr"), own.values("mrr"), "mrr") if own.rows else None
    return Measured(
        **{
            "setting": "understood",
            "metric": "mrr",
            "report": own,
            "others": {"terms": other} if own.rows else {},
            "compared": {"terms": compared} if own.rows else {},
            "titles": {"2": "Trail runner"},
            "shop": "tiny",
            "judgements": "judgements.csv",
            "made": "1 May 2026",
            **details,
        }
    )


class Outline(HTMLParser):
    """Reads a page strictly: what opens must close, in order."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.words, self.attributes = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @classmethod
    def of(cls, page):
        outline = cls()
        outline.feed(page)
        outline.close()
        assert outline.open == []
        return outline

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def test_the_page_tells_the_figures_the_verdict_and_how_it_was_measured():
    text = Outline.of(html_report(measured())).text
    assert "Search quality of tiny" in text
    # Ranks 1, none and 1 of the three queries.
    assert "MRR 0.667" in text
    assert "2 better , 1 worse , 0 equal" in text
    assert "No certain difference between understood and terms" in text
    assert "3 measured, 1 without a relevant product left out" in text
    assert "judgements.csv" in text and "1 May 2026" in text


def test_the_worst_query_shows_what_came_first_and_what_should_have():
    page = html_report(measured())
    card = Outline.of(page[page.index("<article>") : page.index("</article>") + len("</article>")])
    assert card.text.startswith("hat 0.000")
    assert "not rated: ? Trail runner" in card.text
    assert "Best rated of what did not come in the first ten rated 1 9 beyond 100" in card.text


def test_groups_are_tables_and_a_dimension_of_one_group_is_a_sentence():
    text = Outline.of(html_report(measured())).text
    assert "By length" in text and "2 words 1 query" in text
    alone = measured({"hat": {"9": 1.0}})
    assert "All queries are of one length (1 word)." in Outline.of(html_report(alone)).text


def test_a_sure_gain_is_called_better_and_a_sure_loss_worse():
    steady = {f"q{number}": {"1": 1.0} for number in range(20)}
    assert (
        "understood is better than terms : +0.500 (+0.500 to +0.500; p < 0.001)"
        in Outline.of(html_report(measured(steady, ["1"], ["x", "1"]))).text
    )
    assert (
        "understood is worse than terms : −0.500" in Outline.of(html_report(measured(steady, ["x", "1"], ["1"]))).text
    )


def test_settings_that_rank_alike_have_no_waterfall():
    page = html_report(measured(before=("2", "1")))
    assert "understood and terms are equal on every query." in Outline.of(page).text
    assert 'class="waterfall"' not in page


def test_one_setting_alone_is_a_page_without_a_comparison():
    text = Outline.of(html_report(replace(measured(), others={}, compared={}))).text
    assert "Settings compared" not in text and "The worst queries" in text


def test_without_a_relevant_product_the_page_says_so():
    text = Outline.of(html_report(measured({"ghost": {"1": 0.0}}))).text
    assert "there is nothing to measure" in text


def test_what_shoppers_and_merchants_wrote_is_only_text():
    bad = "<script>alert(1)</script>\"&'"
    page = html_report(
        measured(
            {bad: {"1": 1.0, "2": 0.0}, "hat": {"2": 1.0}, f"{bad}2": {"7": 0.0}},
            titles={"2": bad, "1": bad},
            shop=bad,
            judgements=bad,
        )
    )
    outline = Outline.of(page)
    assert "script" not in outline.tags
    assert not [name for name, _ in outline.attributes if name.startswith("on")]
    assert outline.text.count("<script>alert(1)</script>") >= 6


def test_the_page_needs_no_network_and_no_script():
    page = html_report(measured())
    outline = Outline.of(page)
    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert not re.search(r"https?://|url\(|@import", page)
    assert not {"src", "href"} & {name for name, _ in outline.attributes}
    assert "default-src 'none'" in page


def test_light_and_dark_are_both_there():
    page = html_report(measured())
    assert "prefers-color-scheme: dark" in page
    named = set(re.findall(r"var\((--[a-z-]+)\)", page))
    assert named <= set(re.findall(r"(--[a-z-]+):", page))


def test_every_drawing_has_a_title_and_every_table_headers():
    page = html_report(measured())
    assert page.count("<svg") == len(re.findall(r"<svg[^>]*><title>[^<]+</title>", page)) > 10
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        assert 'scope="col"' in table and 'scope="row"' in table


@pytest.mark.parametrize("metric", ["ndcg@10", "judged@10"])
def test_any_metric_may_be_the_first(metric):
    report = measured().report
    assert '<p class="figure">' in html_report(Measured("understood", metric, report))


def test_the_products_that_are_named_are_known_beforehand():
    assert products_shown(measured()) == ["2", "1", "9"]
