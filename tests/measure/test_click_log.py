import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import FormatError, InputError, NotFoundError
from bowerbird.measure.click_log import TEAMS, Impression, encode_impressions, read_impressions, read_table

LINE = {"query": "red shoe", "products": ["s1", "s2", "s3"], "clicks": [2]}
FULL = Impression(
    query="red shoe",
    products=("s3", "s1"),
    clicks=(1,),
    orders=(1,),
    shopper="ann",
    arm="new",
    teams=("a", "b"),
    propensities=(0.5, 0.25),
)


def written(tmp_path, *lines, name="log.jsonl"):
    path = tmp_path / name
    text = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


def sessions_of(table):
    """The sessions of a table as impressions; ``query_id``, ``experiment`` and ``metrics`` are not kept in one."""
    found = []
    for number in range(table.sessions):
        rows = slice(table.starts[number], table.starts[number + 1])
        chances = None if table.propensity is None else table.propensity[rows]
        teams = tuple(TEAMS[team] for team in table.team[rows].tolist())
        found.append(
            Impression(
                query=table.queries[table.query[number]],
                products=tuple(table.products[code] for code in table.product[rows].tolist()),
                clicks=tuple((np.flatnonzero(table.click[rows]) + 1).tolist()),
                orders=tuple((np.flatnonzero(table.order[rows]) + 1).tolist()),
                shopper=table.shoppers[table.shopper[number]],
                arm=table.arms[table.arm[number]],
                teams=teams if any(teams) else (),
                propensities=None if chances is None or np.isnan(chances).any() else tuple(chances.tolist()),
            )
        )
    return found


@st.composite
def searches(draw):
    products = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6))
    shown = st.integers(1, len(products)) if products else st.nothing()
    positions = st.lists(shown, unique=True).map(lambda found: tuple(sorted(found)))
    return Impression(
        query=draw(st.sampled_from(["", "shoe", "鞋"])),
        products=tuple(products),
        clicks=draw(positions),
        orders=draw(positions),
        shopper=draw(st.sampled_from(["", "ann", "ben"])),
        arm=draw(st.sampled_from(["", "new"])),
        teams=draw(st.sampled_from([(), ("a",) * len(products)])) if products else (),
    )


@given(st.lists(searches(), max_size=8))
def test_what_is_encoded_comes_back(impressions):
    assert sessions_of(encode_impressions(impressions)) == impressions


def test_a_line_is_read_with_all_it_holds(tmp_path):
    told = {"query_id": 7, "experiment": "e", "metrics": {"took_ms": 12}, "time": "now"}
    path = written(tmp_path, {**FULL.to_dict(), **told}, b"", LINE)
    first, second = read_impressions(path)
    assert (first.query_id, first.experiment, first.metrics) == ("7", "e", {"took_ms": 12.0})
    assert list(read_impressions(written(tmp_path, first.to_dict()))) == [first]
    assert sessions_of(encode_impressions([first])) == [FULL]
    assert second == Impression("red shoe", ("s1", "s2", "s3"), (2,))


def test_a_compressed_log_and_a_mark_of_byte_order_are_read_too(tmp_path):
    assert read_table(written(tmp_path, LINE, name="log.jsonl.gz")).sessions == 1
    assert read_table(written(tmp_path, b"\xef\xbb\xbf" + json.dumps(LINE).encode())).sessions == 1


def test_the_table_has_a_row_for_each_product_shown(tmp_path):
    table = read_table(written(tmp_path, LINE, {"query": "nothing", "products": [], "clicks": []}, FULL.to_dict()))
    assert (table.sessions, table.rows) == (3, 5)
    assert table.position.tolist() == [1, 2, 3, 1, 2]
    assert table.click.tolist() == [False, True, False, True, False]
    assert table.sums(table.click).tolist() == [1, 0, 1]
    assert [table.products[code] for code in table.product] == ["s1", "s2", "s3", "s3", "s1"]
    assert np.isnan(table.propensity[:3]).all()
    assert table.propensity[3:].tolist() == [0.5, 0.25]


def test_a_product_of_two_sessions_of_a_query_is_one_pair(tmp_path):
    table = read_table(written(tmp_path, LINE, FULL.to_dict(), {**LINE, "query": "other"}))
    codes, queries, products = table.pairs()
    assert codes[2] == codes[3]
    assert len(queries) == len(products) == 6


def test_sessions_are_chosen_by_mask_or_number():
    table = encode_impressions([FULL, Impression("a", ("x",)), Impression("b", ("y", "z"), (2,))])
    chosen = table.select(np.array([True, False, True]))
    assert [one.query for one in sessions_of(chosen)] == ["red shoe", "b"]
    assert [one.query for one in sessions_of(table.select(np.array([2, 0, 2])))] == ["b", "red shoe", "b"]


def test_a_position_clicked_twice_counts_once(tmp_path):
    (found,) = read_impressions(written(tmp_path, {**LINE, "clicks": [2, 2, 1]}))
    assert found.clicks == (2, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query": 3}, "query"),
        ({"products": "s1"}, "products"),
        ({"products": ["s1", "s1", "s2"]}, "products"),
        ({"products": ["s1", True, "s2"]}, "products"),
        ({"clicks": None}, "clicks"),
        ({"clicks": [0]}, "clicks"),
        ({"clicks": [4]}, "clicks"),
        ({"clicks": [1.0]}, "clicks"),
        ({"orders": ["s1"]}, "orders"),
        ({"shopper": {}}, "shopper"),
        ({"teams": ["a", "b"]}, "teams"),
        ({"teams": ["a", "b", "c"]}, "teams"),
        ({"teams": ["a", "b", []]}, "teams"),
        ({"propensities": [0.5]}, "propensities"),
        ({"experiment": ["e"]}, "experiment"),
        ({"metrics": [1]}, "metrics"),
        ({"metrics": {"took_ms": "12"}}, "metrics.took_ms"),
        ({"metrics": {"took_ms": True}}, "metrics.took_ms"),
        ({"propensities": [0.5, 0, 1]}, "propensities"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_field(tmp_path, change, field):
    with pytest.raises(InputError, match=r"log\.jsonl, line 2") as caught:
        read_table(written(tmp_path, LINE, {**LINE, **change}))
    assert caught.value.field == field
    assert caught.value.expected


@pytest.mark.parametrize("line", [b"{", b"[1]", b"[" * 5000, b"\xff", b'{"query": "' + b"x" * 1_000_000 + b'"}'])
def test_a_line_that_is_no_object_is_refused_with_its_place(tmp_path, line):
    with pytest.raises(InputError, match=r"log\.jsonl, line 1"):
        read_table(written(tmp_path, line))


def test_what_is_no_log_is_one_clear_error(tmp_path):
    with pytest.raises(FormatError, match=r"log\.csv"):
        read_table(written(tmp_path, LINE, name="log.csv"))
    with pytest.raises(FormatError, match="no searches"):
        read_table(written(tmp_path))
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(gzip.compress(json.dumps(LINE).encode() * 50)[:-10])
    with pytest.raises(FormatError, match=r"broken\.jsonl\.gz"):
        read_table(broken)
    with pytest.raises(NotFoundError, match="absent"):
        read_table(tmp_path / "absent.jsonl")
