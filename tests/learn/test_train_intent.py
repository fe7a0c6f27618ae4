import json
from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import FormatError
from bowerbird.learn.fit_intent import Examples, IntentSettings, fit_intent, fit_scale, fit_threshold, judge_held_out
from bowerbird.learn.train_intent import BITEXT, CLINC, encode_english, gather, read_foreign
from bowerbird.learn.utterances import Utterance, lexicon_names, name_goods, read_utterances
from bowerbird.understand.intent import INTENTS, IntentModel

SMALL = IntentSettings(fewest=1, names=40, folds=3, foreign=2)
CUES = ("look", "versus", "does", "purchase", "suggest", "parcel", "refund", "awful", "hi")


@pytest.fixture(scope="module")
def planted() -> Examples:
    """Each intent has a cue word among random ones; a group's two texts share their words; vectors tell nothing."""
    rng = np.random.default_rng(0)
    rows = [
        Utterance("en", intent, f"{intent}-{group}", f"{' '.join(rng.choice(list('abcdefgh'), 3))} {cue}{mark}")
        for intent, cue in zip(INTENTS, CUES, strict=True)
        for group in range(12)
        for mark in ("", " please")
    ]
    count = len(rows)
    return Examples(
        tuple(row.text for row in rows),
        np.array([INTENTS.index(row.intent) for row in rows]),
        np.ones(count),
        np.array([row.group for row in rows]),
        np.zeros((count, 384), np.float32),
        np.ones(count, np.bool_),
    )


def test_cues_are_learnt_and_hold_on_groups_that_were_left_out(planted: Examples) -> None:
    assert judge_held_out(planted, SMALL).accuracy > 0.9
    model, _ = fit_intent(planted, SMALL)
    assert [model.predict(f"a b {cue}", None).name for cue in CUES] == list(INTENTS)


def test_the_same_seed_gives_the_same_file(planted: Examples, tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit_intent(planted, SMALL)[0].as_model({}).save(tmp_path / name)
    assert (tmp_path / "one" / "weights.npz").read_bytes() == (tmp_path / "two" / "weights.npz").read_bytes()
    loaded = IntentModel.load(tmp_path / "one")
    assert loaded.predict("a b refund", None).name == "return"


def test_vectors_are_used_where_there_are_any_and_done_without_where_not(planted: Examples) -> None:
    vectors = np.zeros((len(planted), 384), np.float32)
    vectors[np.arange(len(planted)), planted.intents] = 1.0
    examples = Examples(planted.texts, planted.intents, planted.importance, planted.groups, vectors, planted.own)
    model, _ = fit_intent(examples, SMALL)
    shares = model.probabilities(["unheard words"] * 9, np.eye(9, 384, dtype=np.float32))
    assert shares.argmax(1).tolist() == list(range(9))
    assert model.predict("a b refund", None).name == "return"


def test_the_scale_makes_overconfident_guesses_modest() -> None:
    rng = np.random.default_rng(0)
    intents = rng.integers(0, 9, 2_000)
    odds = rng.normal(size=(2_000, 9)).astype(np.float32)
    odds[np.arange(2_000), intents] += 1.5
    assert fit_scale(odds * 10, intents)[0] == pytest.approx(fit_scale(odds, intents)[0] / 10, rel=0.05)


def test_the_threshold_leaves_no_more_wrong_guesses_than_asked() -> None:
    odds = np.zeros((4, 9), np.float32)
    odds[np.arange(4), [0, 1, 2, 3]] = [4.0, 3.0, 2.0, 1.0]
    meant = np.array([0, 1, 5, 5])
    sure = fit_threshold(odds, meant, 0.0)
    likely = (np.exp(odds) / np.exp(odds).sum(1, keepdims=True)).max(1)
    assert sure == pytest.approx(likely[1])
    assert fit_threshold(odds, np.full(4, 8), 0.0) == 1.0


def test_own_utterances_weigh_more_than_names_and_foreign_ones() -> None:
    own = [Utterance("en", "chat", "g", "hello"), Utterance("zh", "return", "h", "退货")]
    examples = gather(own, None, None, SMALL)
    assert examples.own.sum() == 2
    assert examples.importance[examples.own].tolist() == [1.0, 1.0]
    assert examples.importance[~examples.own].sum() == pytest.approx(2 * SMALL.names_weight)
    assert {INTENTS[place] for place in examples.intents[2:]} == {"find"}


def test_names_of_goods_come_from_the_lexicon_in_both_languages() -> None:
    goods = name_goods(10, np.random.default_rng(0))
    assert [one.language for one in goods] == ["en"] * 10 + ["zh"] * 10
    assert "usb hub" in lexicon_names()["en"] or len(lexicon_names()["en"]) > 1_000


def test_chinese_texts_get_no_vector() -> None:
    vectors = encode_english(["hello", "你好"], lambda texts: np.ones((len(texts), 384), np.float32))
    assert vectors.any(1).tolist() == [True, False]


def test_other_corpora_give_no_more_than_their_share(tmp_path: Path) -> None:
    for path in (BITEXT, CLINC):
        (tmp_path / path).parent.mkdir(parents=True)
    lines = [f"where is order {number},track_order" for number in range(9)]
    (tmp_path / BITEXT).write_text("\n".join(["utterance,intent", *lines, "new newsletter,newsletter_subscription"]))
    (tmp_path / CLINC).write_text(json.dumps({"train": [["tell me a joke", "tell_joke"], ["pay", "pay_bill"]]}))
    found = read_foreign(tmp_path, SMALL, np.random.default_rng(0))
    assert sorted(one.intent for one in found) == ["chat", "track", "track"]
    with pytest.raises(FormatError):
        read_foreign(tmp_path / "nowhere", SMALL, np.random.default_rng(0))


def test_utterances_without_a_group_are_groups_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "said.tsv"
    path.write_text("language\tintent\ttext\nen\tchat\thi\n")
    assert read_utterances(path) == [Utterance("en", "chat", "hi", "hi")]
    path.write_text("language\tintent\ttext\nen\tchat\n")
    with pytest.raises(FormatError):
        read_utterances(path)


def test_every_intent_has_its_utterances_in_both_languages() -> None:
    said = read_utterances()
    for language in ("en", "zh"):
        for intent in INTENTS:
            assert sum(one.language == language and one.intent == intent for one in said) >= 60
