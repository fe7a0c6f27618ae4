import numpy as np
import pytest
from PIL import Image

from bowerbird.encode.colour import COLOUR_DIM, colour_vector


def plain(colour: str) -> Image.Image:
    return Image.new("RGB", (260, 260), colour)


def test_each_half_has_length_one():
    vector = colour_vector(plain("teal"))
    assert vector.shape == (COLOUR_DIM,)
    halves = np.linalg.norm(vector.reshape(2, -1), axis=1)
    np.testing.assert_allclose(halves, 1.0, rtol=1e-5)


def test_a_dimmed_red_is_nearer_to_red_than_blue_is():
    red = colour_vector(plain("red"))
    assert red @ colour_vector(plain("#aa0000")) > 2 * (red @ colour_vector(plain("blue")))


def test_the_middle_tells_a_thing_from_its_background():
    picture = plain("white")
    picture.paste("red", (90, 90, 170, 170))
    whole, middle = colour_vector(picture).reshape(2, -1)
    red = colour_vector(plain("red")).reshape(2, -1)[0]
    assert middle @ red > whole @ red


@pytest.mark.parametrize("colour", ["black", "white", "#808080"])
def test_greys_are_one_chroma(colour: str):
    vector = colour_vector(plain(colour))
    assert np.isfinite(vector).all()
