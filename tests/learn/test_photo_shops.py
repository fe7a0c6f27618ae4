from pathlib import Path

import pytest

from bowerbird.domain.errors import NotFoundError
from bowerbird.learn.photo_shops import read_fashion, read_groceries, read_magento


def test_a_missing_data_set_is_named(tmp_path: Path):
    with pytest.raises(NotFoundError, match=r"products\.csv"):
        read_fashion(tmp_path)


@pytest.mark.realdata
def test_the_three_shops_have_their_photos(shared_data: Path):
    magento = read_magento(shared_data / "magento-store")
    groceries = read_groceries(shared_data / "grocery-photos")
    fashion = read_fashion(shared_data / "fashion-photos")
    assert (len(magento.products), len(groceries.products), len(fashion.products)) == (191, 81, 6710)
    assert len(groceries.photos) == 2640
    assert all(photo.file.is_file() for shop in (magento, groceries) for photo in shop.photos)
    assert fashion.phrases()[0] == (
        "Palm Tree Girls Sp Jace Sko White Skirts",
        "skirts",
        "white skirts",
        "women skirts",
        "Palm Tree Girls Sp Jace Sko White Skirts",
    )


@pytest.mark.realdata
def test_no_grocery_photo_is_both_learnt_from_and_measured_on(shared_data: Path):
    train, val = (read_groceries(shared_data / "grocery-photos", part) for part in ("train", "val"))
    assert not {photo.file for photo in train.photos} & {photo.file for photo in val.photos}
