"""How fast the built-in encoders are and what their precision costs. Prints one table.

    python benchmarks/encoders.py [--texts 4096] [--photos 1024] [--int8-image]

Needs ../shared/data. ``--int8-image`` also quantises the image encoder on 64 of the photos and compares
(needs the train extra); the build does not do that, since it has no photos to calibrate with.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bowerbird.domain.product import Product
from bowerbird.encode.build import ensure_models, list_models
from bowerbird.encode.calibration_texts import make_texts
from bowerbird.encode.image import OnnxImageEncoder, fit, open_photo, to_input
from bowerbird.encode.product_text import product_text
from bowerbird.encode.sessions import count_cores, open_session
from bowerbird.encode.terms import Terms
from bowerbird.encode.text import OnnxTextEncoder

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    """Run all and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=4096)
    options.add_argument("--photos", type=int, default=1024)
    options.add_argument("--int8-image", action="store_true")
    given = options.parse_args()
    model = next((line for line in _cpu_lines() if "model name" in line), platform.processor())
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {count_cores()} cores, {model.split(':')[-1].strip()}")
    paths = ensure_models()
    for built in list_models():
        if built.name in ("all-minilm-l6-v2", "efficientnet-lite2"):
            print(f"  {built.name}: {built.precision}, int8 loss {built.loss}, speedup {built.speedup}")
    rows = _products(given.texts)
    text, image = OnnxTextEncoder(paths.text), OnnxImageEncoder(paths.image)
    _time_terms([row["title"] for row in rows])
    _time_texts(text, rows)
    photos = sorted((DATA / "fashion-photos").rglob("*.jpg"))[: given.photos]
    _time_photos(image, photos)
    if given.int8_image:
        _compare_int8_image(image, photos[:: max(1, len(photos) // 128)][:128], paths.image)


def _time_terms(titles: list[str]) -> None:
    terms = Terms()
    for name in ("first time", "again"):
        start = perf_counter()
        for title in titles:
            terms.index_terms(title)
        print(f"terms, {name}: {len(titles) / (perf_counter() - start):,.0f} titles/s")


def _time_texts(encoder: OnnxTextEncoder, rows: list[dict[str, Any]]) -> None:
    queries = ["red running shoes", "usb c charger 65w", "hp toner", "gaming laptop"]
    for query in queries * 5:
        encoder.encode_query(query)
    times = []
    for query in queries * 50:
        start = perf_counter()
        encoder.encode_query(query)
        times.append(perf_counter() - start)
    print(f"query: p50 {1e3 * np.median(times):.2f} ms, p95 {1e3 * np.percentile(times, 95):.2f} ms, one thread")
    products = [
        Product(
            row["id"],
            row["title"],
            description=row.get("short_description") or "",
            brand=row.get("supplier") or "",
            attributes={key: str(value) for key, value in row.items() if key.startswith("attr_t_")},
        )
        for row in rows
    ]
    short = [text[:40] for text in make_texts(len(rows))]
    for name, texts in (
        ("texts of at most 40 characters", short),
        ("titles", [row["title"] for row in rows]),
        ("product texts", [product_text(product) for product in products]),
    ):
        start, used = perf_counter(), process_time()
        encoder.encode(texts)
        wall, used = perf_counter() - start, process_time() - used
        print(f"{name}: {len(texts) / wall:,.0f}/s; {len(texts) / used:,.0f} a CPU second")


def _time_photos(encoder: OnnxImageEncoder, photos: list[Path]) -> None:
    one = [open_photo(photos[0], encoder.manifest.image)]  # type: ignore[arg-type]
    times = []
    for _ in range(30):
        start = perf_counter()
        encoder.encode(one)
        times.append(perf_counter() - start)
    print(f"one photo: p50 {1e3 * np.median(times):.1f} ms, one thread")
    start, used = perf_counter(), process_time()
    encoder.encode(photos)
    wall, used = perf_counter() - start, process_time() - used
    print(f"photos from files: {len(photos) / wall:.0f}/s; {len(photos) / used:.0f} a CPU second")


def _compare_int8_image(encoder: OnnxImageEncoder, photos: list[Path], folder: Path) -> None:
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    part = encoder.manifest.image
    assert part is not None
    pixels = [to_input(fit(open_photo(photo, part), part), part)[None] for photo in photos]
    calibrating, compared = iter(pixels[: len(pixels) // 2]), np.concatenate(pixels[len(pixels) // 2 :])

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def get_next(self) -> dict[str, Any] | None:
            row = next(calibrating, None)
            return None if row is None else {"pixels": row}

    with tempfile.TemporaryDirectory() as place:
        small = Path(place) / "int8.onnx"
        quantize_static(
            str(folder / part.graph),
            str(small),
            Reader(),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
        )
        found, speeds = [], []
        for path in (folder / part.graph, small):
            session = open_session(path)
            session.run(None, {"pixels": compared[:8]})
            used = process_time()
            rows = [session.run(None, {"pixels": compared[at : at + 8]})[0] for at in range(0, len(compared), 8)]
            speeds.append(len(compared) / (process_time() - used))
            features = np.concatenate(rows)
            found.append(features / np.linalg.norm(features, axis=1, keepdims=True))
    loss = 1 - (found[0] * found[1]).sum(1).mean()
    print(f"image int8: loss {loss:.4f}; {speeds[1]:.0f} against fp32 {speeds[0]:.0f} photos a CPU second")


def _products(count: int) -> list[dict[str, Any]]:
    with gzip.open(DATA / "chorus-electronics" / "products.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row.get("title")][:: max(1, len(rows) // count)][:count]


def _cpu_lines() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    main()
