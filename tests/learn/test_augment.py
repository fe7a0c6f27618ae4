import numpy as np
from PIL import Image

from bowerbird.learn.augment import augmented, crop, dim, mirror, recompress


def photo() -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8))


def test_a_crop_keeps_its_share_of_each_side():
    assert crop(photo(), 0.7).size == (42, 28)
    assert crop(photo(), 0.001).size == (1, 1)


def test_a_corner_can_be_kept():
    np.testing.assert_array_equal(np.asarray(crop(photo(), 0.5, 1, 1)), np.asarray(photo())[20:, 30:])


def test_mirroring_twice_changes_nothing():
    np.testing.assert_array_equal(np.asarray(mirror(mirror(photo()))), np.asarray(photo()))


def test_dimming_lowers_every_pixel():
    assert (np.asarray(dim(photo(), 2 / 3)) <= np.asarray(photo())).all()


def test_recompressing_keeps_the_size():
    assert recompress(photo(), 30).size == photo().size


def test_the_same_seed_changes_a_photo_the_same_way():
    first, again, other = (np.asarray(augmented(photo(), seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert first.shape != other.shape or (first != other).any()
