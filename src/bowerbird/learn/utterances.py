"""What shoppers say and what goods are called: the package's own utterances by intent, and its lexicon's names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bowerbird import understand
from bowerbird.domain.errors import FormatError

FOLDER = Path(understand.__file__).parent
PROPERTIES = ("color", "material", "pattern", "price", "style", "audience", "season", "occasion", "feature")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One way to say something; those of a group are near-copies of each other, and stay on one side of a split."""

    language: str
    intent: str
    group: str
    text: str


def read_utterances(path: Path = FOLDER / "data" / "intents.tsv") -> list[Utterance]:
    """Utterances of a TSV with the columns language, intent, text and, where there is one, group.

    Without a group each is one of its own. Raises FormatError.
    """
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines if line]
        return [Utterance(row["language"], row["intent"], row.get("group", row["text"]), row["text"]) for row in rows]
    except (OSError, KeyError, ValueError) as error:
        raise FormatError(f"is no file of utterances: {error}", where=str(path)) from error


def lexicon_names(folder: Path = FOLDER / "lexicon") -> dict[str, list[str]]:
    """Every name of the lexicon's tables, by language (``en``, ``zh``), in the tables' order."""
    return _names(folder)


def name_goods(count: int, rng: np.random.Generator) -> list[Utterance]:
    """So many queries a language that are names of goods, every second one with a property before: "cheap usb c hub".

    Each name is a group of its own, and each sort of property is as likely as every other.
    """
    sorts = [_names(FOLDER / "lexicon", kind) for kind in PROPERTIES]
    joints = {"en": (" ",), "zh": ("", "的")}
    found: list[Utterance] = []
    for language, names in lexicon_names().items():
        for place in rng.permutation(len(names))[:count].tolist():
            text = names[place]
            if place % 2:
                properties = sorts[rng.integers(len(sorts))][language]
                text = f"{rng.choice(properties)}{rng.choice(joints[language])}{text}"
            found.append(Utterance(language, "find", f"{language}-name-{place}", text))
    return found


def _names(folder: Path, kind: str | None = None) -> dict[str, list[str]]:
    """Names by language, of one kind of entry or of all."""
    names: dict[str, list[str]] = {"en": [], "zh": []}
    for path in sorted(folder.glob("*.tsv")):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        places = {column: place for place, column in enumerate(header.split("\t"))}
        for line in lines:
            columns = line.split("\t")
            if kind in (None, columns[places["type"]]):
                for language, found in names.items():
                    found += [name for name in columns[places[language]].split("|") if name]
    return {language: list(dict.fromkeys(found)) for language, found in names.items()}
