import re
from collections import Counter
from importlib.resources import files

import pytest

from bowerbird.domain.errors import FormatError
from bowerbird.encode.folding import HAN
from bowerbird.understand.lexicon import HEADER, TYPES, Concept, Lexicon, load_lexicon, read_table
from bowerbird.understand.quantities import symbol_of

TABLES = sorted((entry for entry in (files("bowerbird.understand") / "lexicon").iterdir()), key=lambda e: e.name)
RED = "color\tred\t\tred|ruby\t红色|红\t#d32f2f"


def test_the_packaged_tables_hold_thousands_of_concepts_of_every_type(lexicon):
    assert len(lexicon) >= 4_000
    assert {concept.type for concept in lexicon.concepts.values()} == set(TYPES)


def test_no_two_rows_are_the_same_concept():
    rows = [concept.key for table in TABLES if table.name.endswith(".tsv") for concept in _concepts(table)]
    assert [key for key, count in Counter(rows).items() if count > 1] == []


def test_every_parent_is_a_concept_of_the_same_type(lexicon):
    missing = [
        concept.key
        for concept in lexicon.concepts.values()
        if concept.parent and f"{concept.type}:{concept.parent}" not in lexicon.concepts
    ]
    assert missing == []


def test_no_concept_lies_below_itself(lexicon):
    for concept in lexicon.concepts.values():
        above, seen = concept, set()
        while above.parent:
            assert above.key not in seen
            seen.add(above.key)
            above = lexicon[f"{above.type}:{above.parent}"]


def test_every_concept_is_named_in_both_languages(lexicon):
    han = re.compile(f"[{HAN}]")
    for concept in lexicon.concepts.values():
        assert all(name and name == name.strip() and not han.search(name) for name in concept.en), concept
        # Chinese has some names in Latin letters, such as wifi6; but not of a kind of thing.
        assert all(name and name == name.strip() for name in concept.zh), concept
        assert concept.type != "kind" or any(han.search(name) for name in concept.zh), concept


def test_every_colour_says_how_it_looks(lexicon):
    colours = [concept for concept in lexicon.concepts.values() if concept.type == "color"]
    assert [one.key for one in colours if not re.fullmatch(r"#[0-9a-f]{6}", one.value)] == []


def test_every_unit_says_what_it_measures_and_every_price_word_its_level(lexicon):
    for concept in lexicon.concepts.values():
        if concept.type == "price":
            assert concept.value in ("low", "value", "high", "sale"), concept
        if concept.type == "unit":
            assert concept.value and symbol_of(concept.id), concept


def test_what_is_broader_and_narrower_is_found_from_anywhere(lexicon):
    assert list(lexicon.broader("color:burgundy")) == ["color:red"]
    assert "color:burgundy" in set(lexicon.narrower("color:red"))
    assert list(lexicon.narrower("color:burgundy")) == ["color:burgundy"]
    assert list(lexicon.broader("color:unheard")) == []
    assert list(lexicon.narrower("color:unheard")) == ["color:unheard"]


def test_a_circle_of_concepts_ends():
    circle = Lexicon({f"kind:{name}": Concept("kind", name, above, (name,), (name,)) for name, above in ("ab", "ba")})
    assert list(circle.broader("kind:a")) == ["kind:b"]
    assert set(circle.narrower("kind:a")) == {"kind:a", "kind:b"}


def test_the_first_name_is_the_canonical_one():
    (red,) = read_table(f"{HEADER}\n{RED}\n", "colours.tsv")
    assert (red.key, red.name, red.en, red.zh, red.value) == (
        "color:red",
        "red",
        ("red", "ruby"),
        ("红色", "红"),
        "#d32f2f",
    )


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("", "colours.tsv:1"),
        (RED, "colours.tsv:1"),
        (f"{HEADER}\ncolor\tred", "colours.tsv:2"),
        (f"{HEADER}\n{RED}\textra", "colours.tsv:2"),
        (f"{HEADER}\n{RED}\n\nmood\tglad\t\tglad\t高兴\t", "colours.tsv:4"),
        (f"{HEADER}\ncolor\t\t\tred\t红\t", "colours.tsv:2"),
        (f"{HEADER}\ncolor\tred\t\t\t红\t", "colours.tsv:2"),
        (f"{HEADER}\ncolor\tred\t\tred\t\t", "colours.tsv:2"),
    ],
    ids=["empty", "no header", "too short", "too long", "unknown type", "no id", "no English", "no Chinese"],
)
def test_a_wrong_row_is_refused_with_its_file_and_line(table, where):
    with pytest.raises(FormatError) as refused:
        list(read_table(table, "colours.tsv"))
    assert refused.value.where == where
    assert str(refused.value).startswith(f"{where}: ")


def test_the_tables_are_read_once():
    assert load_lexicon() is load_lexicon()


def _concepts(table):
    return read_table(table.read_text(encoding="utf-8"), table.name)
