"""What comes next: every way to recommend on the purchase sequences of ../shared/data, in one table.

    python benchmarks/sequences.py [--sets Beauty Sports Toys Video] [--rows popularity item-kNN ...] [--threads 2]

Leave-one-out: of each shopper the last product is the test, the one before it validation, and models are trained on
what came before both. All products are ranked (Video also among 100 drawn ones, as SASRec was measured). Settings, the
epoch that is kept and the blend's weights are chosen on validation; the test is looked at once a row. Every finished
row is kept in ``benchmarks/.work/sequences``, so that a run that was broken off goes on; remove a row's folder to
measure it anew. Seconds are those of the training, on one thread unless told otherwise, as the clock went and as the
processor was used.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import orjson
from sequence_blend import blended, choose_weights
from sequence_rows import ROWS, Scorer, Task, open_trained, popularity
from sequence_settings import SETS, Parts
from shops import WORK, machine

from bowerbird.measure.next_item import HeldOut, Score, rank_all, rank_among_sampled, summarise

FOLDER = WORK / "sequences"
NAMES = ("popularity", *ROWS, "blend")
PUBLISHED = {
    "Beauty": "best published .0928 / .0531, SASRec .0605 / .0318",
    "Sports": "best published .0569 / .0323, SASRec .0350 / .0192",
    "Toys": "best published .0970 / .0580, SASRec .0675 / .0374",
    "Video": "SASRec among 100 drawn .7511 / .5458",
}


def main() -> None:
    """Make the rows that are not there yet, and print all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--rows", nargs="*", default=list(NAMES), choices=NAMES)
    parser.add_argument("--threads", type=int, default=1, help="of torch")
    given = parser.parse_args()
    import torch

    torch.set_num_threads(given.threads)
    for name in given.sets:
        parts = Parts.of(SETS[name].read())
        for row in given.rows:
            for seed in seeds_of(row, name):
                task = Task(name, SETS[name], parts, seed)
                print(json.dumps(make(task, row, given.threads)), flush=True)
    for name in given.sets:
        print_table(name)


def seeds_of(row: str, name: str) -> Sequence[int]:
    """What depends on the sequence model is measured with its seeds."""
    seeded = "sequence" if row == "blend" else row
    return ROWS[seeded].beauty_seeds if name == "Beauty" and seeded in ROWS else (0,)


def folder_of(name: str, row: str, seed: int) -> Path:
    """Where a row and its model are kept."""
    return FOLDER / f"{name}-{row.replace(' ', '-')}-{seed}"


def make(task: Task, row: str, threads: int) -> dict[str, Any]:
    """A row's figures, from its file where it has been made."""
    folder = folder_of(task.name, row, task.seed)
    if (folder / "row.json").is_file():
        found: dict[str, Any] = orjson.loads((folder / "row.json").read_bytes())
        return found
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began = {**machine(), "threads": threads}
    wall, cpu = time.perf_counter(), time.process_time()
    settings, scorer = train(task, row, folder, threads)
    seconds = {"seconds": round(time.perf_counter() - wall), "cpu_seconds": round(time.process_time() - cpu)}
    figures = {
        name: measured(scorer(before), held, task.data.sampled)
        for name, (before, held) in (("valid", task.parts.valid), ("test", task.parts.test))
    }
    told = {"set": task.name, "row": row, "seed": task.seed, **figures, **seconds, **began, "settings": settings}
    (folder / "row.json").write_bytes(orjson.dumps(told))
    return told


def train(task: Task, row: str, folder: Path, threads: int) -> tuple[dict[str, Any], Scorer]:
    """A row's settings, and how it scores."""
    if row == "popularity":
        return {}, popularity(task)
    if row == "blend":
        return blend(task, threads)
    settings = ROWS[row].train(task, folder / "model")
    return settings, open_trained(folder / "model")


def blend(task: Task, threads: int) -> tuple[dict[str, Any], Scorer]:
    """All the others together."""
    scorers: dict[str, Scorer] = {"popularity": popularity(task)}
    for name in ROWS:
        seed = task.seed if task.seed in seeds_of(name, task.name) else 0
        make(Task(task.name, task.data, task.parts, seed), name, threads)
        scorers[name] = open_trained(folder_of(task.name, name, seed) / "model")
    before, held = task.parts.valid
    weights = choose_weights({name: scorer(before) for name, scorer in scorers.items()}, held, task.seed)
    told = {"weights": dict(weights.by_source), "chosen_by_ndcg": weights.chosen_by}
    return told, lambda histories: blended({name: one(histories) for name, one in scorers.items()}, weights)


def measured(score: Score, held: HeldOut, sampled: bool) -> dict[str, float]:
    """Recall and nDCG among all products, and among 100 drawn ones where others measured so."""
    found = summarise(rank_all(score, held))
    figures = {"recall@10": round(found.recall[10], 4), "ndcg@10": round(found.ndcg[10], 4)}
    if sampled:
        drawn = summarise(rank_among_sampled(score, held))
        figures |= {"drawn recall@10": round(drawn.recall[10], 4), "drawn ndcg@10": round(drawn.ndcg[10], 4)}
    return figures


def print_table(name: str) -> None:
    """The rows of a data set that have been made: means over seeds, with the lowest and highest."""
    print(f"\n{name}: R@10 / N@10 of all products ({PUBLISHED[name]})")
    for row in NAMES:
        files = [folder_of(name, row, seed) / "row.json" for seed in seeds_of(row, name)]
        made = [orjson.loads(file.read_bytes()) for file in files if file.is_file()]
        if not made:
            continue
        figures = [spread([one["test"][figure] for one in made]) for figure in made[0]["test"]]
        seconds, cpu = (round(mean(one[kind] for one in made)) for kind in ("seconds", "cpu_seconds"))
        print(f"{row:<22} {' / '.join(figures)}   {seconds} s ({cpu} s of the processor), {made[0]['date'][:10]}")


def spread(values: Sequence[float]) -> str:
    """A mean, with its range where there are several."""
    middle = f"{mean(values):.4f}".lstrip("0")
    return middle if len(values) == 1 else f"{middle} ({min(values):.4f}-{max(values):.4f})".replace("0.", ".")


if __name__ == "__main__":
    main()
