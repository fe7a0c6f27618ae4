"""Titles and descriptions tell the truth about colour, pattern and material, in both languages, and never repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from bowerbird.demo.invent import invent
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.phrases import read_phrases, usable
from bowerbird.demo.words import in_title_case, material_nouns, material_words, pattern_words
from bowerbird.domain.errors import InputError

PATTERN_WORDS = {
    "striped": "strip", "checked": "check", "dotted": "dot", "floral": "flor", "marbled": "marbl", "zigzag": "zigzag",
    "camouflage": "camouflage",
}  # fmt: skip


def english(record):
    return f"{record['title']} {record['description']}".lower()


def chinese(record):
    return record["translations"]["zh"]["title"], record["translations"]["zh"]["description"]


def test_english_names_material_and_pattern(records, truths):
    for record, truth in zip(records, truths, strict=True):
        kind, text = KINDS[truth.kind], english(record)
        if kind.names_material:
            said = {material_words(kind.id, truth.material)[0], material_nouns(kind.id, truth.material)[0]}
            said |= set(truth.colours) & {truth.material}
            assert any(word.lower() in text for word in said), record["title"]
        if truth.pattern != "plain":
            assert PATTERN_WORDS[truth.pattern] in record["title"].lower()
        else:
            said_patterns = [word for word in ("striped", "dotted", "camouflage", "zigzag") if word in text]
            assert said_patterns == [], record


def test_the_title_has_the_colour_where_there_is_only_one(records, truths):
    other = {name for name in COLOURS if name not in ("gold", "silver", "olive", "orange")}
    for record, truth in zip(records, truths, strict=True):
        words = set(re.findall(r"[a-z]+", record["title"].lower()))
        if KINDS[truth.kind].names_colour and len(truth.colours) == 1:
            assert truth.colours[0] in words, record["title"]
            assert record["attributes"]["color"] == truth.colours[0]
        elif KINDS[truth.kind].names_colour:
            assert not other & words, record["title"]
            assert {variant["attributes"]["color"] for variant in record["variants"]} == set(truth.colours)
        else:
            assert "color" not in record["attributes"]


def test_chinese_titles_hold_colour_pattern_material_and_the_kind_s_word(records, truths):
    for record, truth in zip(records, truths, strict=True):
        kind = KINDS[truth.kind]
        title, description = chinese(record)
        assert kind.chinese.one in title
        if kind.names_material:
            assert material_words(kind.id, truth.material)[1] in title, title
        if truth.pattern != "plain":
            assert pattern_words(truth.pattern)[1] in title
        if kind.names_colour:
            words = [COLOURS[colour].chinese for colour in truth.colours]
            if len(words) == 1:
                assert words[0] in title, title
            else:
                assert "、".join(words) in description


def test_nothing_is_left_unfilled_or_doubled(records):
    for record in records:
        title, description = chinese(record)
        for text in (record["title"], record["description"], title, description):
            assert not re.search(r"[{}]|  |\.\.| ,|，，|。。| $|^ ", text), text
        assert record["title"][0].isupper() and record["description"].endswith((".", "!", "?"))
        words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", record["title"].lower())
        assert not any(first == second for first, second in pairwise(words)), record["title"]
        assert re.search(r"[\u4e00-\u9fff]", title) and re.search(r"[\u4e00-\u9fff]", description)


def test_descriptions_are_two_to_five_sentences(records):
    for record in records:
        assert 2 <= len(re.findall(r"[.!?](?: |$)", record["description"])) <= 8, record["description"]
        assert 2 <= len(re.findall("[。！]", chinese(record)[1])) <= 9


def test_no_two_products_of_a_kind_have_the_same_texts(records, truths):
    seen = defaultdict(set)
    for record, truth in zip(records, truths, strict=True):
        texts = (record["title"], record["description"], *chinese(record))
        assert texts[:2] not in seen[truth.kind] and texts[2:] not in seen[truth.kind]
        seen[truth.kind] |= {texts[:2], texts[2:]}
        title, description = record["title"], record["description"]
        assert (title + description, "whole") not in seen[truth.kind]


def test_descriptions_of_a_kind_differ_widely(records, truths):
    openings = defaultdict(set)
    for record, truth in zip(records, truths, strict=True):
        openings[truth.kind].add(record["description"].partition(". ")[0])
    assert min(len(found) for found in openings.values()) >= 4


def test_a_thing_s_facts_are_its_attributes(records, truths):
    for number, (record, truth) in enumerate(zip(records, truths, strict=True)):
        facts = {name for row in invent(7, number).facts for name in row.attributes}
        assert facts <= set(record["attributes"])
        if truth.kind == "lamp":
            assert record["attributes"]["power"]["unit"] == "W"
        if truth.kind == "dress":
            assert record["attributes"]["length"]["unit"] == "cm"


def test_words_get_capitals_as_in_a_title():
    assert in_title_case("v-neck T-shirt in red") == "V-Neck T-Shirt in Red"
    assert in_title_case("4K 60 fps") == "4K 60 fps"


def test_phrases_that_need_what_is_not_there_are_left_out():
    assert usable(("a {b}", "c"), frozenset()) == ("c",)


def test_a_phrase_file_with_a_line_out_of_place_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "phrases" / "xx" / "products"
    folder.mkdir(parents=True)
    (folder / "bad.txt").write_text("no section\n", encoding="utf-8")
    monkeypatch.setattr("bowerbird.demo.phrases.resources.files", lambda package: tmp_path)
    with pytest.raises(InputError, match=r"bad\.txt:1"):
        read_phrases("xx")
