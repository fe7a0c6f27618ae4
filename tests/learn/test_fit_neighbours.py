"""What shoppers go on to: counted by hand, tested, and cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError, InputError
from bowerbird.learn.fit_neighbours import COSINE, NeighbourSettings, fit_neighbours
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.neighbours_model import NeighboursModel
from bowerbird.testing.checkerboard import checkerboard

BARE = replace(COSINE, shrinkage=0.0, least_g2=0.0)
ABC = ("a", "b", "c", "d")


def led_to(model, history, weights=None):
    given = np.ones(len(history), np.float32) if weights is None else np.array(weights, np.float32)
    places, scores = model.score(np.array(history, np.int32), given)
    return dict(zip(places.tolist(), scores.tolist(), strict=True))


def test_the_cosine_of_two_products_shoppers():
    # Of four shoppers three have a, two b, one both; the fourth makes a and b likelier together than chance.
    model = fit_neighbours(Histories.from_sequences([[0, 1], [0, 2], [3], [3]], ABC), BARE)
    assert led_to(model, [0]) == {1: pytest.approx(1 / np.sqrt(2)), 2: pytest.approx(1 / np.sqrt(2))}
    assert led_to(model, [1]) == {0: pytest.approx(1 / np.sqrt(2))}


def test_few_shoppers_are_believed_slowly():
    histories = Histories.from_sequences([[0, 1], [0, 1], [0, 1], [2, 3], [3]], ABC)
    shrunk = fit_neighbours(histories, replace(BARE, shrinkage=2.0))
    assert led_to(shrunk, [0])[1] == pytest.approx(3 / (3 + 2))
    assert led_to(shrunk, [2])[3] == pytest.approx(1 / (np.sqrt(2) + 2))


def test_what_chance_explains_is_no_pair():
    # a and b meet as often as two products that half of all shoppers have.
    by_chance = Histories.from_sequences([[0, 1], [0], [1], [2]] * 10, ABC)
    with pytest.raises(InputError, match="by chance"):
        fit_neighbours(by_chance, replace(BARE, least_g2=6.63))
    together = Histories.from_sequences([[0, 1], [0, 1], [2], [2]] * 10, ABC)
    assert set(led_to(fit_neighbours(together, replace(BARE, least_g2=6.63)), [0])) == {1}


def test_what_came_after_counts_more_than_what_came_before():
    histories = Histories.from_sequences([[0, 1], [2]], ABC)
    model = fit_neighbours(histories, replace(BARE, backwards=0.25))
    assert led_to(model, [0])[1] == pytest.approx(4 * led_to(model, [1])[0])


def test_what_is_further_apart_counts_less():
    histories = Histories.from_sequences([[0, 1, 2], [3]], ABC)
    found = led_to(fit_neighbours(histories, replace(BARE, apart=1.0)), [0])
    assert found[1] == pytest.approx(2 * found[2])


def test_products_too_far_apart_are_no_pair():
    histories = Histories.from_sequences([[0, 1, 2], [3]], ABC)
    assert set(led_to(fit_neighbours(histories, replace(BARE, reach=1)), [0])) == {1}


def test_the_last_products_of_a_history_lead_furthest():
    histories = Histories.from_sequences([[0, 1], [2, 3]], ABC)
    model = fit_neighbours(histories, replace(BARE, fade=0.5))
    assert led_to(model, [0, 2]) == {1: pytest.approx(0.5), 3: pytest.approx(1.0)}
    assert led_to(model, [0, 2], [4.0, 1.0]) == {1: pytest.approx(2.0), 3: pytest.approx(1.0)}


def test_only_the_strongest_are_kept():
    histories = Histories.from_sequences([[0, 1], [0, 1], [0, 2], [3], [3], [3]], ABC)
    assert set(led_to(fit_neighbours(histories, replace(BARE, kept=1)), [0])) == {1}


@pytest.mark.parametrize("settings", [COSINE, NeighbourSettings()])
def test_on_a_checkerboard_everybody_is_led_to_their_own_colour(settings):
    model = fit_neighbours(checkerboard(), settings)
    assert set(led_to(model, [0, 2, 4])) <= {0, 2, 4, 6, 8}
    assert {6, 8} <= set(led_to(model, [0, 2, 4]))


def test_an_empty_history_leads_nowhere():
    assert led_to(fit_neighbours(checkerboard()), []) == {}


def test_nobody_with_two_products_is_said():
    with pytest.raises(InputError, match="two products"):
        fit_neighbours(Histories.from_sequences([[0], [1, 1]], ABC))


def test_saved_and_read_again_it_is_the_same(tmp_path):
    model = fit_neighbours(checkerboard())
    model.save(tmp_path / "model")
    again = NeighboursModel.load(tmp_path / "model")
    assert led_to(again, [0, 2]) == led_to(model, [0, 2])
    assert again.products == model.products


def test_a_table_that_does_not_fit_its_products_is_refused(tmp_path):
    model = fit_neighbours(checkerboard())
    replace(model, products=model.products[:-1]).save(tmp_path / "fewer")
    replace(model, neighbours=model.neighbours + 100).save(tmp_path / "outside")
    for name in ("fewer", "outside"):
        with pytest.raises(ArtefactError, match="does not fit"):
            NeighboursModel.load(tmp_path / name)
