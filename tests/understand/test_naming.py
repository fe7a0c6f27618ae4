import pytest

from bowerbird.domain.understanding import Bounds, Entity, EntityType, Level
from bowerbird.understand.naming import in_typed, name_parts, word_ends
from bowerbird.understand.working import Correction, Working


@pytest.fixture(scope="module")
def named(knowledge):
    def read(text):
        found = name_parts(Working.of(text), knowledge)
        return [(one.type.value, one.text, _plain(one.value), one.negated) for one in found.entities]

    return read


def _plain(value):
    return (value.low, value.high, value.unit) if isinstance(value, Bounds) else value


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "women's dark blue leather handbag under $100",
            [
                ("audience", "women's", "women"),
                ("color", "dark blue", "dark blue"),
                ("material", "leather", "leather"),
                ("category", "handbag", "handbag"),
                ("price", "under $100", (None, 100, "USD")),
            ],
        ),
        (
            "紫色女士瑜伽裤 两三百",
            [
                ("color", "紫色", "purple"),
                ("audience", "女士", "women"),
                ("category", "瑜伽裤", "yoga pants"),
                ("price", "两三百", (200, 300, None)),
            ],
        ),
        ("kestrel running shoes", [("brand", "kestrel", "Kestrel"), ("category", "running shoes", "running shoe")]),
        (
            "65w laptop charger 4 stars and up",
            [
                ("quantity", "65w", (65, 65, "W")),
                ("category", "laptop charger", "laptop charger"),
                ("rating", "4 stars and up", (4, None, "stars")),
            ],
        ),
        ("便宜的运动鞋", [("price", "便宜的", Level.LOW), ("category", "运动鞋", "sports shoe")]),
        (
            "dress size 8 in stock",
            [("category", "dress", "dress"), ("size", "size 8", "8"), ("stock", "in stock", "in_stock")],
        ),
        ("新款 条纹 T恤", [("newness", "新款", "new"), ("pattern", "条纹", "striped"), ("category", "t恤", "t-shirt")]),
        ("non slip yoga mat", [("feature", "non slip", "non slip"), ("category", "yoga mat", "yoga mat")]),
        ("i'm looking for boots", [("category", "boots", "boot")]),
        ("hello", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_query_is_read_part_by_part(named, text, parts):
    assert named(text) == [(*part, False) for part in parts]


def test_what_is_ruled_out_is_marked(named):
    assert named("handbag not leather") == [
        ("category", "handbag", "handbag", False),
        ("material", "leather", "leather", True),
    ]


def test_a_picture_and_a_sound_are_names_too(named, knowledge):
    assert named("red 👗") == [("color", "red", "red", False), ("category", "👗", "dress", False)]
    assert named("lianyiqun") == [("category", "lianyiqun", "dress", False)]
    assert name_parts(Working.of("lianyiqun"), knowledge).pinyin
    assert not name_parts(Working.of("red dress"), knowledge).pinyin


def test_english_words_that_could_be_sounds_stay_english(knowledge):
    for text in ("red", "gown", "women", "shine", "tan", "lemons"):
        assert not name_parts(Working.of(text), knowledge).pinyin


def test_what_only_asks_is_told_and_names_nothing(knowledge):
    found = name_parts(Working.of("do you have any red dress"), knowledge)
    assert [found.text[start:end] for start, end in found.asked] == ["do you have any"]


def test_a_name_that_asks_is_a_name(knowledge):
    found = name_parts(Working.of("people who need people shirt"), knowledge)
    assert not any(start <= one.start < end for one in found.entities for start, end in found.asked)


def test_an_entity_of_a_word_put_right_is_what_was_typed():
    typed = "red lether bag"
    working = Working.of(typed, [Correction(4, 10, "leather")])
    leather = in_typed(Entity(EntityType.MATERIAL, "leather", "leather", 4, 11), working, typed)
    assert (leather.text, leather.start, leather.end, leather.value) == ("lether", 4, 10, "leather")


@pytest.mark.parametrize(
    ("text", "ends"),
    [("", set()), ("red", set()), ("运动鞋", {0, 3}), ("红色的包", {0, 2, 3, 4}), ("a运动鞋b", {1, 4})],
)
def test_chinese_words_end_where_the_index_cuts_them(text, ends):
    assert word_ends(text) == ends
