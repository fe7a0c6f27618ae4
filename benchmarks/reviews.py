"""How well and how fast the packaged sentiment model judges reviews. Prints figures and its worst errors.

    python benchmarks/reviews.py [--part 0] [--errors 10]

Needs ../shared/data. The model never saw part 0 of the Chinese reviews (by md5 of the folded text); the English
figures are made by fitting the English judge anew without the products that are measured on, fold by fold, which
needs the train extra.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

# Before numpy is imported: one thread a process is what is measured.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from bowerbird.learn.fit_sentiment import SentimentSettings, fit_english
from bowerbird.learn.reviews import Reviews, part_of, read_chinese, read_stars
from bowerbird.learn.train_sentiment import CHINESE, NAMES, STARS, english_texts, plain_english, read_valences
from bowerbird.learn.utterances import lexicon_names
from bowerbird.understand import sentiment

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = Path(sentiment.__file__).parent / "models" / "sentiment"
REPEATS = 4


def main() -> None:
    """Run all and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", type=int, default=0, help="0 is the test part; the model was fitted on the others")
    options.add_argument("--errors", type=int, default=10)
    given = options.parse_args()
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"model: {size / 1e6:.2f} MB on disk, both languages")
    reviews = read_chinese(DATA / CHINESE)
    reviews = reviews.take(reviews.parts == given.part)
    _judge_chinese(reviews, given.errors)
    _time(list(reviews.texts))
    _judge_english()
    _judge_plain()


def _judge_chinese(reviews: Reviews, errors: int) -> None:
    scores = sentiment.load().score_many(reviews.texts)
    right = (scores > 0) == (reviews.labels > 0)
    chance = 1.96 * np.sqrt(right.mean() * (1 - right.mean()) / len(right))
    print(f"Chinese: accuracy {right.mean():.4f} (+-{chance:.4f}) on {len(reviews):,} reviews of the part")
    neutral = np.abs(scores) < sentiment.NEUTRAL_BAND
    print(f"  {neutral.mean():.3f} called neutral; the others are right in {right[~neutral].mean():.4f}")
    print(f"  calibration error {_calibration_error((1 + scores) / 2, reviews.labels > 0):.4f} in ten bins")
    for topic in np.unique(reviews.topics):
        print(f"  {topic}: {right[reviews.topics == topic].mean():.3f} of {(reviews.topics == topic).sum()}")
    wrong = np.flatnonzero(~right)
    print("the worst errors (label, score, text):")
    for place in wrong[np.argsort(-np.abs(scores[wrong]))][:errors].tolist():
        print(f"  {reviews.labels[place]:+d} {scores[place]:+.2f} {reviews.topics[place]} {reviews.texts[place][:90]}")


def _calibration_error(shares: NDArray[np.float32], good: NDArray[np.bool_]) -> float:
    """The mean distance between said and found shares, over ten bins of what is said."""
    bins = np.minimum((shares * 10).astype(int), 9)
    apart = [abs(shares[bins == one].mean() - good[bins == one].mean()) * (bins == one).mean() for one in set(bins)]
    return float(np.sum(apart))


def _time(texts: list[str]) -> None:
    alone = _speed(texts)
    print(f"speed: {alone:,.0f} reviews/s in one process of one thread")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_speed, [texts[:1000]] * 2))
        both = sum(pool.map(_speed, [texts] * 2))
    print(f"speed: {both:,.0f} reviews/s in two processes at once")
    model = sentiment.load()
    for query in ("很喜欢这件，有蓝色吗", "love this jacket, any in blue?"):
        times = []
        for _ in range(500):
            start = perf_counter()
            model.score(query)
            times.append(perf_counter() - start)
        print(f"speed: {1e3 * np.median(times):.2f} ms for {query!r} alone")


def _speed(texts: list[str]) -> float:
    model = sentiment.load()
    model.score_many(texts[:1000])
    start = perf_counter()
    for _ in range(REPEATS):
        model.score_many(texts)
    return REPEATS * len(texts) / (perf_counter() - start)


def _judge_english() -> None:
    stars = read_stars(DATA / STARS)
    valences, plain = read_valences(), plain_english(DATA)
    for name, seen in (("other products' stars seen", True), ("no stars seen", False)):
        scores, polarity = np.zeros(len(stars), np.float32), np.zeros(len(stars), np.float32)
        for fold in range(5):
            held = stars.parts % 5 == fold
            others = stars.take(~held & seen)
            judged, nothing = english_texts(others)
            judge = fit_english(judged, valences, [*plain, *nothing], SentimentSettings())
            texts = stars.take(held).texts
            scores[held], polarity[held] = judge.scores(texts), judge.sums(texts)[1]
        found = np.where(np.abs(scores) < sentiment.NEUTRAL_BAND, 0, np.sign(scores))
        clear = stars.labels != 0
        right = np.sign(polarity) == stars.labels
        sides = [right[stars.labels == side].mean() for side in (-1, 1)]
        print(
            f"English, {name}: {right[clear].mean():.3f} of {clear.sum()} of 1-2 or 4-5 stars (bad {sides[0]:.3f}, "
            f"good {sides[1]:.3f}); three ways {(found == stars.labels).mean():.3f} of {len(stars)}"
        )


def _judge_plain() -> None:
    import yaml

    model = sentiment.load()
    products = yaml.safe_load((DATA / NAMES).read_text(encoding="utf-8"))
    unseen = [product["name"] for product in products if part_of(product["name"]) % 2 == 0]
    for name, texts in (("unseen product names", unseen), *lexicon_names().items()):
        neutral = np.abs(model.score_many(texts)) < sentiment.NEUTRAL_BAND
        print(f"plain words, {name}: {neutral.mean():.3f} of {len(texts):,} neutral")


if __name__ == "__main__":
    main()
