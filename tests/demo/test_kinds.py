"""Every kind that was agreed on is there, with exactly its forms, and everything that may be drawn for it fits."""

from __future__ import annotations

import pytest

from bowerbird.demo.brands import BRANDS, LINES, brands_of
from bowerbird.demo.invent import colours_of, patterns_of
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.kinds.kind import weighted
from bowerbird.demo.look import COLOURS, MATERIALS, PATTERNS
from bowerbird.demo.phrases import places, read_phrases
from bowerbird.demo.voices import ABOUT_THE_SHOP
from bowerbird.demo.words import material_nouns, material_words, pattern_words
from bowerbird.domain.errors import InputError

AGREED = """
t_shirt: crew v_neck long_sleeve | shirt: button_down short_sleeve band_collar | sweater: crew turtleneck cardigan
hoodie: pullover zip | jacket: bomber denim puffer | coat: trench pea parka | dress: a_line shift maxi
skirt: pleated pencil mini | jeans: slim wide straight | shorts: chino sport | leggings: full capri
scarf: long square | cap: baseball bucket | beanie: cuffed pompom | socks: crew ankle
sneaker: low high | running_shoe: road trail | boot: ankle tall | sandal: slide strappy | heel: stiletto block
loafer: penny tassel | tote_bag: open zip | backpack: round roll_top | handbag: satchel hobo bucket
wallet: bifold zip | suitcase: hard soft | messenger_bag: flap camera | watch: round square digital
necklace: pendant pearls chain | ring: solitaire band signet | earrings: hoop drop stud
bracelet: bangle beads chain | sunglasses: aviator round square | lipstick: bullet crayon | perfume: square round
shampoo: pump bottle | face_cream: jar tube | nail_polish: round square | hairbrush: paddle round
headphones: over_ear on_ear | earbuds: case pair | speaker: cylinder box | smartphone: plain triple_camera
laptop: thin sturdy | keyboard: full compact | mouse: wide slim | camera: mirrorless compact | power_bank: slab tube
yoga_mat: rolled half_rolled | dumbbell: hex round | ball: soccer basketball beach | water_bottle: sport flask
racket: tennis badminton | helmet: city road | skateboard: street longboard | tent: dome ridge
teddy_bear: sitting standing | toy_car: sedan truck bus | building_blocks: tower box | puzzle: box pieces
robot: boxy round | rubber_duck: plain crowned | kite: diamond delta | mug: straight round tall | plate: flat deep
teapot: round tall | kettle: electric stove | frying_pan: pan wok | lamp: table floor desk | cushion: square round
blanket: folded throw | vase: bottle round cylinder | candle: jar pillar | chair: dining arm stool
clock: wall alarm | towel: folded hanging | coffee: bag tin | tea: box tin | chocolate: bar box
olive_oil: bottle tin | honey: jar squeeze | pasta: bag box | cereal: box bag | juice: carton bottle
cookies: packet tin
"""
DEPARTMENTS = {
    "Clothing", "Shoes", "Bags", "Watches & Jewellery", "Electronics", "Home & Kitchen", "Sports", "Beauty",
    "Groceries", "Toys",
}  # fmt: skip
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_the_kinds_and_their_forms_are_those_agreed_on():
    agreed = {}
    for entry in AGREED.replace("\n", "|").split("|"):
        if entry.strip():
            kind, _, forms = entry.partition(":")
            agreed[kind.strip()] = tuple(forms.split())
    assert {kind.id: tuple(form.id for form in kind.silhouettes) for kind in KINDS.values()} == agreed
    assert {kind.department for kind in KINDS.values()} == DEPARTMENTS


@EVERY_KIND
def test_whatever_may_be_drawn_has_a_name_in_the_palette(kind):
    for form in kind.silhouettes:
        assert form.english and form.chinese
        for material in (form.materials or kind.materials).names:
            assert material in MATERIALS
            assert all(material_words(kind.id, material)) and all(material_nouns(kind.id, material))
            for pattern in patterns_of(kind.id, form.id, material).names:
                assert pattern in PATTERNS and all(pattern_words(pattern))
                assert set(colours_of(kind.id, material, pattern).names) <= set(COLOURS)


@EVERY_KIND
def test_a_kind_has_brands_to_sell_it_and_kinds_that_go_with_it(kind):
    assert len(brands_of(kind)) >= 4
    assert len({brand.tier for brand in brands_of(kind)}) > 1
    assert kind.goes_with and set(kind.goes_with) <= set(KINDS) - {kind.id}
    assert kind.category.count("/") == kind.chinese_category.count("/") >= 1


@EVERY_KIND
def test_phrases_are_many_and_every_place_in_them_can_be_filled(kind):
    facts = {name for group in kind.facts for name in group.names}
    words = {
        "brand", "line", "thing", "Thing", "material", "Material", "pattern", "Pattern", "colour", "Colour", "colours",
        "tail",
    }  # fmt: skip
    for language in ("en", "zh"):
        section = read_phrases(language)[kind.id]
        assert {form.id for form in kind.silhouettes} <= set(section)
        for slot in ("opening", "detail", *(("tail",) if language == "zh" else ())):
            assert len(set(section[slot])) >= 6
        for slot, found in section.items():
            assert all(places(phrase) <= facts | words for phrase in found), slot


@EVERY_KIND
def test_reviewers_have_something_to_say_of_every_aspect(kind):
    assert len(kind.aspects) >= 3
    for language in ("en", "zh"):
        phrases = read_phrases(language, "reviews")
        for aspect in (*kind.aspects, *ABOUT_THE_SHOP, "colour"):
            assert len(phrases[aspect]["praise"]) >= 5 and len(phrases[aspect]["blame"]) >= 5


def test_there_are_sixty_brands_and_more_many_of_them_with_a_chinese_name():
    assert len(BRANDS) >= 60
    assert sum(brand.chinese != brand.name for brand in BRANDS.values()) >= 30
    taken = {*COLOURS, *MATERIALS, *PATTERNS}
    assert not taken & {line.lower() for line in LINES}


def test_weights_that_are_none_are_refused():
    with pytest.raises(InputError, match="not weights"):
        weighted("cotton 6 linen")
