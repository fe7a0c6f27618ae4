"""What a review says agrees with its stars, and what the truth says of it is in its text."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bowerbird.demo.invent import invent
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.offers import TODAY, make_offer
from bowerbird.demo.reviews import make_reviews
from bowerbird.demo.voices import aspects_of, voice_of

GLAD = (
    "love", "perfect", "excellent", "recommend", "great", "happy", "delighted", "beautiful", "thrilled", "wonderful",
    "would buy again", "five stars", "good", "soft", "light", "well", "满意", "喜欢", "推荐", "完美", "好", "回购",
)  # fmt: skip
ANGRY = (
    "terrible", "waste", "never again", "do not buy", "avoid", "rubbish", "annoyed", "worst", "zero stars", "letdown",
    "money back", "straight back", "straight to the bin", "stay away", "disappointed",
    "太差", "浪费钱", "再也不买", "生气", "千万别买",
    "最差", "零星",
    "退钱", "退货", "避雷", "扔了", "别买", "差评", "坏的",
)  # fmt: skip


@pytest.fixture(scope="module")
def reviews():
    """Every review of 1,200 products with its product."""
    products = [invent(7, number) for number in range(1_200)]
    return [(product, review) for product in products for review in make_reviews(product, 300)]


def clauses(product, review, polarity):
    """What could be said in praise (or blame) of each aspect the review is said to name."""
    voice = voice_of(product.kind.id, review.language)
    for name, found in review.aspects.items():
        if found == polarity:
            aspect = voice.aspects[name]
            yield name, aspect.praise if polarity > 0 else aspect.blame + aspect.mild


def test_a_text_names_the_aspects_that_the_truth_says_it_names(reviews):
    named = missed = 0
    for product, review in reviews:
        for polarity in (1, -1):
            for _, phrases in clauses(product, review, polarity):
                said = any(phrase.lower() in review.text.lower() for phrase in phrases)
                named, missed = named + said, missed + (not said)
    # A few have letters swapped.
    assert missed < 0.02 * named


def test_praise_and_blame_go_with_the_stars(reviews):
    for _, review in reviews:
        polarities = Counter(review.aspects.values())
        if review.stars == 5:
            assert polarities[-1] == 0
        elif review.stars == 4:
            assert polarities[-1] <= 1 and (not review.aspects or polarities[1] >= 1)
        elif review.stars == 3:
            assert polarities[1] == polarities[-1]
        elif review.stars == 1:
            assert polarities[1] == 0
        else:
            assert polarities[-1] >= polarities[1]


def test_no_word_of_anger_stands_in_a_glad_review_nor_the_other_way_round(reviews):
    for _, review in reviews:
        text = f"{review.title} {review.text}".lower()
        if review.stars == 5:
            assert not any(re.search(rf"\b{word}\b" if word.isascii() else word, text) for word in ANGRY), text
        if review.stars == 1:
            for word in (
                "love",
                "perfect",
                "highly recommended",
                "delighted",
                "强烈推荐",
                "很喜欢",
                "会回购",
                "完美",
                "五星",
            ):
                assert word not in text.replace("do not love", ""), text


def test_most_glad_reviews_say_so_outright(reviews):
    glad = [f"{review.title} {review.text}".lower() for _, review in reviews if review.stars == 5]
    assert sum(any(word in text for word in GLAD) for text in glad) > 0.75 * len(glad)


def test_small_faults_are_small(reviews):
    for product, review in reviews:
        if review.stars == 4:
            for name, polarity in review.aspects.items():
                if polarity < 0:
                    assert voice_of(product.kind.id, review.language).aspects[name].mild


def test_about_two_reviews_are_english_for_each_chinese_one(reviews):
    counts = Counter(review.language for _, review in reviews)
    assert 1.6 < counts["en"] / counts["zh"] < 2.4
    for _, review in reviews:
        assert bool(re.search(r"[\u4e00-\u9fff]", review.text)) == (review.language == "zh")


def test_a_product_has_up_to_fourteen_reviews_and_their_mean_is_its_rating(records):
    counts = Counter(len(record.get("reviews", ())) for record in records)
    assert 0 in counts and max(counts) == 14
    for record in records:
        stars = [review["rating"] for review in record.get("reviews", ())]
        assert record.get("rating") == (round(sum(stars) / len(stars), 2) if stars else None)


def test_reviews_come_after_the_product_and_before_today(reviews):
    for product, review in reviews:
        assert review.created_at <= TODAY.isoformat()
        assert make_offer(product).days_sold <= 730
        assert review.author and review.text


def test_reviews_speak_of_their_kind_in_its_number():
    jeans, mug = voice_of("jeans", "en"), voice_of("mug", "en")
    assert "they fit well straight out of the box" in jeans.aspects["fit"].praise
    assert "they lost their shape after two washes" in jeans.aspects["washing"].blame
    assert "I like it a lot." in mug.stars[4]["opening"] and "I like them a lot." in jeans.stars[4]["opening"]
    for kind in KINDS.values():
        voice = voice_of(kind.id, "en")
        for aspect in voice.aspects.values():
            assert not any("{" in phrase for phrase in (*aspect.praise, *aspect.blame, *aspect.mild, *aspect.good))
        assert set(aspects_of(kind)) < set(voice.aspects)


def test_reviews_of_one_product_tell_one_story(reviews):
    praised, blamed = {}, {}
    for product, review in reviews:
        for name, polarity in review.aspects.items():
            (praised if polarity > 0 else blamed).setdefault((product.number, name), []).append(review)
    repeated = sum(len(found) > 1 for found in praised.values())
    assert repeated > 0.4 * len(praised)


def test_texts_hardly_ever_repeat(reviews):
    texts = Counter(review.text for _, review in reviews if review.aspects)
    assert sum(count > 1 for count in texts.values()) < 0.06 * len(texts)
