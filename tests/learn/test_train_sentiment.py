"""Invented reviews in which one word is good of one topic and bad of the other."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from bowerbird.domain.errors import FormatError
from bowerbird.learn.fit_sentiment import NEGATIONS, SentimentSettings, fit_chinese, fit_english
from bowerbird.learn.reviews import Reviews, read_chinese, read_labelled, read_stars
from bowerbird.learn.train_sentiment import as_model, english_texts, said
from bowerbird.understand.ngrams import GramSettings
from bowerbird.understand.sentiment import SentimentModel, label

SMALL = SentimentSettings(
    chinese=GramSettings(3), fewest=1, folds=3, hidden=8, networks=1, epochs=60, decay=1e-4, expert_ease=2.0
)
PLAIN = ["手机壳", "冬被", "红色手机", "双人被子", "充电器", "床单"] * 8


@pytest.fixture(scope="module")
def invented() -> Reviews:
    rng = np.random.default_rng(0)
    fillers = list("的了我你他她是在有和这那很也就都还要去来")
    texts, labels, topics = [], [], []
    for number in range(400):
        topic = ("手机", "被子")[number % 2]
        thin = bool(rng.integers(2))
        noise = "".join(rng.choice(fillers, 5))
        texts.append(f"{topic}{noise}，真{'薄' if thin else '厚'}")
        labels.append(1 if thin == (topic == "手机") else -1)
        topics.append(topic)
    return Reviews(tuple(texts), np.array(labels), np.array(topics), np.zeros(400, np.int_))


def test_experts_learn_that_a_word_is_good_of_one_topic_and_bad_of_another(invented: Reviews) -> None:
    judge = fit_chinese(invented, [], PLAIN, SMALL)
    good, bad, also_good, also_bad = judge.sums(["手机真薄", "手机真厚", "被子真厚", "被子真薄"])[1]
    assert min(good, also_good) > 0 > max(bad, also_bad)
    assert ((judge.sums(invented.texts)[1] > 0) == (invented.labels > 0)).mean() > 0.97


def test_the_same_seed_gives_the_same_judge_and_plain_words_are_neutral(invented: Reviews) -> None:
    one, other = (fit_chinese(invented, [], PLAIN, SMALL) for _ in range(2))
    assert (one.scores(invented.texts) == other.scores(invented.texts)).all()
    assert [label(score) for score in one.scores(["手机壳", "双人被子"]).tolist()] == ["neutral", "neutral"]


def test_english_words_are_turned_round_by_a_negation() -> None:
    texts = ("it broke", "works well")
    reviews = Reviews(texts, np.array([-1, 1]), np.array(["", ""]), np.zeros(2, np.int_))
    valences = {"splendid": 3.0, "dreadful": -3.0}
    judge = fit_english(reviews, valences, ["blue shoe", "desk lamp", "red hat"] * 3, SMALL)
    _, polarity = judge.sums(["splendid", "dreadful", "not splendid", "never dreadful", "works well", "it broke"])
    assert (np.sign(polarity) == [1, -1, -1, 1, 1, -1]).all()
    assert {"not", "never"} <= set(NEGATIONS)


def test_a_fitted_model_is_saved_and_judges_alike(invented: Reviews, tmp_path: Path) -> None:
    chinese = fit_chinese(invented, [], PLAIN, SMALL)
    reviews = Reviews(("nice", "awful"), np.array([1, -1]), np.array(["", ""]), np.zeros(2, np.int_))
    english = fit_english(reviews, {"nice": 2.0}, ["hat", "shoe", "lamp"] * 3, SMALL)
    as_model(chinese, english, {"by": "a test"}).save(tmp_path / "sentiment")
    loaded = SentimentModel.load(tmp_path / "sentiment")
    texts = [*invented.texts[:20], "nice", "awful"]
    assert (loaded.score_many(texts) == SentimentModel(chinese, english).score_many(texts)).all()


def test_copies_of_a_review_are_one_and_copies_that_disagree_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv.gz"
    rows = ["cat,label,review", "书,1,很 好！", "书,1,很好。", "书,0,不好", "书,1,不好", "书,0,太差", "书,0,！！"]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    reviews = read_chinese(path)
    assert reviews.texts == ("很 好！", "太差")
    assert reviews.labels.tolist() == [1, -1]


def test_stars_are_parted_by_product_and_three_are_neutral(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    rows = ["sku,rating_value,title,review", "A,1,Bad bag,It broke", "A,3,Fine,Fine it is", "B,5,Good,Love it"]
    path.write_text("\n".join(rows))
    reviews = read_stars(path)
    assert reviews.labels.tolist() == [-1, 0, 1]
    assert reviews.texts == ("Bad bag. It broke", "Fine it is", "Good. Love it")
    assert reviews.parts[0] == reviews.parts[1]


def test_what_is_no_file_of_reviews_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n")
    for read in (read_stars, read_chinese, read_labelled):
        with pytest.raises(FormatError, match=r"wrong\.csv"):
            read(path)


def test_the_labelled_sentences_of_the_package_are_read() -> None:
    none = Reviews((), np.zeros(0, np.int_), np.zeros(0, np.str_), np.zeros(0, np.int_))
    judged, nothing = english_texts(none)
    assert set(judged.labels.tolist()) == {-1, 1}
    assert "pretty dress" in nothing
    assert set(said("en", ["complain"])) <= set(judged.texts)
