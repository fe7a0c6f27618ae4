"""The sections of the HTML report: each takes what was measured and gives a piece of the page, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from bowerbird.measure.compare import Comparison
from bowerbird.measure.flow import DEPTH, JUDGED_PRODUCTS, SEARCHES, SHOWN, Group, QueryResult, Rated, Report
from bowerbird.measure.intervals import CONFIDENCE, Interval
from bowerbird.measure.report_plots import (
    BINS,
    difference_bar,
    histogram,
    histogram_labels,
    interval_bar,
    interval_scale,
    share_bar,
    signed,
    waterfall,
)

WORST = 10
_EXTREMES = 8
_FIRST = 5
_FEW = 5

_METRICS: Mapping[str, tuple[str, str]] = {
    "ndcg@10": ("nDCG@10", "How well the first ten are ordered; 1 is the best that the ratings allow."),
    "judged_ndcg@10": ("nDCG@10, judged only", "The same, less every product that nobody rated."),
    "err@10": ("ERR@10", "How soon a shopper who reads from the top is satisfied."),
    "mrr": ("MRR", "One over the rank of the first relevant product."),
    "precision@10": ("Precision@10", "The share of the first ten that is relevant."),
    "recall@10": ("Recall@10", "The share of all relevant products that is in the first ten."),
    "recall@100": ("Recall@100", "The share of all relevant products that is in the first hundred."),
    "judged@10": ("Judged@10", "The share of the first ten that anybody rated."),
}
_DIMENSIONS = {
    "length": "By length",
    "language": "By language",
    "intent": "By intent",
    SEARCHES: "By how often it is searched",
    JUDGED_PRODUCTS: "By how many products are judged",
}
_LANGUAGES = {"en": "English", "zh": "Chinese", "mixed": "English and Chinese", "pinyin": "Pinyin"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of measuring: a setting's report, those of others, and what is to be said about the run.

    ``compared`` is this setting against each other one by ``metric``; ``titles`` names products by id.
    """

    setting: str
    metric: str
    report: Report
    others: Mapping[str, Report] = field(default_factory=dict)
    compared: Mapping[str, Comparison] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    shop: str = ""
    judgements: str = ""
    made: str = ""

    @property
    def name(self) -> str:
        """The metric that the page goes by, as it is written."""
        return metric_name(self.metric)


def metric_name(metric: str) -> str:
    """A metric as it is written."""
    return _METRICS[metric][0] if metric in _METRICS else metric


def worst_queries(report: Report, metric: str, count: int = WORST) -> list[QueryResult]:
    """The queries with the lowest values, lowest first."""
    return sorted(report.rows, key=lambda row: (row.values[metric], row.query))[:count]


def headline(measured: Measured) -> str:
    """The metric the page goes by, large, and the others beside it."""
    intervals = measured.report.intervals()
    hero = intervals.pop(measured.metric)
    rows = "".join(_figure_row(metric, interval) for metric, interval in intervals.items())
    bounds = f"{_bounds(hero)} with {CONFIDENCE:.0%} confidence" if hero.bounded else _bounds(hero)
    return f"""<section class="headline" aria-label="Headline figures">
<div class="hero"><h2>{escape(measured.name)}</h2><p class="figure">{hero.mean:.3f}</p>
{_scale(hero, measured.name)}<p class="bounds">{bounds}</p>
<p class="what">{escape(_METRICS.get(measured.metric, ("", ""))[1])}</p></div>
<table class="figures"><thead class="hidden"><tr><th scope="col">Metric</th><th scope="col">0 to 1</th>
<th scope="col">Mean and interval</th></tr></thead><tbody>{rows}</tbody></table></section>"""


def comparison(measured: Measured) -> str:
    """The settings beside each other by the page's metric, what is certain about it, and every other metric."""
    if not measured.others:
        return ""
    reports = {measured.setting: measured.report, **measured.others}
    intervals = {name: report.intervals() for name, report in reports.items()}
    rows = []
    for place, name in enumerate(reports):
        mean = intervals[name][measured.metric]
        bar = interval_bar(mean, f"{name}: {_spoken(mean)}", kind="own" if place == 0 else "other")
        rows.append(f'<tr><th scope="row">{escape(name)}</th><td class="plot">{bar}</td>{_mean_cell(mean)}</tr>')
    verdicts = "".join(f"<li>{_verdict(measured.setting, name, one)}</li>" for name, one in measured.compared.items())
    every = [
        [escape(metric_name(metric)), *(f"{intervals[name][metric].mean:.3f}" for name in reports)]
        for metric in intervals[measured.setting]
    ]
    return f"""<section><h2>Settings compared</h2><ul class="verdicts">{verdicts}</ul>
{_table(["Setting", measured.name, "Mean"], rows, "bars")}
<details><summary>Every metric by setting</summary>{_plain_table(["Metric", *reports], every)}</details></section>"""


def query_differences(measured: Measured) -> str:
    """For each other setting the difference of every query, and the queries that gained and lost most."""
    parts = []
    for name, one in measured.compared.items():
        before, after = measured.others[name].values(measured.metric), measured.report.values(measured.metric)
        if not any(one.by_query.values()):
            continue
        title = f"Difference in {measured.name} by query: {one.wins} better, {one.losses} worse, {one.ties} equal"
        ordered = list(one.by_query)
        gained = [query for query in reversed(ordered) if one.by_query[query] > 0][:_EXTREMES]
        lost = [query for query in ordered if one.by_query[query] < 0][:_EXTREMES]
        lists = [
            _extremes(heading, queries, one, before, after)
            for heading, queries in (("Gained most", gained), ("Lost most", lost))
            if queries
        ]
        parts.append(f"""<section><h2>Query by query: {escape(measured.setting)} against {escape(name)}</h2>
<p class="lead"><b class="better">{one.wins} better</b>, <b class="worse">{one.losses} worse</b>, {one.ties} equal.
Each bar is a query, best first; its length is its difference in {escape(measured.name)}.</p>
{waterfall(one.by_query, title)}<div class="pair">{"".join(lists)}</div></section>""")
    return "".join(parts)


def distribution(measured: Measured) -> str:
    """How the queries spread over the metric's scale."""
    series = {measured.setting: list(measured.report.values(measured.metric).values())}
    for name, other in list(measured.others.items())[:1]:
        series[name] = list(other.values(measured.metric).values())
    own = series[measured.setting]
    best, nought = sum(value >= 1 - 1e-9 for value in own), sum(value <= 1e-9 for value in own)
    ticks = "".join(f"<span>{place / BINS:g}</span>" for place in range(BINS + 1))
    counts = "".join(
        f'<span class="{kind}" style="left:{100 * left:.1f}%;bottom:{100 * high:.1f}%">{count}</span>'
        for kind, left, high, count in histogram_labels(series)
    )
    legend = "".join(
        f'<li><span class="swatch {kind}"></span>{escape(name)}</li>'
        for name, kind in zip(series, ("own", "other"), strict=False)
    )
    return f"""<section><h2>How the queries spread</h2>
<p class="lead">{best} of {len(own)} queries reach 1, {nought} stay at 0.</p>
<figure><div class="counted">{histogram(series, f"Queries by {measured.name}, in tenths")}
<div class="counts" aria-hidden="true">{counts}</div></div><div class="ticks" aria-hidden="true">{ticks}</div>
<figcaption>{escape(measured.name)} of a query, and how many queries have it</figcaption></figure>
{f'<ul class="legend">{legend}</ul>' if len(series) > 1 else ""}</section>"""


def group_tables(measured: Measured) -> str:
    """Each dimension's groups with their means; a dimension of one group is told in a sentence."""
    found = measured.report.by_group()
    whole = measured.report.means[measured.metric]
    other = next(iter(measured.others), None)
    before = measured.others[other].by_group() if other is not None else {}
    tables, single = [], []
    for dimension, groups in found.items():
        if len(groups) == 1:
            # Head, torso or tail alone only says that all queries have one count.
            if dimension not in (SEARCHES, JUDGED_PRODUCTS):
                single.append(f"{escape(dimension)} ({escape(_group_name(dimension, next(iter(groups))))})")
            continue
        rows = [
            _group_row(measured.metric, _group_name(dimension, name), group, before.get(dimension, {}).get(name), whole)
            for name, group in groups.items()
        ]
        names = ["Group", measured.name, "Mean", *(["Change"] if other is not None else [])]
        title = _DIMENSIONS.get(dimension, f"By {dimension}")
        tables.append(f"<div><h3>{escape(title)}</h3>{_table(names, rows, 'bars')}{_dimension_note(dimension)}</div>")
    parts = []
    if tables:
        change = "" if other is None else f" The change is the one from {escape(other)}."
        parts.append(f"""<p class="lead">The line across the bars is the mean over all queries, {whole:.3f}. Bars of
fewer than {_FEW} queries are pale: they say little.{change}</p><div class="pair">{"".join(tables)}</div>""")
    if single:
        parts.append(f'<p class="note">All queries are of one {" and one ".join(single)}.</p>')
    return f"<section><h2>Kinds of queries</h2>{''.join(parts)}</section>" if parts else ""


def worst(measured: Measured) -> str:
    """The worst queries with what came first for them, how it was rated, and what should have come."""
    cards = "".join(_card(row, measured) for row in worst_queries(measured.report, measured.metric))
    return f"""<section><h2>The worst queries</h2><p class="lead">What came first for them. Ratings go up to
{measured.report.highest:g}; a question mark is a product that nobody rated.</p>
<div class="cards">{cards}</div></section>"""


def judged_share(measured: Measured) -> str:
    """How much of what came first anybody rated, and where the most is missing."""
    means = measured.report.means
    gaps = [row for row in sorted(measured.report.rows, key=lambda row: (-row.unjudged, row.query)) if row.unjudged]
    rows = []
    for row in gaps[:_EXTREMES]:
        bar = share_bar(row.unjudged / SHOWN, f"{row.query}: {row.unjudged} of the first ten not rated")
        rows.append(
            f'<tr><th scope="row">{escape(row.query)}</th><td class="plot">{bar}</td>'
            f'<td class="number">{row.unjudged}</td></tr>'
        )
    table = _table(["Query", "Of the first ten", "Not rated"], rows, "bars narrow") if rows else ""
    return f"""<section><h2>How far to trust it</h2><p class="lead">People rated {means["judged@10"]:.0%} of what came
in the first ten. What nobody rated counts as not relevant, so the true figures may be higher: nDCG@10 is
{means["ndcg@10"]:.3f}, and {means["judged_ndcg@10"]:.3f} over the rated products alone. {len(gaps)} of
{len(measured.report.rows)} queries have products in their first ten that nobody rated.</p>{table}</section>"""


def _card(row: QueryResult, measured: Measured) -> str:
    first = "".join(_rated(one, measured) for one in row.first[:_FIRST])
    missed = "".join(_rated(one, measured, ranked=True) for one in row.missed)
    came = f"<h4>Came first</h4><ol>{first}</ol>" if first else '<p class="nothing">Nothing was found.</p>'
    wanted = f"<h4>Best rated of what did not come in the first ten</h4><ul>{missed}</ul>" if missed else ""
    return f"""<article><header><h3>{escape(row.query)}</h3>
<p class="figure">{row.values[measured.metric]:.3f}</p></header>
<p class="note">{row.relevant} relevant; {row.unjudged} of the first ten not rated</p>{came}{wanted}</article>"""


def _figure_row(metric: str, interval: Interval) -> str:
    name, what = _METRICS.get(metric, (metric, ""))
    return (
        f'<tr><th scope="row">{escape(name)}<small>{escape(what)}</small></th>'
        f'<td class="plot">{_scale(interval, name)}</td>{_mean_cell(interval)}</tr>'
    )


def _verdict(own: str, name: str, one: Comparison) -> str:
    own, name = f"<b>{escape(own)}</b>", f"<b>{escape(name)}</b>"
    if not any(one.by_query.values()):
        return f"{own} and {name} are equal on every query."
    size = f"{signed(one.difference)} ({signed(one.low)} to {signed(one.high)}; p {escape(_chance(one.p_value))})"
    if not one.certain:
        return f"No certain difference between {own} and {name}: {size}."
    better = one.difference > 0
    kind, word = ("better", "better than") if better else ("worse", "worse than")
    return f'{own} is <b class="{kind}">{word}</b> {name}: {size}.'


def _chance(p_value: float) -> str:
    return f"= {p_value:.3f}" if p_value >= 0.001 else "< 0.001"


def _extremes(
    heading: str, queries: Sequence[str], one: Comparison, before: Mapping[str, float], after: Mapping[str, float]
) -> str:
    largest = max(abs(value) for value in one.by_query.values())
    rows = []
    for query in queries:
        difference = one.by_query[query]
        bar = difference_bar(difference, largest, f"{query}: {signed(difference)}")
        rows.append(
            f'<tr><th scope="row">{escape(query)}</th><td class="plot">{bar}</td>'
            f'<td class="number">{signed(difference)}<small>{before[query]:.3f} to {after[query]:.3f}</small></td></tr>'
        )
    return f"<div><h3>{heading}</h3>{_table(['Query', 'Difference', 'By'], rows, 'bars')}</div>"


def _group_row(metric: str, name: str, group: Group, before: Group | None, whole: float) -> str:
    mean, count = group.means[metric], len(group.queries)
    bar = interval_bar(mean, f"{name}: {_spoken(mean)}", reference=whole)
    change = "" if before is None else f'<td class="number">{signed(mean.mean - before.means[metric].mean)}</td>'
    few = " few" if count < _FEW else ""
    return (
        f'<tr class="group{few}"><th scope="row">{escape(name)}<small>{count} {"query" if count == 1 else "queries"}'
        f'</small></th><td class="plot">{bar}</td>{_mean_cell(mean)}{change}</tr>'
    )


def _dimension_note(dimension: str) -> str:
    if dimension != JUDGED_PRODUCTS:
        return ""
    return """<p class="note">Nobody said how often each query is searched. In its place: head are the queries with the
most judged products, up to a third of all of them, torso the next third, tail the rest.</p>"""


def _group_name(dimension: str, name: str) -> str:
    return _LANGUAGES.get(name, name) if dimension == "language" else name


def _rated(one: Rated, measured: Measured, ranked: bool = False) -> str:
    title = escape(measured.titles.get(one.product, one.product))
    if one.rating is None:
        kind, says, shown = "none", "not rated: ", '<span aria-hidden="true">?</span>'
    else:
        kind = "zero" if one.rating <= 0 else "full" if one.rating >= measured.report.highest else "some"
        says, shown = "rated ", f"{one.rating:g}"
    place = f"<small>{f'rank {one.rank}' if one.rank else f'beyond {DEPTH}'}</small>" if ranked else ""
    badge = f'<span class="rating {kind}"><span class="hidden">{says}</span>{shown}</span>'
    return f'<li>{badge}<span class="product" title="{title}">{title}</span>{place}</li>'


def _mean_cell(interval: Interval) -> str:
    bounds = f"<small>{interval.low:.3f} to {interval.high:.3f}</small>" if interval.bounded else ""
    return f'<td class="number">{interval.mean:.3f}{bounds}</td>'


def _scale(interval: Interval, name: str) -> str:
    return interval_scale(interval, f"{name}: {_spoken(interval)}")


def _bounds(interval: Interval) -> str:
    return f"{interval.low:.3f} to {interval.high:.3f}" if interval.bounded else "one query, no interval"


def _spoken(interval: Interval) -> str:
    return f"{interval.mean:.3f}" + (f", {interval.low:.3f} to {interval.high:.3f}" if interval.bounded else "")


def _plain_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = []
    for first, *rest in rows:
        numbers = "".join(f'<td class="number">{cell}</td>' for cell in rest)
        cells.append(f'<tr><th scope="row">{first}</th>{numbers}</tr>')
    table = _table(names, cells, "plain")
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Every metric by setting">{table}</div>'


def _table(names: Sequence[str], rows: Sequence[str], kind: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
