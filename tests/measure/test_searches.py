import pytest

from bowerbird.domain.errors import FormatError, InputError, NotFoundError
from bowerbird.measure.searches import read_searches


def written(tmp_path, text):
    path = tmp_path / "searches.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows_of_one_query_are_added_up(tmp_path):
    path = written(tmp_path, "\ufeffQuery,Searches,Day\nred shoe,3,1\n hat ,1,1\nred shoe,2.5,2\n")
    assert read_searches(path) == {"red shoe": 5.5, "hat": 1.0}


@pytest.mark.parametrize("row", ["a,many", "a,-1", "a,nan", "a,inf", "a"])
def test_a_bad_count_is_refused_with_its_line(tmp_path, row):
    with pytest.raises(InputError, match=r"searches\.csv, line 2: no count"):
        read_searches(written(tmp_path, f"query,searches\n{row}\n"))


@pytest.mark.parametrize(
    "content", ["", "query,count\na,1\n", b"query,searches\n\xff\xfe,1\n", 'query,searches\n"a"b,1\n']
)
def test_what_is_no_such_table_is_one_clear_error(tmp_path, content):
    with pytest.raises(FormatError, match=r"searches\.csv"):
        read_searches(written(tmp_path, content))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="absent"):
        read_searches(tmp_path / "absent.csv")
