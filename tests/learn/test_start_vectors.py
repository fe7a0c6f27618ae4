import numpy as np
import pytest

from bowerbird.learn.start_vectors import StartSettings, count_near, start_vectors
from bowerbird.recommend.histories import Histories

SETTINGS = StartSettings(fade=0.5, popularity=0.0)


def test_a_pair_counts_less_with_every_place_between():
    histories = Histories.from_sequences([[0, 1, 2], [1, 0]], ("a", "b", "c"))
    assert count_near(histories, SETTINGS).toarray().tolist() == [[0, 2, 0.5], [2, 0, 1], [0.5, 1, 0]]


def test_nothing_is_counted_from_one_shopper_to_the_next():
    histories = Histories.from_sequences([[0, 1], [2, 3]], ("a", "b", "c", "d"))
    assert count_near(histories, SETTINGS).toarray()[1].tolist() == [1, 0, 0, 0]


def test_what_goes_together_begins_near_each_other():
    histories = Histories.from_sequences([[0, 1, 2], [2, 0, 1], [3, 4, 5], [5, 3, 4]] * 3, tuple("abcdef"))
    cosines = np.tril(start_vectors(histories, 2, StartSettings()) @ start_vectors(histories, 2, StartSettings()).T)
    assert cosines[1, 0] > 0.9
    assert abs(cosines[4, 1]) < 0.5


def test_a_product_nobody_came_by_begins_where_its_encoder_puts_it():
    histories = Histories.from_sequences([[0, 1], [2, 3]] * 5, tuple("abcde"))
    given = np.eye(5, 8, dtype=np.float32)
    given[4] = given[2] + 0.1 * given[0]
    rows = start_vectors(histories, 8, StartSettings(), given)
    assert (rows @ rows[4])[:4].argmax() == 2


def test_vectors_are_unit_rows_and_the_seed_decides_them():
    histories = Histories.from_sequences([[0, 1], [2, 3]], tuple("abcdefgh"))
    rows = start_vectors(histories, 4, StartSettings(), seed=1)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    assert (start_vectors(histories, 4, StartSettings(), seed=1) == rows).all()
    assert not np.allclose(start_vectors(histories, 4, StartSettings(), seed=2)[4:], rows[4:])


@pytest.mark.parametrize("sequences", [[], [[]], [[0]], [[0], [1]]])
def test_histories_that_say_nothing_give_drawn_vectors(sequences):
    rows = start_vectors(Histories.from_sequences(sequences, ("a", "b")), 4, StartSettings())
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
