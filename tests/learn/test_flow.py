from dataclasses import replace

import numpy as np

from bowerbird.encode.alignment import Alignment
from bowerbird.learn import flow
from bowerbird.learn.flow import FitSettings, fit_alignment
from bowerbird.learn.pairs import Pairs
from bowerbird.learn.ridge import fit_ridge
from bowerbird.learn.train_towers import TowerSettings

SETTINGS = FitSettings(dim=16, towers=TowerSettings(hidden=16, batch=64, fewest_steps=40))


def test_every_way_is_compared_on_held_out_products_and_the_best_is_kept(planted: Pairs):
    alignment, report = fit_alignment(planted, settings=SETTINGS)
    assert alignment is not None
    assert {"ridge 0.03", "infonce", "triplet"} <= set(report.scores)
    assert report.kept == max(report.scores, key=lambda name: report.scores[name].overall)
    assert report.scores[report.kept].title_at_10 > 0.8
    assert alignment.fitted_on["kept"] == report.kept


def test_without_torch_ridge_regression_does(planted: Pairs, monkeypatch):
    monkeypatch.setattr(flow, "find_spec", lambda name: None)
    alignment, report = fit_alignment(planted, settings=SETTINGS)
    assert alignment is not None
    assert all(name.startswith("ridge") for name in report.scores)
    assert "torch" in report.notes[0]


def test_a_small_shop_keeps_the_start(planted: Pairs):
    start = fit_ridge(planted, 16, 1.0)
    alignment, report = fit_alignment(planted.take(np.arange(20)), start, SETTINGS)
    assert alignment is start
    assert report.kept == "start"


def test_a_start_that_cannot_be_beaten_is_kept(planted: Pairs):
    start = fit_ridge(planted, 16, 0.01)
    alignment, report = fit_alignment(planted, start, replace(SETTINGS, better=0.5))
    assert alignment is start
    assert {"start", "infonce"} <= set(report.scores)


def test_another_models_alignment_is_no_start(planted: Pairs):
    _, report = fit_alignment(planted, Alignment.identity(999), SETTINGS)
    assert "start" not in report.scores
