"""Photo search through the whole product: import, build, and photos as queries, on the shops under ../shared/data.

    python benchmarks/photo_search.py [--photos 150] [--shops DIR]

Magento: damaged copies of the shop's own photos find their product. Groceries: val.txt photos find their product among
those of train.txt. The maps are the ones a new shop gets. The packaged ones were fitted on these shops' photos too
(never on val.txt): for fits that leave a shop out see ``alignment.py``.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from shops import machine

from bowerbird.catalog.flow import ImportOptions
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.learn.augment import crop, dim, mirror, recompress

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Damage = Callable[[Image.Image], Image.Image]
DAMAGES: dict[str, Damage] = {
    "cropped to 70 %": lambda photo: crop(photo, 0.7),
    "mirrored": mirror,
    "quality 30": lambda photo: recompress(photo, 30),
    "dimmed by a third": lambda photo: dim(photo, 2 / 3),
    "all four": lambda photo: recompress(dim(mirror(crop(photo, 0.7)), 2 / 3), 30),
}


def first(engine: Engine, data: bytes) -> str | None:
    """The id of the first hit for a photo."""
    hits = engine.search(Query(Wish(photos=(PhotoInput(data),)), per_page=1)).hits
    return hits[0].product.id if hits else None


def build(folder: Path, source: Path, media: Path) -> Engine:
    """A shop, imported and built as ``bowerbird import`` does."""
    engine = open_shop(folder)
    engine.import_catalogue(source, ImportOptions(media=media))
    print(engine.build(), flush=True)
    return engine


def magento(folder: Path, count: int) -> dict[str, float]:
    """The share of damaged copies that find their own product first; a photo that several share may find any."""
    media = DATA / "magento-store" / "media"
    engine = build(folder, DATA / "magento-store", media)
    owners: dict[bytes, set[str]] = {}
    for hit in engine.search(Query(per_page=250)).hits:
        for ref, _ in hit.product.photos():
            file = media / ref.lstrip("/")
            if file.is_file():
                owners.setdefault(file.read_bytes(), set()).add(hit.product.id)
    chosen = random.Random(0).sample(sorted(owners), min(count, len(owners)))
    shares = {}
    for name, damage in DAMAGES.items():
        found = 0
        for data in chosen:
            packed = io.BytesIO()
            with Image.open(io.BytesIO(data)) as photo:
                damage(photo.convert("RGB")).save(packed, "PNG")
            found += first(engine, packed.getvalue()) in owners[data]
        shares[name] = found / len(chosen)
    engine.close()
    return shares | {"photos": len(chosen)}


def groceries(folder: Path) -> dict[str, float]:
    """The share of val.txt photos that find the right of 81 products first."""
    data = DATA / "grocery-photos"
    with (data / "classes.csv").open(encoding="utf-8") as file:
        names = {row[1]: row[0].replace("-", " ") for row in list(csv.reader(file))[1:]}
    photos: dict[str, list[str]] = {}
    for path, number in listed(data / "train.txt"):
        photos.setdefault(number, []).append(path)
    source = folder.with_suffix(".jsonl")
    records = [{"id": number, "title": names[number], "images": paths} for number, paths in photos.items()]
    source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    engine = build(folder, source, data)
    asked = listed(data / "val.txt")
    found = sum(first(engine, (data / path).read_bytes()) == number for path, number in asked)
    engine.close()
    return {"right product first": found / len(asked), "photos": len(asked)}


def listed(path: Path) -> list[tuple[str, str]]:
    """Paths and fine ids of a list."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row[0].strip(), row[1].strip()) for row in rows]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=150, help="of Magento's, drawn at random")
    parser.add_argument("--shops", type=Path, help="where the shops are made, or lie from an earlier run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        shops = options.shops or Path(scratch)
        shops.mkdir(parents=True, exist_ok=True)
        answer = {"machine": machine(), "groceries": groceries(shops / "groceries")}
        answer["magento"] = magento(shops / "magento", options.photos)
    print(json.dumps(answer, indent=2))


if __name__ == "__main__":
    main()
