"""Where a query photo matched: the heat lies on the thing that the product's photo shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bowerbird.encode.photo_metric import PhotoMetric
from bowerbird.rank.heat_map import HeatMapSettings, cell_boxes, cover_cells, heat_maps, render_heat_map

RED, BLUE, GROUND = (220, 20, 20), (20, 20, 220), (128, 128, 128)
METRIC = PhotoMetric.identity(3)
RED_PRODUCT = np.asarray([[1, 0, 0]], np.float32)
BLUE_PRODUCT = np.asarray([[0, 1, 0]], np.float32)


class RedAndBlue:
    """Sees how much of a photo is red and how much is blue, beside a little of nothing."""

    dim = 3
    fingerprint = "red-and-blue"

    def __init__(self) -> None:
        self.calls: list[int] = []

    def encode(self, photos: Sequence[Image.Image]) -> np.ndarray:
        self.calls.append(len(photos))
        return np.asarray([self._see(np.asarray(photo, float)) for photo in photos], np.float32)

    @staticmethod
    def _see(pixels: np.ndarray) -> list[float]:
        red = (pixels[..., 0] - pixels[..., 2] > 100).mean()
        blue = (pixels[..., 2] - pixels[..., 0] > 100).mean()
        return [float(red), float(blue), 0.02]


def scene(width: int = 140, height: int = 140) -> Image.Image:
    """A red square at the top left and a blue one at the bottom right, a seventh of the photo each."""
    photo = Image.new("RGB", (width, height), GROUND)
    across, down = width // 7, height // 7
    photo.paste(RED, (across, down, 2 * across, 2 * down))
    photo.paste(BLUE, (5 * across, 5 * down, 6 * across, 6 * down))
    return photo


def hottest(grid: np.ndarray) -> tuple[int, int]:
    row, column = np.unravel_index(grid.argmax(), grid.shape)
    return int(row), int(column)


def test_the_heat_of_each_product_lies_on_what_it_shows() -> None:
    red, blue = heat_maps(scene(), [RED_PRODUCT, BLUE_PRODUCT], RedAndBlue(), METRIC)
    assert red.shape == (7, 7)
    assert red.dtype == np.float32
    assert (hottest(red), hottest(blue)) == ((1, 1), (5, 5))
    assert red[1, 1] == blue[5, 5] == 1
    assert red[5, 5] == 0


def test_rows_go_down_and_columns_across_in_a_wide_photo_too() -> None:
    photo = Image.new("RGB", (280, 140), GROUND)
    photo.paste(RED, (200, 20, 240, 40))
    (heat,) = heat_maps(photo, [RED_PRODUCT], RedAndBlue(), METRIC)
    assert hottest(heat) == (1, 5)


def test_everything_is_encoded_once_for_all_products() -> None:
    encoder = RedAndBlue()
    heat_maps(scene(), [RED_PRODUCT, BLUE_PRODUCT, RED_PRODUCT], encoder, METRIC)
    assert encoder.calls == [1 + 7 * 7]


def test_no_products_encode_nothing() -> None:
    encoder = RedAndBlue()
    assert heat_maps(scene(), [], encoder, METRIC).shape == (0, 7, 7)
    assert encoder.calls == []


def test_a_product_without_photos_is_cold() -> None:
    cold, warm = heat_maps(scene(), [np.zeros((0, 3), np.float32), RED_PRODUCT], RedAndBlue(), METRIC)
    assert cold.max() == 0
    assert warm.max() == 1


def test_of_a_products_photos_the_nearest_counts() -> None:
    photo = Image.new("RGB", (140, 140), GROUND)
    photo.paste(BLUE, (100, 100, 120, 120))
    both = np.concatenate([RED_PRODUCT, BLUE_PRODUCT])
    (heat,) = heat_maps(photo, [both], RedAndBlue(), METRIC)
    assert hottest(heat) == (5, 5)


def test_a_fall_that_is_mostly_chance_is_not_blown_up() -> None:
    eager, calm = (
        heat_maps(scene(), [RED_PRODUCT], RedAndBlue(), METRIC, HeatMapSettings(least=least))[0] for least in (1e-6, 10)
    )
    assert eager.max() == 1
    assert 0 < calm.max() < 0.1


def test_a_photo_on_which_nothing_stands_out_is_cold() -> None:
    (heat,) = heat_maps(Image.new("RGB", (50, 50), GROUND), [RED_PRODUCT], RedAndBlue(), METRIC)
    assert heat.max() == 0


@pytest.mark.parametrize("fill", ["mean", "blur"])
def test_a_cover_hides_its_cell_and_nothing_else(fill: str) -> None:
    photo, how = scene(), HeatMapSettings(cell=1.0, fill=fill)
    covered = cover_cells(photo, how)
    assert len(covered) == 49
    before, after = np.asarray(photo), np.asarray(covered[8])
    changed = (before != after).any(axis=-1)
    assert changed[20:40, 20:40].any()
    changed[20:40, 20:40] = False
    assert not changed.any()


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 9), st.floats(1, 3))
def test_covers_lie_inside_the_photo_and_leave_no_pixel_out(width: int, height: int, grid: int, cell: float) -> None:
    seen = np.zeros((height, width), bool)
    for left, top, right, bottom in cell_boxes(width, height, HeatMapSettings(grid=grid, cell=cell)):
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height
        seen[top:bottom, left:right] = True
    assert seen.all()


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60))
def test_a_photo_of_any_size_gets_a_map_on_its_scale(width: int, height: int) -> None:
    heat = heat_maps(scene(7 * width, 7 * height), [RED_PRODUCT], RedAndBlue(), METRIC, HeatMapSettings(side=64))
    assert np.isfinite(heat).all()
    assert ((heat >= 0) & (heat <= 1)).all()


def test_a_drawn_map_has_the_photos_size_and_glows_where_it_is_hot() -> None:
    photo = Image.new("RGB", (90, 60), GROUND)
    grid = np.zeros((7, 7), np.float32)
    grid[1, 5] = 1
    drawn = render_heat_map(photo, grid)
    assert (drawn.mode, drawn.size) == ("RGB", (90, 60))
    brightness = np.asarray(drawn, float)[..., :2].sum(axis=-1)
    row, column = np.unravel_index(brightness.argmax(), brightness.shape)
    assert abs(row - 1.5 * 60 / 7) < 6
    assert abs(column - 5.5 * 90 / 7) < 8


def test_a_cold_map_leaves_a_grey_photo_as_it_is() -> None:
    photo = Image.new("RGB", (30, 20), GROUND)
    np.testing.assert_array_equal(np.asarray(render_heat_map(photo, np.zeros((7, 7), np.float32))), np.asarray(photo))


def test_a_strip_is_brought_to_a_size_that_fits_the_memory():
    from PIL import Image

    from bowerbird.rank.heat_map import _reduced

    assert max(_reduced(Image.new("RGB", (280, 20_000)), 288).size) <= 4 * 288
    assert _reduced(Image.new("RGB", (600, 400)), 288).size == (432, 288)
