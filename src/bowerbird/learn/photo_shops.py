"""Shops of photos to learn from and to measure on: real data sets as products with their photo files.

Reads three data sets as their makers publish them; knows nothing of models.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bowerbird.catalog.flow import clean_record
from bowerbird.catalog.recognise import recognise
from bowerbird.catalog.sources.rows import Reading, Record
from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.product import Product
from bowerbird.learn.phrases import phrases_of


@dataclass(frozen=True, slots=True)
class ShopPhoto:
    """One photo file, the position of its product, and the variant it shows (-1: the product itself)."""

    file: Path
    product: int
    variant: int = -1


@dataclass(frozen=True, slots=True)
class PhotoShop:
    """Products and their photos; a file that two products share is there once for each."""

    name: str
    products: tuple[Product, ...]
    photos: tuple[ShopPhoto, ...]

    def phrases(self) -> list[tuple[str, ...]]:
        """What each photo's product may be called."""
        return [phrases_of(self.products[photo.product], photo.variant) for photo in self.photos]

    def owners(self) -> list[int]:
        """Each photo's product."""
        return [photo.product for photo in self.photos]


def read_magento(folder: Path) -> PhotoShop:
    """The Magento sample data with its ``media`` folder; photos that belong to no product are left out."""
    reading = Reading()
    items = recognise(folder, "auto", reading).items(reading)
    products = tuple(clean_record(item, None)[0] for item in items if isinstance(item, Record))
    found = [
        ShopPhoto(folder / "media" / image.lstrip("/"), place, variant)
        for place, product in enumerate(products)
        for image, variant in product.photos()
    ]
    return PhotoShop("magento", products, tuple(photo for photo in found if photo.file.is_file()))


def read_fashion(folder: Path) -> PhotoShop:
    """Fashion Product Images: one studio photo a product."""
    products = tuple(
        Product(
            id=row["id"],
            title=row["title"],
            categories=("/".join((row["masterCategory"], row["subCategory"], row["articleType"])),),
            attributes={"base_colour": row["baseColour"], "gender": row["gender"], "usage": row["usage"]},
        )
        for row in _rows(folder / "products.csv")
    )
    files = (folder / "images" / f"{product.id}.jpg" for product in products)
    return PhotoShop("fashion", products, tuple(ShopPhoto(file, place) for place, file in enumerate(files)))


def read_groceries(folder: Path, part: str = "train") -> PhotoShop:
    """The Grocery Store data set: phone photos of 81 kinds, ``part`` being train or val."""
    products = tuple(_grocery(row, folder) for row in _rows(folder / "classes.csv"))
    listing = (folder / f"{part}.txt").read_text("utf-8").splitlines()
    photos = [[cell.strip() for cell in line.split(",")] for line in listing if line.strip()]
    return PhotoShop(
        f"groceries-{part}", products, tuple(ShopPhoto(folder / file, int(fine)) for file, fine, _ in photos)
    )


def _grocery(row: dict[str, str], folder: Path) -> Product:
    about = folder / row["Product Description Path (str)"].lstrip("/")
    # Some descriptions are one sentence, others a form with a line "Description:".
    lines = about.read_text("utf-8-sig").splitlines()
    described = [line.partition(":")[2] for line in lines if line.startswith("Description:")]
    return Product(
        id=row["Class ID (int)"],
        title=row["Class Name (str)"].replace("-", " "),
        description=" ".join((described or lines)[0].split()) if lines else "",
        categories=(row["Coarse Class Name (str)"].replace("-", " "),),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such file; the data set is not here") from None
