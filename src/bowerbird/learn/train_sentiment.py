"""Making the packaged sentiment model; seeded.

``python -m bowerbird.learn.train_sentiment --data FOLDER --out FOLDER`` reads the reviews among the data sets, the
labelled sentences beside this file, the package's own lexicon and utterances, and the word list of the package
vaderSentiment (Hutto and Gilbert 2014; MIT), and writes ``sentiment`` under ``--out``. The test part of the Chinese
reviews is left out, so that ``benchmarks/reviews.py`` measures on texts that the model never saw.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import FormatError, MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.fit_sentiment import SentimentSettings, fit_chinese, fit_english
from bowerbird.learn.reviews import TEST, Reviews, part_of, read_chinese, read_labelled, read_stars
from bowerbird.learn.utterances import lexicon_names, name_goods, read_utterances
from bowerbird.understand.clauses import HEAD_ARRAYS
from bowerbird.understand.linear_model import LinearModel
from bowerbird.understand.sentiment import KIND, Judge

CHINESE = Path("reviews-zh") / "reviews-train.csv.gz"
NAMES = Path("retail-demo") / "products.yaml"
STARS = Path("magento-store") / "ReviewSampleData" / "products_reviews.csv"
PLAIN = ("find", "ask", "compare", "buy", "track", "recommend")
"""Intents whose utterances say nothing good or bad."""
COMPLAINT = "complain"
MARKS = ("?", "!", "?!", "...", "。", "—") * 8
GOODS = 6_000
"""Names of goods, every second one described, that judge nothing, in each language."""
OWN_WEIGHT = 8
"""How often a labelled sentence that judges nothing counts: they are few, and the hard ones."""


def train_sentiment(
    data: Path, settings: SentimentSettings | None = None, progress: Progress = no_progress
) -> LinearModel:
    """Fit both judges on the data sets under ``data``. Raises FormatError, MissingExtraError."""
    settings = settings or SentimentSettings()
    reviews = read_chinese(data / CHINESE)
    reviews = reviews.take(reviews.parts != TEST)
    plain = [*goods("zh", settings.seed), *said("zh", PLAIN), *MARKS]
    chinese = fit_chinese(reviews, said("zh", [COMPLAINT]), plain, settings, progress)
    judged, nothing = english_texts(read_stars(data / STARS))
    english = fit_english(judged, read_valences(), [*plain_english(data, settings.seed), *nothing], settings)
    fitted_on = {
        "reviews": len(reviews), "english": len(judged), "settings": asdict(settings),
        "topics": np.unique(reviews.topics).tolist(),
    }  # fmt: skip
    return as_model(chinese, english, fitted_on)


def english_texts(stars: Reviews) -> tuple[Reviews, list[str]]:
    """What the English judge is fitted on: judged texts, and those of the labelled sentences that judge nothing."""
    labelled = read_labelled(Path(__file__).parent / "sentiment_en.tsv")
    nothing = [text for text, label in zip(labelled.texts, labelled.labels.tolist(), strict=True) if label == 0]
    judged, complaints = labelled.take(labelled.labels != 0), said("en", [COMPLAINT])
    texts = (*judged.texts, *complaints, *stars.texts)
    labels = np.concatenate([judged.labels, -np.ones(len(complaints), np.int_), stars.labels])
    none = np.zeros(len(texts), np.int_)
    return Reviews(texts, labels, none.astype(np.str_), none), nothing * OWN_WEIGHT


def plain_english(data: Path, seed: int = 0) -> list[str]:
    """English texts that judge nothing: names of goods, and what shoppers ask for."""
    return [*goods("en", seed), *said("en", PLAIN), *read_product_names(data / NAMES), *MARKS]


def goods(language: str, seed: int) -> list[str]:
    """The lexicon's names in a language, and more of them with a property before."""
    described = name_goods(GOODS, np.random.default_rng(seed))
    return [*lexicon_names()[language], *(one.text for one in described if one.language == language)]


def said(language: str, intents: Sequence[str]) -> list[str]:
    """The package's own utterances of some intents."""
    return [one.text for one in read_utterances() if one.language == language and one.intent in intents]


def read_product_names(path: Path) -> list[str]:
    """Names of goods, many of which sound good; every second one, by hash, is left to be measured on."""
    import yaml

    try:
        names = [str(product["name"]) for product in yaml.safe_load(path.read_text(encoding="utf-8"))]
    except (OSError, TypeError, KeyError, yaml.YAMLError) as error:
        raise FormatError(f"is no list of products: {error}", where=str(path)) from error
    return [name for name in dict.fromkeys(names) if part_of(name) % 2]


def read_valences() -> dict[str, float]:
    """How good or bad English words are, -4 to 4. Raises MissingExtraError."""
    try:
        path = Path(str(distribution("vaderSentiment").locate_file("vaderSentiment/vader_lexicon.txt")))
    except PackageNotFoundError as error:
        raise MissingExtraError("training the sentiment model (vaderSentiment)", "train") from error
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {word: float(valence) for word, valence, *_ in lines if word.replace("'", "").isalpha()}


def as_model(chinese: Judge, english: Judge, fitted_on: dict[str, object]) -> LinearModel:
    """Both judges as one artefact."""
    more: dict[str, NDArray[np.float32]] = {}
    for name, judge in (("zh", chinese), ("en", english)):
        more |= {f"{name}.curve": judge.curve, f"{name}.gate_bias": judge.gate_bias}
        if judge.head is not None:
            more |= {f"{name}.head.{part}": getattr(judge.head, part) for part in HEAD_ARRAYS}
    return LinearModel(KIND, {"zh": chinese.weights, "en": english.weights}, more, fitted_on)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data sets")
    parser.add_argument("--out", type=Path, required=True, help="where sentiment/ is written")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    settings = replace(SentimentSettings(), seed=options.seed)
    train_sentiment(options.data, settings).save(options.out / KIND)


if __name__ == "__main__":
    main()
