"""The bilingual lexicon of commerce: concepts with their names in English and Chinese, in trees by type.

It is kept as tables, ``lexicon/*.tsv``: type, id, parent, English names, Chinese names (the first of each is the
canonical one), and a value, which is a colour in hex, a unit's dimension and factor, or a price word's level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from bowerbird.domain.errors import FormatError
from bowerbird.understand.once import once

HEADER = "type\tid\tparent\ten\tzh\tvalue"
TYPES = (
    "kind",
    "color",
    "material",
    "pattern",
    "size",
    "audience",
    "occasion",
    "season",
    "style",
    "feature",
    "price",
    "unit",
)
"""In the order in which a name that stands for several is read, where nothing else decides."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that English and Chinese have names for; ``key`` is its type and id."""

    type: str
    id: str
    parent: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    value: str = ""

    @property
    def key(self) -> str:
        """What it is called everywhere: ``color:navy``."""
        return f"{self.type}:{self.id}"

    @property
    def name(self) -> str:
        """The canonical English name."""
        return self.en[0]


class Lexicon:
    """The concepts by key. Made once, then only read: safe from many threads."""

    def __init__(self, concepts: dict[str, Concept]) -> None:
        self.concepts = concepts
        self._children: dict[str, list[str]] = {}
        for concept in concepts.values():
            if concept.parent:
                self._children.setdefault(f"{concept.type}:{concept.parent}", []).append(concept.key)

    def __len__(self) -> int:
        return len(self.concepts)

    def __getitem__(self, key: str) -> Concept:
        return self.concepts[key]

    def broader(self, key: str) -> Iterator[str]:
        """The concepts above one, the nearest first."""
        seen = {key}
        concept = self.concepts.get(key)
        while concept is not None and concept.parent:
            above = f"{concept.type}:{concept.parent}"
            if above in seen:
                return
            seen.add(above)
            yield above
            concept = self.concepts.get(above)

    def narrower(self, key: str) -> Iterator[str]:
        """A concept and all below it."""
        waiting, seen = [key], set()
        while waiting:
            found = waiting.pop()
            if found not in seen:
                seen.add(found)
                yield found
                waiting.extend(self._children.get(found, ()))


@once
def load_lexicon() -> Lexicon:
    """Read the tables in the package, once. Raises FormatError, naming the table and line, for a row that is wrong."""
    concepts: dict[str, Concept] = {}
    folder = files("bowerbird.understand") / "lexicon"
    for table in sorted((entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda e: e.name):
        for concept in read_table(table.read_text(encoding="utf-8"), table.name):
            concepts[concept.key] = concept
    return Lexicon(concepts)


def read_table(text: str, name: str) -> Iterator[Concept]:
    """The concepts of one table. Raises FormatError."""
    for number, line in enumerate(text.split("\n"), 1):
        if number == 1:
            if line != HEADER:
                raise FormatError("wrong header", where=f"{name}:1", found=line, expected=HEADER)
            continue
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 6 or cells[0] not in TYPES or not cells[1] or not cells[3] or not cells[4]:
            raise FormatError("no concept", where=f"{name}:{number}", found=line, expected=HEADER)
        type_, id_, parent, en, zh, value = cells
        yield Concept(type_, id_, parent, tuple(en.split("|")), tuple(zh.split("|")), value)
