"""What several reviews praise."""

from __future__ import annotations

from bowerbird.understand.aspects import ASPECTS, praised_aspects


def test_what_two_reviews_praise_is_named_and_what_one_praises_is_not():
    reviews = ["The fit is perfect.", "Excellent fit!", "Great sound."]
    assert praised_aspects(reviews) == ("fit",)
    assert praised_aspects(reviews[:1]) == ()
    assert praised_aspects([]) == ()


def test_each_clause_speaks_for_its_own_aspect():
    reviews = ["I love the colour, but the fit is terrible.", "The colour is perfect, the fit is awful."]
    assert praised_aspects(reviews) == ("colour",)


def test_what_others_blame_is_not_called_praised():
    praise = ["The fit is perfect.", "Excellent fit!"]
    assert praised_aspects([*praise, "The fit is terrible, I hate it."]) == ()


def test_chinese_reviews_count_beside_english_ones():
    assert praised_aspects(["质量非常好", "做工精致，很满意", "Superb quality!"]) == ("quality",)


def test_what_most_praise_comes_first():
    reviews = ["Superb quality, I love the colour.", "Superb quality!", "Superb quality. The colour is perfect."]
    assert praised_aspects(reviews) == ("quality", "colour")
    assert praised_aspects(reviews, most=1) == ("quality",)


def test_every_aspect_is_found_in_both_languages_and_in_no_other_word():
    assert all(pattern.search("质量尺码舒适颜色外观面料音质屏幕电池味道香味好用性价比") for pattern in ASPECTS.values())
    assert not ASPECTS["fit"].search("a fitness outfit for the benefit")
