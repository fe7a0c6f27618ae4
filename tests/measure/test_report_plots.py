from xml.etree import ElementTree

import pytest

from bowerbird.measure.intervals import Interval
from bowerbird.measure.report_plots import (
    binned,
    difference_bar,
    histogram,
    histogram_labels,
    interval_bar,
    interval_scale,
    share_bar,
    signed,
    waterfall,
)

INTERVAL = Interval(0.5, 0.4, 0.7, 20)


def drawn(svg, kind):
    return [node for node in ElementTree.fromstring(svg).iter() if kind in (node.get("class") or "").split()]


def test_a_mean_is_a_bar_with_its_bounds_and_the_reference_across():
    svg = interval_bar(INTERVAL, "mean", reference=0.6)
    (bar,) = drawn(svg, "bar")
    assert float(bar.get("width")) == 50
    assert [(line.get("x1"), line.get("x2")) for line in drawn(svg, "whisker")] == [
        ("40", "70"),
        ("40", "40"),
        ("70", "70"),
    ]
    assert drawn(svg, "reference")[0].get("x1") == "60"


def test_one_value_is_drawn_without_bounds():
    alone = Interval(0.5, 0.5, 0.5, 1)
    assert drawn(interval_bar(alone, ""), "whisker") == []
    assert drawn(interval_scale(alone, ""), "band") == []


def test_the_waterfall_stands_best_first_and_tells_every_query():
    svg = waterfall({"lost": -0.25, "same": 0.0, "won": 0.75}, "all")
    titles = [node.text for node in ElementTree.fromstring(svg).iter() if node.tag == "title"]
    assert titles == ["all", "won: +0.750", "same: 0.000", "lost: −0.250"]
    better, same, worse = drawn(svg, "bar")
    assert (float(better.get("height")), float(same.get("height")), float(worse.get("height"))) == (75, 0, 25)
    assert float(worse.get("y")) == 75


def test_a_waterfall_of_nothing_but_ties_is_a_line():
    assert all(float(bar.get("height")) == 0 for bar in drawn(waterfall({"a": 0.0}, ""), "bar"))


def test_values_lie_in_tenths_and_one_in_the_last():
    assert binned([0.0, 0.05, 0.3, 0.99, 1.0]) == [2, 0, 0, 1, 0, 0, 0, 0, 0, 2]
    assert sum(binned([place / 10 for place in range(11)])) == 11


def test_the_bars_of_two_settings_stand_side_by_side_with_their_counts_above():
    series = {"new": [1.0, 1.0], "old": [1.0, 0.0]}
    heights = {
        kind: [float(bar.get("height")) for bar in drawn(histogram(series, ""), kind)] for kind in ("own", "other")
    }
    assert heights == {"own": [0] * 9 + [100], "other": [50] + [0] * 8 + [50]}
    assert [(kind, round(left, 3), high, count) for kind, left, high, count in histogram_labels(series)] == [
        ("own", 0.93, 1, 2),
        ("other", 0.07, 0.5, 1),
        ("other", 0.97, 0.5, 1),
    ]


@pytest.mark.parametrize(
    "svg", [interval_bar(INTERVAL, "<a&b>"), share_bar(0.5, "<a&b>"), difference_bar(-1, 2, "<a&b>")]
)
def test_every_drawing_has_a_title_that_is_only_text(svg):
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root[0].text == "<a&b>"


@pytest.mark.parametrize(("value", "shown"), [(0.1234, "+0.123"), (-0.1, "−0.100"), (0.0, "0.000"), (-0.0001, "0.000")])
def test_differences_are_written_with_their_sign(value, shown):
    assert signed(value) == shown
