"""What clicks say, looked up by product and by query and product, and kept whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_world import floats

from bowerbird.domain.errors import ArtefactError
from bowerbird.rank.behaviour import KIND, VERSION, Behaviour, mix
from bowerbird.storage.artefacts import write_artefact


def keys(*values: int) -> np.ndarray:
    return np.array(values, np.uint64)


def clicks(rates: dict[tuple[str, int], float], popularity: dict[int, float] | None = None) -> Behaviour:
    pairs = sorted((int(mix(query, keys(product))[0]), rate) for (query, product), rate in rates.items())
    known = sorted((popularity or {}).items())
    return Behaviour(
        keys(*(product for product, _ in known)),
        floats(*(value for _, value in known)),
        keys(*(pair for pair, _ in pairs)),
        floats(*(rate for _, rate in pairs)),
    )


KNOWN = clicks({("red shoe", 7): 0.5, ("red shoe", 9): 0.25, ("lamp", 7): 0.125}, {7: 0.5, 9: 0.0})


def test_a_product_is_as_popular_as_its_clicks_whatever_is_asked():
    found = KNOWN.read("anything", keys(9, 8, 7))["popularity"]
    assert found[2] == pytest.approx(np.log(0.5)) and np.isnan(found[1])
    assert np.isfinite(found[0]) and found[0] < found[2]


def test_clicks_for_a_query_count_for_that_query():
    np.testing.assert_array_equal(KNOWN.read("red shoe", keys(7, 8, 9))["click_through"], floats(0.5, np.nan, 0.25))
    np.testing.assert_array_equal(KNOWN.read("lamp", keys(7, 8, 9))["click_through"], floats(0.125, np.nan, np.nan))
    assert "click_through" not in KNOWN.read("", keys(7))


def test_without_clicks_nothing_is_said():
    assert Behaviour().read("red shoe", keys(7)) == {}
    assert KNOWN.read("red shoe", keys())["popularity"].tolist() == []


@given(st.text(max_size=20), st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=20))
def test_mixes_of_one_query_keep_products_apart(query: str, products: list[int]):
    assert len(set(mix(query, keys(*products)).tolist())) == len(products)


def test_a_table_comes_back_as_it_was_kept(tmp_path):
    KNOWN.save(tmp_path / "kept", {"sessions": 3})
    back = Behaviour.load(tmp_path / "kept")
    for name in ("products", "popularity", "pairs", "rates"):
        np.testing.assert_array_equal(getattr(back, name), getattr(KNOWN, name))
    Behaviour().save(tmp_path / "empty", {})
    assert Behaviour.load(tmp_path / "empty").read("red shoe", keys(7)) == {}


def test_a_torn_table_is_refused(tmp_path):
    KNOWN.save(tmp_path / "kept", {})
    arrays = tmp_path / "kept" / "clicks.npz"
    whole = arrays.read_bytes()
    arrays.write_bytes(whole[:-10])
    with pytest.raises(ArtefactError, match="torn"):
        Behaviour.load(tmp_path / "kept")
    arrays.write_bytes(whole[:-10] + bytes(10))
    with pytest.raises(ArtefactError, match="damaged"):
        Behaviour.load(tmp_path / "kept")


@pytest.mark.parametrize(
    "wrong",
    [
        {"popularity": floats(1)},
        {"products": keys(9, 7)},
        {"products": np.array([7.0, 9.0])},
        {"rates": floats(1, 1, np.nan)},
        {"rates": floats(1, 1, -1)},
        {"pairs": None},
        {"pairs": np.array([{}, {}, {}], object)},
    ],
)
def test_a_table_that_others_wrote_wrong_is_refused_with_one_error(tmp_path, wrong):
    arrays = {name: getattr(KNOWN, name) for name in ("products", "popularity", "pairs", "rates")} | wrong
    with write_artefact(tmp_path / "wrong", KIND, VERSION) as draft:
        np.savez(draft.folder / "clicks.npz", **{name: one for name, one in arrays.items() if one is not None})
    with pytest.raises(ArtefactError, match="no whole table of clicks"):
        Behaviour.load(tmp_path / "wrong")


def test_what_is_no_archive_is_refused(tmp_path):
    with write_artefact(tmp_path / "wrong", KIND, VERSION) as draft:
        (draft.folder / "clicks.npz").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(ArtefactError, match="no whole table of clicks"):
        Behaviour.load(tmp_path / "wrong")
