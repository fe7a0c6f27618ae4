"""Spoken queries: how many words are heard wrong, and what a search by voice is worth beside one by text.

    python benchmarks/voice.py [--shop DIR] [--split test|dev] [--all-speeds] [--no-stock] [--show] [--json]

Clips of the queries in voice_queries.tsv are made by espeak-ng in four voices and three speeds (in turn, or each in
all with --all-speeds); half of them, two voices of each query, have street noise mixed in at 20 dB. Each is heard
by pocketsphinx with its own language model and with the shop's, of whose alternatives understanding chooses one. A
search's nDCG@10 counts a product that meets the query's ``full`` filter 3, one that meets ``part`` 1. Without --shop
the clothing shop under ../shared/data is imported first. Exits with 1 where a search by clean voice is worth less
than 0.85 of the search by text.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shops import machine
from voice_noise import mix, street_noise

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import Query, Wish
from bowerbird.encode.audio import SAMPLE_RATE, decode_audio
from bowerbird.encode.speech import PocketSphinxRecogniser, RecogniserSettings, prepare
from bowerbird.encode.speech_build import SpeechReport, build_speech_model
from bowerbird.encode.speech_phrases import Phrase, count_phrases, say_text
from bowerbird.encode.terms import Terms
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.engine.hearing import choose
from bowerbird.engine.listening import lexicon_phrases
from bowerbird.measure.metrics import ndcg
from bowerbird.understand.lexicon import load_lexicon

MAGENTO = Path(__file__).resolve().parents[2] / "shared" / "data" / "magento-store"
QUERIES = Path(__file__).with_name("voice_queries.tsv")
VOICES = ("en-us", "en-us+f2", "en-gb", "en-gb+f4")
SPEEDS = (130, 155, 180)
SNR = 20.0
WANTED = 0.85
EVERYTHING = 1_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """A query with the ratings of its products."""

    id: str
    text: str
    ratings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Clip:
    """A query as one voice says it."""

    query: Spoken
    voice: str
    speed: int
    noisy: bool
    samples: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was heard in a clip, in words by the stock model and the shop's, and what the search for it was worth."""

    clip: Clip
    stock: str | None
    heard: str
    by_text: float
    by_voice: float
    seconds: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, help="a shop that is built already")
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    parser.add_argument("--all-speeds", action="store_true", help="every voice at every speed, not in turn")
    parser.add_argument("--no-stock", action="store_true", help="leave the stock language model out")
    parser.add_argument("--show", action="store_true", help="print what was heard wrong")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not shutil.which("espeak-ng"):
        sys.exit("espeak-ng is needed to make the clips (Debian's package espeak-ng)")
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(given.shop or import_shop(Path(scratch) / "shop"))
        queries = read_queries(given.split, engine)
        report = build_speech_model(Path(scratch) / "speech", shop_phrases(engine))
        recogniser = PocketSphinxRecogniser(Path(scratch) / "speech")
        clips = make_clips(queries, given.all_speeds)
        outcomes = measure(engine, recogniser, clips, None if given.no_stock else stock_recogniser())
        engine.close()
    result = summarise(outcomes, report)
    print(json.dumps(result, indent=1) if given.json else format_result(result))
    if given.show:
        print("\n".join(wrong_ones(outcomes)))
    return 0 if result["clean"]["voice / text"] >= WANTED else 1


def import_shop(folder: Path) -> Path:
    """The clothing shop, imported and indexed."""
    engine = open_shop(folder)
    engine.import_catalogue(MAGENTO)
    engine.build()
    engine.close()
    return folder


def open_engine(folder: Path) -> Engine:
    """The shop, ready to search."""
    engine = open_shop(folder)
    engine.start()
    return engine


def shop_phrases(engine: Engine) -> list[Phrase]:
    """What shoppers of the shop may say, by its products and, much less likely, by the lexicon."""
    hits = engine.search(Query(per_page=EVERYTHING)).hits
    phrases = count_phrases(engine.product(hit.product.id) for hit in hits)
    return [*phrases, *lexicon_phrases(load_lexicon())]


def read_queries(split: str, engine: Engine) -> list[Spoken]:
    """The queries of a split with their ratings; exits where one has no perfectly right product."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == split]
    queries = []
    for row in rows:
        ratings = dict.fromkeys(matching(engine, row["part"]), 1.0) | dict.fromkeys(matching(engine, row["full"]), 3.0)
        if 3.0 not in ratings.values():
            sys.exit(f"{row['id']}: no product meets {row['full']}")
        queries.append(Spoken(row["id"], row["text"], ratings))
    return queries


def matching(engine: Engine, condition: str) -> list[str]:
    """The ids of the products that meet a filter."""
    return [hit.product.id for hit in engine.search(Query(filters=parse_filter(condition), per_page=EVERYTHING)).hits]


def make_clips(queries: Sequence[Spoken], all_speeds: bool) -> Iterator[Clip]:
    """Every query in every voice, every other one with noise; the noise is another for each clip, the same each run."""
    for number, query in enumerate(queries):
        for turn, voice in enumerate(VOICES):
            for speed in SPEEDS if all_speeds else (SPEEDS[(number + turn) % len(SPEEDS)],):
                samples = say(query.text, voice, speed)
                noisy = (number + turn) % 2 == 1
                if noisy:
                    noise = street_noise(len(samples), seed=number * len(VOICES) + turn)
                    samples = mix(samples, noise, SNR)
                yield Clip(query, voice, speed, noisy, samples)


def say(text: str, voice: str, speed: int) -> NDArray[np.int16]:
    """A text in a voice at so many words a minute."""
    said = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text], capture_output=True, check=True
    )
    return decode_audio(said.stdout)


def stock_recogniser() -> Callable[[NDArray[np.int16]], str]:
    """Pocketsphinx as it comes: its language model and dictionary, its own settings."""
    from pocketsphinx import Decoder

    decoder = Decoder(loglevel="FATAL")

    def hear(samples: NDArray[np.int16]) -> str:
        decoder.start_utt()
        decoder.process_raw(prepare(samples, RecogniserSettings()).tobytes(), full_utt=True)
        decoder.end_utt()
        best = decoder.hyp()
        return best.hypstr if best else ""

    return hear


def measure(
    engine: Engine,
    recogniser: PocketSphinxRecogniser,
    clips: Iterable[Clip],
    stock: Callable[[NDArray[np.int16]], str] | None,
) -> list[Outcome]:
    """Hear every clip and search by what was heard."""
    known: dict[tuple[str, str], float] = {}

    def worth(text: str, query: Spoken) -> float:
        if (text, query.id) not in known:
            hits = engine.search(Query(Wish(text), per_page=10)).hits if text else ()
            known[text, query.id] = ndcg([hit.product.id for hit in hits], query.ratings)
        return known[text, query.id]

    def knows(word: str) -> bool:
        return engine.live_view().document_frequency(cut(word)[0].text) > 0 if cut(word) else False

    cut = Terms().cut
    outcomes = []
    for clip in clips:
        started = perf_counter()
        heard = choose(recogniser.transcribe(clip.samples), engine.understand, knows).text
        seconds = perf_counter() - started
        by_stock = None if stock is None else stock(clip.samples)
        values = worth(clip.query.text, clip.query), worth(heard, clip.query)
        outcomes.append(Outcome(clip, by_stock, heard, *values, seconds))
    return outcomes


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """How many words were left out, put in or mistaken (Levenshtein), and how many were said."""
    wanted, found = say_text(said), say_text(heard)
    costs = list(range(len(found) + 1))
    for row, word in enumerate(wanted, 1):
        diagonal, costs[0] = costs[0], row
        for column, other in enumerate(found, 1):
            diagonal, costs[column] = (
                costs[column],
                min(costs[column] + 1, costs[column - 1] + 1, diagonal + (word != other)),
            )
    return costs[-1], len(wanted)


def error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """The word error rate over pairs of what was said and what was heard."""
    counted = [word_errors(said, heard) for said, heard in pairs]
    return sum(wrong for wrong, _ in counted) / max(1, sum(words for _, words in counted))


def summarise(outcomes: Sequence[Outcome], report: SpeechReport) -> dict[str, Any]:
    """The figures of the clean and the noisy clips, and of each voice."""
    result: dict[str, Any] = {"machine": machine(), "speech model": str(report), "clips": len(outcomes)}
    for name, noisy in (("clean", False), ("noisy", True)):
        half = [outcome for outcome in outcomes if outcome.clip.noisy is noisy]
        result[name] = figures(half)
        for voice in VOICES:
            result[f"{name} {voice}"] = figures([outcome for outcome in half if outcome.clip.voice == voice])
    result["all"] = figures(outcomes)
    spoken = sum(len(outcome.clip.samples) for outcome in outcomes) / SAMPLE_RATE
    result["seconds a second of sound"] = round(sum(outcome.seconds for outcome in outcomes) / spoken, 3)
    result["slowest clip, seconds"] = round(max(outcome.seconds for outcome in outcomes), 2)
    return result


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Word error rates, and nDCG@10 by text and by voice."""
    if not outcomes:
        return {}
    by_text = float(np.mean([outcome.by_text for outcome in outcomes]))
    by_voice = float(np.mean([outcome.by_voice for outcome in outcomes]))
    stock = [(outcome.clip.query.text, outcome.stock) for outcome in outcomes if outcome.stock is not None]
    return {
        "wer stock": round(error_rate(stock), 3) if stock else None,
        "wer shop": round(error_rate((outcome.clip.query.text, outcome.heard) for outcome in outcomes), 3),
        "word for word": round(
            float(np.mean([say_text(one.heard) == say_text(one.clip.query.text) for one in outcomes])), 3
        ),
        "ndcg@10 text": round(by_text, 3),
        "ndcg@10 voice": round(by_voice, 3),
        "voice / text": round(by_voice / by_text, 3) if by_text else 0.0,
    }


def format_result(result: dict[str, Any]) -> str:
    """The figures as a table."""
    rows = {name: value for name, value in result.items() if isinstance(value, dict) and "wer shop" in value}
    columns = list(next(iter(rows.values())))
    lines = [f"{'':18}" + "".join(f"{column:>15}" for column in columns)]
    for name, row in rows.items():
        lines.append(f"{name:18}" + "".join(f"{'-' if row[column] is None else row[column]:>15}" for column in columns))
    lines += [f"{name}: {value}" for name, value in result.items() if name not in rows]
    return "\n".join(lines)


def wrong_ones(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What was heard wrong, and what it cost."""
    for outcome in outcomes:
        clip = outcome.clip
        if word_errors(clip.query.text, outcome.heard)[0]:
            how = f"{clip.voice} {clip.speed}{' noisy' if clip.noisy else ''}"
            cost = f"{outcome.by_text:.2f} -> {outcome.by_voice:.2f}"
            yield f"{clip.query.id} {how:20} {cost}  {clip.query.text!r} heard as {outcome.heard!r}"


if __name__ == "__main__":
    sys.exit(main())
