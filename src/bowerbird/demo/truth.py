"""The truth file read back: what every invented product is, so that tests and benchmarks can tell right from wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bowerbird.demo.catalogue import TRUTH
from bowerbird.domain.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class PhotoTruth:
    """What one picture shows; view 0 is the front."""

    colour: str
    view: int


@dataclass(frozen=True, slots=True)
class ReviewTruth:
    """What one review says; of the aspects its text names, 1 are praised and -1 blamed. In the record's order."""

    stars: int
    language: str
    aspects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Truth:
    """What one product is, whatever its texts say of it."""

    id: str
    kind: str
    department: str
    silhouette: str
    colours: tuple[str, ...]
    accents: tuple[str, ...]
    pattern: str
    material: str
    brand: str
    price: float
    stock: int
    audience: str
    photos: Mapping[str, PhotoTruth]
    """By file."""
    aspects: Mapping[str, tuple[int, int]]
    """How many reviews praise and how many blame each."""
    reviews: tuple[ReviewTruth, ...]


def read_truth(catalogue: Path) -> Iterator[Truth]:
    """Every product of a made catalogue, in its order. Raises NotFoundError."""
    path = catalogue / TRUTH
    if not path.is_file():
        raise NotFoundError(f"no truth at {path}; make it with: bowerbird demo --folder {catalogue.parent}")
    with path.open("rb") as lines:
        for line in lines:
            yield truth_from(orjson.loads(line))


def truth_from(line: Mapping[str, Any]) -> Truth:
    """One line of the file."""
    return Truth(
        id=line["id"],
        kind=line["kind"],
        department=line["department"],
        silhouette=line["silhouette"],
        colours=tuple(line["colours"]),
        accents=tuple(line["accents"]),
        pattern=line["pattern"],
        material=line["material"],
        brand=line["brand"],
        price=line["price"],
        stock=line["stock"],
        audience=line["audience"],
        photos={file: PhotoTruth(colour, view) for file, (colour, view) in line["photos"].items()},
        aspects={name: (praised, blamed) for name, (praised, blamed) in line["aspects"].items()},
        reviews=tuple(ReviewTruth(**review) for review in line["reviews"]),
    )


def matching(
    truths: Iterable[Truth], *, kind: str = "", colour: str = "", pattern: str = "", material: str = ""
) -> list[Truth]:
    """The products that are all of what is asked; a product in several colours is each of them."""
    return [
        truth
        for truth in truths
        if (not kind or truth.kind == kind)
        and (not colour or colour in truth.colours)
        and (not pattern or truth.pattern == pattern)
        and (not material or truth.material == material)
    ]
