"""Making the packaged intent model; seeded.

``python -m bowerbird.learn.train_intent --out FOLDER [--data FOLDER]`` reads the package's own utterances and lexicon,
some utterances of the data sets where ``--data`` is given, and writes ``intent`` under ``--out``.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import FormatError
from bowerbird.learn.fit_intent import Examples, IntentSettings, fit_intent
from bowerbird.learn.utterances import Utterance, name_goods, read_utterances
from bowerbird.understand.intent import INTENTS, KIND
from bowerbird.understand.linear_model import LinearModel
from bowerbird.understand.sentiment import is_chinese

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
VECTOR = 384
BITEXT = Path("intents") / "bitext" / "Bitext_Sample_Customer_Service_Training_Dataset.csv"
CLINC = Path("intents") / "clinc" / "data_small.json"
FROM_BITEXT = {
    "track_order": "track", "track_refund": "return", "get_refund": "return", "cancel_order": "return",
    "complaint": "complain", "payment_issue": "complain", "place_order": "buy", "check_payment_methods": "ask",
    "delivery_options": "ask",
}  # fmt: skip
FROM_CLINC = dict.fromkeys(
    ("greeting", "goodbye", "thank_you", "tell_joke", "are_you_a_bot", "what_is_your_name", "how_old_are_you",
     "what_can_i_ask_you", "fun_fact", "where_are_you_from", "who_made_you", "meaning_of_life", "do_you_have_pets",
     "what_are_your_hobbies", "weather", "time", "roll_dice", "flip_coin", "play_music", "calculator"),
    "chat",
) | {"order_status": "track"}  # fmt: skip


def train_intent(
    encode: Encode | None = None, data: Path | None = None, settings: IntentSettings | None = None
) -> LinearModel:
    """Fit the intent model on the package's own utterances, and on those under ``data`` where it is given.

    ``encode`` gives the sentence vectors (n, 384) of English texts; without it the model does without them.
    Raises FormatError, MissingExtraError.
    """
    settings = settings or IntentSettings()
    examples = gather(own_utterances(), encode, data, settings)
    model, held_out = fit_intent(examples, settings)
    return model.as_model({
        "utterances": int(examples.own.sum()), "others": int((~examples.own).sum()), "settings": asdict(settings),
        "held_out": {"accuracy": round(held_out.accuracy, 4)}, "vectors": encode is not None,
    })  # fmt: skip


def own_utterances() -> list[Utterance]:
    """The package's own utterances: varied ones, and beside this file the plainest ways to say the same."""
    return [*read_utterances(), *read_utterances(Path(__file__).parent / "intents_plain.tsv")]


def gather(
    utterances: Sequence[Utterance], encode: Encode | None, data: Path | None, settings: IntentSettings
) -> Examples:
    """Own utterances at weight 1, and names of goods and other corpora's utterances at a low one."""
    rng = np.random.default_rng(settings.seed)
    names = name_goods(settings.names, rng)
    foreign = [] if data is None else read_foreign(data, settings, rng)
    rows = [*utterances, *names, *foreign]
    own = np.arange(len(rows)) < len(utterances)
    importance = np.ones(len(rows))
    importance[len(utterances) :] = settings.foreign_weight
    importance[len(utterances) : len(utterances) + len(names)] = 2 * settings.names_weight / max(1, len(names))
    texts = tuple(row.text for row in rows)
    return Examples(
        texts,
        np.array([INTENTS.index(row.intent) for row in rows], np.intp),
        importance,
        np.array([row.group for row in rows]),
        encode_english(texts, encode),
        own,
    )


def read_foreign(data: Path, settings: IntentSettings, rng: np.random.Generator) -> list[Utterance]:
    """Some utterances of other corpora, under our intents, no more of one than the settings allow.

    Raises FormatError.
    """
    try:
        with (data / BITEXT).open(encoding="utf-8", newline="") as file:
            pairs = [(row["utterance"], FROM_BITEXT.get(row["intent"])) for row in csv.DictReader(file)]
        clinc = json.loads((data / CLINC).read_text(encoding="utf-8"))
        pairs += [(text, FROM_CLINC.get(intent)) for text, intent in clinc["train"]]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"is no corpus of intents: {error}", where=str(data / "intents")) from error
    found: list[Utterance] = []
    for intent in INTENTS:
        texts = sorted({text for text, ours in pairs if ours == intent})
        for place in rng.permutation(len(texts))[: settings.foreign].tolist():
            found.append(Utterance("en", intent, f"foreign-{intent}-{place}", texts[place]))
    return found


def encode_english(texts: Sequence[str], encode: Encode | None) -> NDArray[np.float32]:
    """(n, 384) f32 vectors; zeros for Chinese, which the packaged encoder does not read."""
    vectors = np.zeros((len(texts), VECTOR), np.float32)
    english = [place for place, text in enumerate(texts) if not is_chinese(text)]
    if encode is not None and english:
        vectors[english] = encode([texts[place] for place in english])
    return vectors


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, encode, fit, write."""
    from bowerbird.encode.models import open_text_encoder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where intent/ is written")
    parser.add_argument("--data", type=Path, help="the folder with the data sets")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    settings = replace(IntentSettings(), seed=options.seed)
    train_intent(open_text_encoder().encode, options.data, settings).save(options.out / KIND)


if __name__ == "__main__":
    main()
