"""What the steps of understanding know: the lexicon, one shop's words, and the small models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bowerbird.domain.ports import Cut, TextEncoder
from bowerbird.domain.understanding import Intent, Sentiment
from bowerbird.understand.conditions import ConditionMaker, ConditionSettings
from bowerbird.understand.lexicon import Lexicon, load_lexicon
from bowerbird.understand.once import once
from bowerbird.understand.phrases import PhraseTable
from bowerbird.understand.pinyin import Sounds
from bowerbird.understand.prices import PriceReader
from bowerbird.understand.quantities import QuantityReader
from bowerbird.understand.shop_words import ShopWords
from bowerbird.understand.spelling import Spelling
from bowerbird.understand.synonyms import Synonyms
from bowerbird.understand.words import EnglishWords, load_words

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

GuessIntent: TypeAlias = "Callable[[str, Floats | None], Intent]"
JudgeSentiment: TypeAlias = Callable[[str], Sentiment]
AddRewritings: TypeAlias = "Callable[[str], tuple[str, ...]]"
"""Other wordings of a query, the likeliest first; none where there is no answer in time."""


@dataclass(frozen=True)
class Minds:
    """The models that read a text as a whole; without an encoder only its letters tell of its intent."""

    guess_intent: GuessIntent
    judge_sentiment: JudgeSentiment
    encoder: TextEncoder | None = None
    rewrite: AddRewritings | None = None


@dataclass(frozen=True)
class Knowledge:
    """Everything the steps look things up in. Made once a shop, then only read: safe from many threads."""

    lexicon: Lexicon
    names: PhraseTable
    english: EnglishWords
    sounds: Sounds
    prices: PriceReader
    quantities: QuantityReader
    spelling: Spelling
    shop: ShopWords
    conditions: ConditionMaker
    cut: Cut
    minds: Minds
    synonyms: Synonyms = field(default_factory=Synonyms)


@dataclass(frozen=True)
class Readers:
    """What every shop shares: tables of the lexicon and patterns, a few hundred milliseconds to make."""

    lexicon: Lexicon
    english: EnglishWords
    sounds: Sounds
    quantities: QuantityReader
    prices: PriceReader


@once
def load_readers() -> Readers:
    """Make them, once."""
    lexicon = load_lexicon()
    quantities = QuantityReader(lexicon)
    names = [name for concept in lexicon.concepts.values() if concept.type != "unit" for name in concept.zh]
    return Readers(
        lexicon, load_words(), Sounds(names, _commonness(lexicon)), quantities, PriceReader(quantities.units)
    )


def _commonness(lexicon: Lexicon) -> Callable[[str], float]:
    """What speaks for a name by itself: that many others are narrower than what it names."""
    below: dict[str, float] = {}
    for concept in lexicon.concepts.values():
        if concept.type in ("kind", "color", "audience", "material"):
            count = sum(1 for _ in lexicon.narrower(concept.key))
            for place, name in enumerate(concept.zh):
                below[name] = max(below.get(name, 0.0), count / (1 + 0.2 * place))
    return lambda name: below.get(name, 0.0)


def lexicon_names(lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """Every name of a concept that can stand in a query by itself, with the concept's key."""
    for concept in lexicon.concepts.values():
        if concept.type != "unit":
            for name in (*concept.en, *concept.zh):
                yield name, concept.key


@once
def lexicon_table() -> PhraseTable:
    """The lexicon's names alone: what shops' values are held against."""
    return PhraseTable(lexicon_names(load_lexicon()))


def make_knowledge(
    spelling: Spelling,
    shop: ShopWords,
    cut: Cut,
    minds: Minds,
    synonyms: Synonyms | None = None,
    settings: ConditionSettings | None = None,
) -> Knowledge:
    """What is known for one shop."""
    readers = load_readers()
    return Knowledge(
        lexicon=readers.lexicon,
        names=PhraseTable(shop.names(), beside=lexicon_table()),
        english=readers.english,
        sounds=readers.sounds,
        prices=readers.prices,
        quantities=readers.quantities,
        spelling=spelling,
        shop=shop,
        conditions=ConditionMaker(readers.lexicon, shop, readers.quantities, settings),
        cut=cut,
        minds=minds,
        synonyms=synonyms or Synonyms(),
    )
