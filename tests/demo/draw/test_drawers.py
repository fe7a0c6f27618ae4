"""Every form of every kind is drawn, as itself, in the colour it is said to have."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from bowerbird.demo.draw import DRAWERS, draw_picture
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS, MATERIALS, PATTERNS, Look

FORMS = [pytest.param(kind, form, id=f"{kind.id}-{form.id}") for kind in KINDS.values() for form in kind.silhouettes]
LOOK = Look("tote_bag", "open", "red", "white", "canvas", "plain", seed=7)


def pixels(look: Look, size: int = 160) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(draw_picture(look, size))).convert("RGB"), np.float32)


def look_of(kind, form, **more) -> Look:
    material = (form.materials or kind.materials).names[0]
    return Look(kind.id, form.id, "red", "white", material, "plain", **{"seed": 12, **more})


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_each_form_is_drawn_in_both_views(kind, form):
    front, other = pixels(look_of(kind, form)), pixels(look_of(kind, form, view=1))
    assert front.std() > 8, "an empty studio"
    assert np.abs(front - other).mean() > 1, "the other view is the front"


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_two_products_of_one_form_differ(kind, form):
    assert np.abs(pixels(look_of(kind, form, seed=3)) - pixels(look_of(kind, form, seed=40_004))).mean() > 0.8


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_a_red_thing_is_redder_than_the_same_in_blue(kind, form):
    red, blue = pixels(look_of(kind, form)), pixels(replace(look_of(kind, form), colour="blue"))
    assert (red[..., 0] - red[..., 2]).mean() > (blue[..., 0] - blue[..., 2]).mean() + 0.5


@pytest.mark.parametrize("colour", COLOURS)
def test_a_bag_shows_its_colour(colour):
    bag = pixels(replace(LOOK, colour=colour))
    middle = np.median(bag[75:110, 60:100].reshape(-1, 3), axis=0)
    nearest = min(COLOURS.values(), key=lambda known: float(np.abs(middle - np.array(known.rgb)).sum()))
    # Light and shade may take a colour to its neighbour, never to another hue.
    assert np.abs(middle - np.array(COLOURS[colour].rgb)).max() < 62, nearest.name


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if pattern != "plain"])
def test_a_pattern_shows_both_its_colours(pattern):
    plain, patterned = pixels(LOOK), pixels(replace(LOOK, pattern=pattern))
    assert np.abs(plain - patterned).mean() > 2


@pytest.mark.parametrize("material", MATERIALS)
def test_every_material_can_be_painted(material):
    assert pixels(replace(LOOK, material=material)).std() > 8


def test_a_look_gives_the_same_file_every_time():
    assert draw_picture(LOOK, 200) == draw_picture(LOOK, 200)


def test_every_kind_has_a_drawer_and_every_drawer_a_kind():
    assert set(DRAWERS) == set(KINDS)


def test_nobody_draws_an_unknown_kind():
    with pytest.raises(KeyError):
        draw_picture(replace(LOOK, kind="submarine"))
