"""The n-gram model: probabilities that add up, and sentences that were seen are likelier."""

from __future__ import annotations

import pytest

from bowerbird.encode.language_model import END, START, LanguageModelSettings, fit_language_model

SENTENCES = [
    (("red", "jacket"), 4.0),
    (("red", "hoodie"), 2.0),
    (("blue", "jacket", "for", "men"), 1.0),
    (("jacket",), 1.0),
]
BACKGROUND = {"red": 1.0, "blue": 1.0, "jacket": 1.0, "hoodie": 1.0, "for": 1.0, "men": 1.0, "green": 1.0}


@pytest.mark.parametrize("order", [1, 2, 3])
def test_what_may_follow_any_history_adds_up_to_one(order: int) -> None:
    model = fit_language_model(SENTENCES, BACKGROUND, LanguageModelSettings(order=order))
    words = [*BACKGROUND, END]
    for history in [(), (START,), ("red",), (START, "red"), ("for", "men"), ("green",)]:
        if len(history) < order:
            assert sum(10 ** model._next(history, word) for word in words) == pytest.approx(1.0, abs=0.01)


def test_a_sentence_that_was_seen_is_likelier_than_one_that_was_not() -> None:
    model = fit_language_model(SENTENCES, BACKGROUND)
    assert model.score(("red", "jacket")) > model.score(("red", "hoodie")) > model.score(("hoodie", "red"))
    assert model.score(("green", "jacket")) > -10, "a word that is only known is possible"


def test_weights_count() -> None:
    often = fit_language_model([(("a",), 9.0), (("b",), 1.0)], {"a": 1.0, "b": 1.0})
    assert often.score(("a",)) > often.score(("b",))


def test_it_is_written_in_the_arpa_format() -> None:
    model = fit_language_model(SENTENCES, BACKGROUND, LanguageModelSettings(order=2))
    lines = list(model.lines())
    assert lines[0] == "\\data\\"
    assert lines[-1] == "\\end\\"
    unigrams = lines[lines.index("\\1-grams:") + 1 : lines.index("\\2-grams:") - 1]
    assert f"ngram 1={len(unigrams)}" in lines
    assert {line.split()[1] for line in unigrams} == {*BACKGROUND, START, END}
    assert any(line.split()[1:] == ["red", "jacket"] for line in lines)


def test_without_sentences_there_are_the_words_alone() -> None:
    model = fit_language_model([], {"red": 1.0})
    assert model.score(("red",)) > -20
