"""Reviews whose text agrees with their stars, in English and Chinese, about two to one.

Every product has a quality, strengths and weaknesses of its own; what a review praises or blames it takes mostly from
those, so that the reviews of one product tell one story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from bowerbird.demo.invent import Invented, Stream, chances
from bowerbird.demo.offers import DAYS
from bowerbird.demo.reviewers import draw_author
from bowerbird.demo.voices import ABOUT_THE_SHOP, Voice, aspects_of, voice_of

_MOST: Final = 14
_CHINESE: Final = 0.34
_ANGRY_WITH_THE_SHOP: Final = 0.03
_OWN_STORY: Final = 0.8
_ENGLISH_JOINTS: Final = (". ", ". ", ", and ", "; ", ". Also, ", " – ")
_CHINESE_JOINTS: Final = ("，", "，", "。", "，而且", "；")


@dataclass(frozen=True, slots=True)
class InventedReview:
    """One review, and what is true of it: ``aspects`` are those its text names, 1 praised and -1 blamed."""

    stars: int
    language: str
    title: str
    text: str
    author: str
    created_at: str
    aspects: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Story:
    """What reviewers of one product tend to say."""

    quality: float
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    brands: dict[str, str]
    """The brand's name by language."""


class _Writer:
    """Writes one review: collects sentences and what they name."""

    def __init__(self, voice: Voice, story: _Story, language: str, chance: Callable[[], float]) -> None:
        self.voice, self.story, self.language, self.chance = voice, story, language, chance
        self.aspects: dict[str, int] = {}

    def one_of(self, phrases: tuple[str, ...]) -> str:
        """Any of them."""
        return phrases[int(self.chance() * len(phrases))]

    def praise(self) -> str:
        """A clause that praises an aspect not named before."""
        name = self._aspect(self.story.strengths)
        self.aspects[name] = 1
        return self.one_of(self.voice.aspects[name].praise)

    def blame(self, name: str = "") -> str:
        """A clause that blames an aspect not named before."""
        name = name or self._aspect(self.story.weaknesses)
        self.aspects[name] = -1
        return self.one_of(self.voice.aspects[name].blame)

    def small_fault(self) -> str:
        """A clause that finds a small fault; empty where there is none to find."""
        found = tuple(name for name in self.voice.mild if name not in self.aspects)
        if not found:
            return ""
        name = self.one_of(found)
        self.aspects[name] = -1
        return self.one_of(self.voice.aspects[name].mild)

    def _aspect(self, likely: tuple[str, ...]) -> str:
        names = likely if self.chance() < _OWN_STORY else ABOUT_THE_SHOP if self.chance() < 0.5 else self.voice.own
        left = [name for name in names if name not in self.aspects]
        left = left or [name for name in self.voice.aspects if name not in self.aspects]
        return left[int(self.chance() * len(left))]

    def joined(self, clauses: Iterable[str]) -> str:
        """Clauses as one or more sentences."""
        english = self.language == "en"
        joints = _ENGLISH_JOINTS if english else _CHINESE_JOINTS
        text = last = ""
        for clause in clauses:
            if text:
                joint = self.one_of(joints)
                last = joints[0] if joint == last else joint
                text += last + (_capital(clause) if last == ". " else clause)
            else:
                text = _capital(clause)
        return text + ("." if english else "。")


def make_reviews(product: Invented, days_sold: int) -> list[InventedReview]:
    """The reviews of a product that has been sold for so many days, the newest first."""
    rng = chances(product.seed, product.number, Stream.REVIEWS)
    chance = rng.random
    count = int((_MOST + 1) * chance() ** 1.4)
    if count == 0:
        return []
    story = _make_story(product, rng)
    days = sorted(int(chance() * days_sold) for _ in range(count))
    reviews = []
    for day in days:
        language = "zh" if chance() < _CHINESE else "en"
        stars = 1 if chance() < _ANGRY_WITH_THE_SHOP else max(1, min(5, round(rng.gauss(story.quality, 0.85))))
        writer = _Writer(voice_of(product.kind.id, language), story, language, chance)
        text = _roughened(_write(writer, stars), language, rng)
        title = _title(writer, stars) if chance() < 0.62 else ""
        author = draw_author(language, chance)
        reviews.append(InventedReview(stars, language, title, text, author, DAYS[day], writer.aspects))
    return reviews


def _make_story(product: Invented, rng: Random) -> _Story:
    own = aspects_of(product.kind)
    mixed = rng.sample(own, len(own))
    split = max(1, min(3, len(mixed) - 1))
    quality = max(2.0, min(4.9, rng.gauss(4.25, 0.42)))
    brands = {"en": product.brand.name, "zh": product.brand.chinese}
    return _Story(quality, tuple(mixed[:split]), tuple(mixed[split : split + 2]), brands)


def _write(writer: _Writer, stars: int) -> str:
    chance, one_of = writer.chance, writer.one_of
    section = writer.voice.stars[stars]
    if chance() < 0.1:
        return one_of(section["only"])
    parts = []
    if chance() < 0.16:
        parts.append(one_of(writer.voice.context).replace("{brand}", writer.story.brands[writer.language]))
    if chance() < 0.68:
        parts.append(one_of(section["opening"]))
    parts += _BODIES[stars](writer)
    if chance() < 0.5:
        parts.append(one_of(section["closing"]))
    return (" " if writer.language == "en" else "").join(parts)


def _delighted(writer: _Writer) -> list[str]:
    return [writer.joined(writer.praise() for _ in range(2 if writer.chance() < 0.62 else 3))]


def _pleased(writer: _Writer) -> list[str]:
    parts = [writer.joined(writer.praise() for _ in range(1 if writer.chance() < 0.5 else 2))]
    fault = writer.small_fault() if writer.chance() < 0.6 else ""
    if fault:
        parts.append(writer.one_of(writer.voice.stars[4]["but"]).replace("{a}", fault))
    return parts


def _torn(writer: _Writer) -> list[str]:
    shape = writer.one_of(writer.voice.stars[3]["both"])
    return [_capital(shape.replace("{a}", writer.praise()).replace("{b}", writer.blame()))]


def _let_down(writer: _Writer) -> list[str]:
    parts = [writer.joined(writer.blame() for _ in range(1 if writer.chance() < 0.4 else 2))]
    if writer.chance() < 0.45:
        parts.append(writer.one_of(writer.voice.stars[2]["saving"]).replace("{a}", writer.praise()))
    return parts


def _angry(writer: _Writer) -> list[str]:
    return [writer.joined(writer.blame() for _ in range(2))]


_BODIES: Final = {5: _delighted, 4: _pleased, 3: _torn, 2: _let_down, 1: _angry}


def _title(writer: _Writer, stars: int) -> str:
    named = [name for name, polarity in writer.aspects.items() if stars != 3 and (polarity > 0) == (stars > 3)]
    if named and writer.chance() < 0.55:
        aspect = writer.voice.aspects[named[int(writer.chance() * len(named))]]
        return writer.one_of(aspect.good if stars > 3 else aspect.bad)
    return writer.one_of(writer.voice.stars[stars]["title"])


def _roughened(text: str, language: str, rng: Random) -> str:
    """Now and then without capitals, with an exclamation mark, or with two letters swapped."""
    chance = rng.random()
    if chance > 0.2:
        return text
    if language == "zh":
        end = "！" if chance < 0.09 else "～" if chance < 0.13 else ""
        return text[:-1] + end if text.endswith("。") else text
    if chance < 0.07:
        return text.lower().removesuffix(".")
    if chance < 0.12:
        return text.removesuffix(".") + "!" if text.endswith(".") else text
    if chance < 0.16:
        words = text.split(" ")
        at = int(rng.random() * len(words))
        if len(words[at]) > 5 and words[at].isalpha():
            words[at] = words[at][:2] + words[at][3] + words[at][2] + words[at][4:]
        return " ".join(words)
    return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
