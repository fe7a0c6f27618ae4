"""From a shopper's words to what they mean.

    language -> correct -> name -> conditions -> translate -> intent -> sentiment -> rewrite

Each step takes what is understood so far and adds to it; what the steps look things up in are the ``Knowledge`` of one
shop. The beginning of a long text is read, the rest is only looked for: nobody asks in a thousand words.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from bowerbird.domain.understanding import Entity, Language, Understanding
from bowerbird.encode.terms import group_words
from bowerbird.understand.knowledge import Knowledge
from bowerbird.understand.language import detect_language
from bowerbird.understand.naming import Named, in_typed, name_parts
from bowerbird.understand.plain import plain
from bowerbird.understand.rewriting import add_from_model, coverage, rewrite, shop_writes_chinese
from bowerbird.understand.translating import translate
from bowerbird.understand.working import Working, without

_PICTURE = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
READ = 300
"""How many characters are read for what they mean."""

ENCODED = 160
"""How many are encoded for what the shopper is after: the cost grows with their number."""

Holds = Callable[[str], bool]
"""Whether some product holds a term: asked of the view that is searched."""


@dataclass(slots=True)
class Draft:
    """What is understood so far, and what the steps hand to each other."""

    found: Understanding
    typed: str
    working: Working
    named: Named | None = None
    read: str = ""
    """The wording that is read best, less what became a condition."""
    read_entities: tuple[Entity, ...] = ()
    correcting: bool = True
    unfinished: bool = False
    asking: bool = True

    @property
    def drawn(self) -> bool:
        """Whether some of what is looked for is a picture."""
        return any(_PICTURE.search(one.text) for one in self.read_entities)


def understand(
    q: str,
    knowledge: Knowledge,
    holds: Holds,
    *,
    correcting: bool = True,
    unfinished: bool = False,
    asking: bool = True,
) -> Understanding:
    """All steps in order, each with the time it took in milliseconds. Never raises for what was typed.

    ``unfinished`` says that the last word is still being typed: it is not put right. ``asking`` says that a language
    model may be asked, where there is one: nobody waits for it at every key, nor for wordings that are not searched.
    """
    typed = _beginning(q)
    draft = Draft(
        Understanding(q),
        typed,
        Working.of(typed),
        correcting=correcting,
        unfinished=unfinished,
        asking=asking and not unfinished,
    )
    timings: dict[str, float] = {}
    for step in (
        read_language,
        correct,
        name,
        set_conditions,
        put_into_words,
        guess_intent,
        judge_sentiment,
        rewrite_it,
    ):
        started = time.perf_counter()
        step(draft, knowledge, holds)
        timings[step.__name__] = 1000 * (time.perf_counter() - started)
    return replace(draft.found, timings_ms=timings)


def read_language(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """Language, script and words."""
    tokens = [
        draft.typed[word[0].start : max(token.end for token in word)]
        for word in group_words(knowledge.cut(draft.typed))
    ]
    draft.found = replace(draft.found, language=detect_language(draft.typed), tokens=tuple(tokens))


def correct(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """Put words right that mean nothing: not those that are pinyin."""
    named = name_parts(draft.working, knowledge)
    if named.pinyin:
        draft.named = named
        draft.found = replace(draft.found, language=Language.PINYIN)
        return
    found = knowledge.spelling.corrections(draft.typed) if draft.correcting else []
    corrections = [
        one
        for one in found
        if not any(entity.start <= one.start and one.end <= entity.end for entity in named.entities)
        and not (draft.unfinished and one.end == len(draft.typed.rstrip()))
        and not _is_held(draft.typed[one.start : one.end], one.text, knowledge, holds)
    ]
    if not corrections:
        draft.named = named
        return
    draft.working = Working.of(draft.typed, corrections)
    draft.found = replace(draft.found, corrected=" ".join(draft.working.text.split()))


def name(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """Find what the words name, and what of it is ruled out."""
    if draft.named is None:
        draft.named = name_parts(draft.working, knowledge)
    kept: list[tuple[Entity, Entity]] = []
    for one in draft.named.entities:
        outer = in_typed(one, draft.working, draft.typed)
        # Two words that were put right in one piece may stand for the same stretch: the first is told.
        if not kept or outer.start >= kept[-1][1].end:
            kept.append((one, outer))
    draft.named = draft.named.with_entities([inner for inner, _ in kept])
    draft.found = replace(draft.found, entities=tuple(outer for _, outer in kept))


def set_conditions(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """What excludes, what raises, and what is left to look for."""
    assert draft.named is not None
    made = knowledge.conditions.make(draft.found.entities, draft.typed)
    named = draft.named
    ruled_out = {(one.start, one.end) for one in made.hard}
    gone = [
        (inner.start, inner.end)
        for inner, outer in zip(named.entities, draft.found.entities, strict=True)
        if inner.negated or (outer.start, outer.end) in ruled_out or _says_no_product(outer)
    ]
    gone += [*named.asked, *named.negations.cues, *named.negations.unknown]
    # 黑色的双肩包 without 黑色 is 双肩包.
    gone = [(start, end + named.text.startswith("的", end)) for start, end in gone]
    unwanted = [_shortest_name(one, knowledge) for one in made.unwanted]
    unwanted += [draft.working.text[start:end] for start, end in named.negations.unknown]
    rest = draft.found.q[len(draft.typed) :]
    words = without(draft.typed, [draft.working.typed(start, end) for start, end in gone if end > start])
    draft.read = without(draft.working.text, gone)
    draft.found = replace(
        draft.found,
        words=" ".join(f"{words} {rest}".split()),
        conditions=made.hard,
        soft=made.soft,
        unwanted=" ".join(unwanted),
    )
    draft.read_entities = _placed(
        draft.read, [one for one in named.entities if not any(first <= one.start < last for first, last in gone)]
    )


def put_into_words(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """The words in the catalogue's other language, where that helps."""
    to_chinese = draft.found.language is Language.ENGLISH and not draft.drawn
    if to_chinese and not _may_be_chinese(draft, knowledge, holds):
        return

    def known(name_: str) -> bool:
        return coverage(name_, knowledge, holds) == 1.0

    text = translate(draft.read, draft.read_entities, to_chinese, knowledge.lexicon, known)
    if text and plain(text) != plain(draft.read):
        draft.found = replace(draft.found, translated=text)


def guess_intent(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """What the shopper is after."""
    english = draft.found.language in (Language.ENGLISH, Language.MIXED) and draft.typed.strip()
    encoder = knowledge.minds.encoder
    vector = encoder.encode_query(draft.typed[:ENCODED]) if encoder is not None and english else None
    draft.found = replace(draft.found, intent=knowledge.minds.guess_intent(draft.typed, vector))


def judge_sentiment(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """How the shopper feels about it."""
    draft.found = replace(draft.found, sentiment=knowledge.minds.judge_sentiment(draft.typed))


def rewrite_it(draft: Draft, knowledge: Knowledge, holds: Holds) -> None:
    """The queries that retrieval runs."""
    found = draft.found
    corrected = draft.read if found.corrected is not None and draft.read != found.words else None
    typed = found.words if corrected or len(found.q) > len(draft.typed) else draft.read
    if found.translated and draft.drawn:
        # No text has the pictures: the words for them are what was typed.
        typed = found.translated
    rewritten = rewrite(typed, corrected, found.translated, draft.read_entities, knowledge, holds)
    if draft.asking:
        rewritten = add_from_model(rewritten, corrected or typed, knowledge)
    draft.found = replace(draft.found, rewritten=rewritten)


def _may_be_chinese(draft: Draft, knowledge: Knowledge, holds: Holds) -> bool:
    """Whether an English query is worth asking in Chinese: the shop has little of it, and all of it is understood."""
    said = without(draft.read, [(one.start, one.end) for one in draft.read_entities])
    understood = bool(draft.read_entities) and not any(len(word) > 3 for word in said.split())
    return understood and coverage(draft.read, knowledge, holds) < 0.5 and shop_writes_chinese(holds)


def _is_held(word: str, meant: str, knowledge: Knowledge, holds: Holds) -> bool:
    """Whether a product written a moment ago has a word that the vocabulary does not know yet.

    A slip that leaves the stem as it is, as in "reversable", is held too, and is put right all the same.
    """
    terms, others = ([token.text for token in knowledge.cut(text)] for text in (word, meant))
    return " " not in word and terms != others and all(map(holds, terms))


def _beginning(q: str) -> str:
    """As much of a query as is read, cut between two words where there are any."""
    if len(q) <= READ or q[READ].isspace():
        return q[:READ]
    blank = max(q.rfind(" ", READ // 2, READ), q.rfind("\n", READ // 2, READ))
    return q[: blank if blank > 0 else READ]


def _says_no_product(entity: Entity) -> bool:
    """Whether an entity only orders or bounds: its words are in no product's text."""
    return entity.type.value in ("price", "rating", "stock", "newness")


def _shortest_name(entity: Entity, knowledge: Knowledge) -> str:
    """What an entity is called most plainly: who wants no pockets does not want "with pockets" left out."""
    concept = knowledge.lexicon.concepts.get(entity.concept)
    return entity.text if concept is None else min(concept.en, key=len)


def _placed(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    """Entities by their offsets in a text that some stretches were taken out of."""
    placed: list[Entity] = []
    at = 0
    for one in entities:
        start = text.find(one.text, at) if plain(text) == text else plain(text).find(one.text, at)
        if start >= 0:
            at = start + len(one.text)
            placed.append(replace(one, start=start, end=at))
    return tuple(placed)
