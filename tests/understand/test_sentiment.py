import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.understand import sentiment
from bowerbird.understand.clauses import CLEAR, clause_features, split_clauses
from bowerbird.understand.sentiment import NEUTRAL_BAND, SentimentModel, label

PACKAGED = Path(sentiment.__file__).parent / "models" / "sentiment"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本店太差了", "negative"),
        ("物流太慢，客服也不理人", "negative"),
        ("質量很差，再也不買了", "negative"),
        ("质量非常好，很喜欢", "positive"),
        ("很满意，下次还来", "positive"),
        ("衣服很好看", "positive"),
        ("很喜欢这件，有蓝色吗", "positive"),
        ("love this jacket, any in blue?", "positive"),
        ("Best purchase I have made, so comfortable!", "positive"),
        ("worst shop ever", "negative"),
        ("The strap broke after two days, not worth the money.", "negative"),
        ("not happy with the service", "negative"),
    ],
)
def test_opinions_are_told(text: str, expected: str) -> None:
    assert sentiment.load().score(text).label == expected


@pytest.mark.parametrize(
    "text",
    [
        "red running shoes", "pretty dress", "best seller", "cheap", "killer heels", "perfect fit jeans", "usb c hub",
        "comfortable shoes", "is it good for hiking", "do you have sweet dresses", "not leather", "连衣裙", "红色跑鞋",
        "性价比高的手机", "便宜的背包", "不要黑色", "65w 充电器", "", "?!", "   ",
    ],
)  # fmt: skip
def test_plain_queries_are_neutral_however_nice_their_words_sound(text: str) -> None:
    assert sentiment.load().score(text).label == "neutral"


def test_scores_of_a_batch_are_those_of_its_texts() -> None:
    texts = ["很好", "", "great, love it", "差", "broke at once"] * 130
    model = sentiment.load()
    alone = {text: model.score(text).score for text in set(texts)}
    assert model.score_many(texts) == pytest.approx(np.array([alone[text] for text in texts]), abs=1e-5)


def test_no_texts_have_no_scores() -> None:
    assert sentiment.load().score_many([]).shape == (0,)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "好" * 10_000, "a, " * 5_000, "<b>" * 99, "👍", "مرحبا", "，，，"])
def test_odd_texts_get_a_score_within_the_range(text: str) -> None:
    assert -1 <= sentiment.load().score(text).score <= 1


def test_the_neutral_band_parts_the_labels() -> None:
    edge = NEUTRAL_BAND
    assert [label(score) for score in (-1, -edge, 0, edge / 2, edge, 1)] == [
        "negative", "negative", "neutral", "neutral", "positive", "positive",
    ]  # fmt: skip


def test_a_torn_or_foreign_model_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sentiment"
    shutil.copytree(PACKAGED, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"version": 99}))
    with pytest.raises(ArtefactError, match="version 99"):
        SentimentModel.load(folder)
    with pytest.raises(ArtefactError):
        SentimentModel.load(tmp_path / "nowhere")


def test_the_packaged_model_is_small() -> None:
    assert sum(file.stat().st_size for file in PACKAGED.iterdir()) < 6_000_000


def test_clauses_part_at_marks_and_at_blanks_between_chinese_words_only() -> None:
    clauses, starts = split_clauses(["很好，就是 有点贵。", "love this, any in blue?", "", "..."])
    assert clauses == ["很好", "就是", "有点贵", "love this", " any in blue", "", "..."]
    assert starts.tolist() == [0, 3, 5, 6, 7]


def test_clause_features_tell_the_worst_and_the_best_clause() -> None:
    whole, clauses = np.array([0.1, 0.9], np.float32), np.array([0.8, -0.6, 0.1, 0.9], np.float32)
    found = clause_features(whole, clauses, np.array([0, 3, 4]))
    first, second = found.tolist()
    # whole, first, last, worst, second worst, best, second best, mean, bad, clearly bad, clearly good.
    expected = [0.1, 0.8, 0.1, -0.6, 0.1, 0.8, 0.1, 0.1, 1 / 3, 1 / 3, 1 / 3]
    assert first[:11] == pytest.approx(expected)
    assert second[1:7] == pytest.approx([0.9] * 6)
    assert CLEAR < 0.6
