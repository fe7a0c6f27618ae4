import gzip
import json

import pytest

from bowerbird.domain.errors import FormatError, InputError, NotFoundError
from bowerbird.measure.judgements import read_judgements

HEADER = "query,docid,rating\n"


def written(tmp_path, text, name="judgements.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_csv_is_read_by_query_in_its_order(tmp_path):
    path = written(tmp_path, HEADER + 'red shoe,1,3\n"shoe, red",2,0\nred shoe,2,1.5\n')
    assert read_judgements(path) == {"red shoe": {"1": 3.0, "2": 1.5}, "shoe, red": {"2": 0.0}}


def test_a_mark_of_byte_order_and_capital_columns_do_not_matter(tmp_path):
    assert read_judgements(written(tmp_path, "\ufeffQuery,DocID,Rating\na,1,2\n")) == {"a": {"1": 2.0}}


def test_jsonl_is_read_also_compressed(tmp_path):
    lines = "\n".join(json.dumps({"query": "a", "product_id": number, "rating": number}) for number in (1, 2))
    expected = {"a": {"1": 1.0, "2": 2.0}}
    assert read_judgements(written(tmp_path, lines + "\n\n", "j.jsonl")) == expected
    assert read_judgements(written(tmp_path, gzip.compress(lines.encode()), "j.jsonl.gz")) == expected


def test_the_same_row_twice_is_fine_but_another_rating_is_not(tmp_path):
    assert read_judgements(written(tmp_path, HEADER + "a,1,2\na,1,2\n")) == {"a": {"1": 2.0}}
    with pytest.raises(InputError, match=r"line 3: '1' is rated twice"):
        read_judgements(written(tmp_path, HEADER + "a,1,2\na,1,3\n"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,1,three", "line 2: no rating"),
        ("a,1,nan", "line 2: the rating is out of range"),
        ("a,1,-1", "line 2: the rating is out of range"),
        ("a,1", "line 2: no rating"),
        ("a,,1", "line 2: no product"),
        (" ,1,1", "line 2: no query"),
        ("a,1,1,1", "line 2: the row has too many fields"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, row, message):
    with pytest.raises(InputError, match=message):
        read_judgements(written(tmp_path, HEADER + row + "\n"))


@pytest.mark.parametrize("line", ["{", "[1]", '{"query": "a", "docid": true, "rating": 1}', "[" * 5000])
def test_a_bad_line_of_json_is_refused_with_its_line(tmp_path, line):
    with pytest.raises(InputError, match=r"j\.jsonl, line 1"):
        read_judgements(written(tmp_path, line + "\n", "j.jsonl"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("", "empty.csv"),
        (HEADER, "header.csv"),
        ("a,b,c\n1,2,3\n", "columns.csv"),
        (b"query,docid,rating\n\xff\xfe,1,2\n", "latin.csv"),
        (b"\x1f\x8b\x08broken", "broken.csv.gz"),
        (HEADER + "a,1,2\n", "judgements.xlsx"),
        (HEADER + '"' + "x" * 200_000 + '",1,2\n', "huge.csv"),
    ],
)
def test_what_is_no_table_of_judgements_is_one_clear_error(tmp_path, content, name):
    with pytest.raises(FormatError, match=name):
        read_judgements(written(tmp_path, content, name))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="absent"):
        read_judgements(tmp_path / "absent.csv")


@pytest.mark.realdata
def test_the_electronics_judgements_are_read(shared_data):
    judgements = read_judgements(shared_data / "chorus-electronics" / "judgments-dev.csv")
    assert len(judgements) == 67
    assert sum(any(ratings.values()) for ratings in judgements.values()) == 56
