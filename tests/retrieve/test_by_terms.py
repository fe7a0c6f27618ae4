import pytest

from bowerbird.encode.terms import Terms, group_words
from bowerbird.retrieve.by_terms import TermSettings, brand_share, plan_terms


class Known:
    """A view that knows some terms only."""

    def __init__(self, *terms):
        self.terms = set(terms)

    def document_frequency(self, term):
        return int(term in self.terms)


class Near:
    def near(self, word, limit):
        return [("jacket", 0.7)] if word == "jaket" else []


def plan(text, view, **options):
    return plan_terms(text, Terms().cut, view, TermSettings(), **options)


def variants(query):
    return [dict(clause.variants) for clause in query.clauses]


def test_half_of_the_known_words_rounded_up_must_be_held():
    view = Known("red", "run", "shoe", "women", "for")
    assert plan("red", view).minimum == 1
    assert plan("red shoe", view).minimum == 1
    assert plan("red running shoe", view).minimum == 2
    assert plan("red running shoes unheardof", view).minimum == 2


def test_a_model_number_is_one_word_with_its_parts():
    words = group_words(Terms().cut("HP dv7-1211ea notebook"))
    assert [word[0].text for word in words] == ["hp", "dv71211ea", "notebook"]


def test_a_slip_is_joined_by_the_shops_word_at_less_weight():
    assert variants(plan("jaket", Known("jacket"), corrections=Near())) == [{"jaket": 1.0, "jacket": 0.7}]
    assert variants(plan("jaket", Known("jaket"), corrections=Near())) == [{"jaket": 1.0}]


def test_two_words_also_stand_for_their_compound():
    assert {"smartwatch": 0.9} in variants(plan("smart watch", Known("smart", "watch", "smartwatch")))
    assert len(plan("smart watch", Known("smart", "watch")).clauses) == 2


def test_only_the_last_word_is_a_prefix_and_only_when_asked():
    assert [clause.prefix for clause in plan("red sho", Known("red"), last_is_prefix=True).clauses] == [False, True]
    assert not any(clause.prefix for clause in plan("red sho", Known("red")).clauses)


@pytest.mark.parametrize("text", ["", "   ", "!?", "--"])
def test_no_word_is_no_query(text):
    assert plan(text, Known()) is None


def test_chinese_is_cut_into_words():
    assert len(plan("红色运动鞋", Known("红色")).clauses) >= 2


def test_a_very_long_query_is_cut_short():
    assert len(plan(" ".join(f"w{number}" for number in range(500)), Known()).clauses) <= 200


def test_a_brand_is_told_from_a_word_by_who_else_has_it(view_of, cut_words):
    view = view_of(*({"text": f"lamp {number}", "brand": "Red"} for number in range(9)), "red shoe")

    def share(text):
        return brand_share(view, plan_terms(text, cut_words, view, TermSettings()))

    assert share("red") == pytest.approx(0.9)
    assert share("red shoe") == share("lamp") == 0
