"""What reviewers of a kind say, by language: clauses that praise or blame an aspect, and how reviews begin and end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bowerbird.demo.kinds import KINDS, Kind
from bowerbird.demo.phrases import Section, read_phrases

ABOUT_THE_SHOP: Final = ("delivery", "price", "packaging", "service")
"""Aspects that any review may speak of."""
_PLACE: Final = re.compile(r"\{(\w+)\}")
_ONE: Final = {"it_": "it"}
_MANY: Final = {
    "it": "they", "it_": "them", "its": "their", "is": "are", "was": "were", "has": "have", "does": "do",
}  # fmt: skip
_RUN_TIME: Final = frozenset("ab") | {"brand"}
_ES: Final = re.compile(r"(?<=ch|sh|ss)es$|(?<=[xo])es$")


@dataclass(frozen=True, slots=True)
class Aspect:
    """What is said of one aspect; ``mild`` is what a contented reviewer finds fault with, empty for most."""

    name: str
    praise: tuple[str, ...]
    blame: tuple[str, ...]
    mild: tuple[str, ...]
    good: tuple[str, ...]
    """Titles."""
    bad: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """The phrases for one kind in one language."""

    aspects: Mapping[str, Aspect]
    own: tuple[str, ...]
    """The kind's aspects, without those about the shop."""
    mild: tuple[str, ...]
    """Aspects that a contented reviewer may find a small fault with."""
    stars: Mapping[int, Section]
    context: tuple[str, ...]


@cache
def voice_of(kind_id: str, language: str) -> Voice:
    """The phrases of a kind, with its pronouns and verbs filled in."""
    kind, phrases = KINDS[kind_id], read_phrases(language, "reviews")
    own = aspects_of(kind)
    aspects = {}
    for name in (*own, *ABOUT_THE_SHOP):
        section = {slot: _agreeing(found, kind) for slot, found in phrases[name].items()}
        aspects[name] = Aspect(
            name, section["praise"], section["blame"], section.get("mild", ()), section["good"], section["bad"]
        )
    return Voice(
        aspects=aspects,
        own=own,
        mild=tuple(name for name, aspect in aspects.items() if aspect.mild),
        stars={
            stars: {slot: _agreeing(found, kind) for slot, found in phrases[str(stars)].items()}
            for stars in range(1, 6)
        },
        context=_agreeing(phrases["context"]["any"], kind),
    )


def aspects_of(kind: Kind) -> tuple[str, ...]:
    """What reviews of a kind speak of, besides the shop."""
    own = tuple(name for name in kind.aspects if name not in ABOUT_THE_SHOP)
    return (*own, "colour") if kind.names_colour else own


def _agreeing(phrases: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    words = _MANY if kind.name.pair else _ONE

    def agree(match: re.Match[str]) -> str:
        word = match[1]
        if word in _RUN_TIME:
            return match[0]
        return words.get(word) or (_for_many(word) if kind.name.pair else word)

    return tuple(_PLACE.sub(agree, phrase) for phrase in phrases)


def _for_many(verb: str) -> str:
    """The verb for many things: "dry" for "dries", "catch" for "catches", "lose" for "loses"."""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    short = _ES.sub("", verb)
    return short if short != verb else verb.removesuffix("s")
