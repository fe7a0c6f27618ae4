"""The phrases that texts are put together from: plain text under ``phrases/<language>/products`` and ``reviews``.

    [tote_bag]
    opening
      A tote for market mornings.
      Roomy, light and strong enough for {volume} litres of groceries.

A section is a kind, a material, a pattern or a department, in reviews an aspect or a number of stars; a slot is a list
of phrases that may stand in one place.
``{volume}`` is filled in: a fact of the product, or a word such as ``material``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

from bowerbird.domain.errors import InputError

Section: TypeAlias = Mapping[str, tuple[str, ...]]

LANGUAGES: Final = ("en", "zh")
_PLACE = re.compile(r"\{(\w+)\}")


@cache
def read_phrases(language: str, folder: str = "products") -> Mapping[str, Section]:
    """Every section of a folder by name, each slot with its phrases. Raises InputError for a line out of place."""
    sections: dict[str, dict[str, tuple[str, ...]]] = {}
    files = resources.files(__package__).joinpath("phrases", language, folder).iterdir()
    for file in sorted(files, key=lambda entry: entry.name):
        section: dict[str, tuple[str, ...]] | None = None
        slot = ""
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            text = line.strip()
            if not text:
                continue
            if text.startswith("["):
                section, slot = sections.setdefault(text[1:-1], {}), ""
            elif section is not None and line[0] != " ":
                slot = text
                section.setdefault(slot, ())
            elif section is not None and slot:
                section[slot] += (text,)
            else:
                raise InputError("a line out of place", where=f"{file.name}:{number}", found=line)
    return sections


def places(phrase: str) -> frozenset[str]:
    """The names that a phrase has places for."""
    return frozenset(_PLACE.findall(phrase))


def usable(phrases: tuple[str, ...], names: frozenset[str]) -> tuple[str, ...]:
    """The phrases whose every place can be filled from ``names``."""
    return tuple(phrase for phrase in phrases if places(phrase) <= names)


def filled(phrase: str, words: Mapping[str, str]) -> str:
    """A phrase with its places filled."""
    return phrase.format_map(words) if "{" in phrase else phrase
