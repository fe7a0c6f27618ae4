"""Titles and descriptions in Chinese, as shops there write them: many words in the title, short sentences below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from bowerbird.demo.invent import Invented
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.phrases import filled, places, read_phrases, usable
from bowerbird.demo.words import AUDIENCES, material_nouns, material_words, pattern_words

_TITLES: Final = (
    "{brand} {colour}{pattern}{material}{thing} {tail}",
    "{brand} {audience}{colour}{pattern}{material}{thing} {tail}",
    "{brand} {line}系列 {colour}{pattern}{material}{thing} {tail}",
    "{brand} {pattern}{material}{thing} {audience} {colour} {tail}",
    "{brand} {colour}{pattern}{material}{thing} {audience} {tail}",
    "{brand} {material}{thing} {colour}{pattern} {tail}",
)
_ELECTRONIC: Final = (
    "{brand} {line} {colour}{material}{thing} {tail}",
    "{brand} {line} {material}{thing} {colour} {tail}",
    "{brand} {colour}{material}{thing} {line} {tail}",
    "{brand} {line}{thing} {colour}{material} {tail}",
)
_TITLE_WORDS: Final = frozenset(("brand", "line", "colour", "pattern", "material", "thing", "tail"))
_MANY_COLOURS: Final = ("多色可选", "多色", "")
_BLANK_BESIDE_CHINESE: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=系列)|  +")


@dataclass(frozen=True, slots=True)
class _Slots:
    titles: tuple[str, ...]
    tails: tuple[str, ...]
    opening: tuple[str, ...]
    form: tuple[str, ...]
    detail: tuple[str, ...]
    closing: tuple[str, ...]


def chinese_title(product: Invented, rng: Random) -> str:
    """A title with colour (where there is only one), pattern, material and the kind's word."""
    kind, chance = product.kind, rng.random
    slots = _slots(kind.id, product.silhouette.id)
    facts = product.chinese()
    thing = product.silhouette.chinese
    material = material_words(kind.id, product.material)[1]
    colour = COLOURS[product.colours[0]].chinese if len(product.colours) == 1 else ""
    tails = [filled(slots.tails[int(chance() * len(slots.tails))], facts)]
    if kind.chinese.one not in thing and not slots.titles:
        tails.insert(0, kind.chinese.one)
    if not colour and kind.names_colour:
        tails.append(_MANY_COLOURS[int(chance() * len(_MANY_COLOURS))])
    named = product.audience in AUDIENCES and product.audience != "unisex"
    words = facts | {
        "brand": product.brand.chinese,
        "line": product.line,
        "thing": thing,
        "material": _before(material, thing) if kind.names_material else "",
        "pattern": "" if product.pattern == "plain" else pattern_words(product.pattern)[1],
        "colour": colour if kind.names_colour and (product.material != product.colours[0]) else "",
        "audience": AUDIENCES[product.audience][1] if named else "",
        "tail": " ".join(tails),
    }
    if words["material"] and not words["colour"] and product.material == product.colours[0]:
        # "纯银" does not say 银色 to somebody who types it.
        words["tail"] += f" {colour}"
    shapes = slots.titles or (_ELECTRONIC if kind.department == "Electronics" else _TITLES)
    if slots.titles and kind.names_colour:
        shapes = tuple(shape for shape in shapes if ("{colour}" in shape) == bool(colour))
    title = filled(shapes[int(chance() * len(shapes))], words)
    if kind.chinese.one not in title:
        title += f" {kind.chinese.one}"
    return _BLANK_BESIDE_CHINESE.sub(_tidy, title).strip()


def chinese_description(product: Invented, rng: Random) -> str:
    """Two to five short sentences; several colours are listed."""
    kind, chance = product.kind, rng.random
    slots = _slots(kind.id, product.silhouette.id)
    phrases = read_phrases("zh")
    several = len(product.colours) > 1
    words = _words(product)
    choices: dict[str, tuple[str, ...]] = {"form": slots.form, "detail": slots.detail, "closing": slots.closing}
    if kind.names_material:
        choices["material"] = phrases[product.material]["any"]
    if product.pattern != "plain":
        choices["pattern"] = phrases[product.pattern]["any"]
    must = ["colours"] if several and kind.names_colour else []
    if kind.names_colour:
        choices["colours"] = phrases["colours"]["many" if several else "one"]
    wanted = 2 + int(3 * chance() ** 0.7)
    others = [name for name in choices if name not in must]
    chosen = {*must, *rng.sample(others, max(0, min(wanted - len(must), len(others))))}
    sentences = [slots.opening[int(chance() * len(slots.opening))]]
    for name in ("material", "pattern", "form", "detail", "colours", "closing"):
        if name in chosen:
            found = choices[name]
            sentences.append(found[int(chance() * len(found))])
    return "".join(filled(phrase, words) for phrase in sentences)


@cache
def _slots(kind_id: str, silhouette: str) -> _Slots:
    kind, phrases = KINDS[kind_id], read_phrases("zh")
    own = phrases[kind_id]
    names = frozenset(name for group in kind.facts_of(silhouette) for name in group.names)
    closing = phrases[kind.department]["closing"]
    return _Slots(
        titles=usable(own.get("title", ()), names | _TITLE_WORDS),
        tails=usable(own["tail"], names),
        opening=usable(own["opening"], names),
        form=usable(own[silhouette], names),
        detail=usable(own["detail"], names),
        closing=tuple(phrase for phrase in closing if not places(phrase)),
    )


def _words(product: Invented) -> dict[str, str]:
    words = product.chinese()
    colours = tuple(COLOURS[colour].chinese for colour in product.colours)
    words.update(
        material=material_nouns(product.kind.id, product.material)[1],
        pattern=pattern_words(product.pattern)[1],
        noun=product.kind.chinese.one,
        counted=product.kind.chinese.counted,
        colour=colours[0],
        colours="、".join(colours),
    )
    return words


def _before(material: str, thing: str) -> str:
    """A material before a thing, without what the thing says itself: 淡水 before 珍珠项链."""
    if material in thing:
        return ""
    return next((material[:-size] for size in (3, 2) if thing.startswith(material[-size:])), material)


def _tidy(match: re.Match[str]) -> str:
    return " " if len(match.group()) > 1 else ""
