"""The learned ranker: what its score is made of, and which files of it are taken."""

from __future__ import annotations

import json
from dataclasses import replace

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_world import random_table

from bowerbird.domain.errors import ArtefactError
from bowerbird.rank import model as model_file
from bowerbird.rank.model import KIND, RankModel, read_seen
from bowerbird.rank.signals import SIGNALS
from bowerbird.storage.artefacts import MANIFEST, write_artefact

USED = ("popularity", "price_level", "coverage")


def grow(names: tuple[str, ...] = USED, seed: int = 0) -> lightgbm.Booster:
    """Trees that like the first signal and are undecided about the others."""
    random = np.random.default_rng(seed)
    inputs = random.random((200, len(names)))
    inputs[random.random(inputs.shape) < 0.1] = np.nan
    wanted = np.nan_to_num(inputs[:, 0], nan=0.5) + 0.3 * random.random(200)
    data = lightgbm.Dataset(inputs, wanted, feature_name=list(names), params={"verbose": -1})
    return lightgbm.train({"verbose": -1, "num_leaves": 6, "num_threads": 1, "seed": seed}, data, 12)


MODEL = RankModel((grow(seed=1), grow(seed=2)), USED, 8.0, {"queries": 40})


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_what_signals_add_with_the_start_and_the_average_sums_to_the_score(seed: int):
    random = np.random.default_rng(seed)
    table, default = random_table(random, 6), random.random(6).astype(np.float32)
    added = MODEL.contributions(table)
    assert all(set(one) == {*USED, "average"} for one in added)
    sums = [MODEL.start * float(start) + sum(one.values()) for start, one in zip(default, added, strict=True)]
    np.testing.assert_allclose(sums, MODEL.scores(table, default), rtol=1e-4, atol=1e-4)


def test_some_rows_are_told_of_as_among_all():
    table = random_table(np.random.default_rng(0), 5)
    assert MODEL.contributions(table, np.array([3, 1])) == [MODEL.contributions(table)[row] for row in (3, 1)]


def test_it_finds_its_signals_by_their_names():
    table = random_table(np.random.default_rng(0), 5)
    turned = replace(table, values=table.values[:, ::-1], names=table.names[::-1])
    default = np.zeros(5, np.float32)
    np.testing.assert_array_equal(MODEL.scores(table, default), MODEL.scores(turned, default))


def test_fits_are_averaged():
    table, default = random_table(np.random.default_rng(0), 5), np.zeros(5, np.float32)
    one, other = (replace(MODEL, fits=(trees,)).scores(table, default) for trees in MODEL.fits)
    np.testing.assert_allclose(MODEL.scores(table, default), (one + other) / 2, rtol=1e-5)


@pytest.mark.parametrize("rounds", [None, 3])
def test_a_model_comes_back_as_it_was_kept(tmp_path, rounds):
    kept = replace(MODEL, rounds=rounds)
    kept.save(tmp_path / "kept")
    back = RankModel.load(tmp_path / "kept")
    table, default = random_table(np.random.default_rng(0), 5), np.linspace(0, 1, 5, dtype=np.float32)
    np.testing.assert_allclose(back.scores(table, default), kept.scores(table, default), rtol=1e-6)
    assert (back.names, back.start, back.seen) == (USED, 8.0, {"queries": 40})
    assert read_seen(tmp_path / "kept") == {"queries": 40}


@pytest.fixture
def kept(tmp_path):
    MODEL.save(tmp_path / "kept")
    return tmp_path / "kept"


def refused(folder) -> str:
    with pytest.raises(ArtefactError) as told:
        RankModel.load(folder)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_torn_model_is_refused_naming_the_file(kept):
    trees = kept / "trees-1.txt"
    whole = trees.read_bytes()
    trees.write_bytes(whole[:-100])
    assert "trees-1.txt: is torn" in refused(kept)
    trees.write_bytes(whole[:-100] + b"x" * 100)
    assert "damaged" in refused(kept)
    trees.unlink()
    assert "missing" in refused(kept)


def test_a_model_of_another_version_is_refused(kept, monkeypatch):
    monkeypatch.setattr(model_file, "VERSION", 2)
    assert "of version 1; this program reads version 2" in refused(kept)


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        ({"charm": ["0..1", "raises"]}, "'charm', which this program does not have"),
        ({"popularity": ["clicks", "raises"]}, "'popularity' in 'clicks'"),
        ({"popularity": [SIGNALS["popularity"].unit, "lowers"]}, "lowers"),
        ({"popularity": ["clicks"]}, "no whole ranker"),
        ({"popularity": 7}, "no whole ranker"),
    ],
)
def test_a_model_of_other_signals_is_refused(kept, signals, told):
    assert told in refused(with_details(kept, lambda details: details["signals"].update(signals)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "much"},
        {"start": "nan"},
        {"start": 0},
        {"start": 1e9},
        {"fits": 0},
        {"fits": 3},
        {"signals": None},
        {"signals": []},
        {"seen": None},
        {"seen": 4},
    ],
)
def test_a_manifest_that_others_wrote_wrong_is_refused(kept, wrong):
    assert "no whole ranker" in refused(with_details(kept, lambda details: details.update(wrong)))


def test_trees_over_other_inputs_than_are_named_are_refused(tmp_path):
    other = replace(MODEL, fits=(grow(("coverage", "popularity", "price_level")),))
    other.save(tmp_path / "other")
    assert "other signals than are named" in refused(tmp_path / "other")


def test_what_is_no_tree_is_refused(tmp_path):
    with write_artefact(tmp_path / "wrong", KIND, model_file.VERSION) as draft:
        (draft.folder / "trees-0.txt").write_text("tree\nversion=v4\nnothing\n")
        draft.details.update(start=8.0, fits=1, signals={}, seen={})
    assert "no whole ranker" in refused(tmp_path / "wrong")


def with_details(folder, change):
    manifest = json.loads((folder / MANIFEST).read_text())
    change(manifest["details"])
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return folder
