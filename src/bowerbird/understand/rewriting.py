"""The queries that retrieval runs, each with a weight and a reason.

What was typed comes first, unless the shop has none of its words. Then the words put right, the words in the
catalogue's language, and each other name that the shop uses for what was asked. At most ``MOST`` are run: each costs a
look at the index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bowerbird.domain.understanding import Entity, EntityType, Rewrite, RewriteReason
from bowerbird.encode.chinese import load_tokenizer
from bowerbird.encode.folding import HAN, fold
from bowerbird.understand.glossary import load_glossary
from bowerbird.understand.knowledge import Knowledge
from bowerbird.understand.plain import plain

MOST = 4
_LOOKED_AT = 300
_RUNS = 8
_RUN = re.compile(f"[{HAN}]{{2,6}}")


@dataclass(frozen=True, slots=True)
class RewriteSettings:
    """What the finds of each kind of wording count, against 1 for those of words that the shop knows."""

    typed_beside: float = 0.8
    """The words as typed, where others were put in their place."""

    unknown: float = 0.5
    """The words as typed, where the shop has only part of them and all of another wording's."""

    synonym: float = 0.7
    homophone: float = 0.8
    model: float = 0.5


DEFAULT = RewriteSettings()


def coverage(text: str, knowledge: Knowledge, holds: Callable[[str], bool]) -> float:
    """The share of a text's words that some product holds; words that only hold a sentence together say nothing."""
    glossary = load_glossary()
    found = (token.text for token in knowledge.cut(text[:_LOOKED_AT]))
    terms = [term for term in found if term not in glossary or glossary[term]]
    return sum(map(holds, terms)) / len(terms) if terms else 0.0


def rewrite(
    words: str,
    corrected: str | None,
    translated: str | None,
    entities: Sequence[Entity],
    knowledge: Knowledge,
    holds: Callable[[str], bool],
    settings: RewriteSettings = DEFAULT,
) -> tuple[Rewrite, ...]:
    """The wordings, the heaviest first.

    ``words`` is what was typed less what became a condition, ``corrected`` and ``translated`` the same put right and in
    the other language; ``entities`` are by the offsets of the wording that is read best: ``corrected`` or ``words``.
    """
    read = corrected or words
    candidates = [(read, RewriteReason.CORRECTED if corrected else RewriteReason.TYPED)]
    if translated:
        candidates.append((translated, RewriteReason.TRANSLATED))
    covered = {text: coverage(text, knowledge, holds) for text, _ in candidates}
    best = max(covered.values(), default=0.0)
    found: list[Rewrite] = []
    for text, reason in candidates:
        weight = 1.0 if covered[text] >= best or best == 0 else settings.unknown
        # What English was typed has a meaning to look for, whatever words the shop has.
        if covered[text] > 0 or len(candidates) == 1 or (reason is RewriteReason.TYPED and text.isascii()):
            found.append(Rewrite(text, weight, reason))
    if not found:
        found = [Rewrite(text, 1.0, reason) for text, reason in candidates[-1:]]
    if corrected and coverage(words, knowledge, holds) > 0:
        found.append(Rewrite(words, settings.typed_beside * 0.9, RewriteReason.TYPED))
    found.extend(
        Rewrite(text, settings.synonym, RewriteReason.SYNONYM) for text in _synonyms(read, entities, knowledge, holds)
    )
    found.extend(
        Rewrite(text, settings.homophone, RewriteReason.HOMOPHONE) for text in _homophones(read, entities, knowledge)
    )
    return distinct(found)


def add_from_model(found: tuple[Rewrite, ...], words: str, knowledge: Knowledge) -> tuple[Rewrite, ...]:
    """The wordings with those of a language model, where there is one and it answers in time."""
    ask = knowledge.minds.rewrite
    if ask is None or not words.strip():
        return found
    others = (Rewrite(text, DEFAULT.model, RewriteReason.MODEL) for text in ask(words))
    return distinct([*found, *others])


def _synonyms(
    text: str, entities: Sequence[Entity], knowledge: Knowledge, holds: Callable[[str], bool]
) -> Iterator[str]:
    """The text with a name replaced by the merchant's synonyms, or by another of the concept's names.

    The lexicon's other names are run only where the shop has no word of the one that was typed.
    """
    folded = plain(text)
    for start, end, others in knowledge.synonyms.find(folded):
        for other in list(others)[:2]:
            yield f"{text[:start]}{other}{text[end:]}"
    for entity in entities:
        concept = knowledge.lexicon.concepts.get(entity.concept)
        if concept is None or entity.negated or entity.type is not EntityType.CATEGORY:
            continue
        if entity.concept not in knowledge.names.keys_of(entity.text):
            # It was typed in pinyin, or drawn.
            continue
        if coverage(entity.text, knowledge, holds) == 1.0:
            continue
        names = concept.zh if not entity.text.isascii() else concept.en
        better = next(
            (name for name in names if plain(name) != plain(entity.text) and coverage(name, knowledge, holds) == 1.0),
            None,
        )
        if better is not None:
            yield f"{text[: entity.start]}{better}{text[entity.end :]}"


def _homophones(text: str, entities: Sequence[Entity], knowledge: Knowledge) -> Iterator[str]:
    """The text with a Chinese word that is none replaced by the name that sounds like it."""
    words = load_tokenizer().FREQ
    for run in islice(_RUN.finditer(text[:_LOOKED_AT]), _RUNS):
        start, end = run.span()
        if run.group() in words or any(one.start < end and start < one.end for one in entities):
            continue
        name = knowledge.sounds.like(run.group())
        if name is not None:
            yield f"{text[:start]}{name}{text[end:]}"
            return


def distinct(found: list[Rewrite]) -> tuple[Rewrite, ...]:
    """The heaviest of each wording, heaviest first."""
    kept: dict[str, Rewrite] = {}
    for one in sorted(found, key=lambda one: -one.weight):
        key = " ".join(fold(one.text)[0].split())
        if key:
            kept.setdefault(key, one)
    return tuple(list(kept.values())[:MOST])


def shop_writes_chinese(holds: Callable[[str], bool]) -> bool:
    """Whether the shop's texts are in Chinese too: some everyday word stands in them."""
    return any(holds(word) for word in ("的", "色", "款", "和"))
