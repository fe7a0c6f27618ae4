import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.understand import intent
from bowerbird.understand.intent import INTENTS, IntentModel

PACKAGED = Path(intent.__file__).parent / "models" / "intent"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("usb c hub", "find"),
        ("red running shoes", "find"),
        ("红色连衣裙", "find"),
        ("where is my order", "track"),
        ("订单到哪了", "track"),
        ("退货", "return"),
        ("i want to return this", "return"),
        ("推荐一款耳机", "recommend"),
        ("add to cart", "buy"),
        ("hello", "chat"),
    ],
)
def test_clear_queries_are_guessed_without_a_vector(text: str, expected: str) -> None:
    assert intent.load().predict(text, None).name == expected


def test_probabilities_are_of_all_intents_and_sum_to_one() -> None:
    found = intent.load().predict("compare these two", None)
    assert tuple(found.probabilities) == INTENTS
    assert sum(found.probabilities.values()) == pytest.approx(1.0, abs=1e-5)


def test_what_is_not_likely_enough_to_act_on_is_still_named() -> None:
    model = replace(intent.load(), sure=np.array([1.01], np.float32))
    found = model.predict("where is my order", None)
    assert (found.name, found.sure) == ("track", False)


def test_a_vector_of_another_encoder_is_left_aside() -> None:
    model = intent.load()
    assert model.predict("hello", np.ones(12, np.float32)) == model.predict("hello", None)


def test_a_vector_counts() -> None:
    model = intent.load()
    vector = np.zeros(len(model.vector), np.float32)
    assert model.predict("hello", vector) == model.predict("hello", None)
    vector[:] = model.vector[:, INTENTS.index("track")]
    moved = model.predict("hello", vector).probabilities["track"]
    assert moved > model.predict("hello", None).probabilities["track"]


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "x" * 10_000, "'; DROP TABLE products; --", "😀" * 50, "שלום"])
def test_odd_queries_get_a_guess(text: str) -> None:
    assert intent.load().predict(text, None).name in INTENTS


def test_a_torn_or_foreign_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "intent"
    shutil.copytree(PACKAGED, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"version": 99}))
    with pytest.raises(ArtefactError, match="version 99"):
        IntentModel.load(folder)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        replace(intent.load(), bias=np.zeros(3, np.float32))
