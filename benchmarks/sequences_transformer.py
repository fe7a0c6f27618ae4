"""The sequence model on purchase sequences: leave-one-out, all products ranked (Video: among 100 drawn ones).

    python benchmarks/sequences_transformer.py [--sets Beauty Sports] [--seeds 0 1 2] [--test]

Trains on all but the last two products of each shopper and keeps the epoch that is best on the last but one. Without
``--test`` only that validation is told, which is what settings are chosen by; with it the last product is ranked too,
once, by the model as it serves (ONNX Runtime, one history at a time).
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace

import numpy as np
from sequence_settings import SETS, Parts, Sequences
from shops import machine

from bowerbird.learn.judge_recommender import model_scores
from bowerbird.learn.train_sequence import train_sequence
from bowerbird.measure.next_item import HeldOut, NextItemScores, rank_all, rank_among_sampled, summarise
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.sequence_model import SequenceModel


def main() -> None:
    """Train and print a row as JSON for every set and seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS))
    parser.add_argument("--seeds", nargs="*", type=int, default=[0])
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0 for its own choice")
    parser.add_argument("--test", action="store_true")
    given = parser.parse_args()
    if given.threads:
        import torch

        torch.set_num_threads(given.threads)
    print(json.dumps(machine()))
    for name in given.sets:
        data = SETS[name]
        parts = Parts.of(data.read())
        for seed in given.seeds:
            print(json.dumps({"set": name, "seed": seed, **row(data, parts, seed, given.test)}), flush=True)


def row(data: Sequences, parts: Parts, seed: int, test: bool) -> dict[str, object]:
    """Train with one seed: how long that took, and the figures."""
    settings = replace(data.settings, seed=seed)
    wall, cpu = time.perf_counter(), time.process_time()
    model = train_sequence(parts.train, settings, parts.valid)
    figures: dict[str, object] = {
        "train_seconds": round(time.perf_counter() - wall),
        "train_cpu_seconds": round(time.process_time() - cpu),
        "epochs": model.seen["epochs"],
        "valid": measured(model, *parts.valid, sampled=data.sampled),
    }
    if test:
        figures["test"] = measured(model, *parts.test, sampled=data.sampled)
    return {**figures, "read_ms": read_times(model, parts.test[0])}


def measured(model: SequenceModel, before: Histories, held: HeldOut, sampled: bool) -> dict[str, object]:
    """Recall and nDCG among all products, and among 100 drawn ones where others measured so."""
    score = model_scores(model, before)
    found: dict[str, object] = short(summarise(rank_all(score, held)))
    if sampled:
        found |= {f"sampled {name}": value for name, value in short(summarise(rank_among_sampled(score, held))).items()}
    return found


def short(scores: NextItemScores) -> dict[str, object]:
    """The two figures that are compared."""
    return {"recall@10": round(scores.recall[10], 4), "ndcg@10": round(scores.ndcg[10], 4)}


def read_times(model: SequenceModel, histories: Histories, count: int = 2000) -> dict[str, float]:
    """Milliseconds to read one history, median and 99th percentile."""
    times = []
    for shopper in range(min(count, len(histories))):
        start = time.perf_counter()
        model.read(histories.of(shopper), histories.weights_of(shopper))
        times.append((time.perf_counter() - start) * 1e3)
    return {f"p{share}": round(float(np.percentile(times, share)), 3) for share in (50, 99)}


if __name__ == "__main__":
    main()
