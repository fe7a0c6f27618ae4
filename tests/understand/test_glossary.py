import re

import pytest

from bowerbird.domain.errors import FormatError
from bowerbird.domain.understanding import Entity, EntityType
from bowerbird.encode.folding import HAN
from bowerbird.understand.flow import understand
from bowerbird.understand.glossary import HEADER, Glossary, load_glossary, read_glossary
from bowerbird.understand.plain import plain
from bowerbird.understand.translating import translate

SMALL = Glossary(
    {"腰疼": "back pain", "腰": "waist", "久坐": "long sitting", "放": "storage", "书": "book", "用": "", "的": ""}
)


@pytest.fixture(scope="module")
def glossary():
    return load_glossary()


def words_of(glossary):
    # The table itself: what it holds is asked of its text.
    return glossary._words


def test_the_packaged_table_holds_thousands_of_words_and_is_read_once(glossary):
    assert len(glossary) >= 2_200
    assert load_glossary() is glossary


def test_every_word_is_simplified_and_has_at_most_three_plain_english_words(glossary):
    for zh, en in words_of(glossary).items():
        assert re.fullmatch(f"[{HAN}]+", zh) and plain(zh) == zh, zh
        assert re.fullmatch(r"|[a-z0-9]+(?: [a-z0-9]+){0,2}", en), (zh, en)


def test_no_word_is_a_name_of_the_lexicon(glossary, lexicon):
    names = {name for concept in lexicon.concepts.values() for name in concept.zh}
    assert names.isdisjoint(words_of(glossary))


@pytest.mark.parametrize(
    ("run", "english"),
    [
        ("腰疼久坐用的", "lower back pain long sitting"),
        ("能放", "fits"),
        ("练胸肌的器材", "chest workout equipment"),
        ("可以用来", ""),
        ("那种", ""),
        ("什么的时候适合用", ""),
    ],
)
def test_a_run_is_put_into_english_word_by_word(glossary, run, english):
    assert glossary.english(run) == english


def test_the_cut_leaves_as_few_characters_as_can_be_and_then_makes_as_few_words():
    assert SMALL.cut("腰疼久坐用的") == ["腰疼", "久坐", "用", "的"]
    # The longest word first would leave 丙丁 over.
    assert Glossary({"甲乙": "a", "甲": "b", "乙丙丁": "c"}).cut("甲乙丙丁") == ["甲", "乙丙丁"]
    assert SMALL.cut("") == []


def test_of_two_cuts_alike_the_one_with_the_longer_word_first_is_taken():
    assert Glossary({"甲乙": "a", "丙": "b", "甲": "c", "乙丙": "d"}).cut("甲乙丙") == ["甲乙", "丙"]


def test_what_is_unknown_is_left_out():
    assert SMALL.english("腰疼龘龘久坐") == "back pain long sitting"
    assert SMALL.english("龘") == ""
    assert SMALL.english("") == ""
    assert Glossary({}).english("腰疼") == ""


def test_a_single_character_counts_only_as_a_word():
    assert SMALL.english("放") == "storage"
    assert SMALL.english("放的") == "storage"
    assert SMALL.english("久坐放") == "long sitting storage"
    # Part of a word that the glossary lacks, or with another single one such a word: left out.
    assert SMALL.english("放龘") == ""
    assert SMALL.english("放书") == ""


def test_what_is_denied_is_not_turned_round():
    assert SMALL.english("不腰疼") == ""
    assert SMALL.english("不用腰疼的久坐") == "long sitting"
    assert SMALL.english("不龘腰疼") == "back pain"
    assert Glossary({"不漏": "leakproof", "漏": "leak"}).english("不漏") == "leakproof"


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("", "g.tsv:1"),
        ("腰疼\tback pain\n", "g.tsv:1"),
        (f"{HEADER}\n腰疼 back pain\n", "g.tsv:2"),
        (f"{HEADER}\n腰疼\tback\tpain\n", "g.tsv:2"),
        (f"{HEADER}\n\tback pain\n", "g.tsv:2"),
        (f"{HEADER}\npain\tback pain\n", "g.tsv:2"),
        (f"{HEADER}\n腰疼\tback pain\n\n腰疼\tpain\n", "g.tsv:4"),
    ],
    ids=["empty", "no header", "no tab", "too long", "no Chinese", "not Chinese", "twice"],
)
def test_a_wrong_row_is_refused_with_its_file_and_line(table, where):
    with pytest.raises(FormatError) as refused:
        read_glossary(table, "g.tsv")
    assert refused.value.where == where


def test_a_word_may_have_no_english():
    assert read_glossary(f"{HEADER}\n那种\t\n腰疼\tback pain\n", "g.tsv") == {"那种": "", "腰疼": "back pain"}


def test_a_translation_names_the_entities_and_says_what_lies_between_them(lexicon):
    text = "腰疼 usb 久坐用的靠垫!"
    entity = Entity(
        EntityType.CATEGORY, "cushion", "靠垫", text.index("靠"), text.index("靠") + 2, concept="kind:cushion"
    )
    assert translate(text, [entity], False, lexicon, lambda name: True) == ("lower back pain usb long sitting cushion")


def test_traditional_characters_are_put_into_english_too(lexicon):
    assert translate("頭暈", [], False, lexicon, lambda name: True) == "dizziness"


def test_an_english_query_is_put_into_chinese_without_the_glossary(lexicon):
    assert translate("for my back", [], True, lexicon, lambda name: True) == "for my back"


def test_a_query_by_purpose_is_translated_and_one_of_empty_words_is_not(knowledge, holds):
    assert understand("练胸肌的器材", knowledge, holds).translated == "chest workout equipment"
    assert understand("那种可以用来的", knowledge, holds).translated is None
