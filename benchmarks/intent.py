"""How well the packaged intent model guesses. Prints accuracy by language and intent, confusions and calibration.

    python benchmarks/intent.py [--test benchmarks/intent_test.tsv] [--errors 20] [--no-vectors]

The file is a TSV with the columns language, intent, group and text, as the package's own utterances are.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.models import open_text_encoder
from bowerbird.learn.reviews import bare
from bowerbird.learn.train_intent import encode_english, own_utterances
from bowerbird.learn.utterances import Utterance, read_utterances
from bowerbird.understand import intent


def main() -> None:
    """Run all and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--test", type=Path, default=Path(__file__).with_name("intent_test.tsv"))
    options.add_argument("--errors", type=int, default=20)
    options.add_argument("--no-vectors", action="store_true", help="as where the text encoder is missing")
    given = options.parse_args()
    said = read_utterances(given.test)
    encoder = open_text_encoder()
    vectors = encode_english([one.text for one in said], None if given.no_vectors else encoder.encode)
    model = intent.load()
    shares = model.probabilities([one.text for one in said], vectors)
    _print(said, shares, float(model.sure[0]), given.errors)
    vector = encoder.encode_query(said[0].text)
    times = []
    for one in said * 2:
        start = perf_counter()
        model.predict(one.text, vector)
        times.append(perf_counter() - start)
    print(f"speed: p50 {1e3 * np.median(times):.2f} ms, p99 {1e3 * np.percentile(times, 99):.2f} ms beside the vector")


def _print(said: list[Utterance], shares: NDArray[np.float32], sure: float, errors: int) -> None:
    meant = np.array([intent.INTENTS.index(one.intent) for one in said])
    found, likely = shares.argmax(1), shares.max(1)
    right = found == meant
    known = {bare(one.text) for one in own_utterances()}
    new = np.array([bare(one.text) not in known for one in said])
    print(f"accuracy {right.mean():.4f} of {len(said)}")
    print(f"  {right[new].mean():.4f} of the {new.sum()} that are not, letter for letter, among the training's")
    languages = np.array([one.language for one in said])
    for language in np.unique(languages):
        print(f"  {language}: {right[languages == language].mean():.4f} of {(languages == language).sum()}")
    certain = likely >= sure
    print(f"sure (from {sure:.2f} on): {certain.mean():.3f}, of which right {right[certain].mean():.4f}")
    bins = np.minimum((likely * 10).astype(int), 9)
    apart = [abs(likely[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    print(f"calibration error {np.sum(apart):.4f} in ten bins of the likeliest")
    print(f"{'meant, found as':>16} " + " ".join(f"{name[:8]:>8}" for name in intent.INTENTS) + "   recall")
    for place, name in enumerate(intent.INTENTS):
        row = np.bincount(found[meant == place], minlength=len(intent.INTENTS))
        recall = row[place] / max(1, row.sum())
        print(f"{name:>16} " + " ".join(f"{count:>8}" for count in row) + f"   {recall:.3f}")
    wrong = np.flatnonzero(~right)
    for place in wrong[np.argsort(-likely[wrong])][:errors].tolist():
        print(f"  {said[place].intent} -> {intent.INTENTS[found[place]]} {likely[place]:.2f}: {said[place].text}")


if __name__ == "__main__":
    main()
