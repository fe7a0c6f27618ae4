"""Titles and descriptions in English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from bowerbird.demo.invent import Invented
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.phrases import filled, places, read_phrases, usable
from bowerbird.demo.words import (
    AUDIENCES,
    in_title_case,
    listed_in_english,
    material_nouns,
    material_words,
    pattern_words,
    sentence,
)

_WITH_COLOUR: Final = (
    "{brand} {colour} {pattern} {material} {thing}",
    "{brand} {colour} {pattern} {material} {thing}",
    "{brand} {line} {pattern} {material} {thing} in {colour}",
    "{brand} {line} {colour} {pattern} {material} {thing}",
    "{line} {colour} {pattern} {material} {thing} by {brand}",
    "{brand} {pattern} {material} {thing}, {colour}",
    "{brand} {audience} {colour} {pattern} {material} {thing}",
    "{audience} {colour} {pattern} {material} {thing} – {brand} {line}",
)
_OF_MANY_COLOURS: Final = (
    "{brand} {pattern} {material} {thing}",
    "{brand} {line} {pattern} {material} {thing}",
    "{brand} {line} {audience} {pattern} {material} {thing}",
    "{line} {pattern} {material} {thing} by {brand}",
    "{brand} {audience} {pattern} {material} {thing}",
    "{audience} {pattern} {material} {thing} – {brand} {line}",
)
_NAMES_MATERIAL, _NAMES_TAG, _LISTS_COLOURS = 0.86, 0.6, 0.85
_TITLE_WORDS: Final = frozenset("brand line colour pattern material thing Thing Colour Pattern".split())


@dataclass(frozen=True, slots=True)
class _Slots:
    """The phrases that fit one form of a kind."""

    titles: tuple[str, ...]
    """Empty where the shapes for all kinds serve."""
    tags: tuple[str, ...]
    opening: tuple[str, ...]
    form: tuple[str, ...]
    detail: tuple[str, ...]
    closing: tuple[str, ...]


def english_title(product: Invented, rng: Random) -> str:
    """A title as a shop would write it; the colour is in it where there is only one."""
    slots = _slots(product.kind.id, product.silhouette.id)
    words = _title_words(product, rng.random() < _NAMES_MATERIAL)
    one_colour = len(product.colours) == 1
    shapes = slots.titles or (_WITH_COLOUR if one_colour else _OF_MANY_COLOURS)
    if slots.titles and product.kind.names_colour:
        shapes = tuple(shape for shape in shapes if ("{Colour}" in shape) == one_colour)
    title = shapes[int(rng.random() * len(shapes))]
    if slots.tags and not slots.titles and rng.random() < _NAMES_TAG:
        title = f"{title}, {slots.tags[int(rng.random() * len(slots.tags))]}"
    return _tidied(filled(title, words))


def english_description(product: Invented, title: str, rng: Random) -> str:
    """Two to four sentences; what the title does not say of material and colours is said here."""
    kind, chance = product.kind, rng.random
    slots = _slots(kind.id, product.silhouette.id)
    phrases = read_phrases("en")
    words = _words(product)
    several = len(product.colours) > 1
    choices: dict[str, tuple[str, ...]] = {"form": slots.form, "detail": slots.detail, "closing": slots.closing}
    must = []
    if kind.names_material:
        choices["material"] = _material_phrases(product.material, kind.department)
        if words["material"].split()[-1] not in title.lower():
            must.append("material")
    if product.pattern != "plain":
        choices["pattern"] = phrases[product.pattern]["any"]
    if kind.names_colour:
        choices["colours"] = phrases["colours"]["many" if several else "one"]
        if several and chance() < _LISTS_COLOURS:
            must.append("colours")
    wanted = 2 + int(3 * chance() ** 0.7)
    others = [name for name in choices if name not in must]
    chosen = {*must, *rng.sample(others, max(0, min(wanted - 1 - len(must), len(others))))}
    sentences = [slots.opening[int(chance() * len(slots.opening))]]
    for name in ("material", "pattern", "form", "detail", "colours", "closing"):
        if name in chosen:
            found = choices[name]
            sentences.append(found[int(chance() * len(found))])
    return " ".join(sentence(filled(phrase, words)) for phrase in sentences)


@cache
def _slots(kind_id: str, silhouette: str) -> _Slots:
    kind, phrases = KINDS[kind_id], read_phrases("en")
    own = phrases[kind_id]
    names = frozenset(name for group in kind.facts_of(silhouette) for name in group.names)
    closing = phrases[kind.department]["closing"]
    return _Slots(
        titles=usable(own.get("title", ()), names | _TITLE_WORDS),
        tags=usable(own.get("tag", ()), names),
        opening=usable(own["opening"], names),
        form=usable(own[silhouette], names),
        detail=usable(own["detail"], names),
        closing=tuple(phrase for phrase in closing if not places(phrase)),
    )


def _tidied(title: str) -> str:
    """A title without the blanks and joints of what was left empty, and without a word twice in a row."""
    words = title.split()
    kept = [word for at, word in enumerate(words) if at == 0 or word != words[at - 1]]
    return " ".join(kept).replace(" ,", ",").replace(" in,", ",").removesuffix(" in")


@cache
def _material_phrases(material: str, department: str) -> tuple[str, ...]:
    section = read_phrases("en")[material]
    return section["any"] + section.get(department, ())


def _title_words(product: Invented, names_material: bool) -> dict[str, str]:
    kind, thing = product.kind, product.silhouette.english
    material, _ = material_words(kind.id, product.material)
    colour = product.colours[0] if len(product.colours) == 1 and kind.names_colour else ""
    if not kind.names_material or not names_material or material in thing:
        material = ""
    if colour and colour in material:
        colour = ""
    words = {name: in_title_case(value) for name, value in product.english().items()}
    words.update(
        brand=product.brand.name,
        line=product.line,
        colour=in_title_case(colour),
        pattern="" if product.pattern == "plain" else in_title_case(pattern_words(product.pattern)[0]),
        material=in_title_case(material),
        thing=in_title_case(thing),
        audience=AUDIENCES[product.audience][0] if product.audience in AUDIENCES else "",
    )
    words.update(Thing=words["thing"], Colour=words["colour"], Pattern=words["pattern"])
    return words


def _words(product: Invented) -> dict[str, str]:
    words = product.english()
    material, _ = material_nouns(product.kind.id, product.material)
    pattern, _ = pattern_words(product.pattern)
    words.update(
        material=material,
        Material=sentence(material),
        pattern=pattern,
        Pattern=sentence(pattern),
        colour=product.colours[0],
        colours=listed_in_english(product.colours),
    )
    return words
