"""What kind of thing a title says a product is."""

import pytest

from bowerbird.domain.understanding import Entity, EntityType
from bowerbird.understand.lexicon import load_lexicon
from bowerbird.understand.title_kind import head_of, kind_words, kinds_asked, title_kind


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Kensington Mouse Wrist Pillow", "kind:pillow"),
        ("HP EliteBook 2730p Notebook PC", "kind:laptop"),
        ("Samsung Galaxy S20 mobile phone case 15 cm", "kind:phone-case"),
        ("Rain Jacket with Hood", "kind:raincoat"),
        ("Desert Wool Joggers for Women", "kind:joggers"),
        ("红色女士跑步鞋 轻便", "kind:running-shoe"),
        ("手机壳 适用于iPhone", "kind:phone-case"),
    ],
)
def test_the_last_thing_a_title_names_is_what_it_is(title, key):
    kind = title_kind(title)
    assert kind is not None and key in kind.keys


@pytest.mark.parametrize("title", ["", "Xq-27 Zorbl", "HP 55X Original Black 1 pc(s)", "3 sheets"])
def test_a_title_that_names_nothing_has_no_kind(title):
    assert title_kind(title) is None and kind_words(title) == ""


def test_a_kind_is_counted_with_all_that_are_broader():
    words = kind_words("Nylon Road Running Shoes").split()
    assert {"kind:running-shoe", "kind:shoes", "head:shoe"} <= set(words)


def test_the_head_of_a_name_is_its_last_word():
    assert [head_of(name) for name in ("gaming mice", "Running Shoes", "跑步鞋", "")] == ["mice", "shoe", "鞋", ""]


def test_a_query_asks_for_what_it_names_and_not_for_what_it_rules_out():
    lexicon = load_lexicon()

    def entity(text, key, **more):
        return Entity(EntityType.CATEGORY, text, text, 0, len(text), concept=key, **more)

    assert kinds_asked([entity("laptop", "kind:laptop")], lexicon) == ("kind:laptop", "head:laptop")
    chinese = kinds_asked([entity("笔记本电脑", "kind:laptop")], lexicon)
    assert chinese == ("kind:laptop", "head:laptop")
    assert kinds_asked([entity("laptop", "kind:laptop", negated=True)], lexicon) == ()
    assert kinds_asked([entity("zorbl", "")], lexicon) == ()
