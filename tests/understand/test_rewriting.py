from dataclasses import replace

import pytest

from bowerbird.domain.understanding import RewriteReason
from bowerbird.encode.folding import fold
from bowerbird.understand.naming import name_parts
from bowerbird.understand.rewriting import DEFAULT, MOST, add_from_model, coverage, rewrite, shop_writes_chinese
from bowerbird.understand.synonyms import Synonyms, read_synonyms
from bowerbird.understand.working import Working

SOFAS = Synonyms(read_synonyms({"two_way": [["mug", "cup", "beaker", "tumbler"]], "one_way": {"case": ["suitcase"]}}))


class Says:
    """A language model that always says the same."""

    def __init__(self, *texts):
        self.texts = texts

    def __call__(self, text):
        return self.texts


@pytest.fixture(scope="module")
def run(knowledge, holds):
    """The wordings of a query, as (text, reason); in a shop that may have synonyms and a language model."""

    def made(words, corrected=None, translated=None, has=holds, synonyms=None, model=None, whole=False):
        knows = replace(knowledge, minds=replace(knowledge.minds, rewrite=model), synonyms=synonyms or Synonyms())
        entities = name_parts(Working.of(corrected or words), knows).entities
        found = rewrite(words, corrected, translated, entities, knows, has)
        found = add_from_model(found, corrected or words, knows)
        return found if whole else [(one.text, one.reason.value) for one in found]

    return made


def holder(*words):
    return lambda term: term in words


def test_what_was_typed_is_looked_for_alone_where_there_is_nothing_else_to_say(run):
    assert run("red dress") == [("red dress", "typed")]
    assert run("unheardof xyzzyq") == [("unheardof xyzzyq", "typed")]


def test_words_put_right_come_first_and_those_typed_beside_them(run):
    found = run("lether sandals", corrected="leather sandals", whole=True)
    assert [(one.text, one.reason) for one in found] == [
        ("leather sandals", RewriteReason.CORRECTED),
        ("lether sandals", RewriteReason.TYPED),
    ]
    assert found[0].weight == 1.0 > found[1].weight


def test_typed_words_of_which_no_product_has_one_are_left_out(run):
    assert run("lether", corrected="leather") == [("leather", "corrected")]


def test_of_two_languages_the_one_that_the_shop_knows_better_weighs_more(run):
    found = run("红色运动鞋", translated="red sports shoe", has=holder("红色", "red", "sport", "shoe"), whole=True)
    assert [(one.text, one.reason.value, one.weight) for one in found] == [
        ("red sports shoe", "translated", 1.0),
        ("红色运动鞋", "typed", DEFAULT.unknown),
    ]


def test_words_of_a_language_that_the_shop_does_not_write_are_left_out(run):
    assert run("红色背包", translated="red backpack", has=holder("red", "backpack")) == [("red backpack", "translated")]


def test_a_shop_that_knows_neither_is_asked_in_english(run):
    has = holder()
    assert ("sofa", "translated") in run("沙发", translated="sofa", has=has)
    assert ("sofa", "typed") in run("sofa", translated="沙发", has=has)


def test_the_merchants_synonyms_are_run_beside_at_most_two_of_them(run):
    found = run("blue mug", synonyms=SOFAS, whole=True)
    assert [(one.text, one.reason.value) for one in found] == [
        ("blue mug", "typed"),
        ("blue cup", "synonym"),
        ("blue beaker", "synonym"),
    ]
    assert found[1].weight == DEFAULT.synonym
    assert ("cabin suitcase", "synonym") in run("cabin case", synonyms=SOFAS)


def test_another_name_of_the_kind_is_run_where_the_shop_has_none_of_the_typed_one(run):
    has = holder("red", "sneaker", "tenni", "shoe")
    assert ("red sneaker", "synonym") in run("red trainers", has=lambda term: term in ("red", "sneaker"))
    assert [reason for _, reason in run("red sneakers", has=has)] == ["typed"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("手几", "手机"), ("红色 手鸡", "红色 手机"), ("雨绒服", "羽绒服"), ("台登", "台灯")]
)
def test_a_word_that_is_none_is_run_as_the_name_it_sounds_like(run, typed, meant):
    found = run(typed, whole=True)
    assert (meant, RewriteReason.HOMOPHONE) in [(one.text, one.reason) for one in found]
    assert found[0].text == typed and found[-1].weight == DEFAULT.homophone


@pytest.mark.parametrize("typed", ["手机", "西安", "red dress", "手"])
def test_words_that_are_words_are_taken_as_they_stand(run, typed):
    assert [reason for _, reason in run(typed)] == ["typed"]


def test_a_language_model_adds_wordings_and_takes_none_away(run):
    found = run("red dress", model=Says("crimson gown", "red dress"), whole=True)
    assert [(one.text, one.reason.value) for one in found] == [("red dress", "typed"), ("crimson gown", "model")]
    assert found[1].weight == DEFAULT.model


def test_a_language_model_that_says_nothing_changes_nothing(run):
    assert run("red dress", model=Says()) == run("red dress")
    assert run("red dress", model=Says("", "  ")) == run("red dress")


def test_each_wording_is_run_once_and_no_more_than_the_index_is_to_be_asked(run):
    model = Says("Blue  MUG", "a", "b", "c", "d", "e", "f")
    found = run("blue mug", synonyms=SOFAS, model=model, whole=True)
    assert len(found) == MOST
    assert len({" ".join(fold(one.text)[0].split()) for one in found}) == MOST
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


@pytest.mark.parametrize("text", ["", "  "])
def test_no_words_are_no_wordings(run, text):
    assert run(text) == []


@pytest.mark.parametrize(
    ("text", "share"), [("red dress", 1.0), ("red xyzzyq", 0.5), ("xyzzyq", 0.0), ("", 0.0), ("!?", 0.0)]
)
def test_the_share_of_words_that_a_product_has(knowledge, holds, text, share):
    assert coverage(text, knowledge, holds) == share


def test_a_shop_writes_chinese_where_an_everyday_word_stands_in_its_texts(holds):
    assert shop_writes_chinese(holds)
    assert not shop_writes_chinese(holder("red", "dress"))
