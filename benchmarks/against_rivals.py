"""Bowerbird and its rivals on the same products and requests; called by ``search.py``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from invented import Catalogue, Request
from search import hybrid, latency, shop_of
from shops import WORK, disk_mb, open_invented


def against_rivals(size: int, names: list[str], python: str) -> list[dict[str, object]]:
    """Bowerbird and each rival on the same products and requests, one after another."""
    folder = WORK / f"rivals-{size}"
    requests = Catalogue().requests(110)
    if not (folder / "requests.npy").is_file():
        write_data(folder, size, requests)
    rows = [ours(size, requests)]
    for name in names:
        script = Path(__file__).with_name("rivals.py")
        print(f"measuring {name}", file=sys.stderr, flush=True)
        done = subprocess.run([python, str(script), name, str(folder)], capture_output=True, text=True, check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            reason = done.stderr.strip().splitlines()[-1:] or ["it printed nothing"]
            rows.append({"name": name, "notes": f"did not run: {reason[0][:120]}"})
        else:
            rows.append(json.loads(lines[-1]))
            print(lines[-1], file=sys.stderr, flush=True)
    for row in rows:
        if "p50_ms" in row:
            row["ratio_to_bowerbird"] = float(row["p50_ms"]) / float(rows[0]["p50_ms"])
    return rows


def rival_python(names: list[str]) -> str:
    """The interpreter of an environment of the rivals' own, made where it is not there yet."""
    place = WORK / "rivals-environment"
    python = place / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    for name in names:
        packages = [name, "pymilvus"] if name == "milvus-lite" else [name]
        print(f"installing {name}", file=sys.stderr, flush=True)
        # One that has no build for this machine is left out: its row says that it did not run.
        subprocess.run(
            [str(python), "-m", "pip", "install", "-q", "numpy", *packages], check=False, capture_output=True
        )
    return str(python)


def ours(size: int, requests: list[Request]) -> dict[str, object]:
    """Bowerbird on the rivals' work."""
    folder, seconds = shop_of(size)
    engine = open_invented(folder, requests)
    engine.start()
    queries = [hybrid(request) for request in requests]
    for query in queries[: len(queries) // 10]:
        engine.search(query)
    figures = latency(engine, queries[len(queries) // 10 :])
    engine.close()
    return {
        "name": "bowerbird",
        "notes": "exact facets, read from the store, highlights",
        "products": size,
        "docs_per_second": size / sum(seconds.values()),
        "p50_ms": figures["whole"]["p50_ms"],
        "p95_ms": figures["whole"]["p95_ms"],
        "hits": figures["hits"],
        "disk_mb": disk_mb(folder),
    }


def write_data(folder: Path, size: int, requests: list[Request]) -> None:
    """The catalogue and the requests for the rivals, the words cut as ours are."""
    from bowerbird.encode.terms import Terms

    terms, catalogue = Terms(), Catalogue()
    folder.mkdir(parents=True, exist_ok=True)
    texts, photos, number = [], [], 0
    with (folder / "products.jsonl").open("w", encoding="utf-8") as file:
        for chunk in catalogue.chunks(size):
            texts.append(chunk.texts)
            photos.append(chunk.photos)
            for product in chunk.products:
                row = {
                    "id": number,
                    "text": terms.index_terms(f"{product.title} {product.description}"),
                    "department": product.categories[0].split("/")[0],
                    "category": product.categories[0],
                    "brand": product.brand,
                    "color": product.attributes["color"],
                    "price": float(product.price or 0),
                    "in_stock": int(product.availability == "in_stock"),
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                number += 1
    np.save(folder / "texts.npy", np.concatenate(texts))
    np.save(folder / "photos.npy", np.concatenate(photos))
    with (folder / "requests.jsonl").open("w", encoding="utf-8") as file:
        for request in requests:
            department, prices, _ = request.filters.split(" AND ")
            low, high = prices.removeprefix("price ").split("..")
            row = {
                "text": " ".join(terms.query_terms(request.text)),
                "department": department.split('"')[1],
                "low": float(low),
                "high": float(high),
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    np.save(folder / "requests.npy", np.stack([[request.text_vector, request.photo_vector] for request in requests]))
