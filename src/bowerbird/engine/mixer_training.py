"""Learning what each source of a list counts in a shop: from what shoppers went on to, as they stood before it.

    events -> the last product of some shoppers held out -> live counts of the rest -> what each source would have found
    -> a softmax over it -> kept for a surface where it beats the rule

The shoppers are those that no trained recommender has seen the last product of (``recommender_training.split``), and
what is counted live is counted without it too: no source knows its own answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import EventName, Logged
from bowerbird.domain.ports import IndexView
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.product_facts import ProductFactsCache
from bowerbird.engine.recommender_training import split
from bowerbird.events.log import EventLog
from bowerbird.learn.fit_mixer import LEAST_CHOICES, Choice, LearnedWeights, MixerSettings, learn_weights
from bowerbird.profile.profile import Profile, items_of
from bowerbird.recommend.asked import Asked, Charts, Scan, Shop
from bowerbird.recommend.asking import Rules, ask
from bowerbird.recommend.blend import RULES, SOURCES, Mixer, place_values
from bowerbird.recommend.event_histories import read_histories, shopper_of
from bowerbird.recommend.flow import gather
from bowerbird.recommend.interactions import WEIGHTS, product_key
from bowerbird.recommend.live_counts import LiveCounts
from bowerbird.recommend.shopper import Shopper
from bowerbird.recommend.surfaces import RECIPES
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole

MOST = 1_500
"""Shoppers whose next product is learned from."""
_CARTED: Final = (EventName.ADD_TO_CART, EventName.PURCHASE)
_LIMIT: Final = 24


@dataclass(frozen=True, eq=False)
class Seen:
    """One shopper before their last product: what they had done, what came next, how and when."""

    key: str
    before: Sequence[Logged]
    wanted: str
    name: EventName
    at: float


@dataclass(frozen=True)
class MixerReport:
    """What was learned for each surface, and why nothing was for others; ``kept`` are those whose weights serve now."""

    learned: Mapping[Surface, LearnedWeights]
    kept: tuple[Surface, ...]
    notes: Mapping[Surface, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        found = {surface.value: _told(one) for surface, one in self.learned.items()}
        notes = {surface.value: note for surface, note in self.notes.items()}
        return {"learned": found, "kept": [surface.value for surface in self.kept], "notes": notes}


class MixerTraining:
    """Learns the mixer of one shop; ``models`` are the trained recommenders in use, ready to be looked through."""

    def __init__(
        self,
        log: EventLog,
        file: Path,
        view: IndexView,
        facts: ProductFactsCache,
        models: Mapping[str, Scan],
        rules: Rules,
    ) -> None:
        self._log, self._file, self._view = log, file, view
        self._facts, self._models, self._rules = facts, models, rules

    def learn(self, settings: MixerSettings | None = None, progress: Progress = no_progress) -> MixerReport:
        """Learn for every surface that says what comes next, and keep what beats the rule.

        A surface whose weights do not win goes by rule again. Raises InputError where there is too little to learn
        from, StorageError.
        """
        progress("reading events", 0, None)
        shoppers, left_out = self._held_out()
        shop = self._shop(left_out, max(one.at for one in shoppers))
        choices: dict[Surface, list[Choice]] = {surface: [] for surface in REQUESTS}
        for done, seen in enumerate(shoppers):
            progress("asking the sources", done, len(shoppers))
            for surface, request in REQUESTS.items():
                choice = self._choice(shop, seen, request(seen))
                choices[surface] += [] if choice is None else [choice]
        learned, notes = {}, {}
        for surface, found in choices.items():
            if len(found) < LEAST_CHOICES:
                notes[surface] = f"{len(found)} choices; it takes {LEAST_CHOICES}"
                continue
            start = np.array([RULES[surface].get(source, 0.0) for source in SOURCES])
            learned[surface] = learn_weights(found, start, settings)
        kept = tuple(surface for surface, one in learned.items() if one.wins)
        self._write({surface: learned[surface] for surface in kept}, len(shoppers))
        return MixerReport(learned, kept, notes)

    def _held_out(self) -> tuple[list[Seen], set[int]]:
        """Some shoppers before their last product, and the numbers of all events that tested shoppers did it in."""
        histories = read_histories(self._log).histories
        before, held = split(histories)[1]
        wanted = {name: histories.products[item] for name, item in zip(before.shoppers, held.wanted, strict=True)}
        acts: dict[str, list[Logged]] = {name: [] for name in wanted}
        merged = self._log.merged_sessions()
        for logged in self._events():
            key = shopper_of(logged.event.who)
            if logged.event.name in WEIGHTS and merged.get(key, key) in acts:
                acts[merged.get(key, key)].append(logged)
        found, left_out = [], set[int]()
        for name, told in acts.items():
            told.sort(key=lambda one: (one.event.at, one.seq))
            last = len(told)
            while last and any(item.product == wanted[name] for item in told[last - 1].event.items):
                last -= 1
            left_out |= {one.seq for one in told[last:]}
            if last and last < len(told):
                strongest = max(told[last:], key=lambda one: WEIGHTS[one.event.name]).event
                found.append(Seen(name, told[:last], wanted[name], strongest.name, told[last].event.at))
        if len(found) < LEAST_CHOICES:
            raise InputError(
                "there is too little to learn from", field="events", found=f"{len(found)} shoppers",
                expected=f"at least {LEAST_CHOICES} to be learned from",
            )  # fmt: skip
        return found[:MOST], left_out

    def _events(self) -> Iterator[Logged]:
        return (one for batch in self._log.iterate() for one in batch)

    def _shop(self, left_out: set[int], now: float) -> Shop:
        """The shop as its sources knew it without the events left out."""
        counts = LiveCounts()
        counts.rebuild([one for one in batch if one.seq not in left_out] for batch in self._log.iterate())
        counts.first_seen.look(self._view, now)
        return Shop(self._view, counts, Charts.draw(counts, now), self._models)

    def _choice(self, shop: Shop, seen: Seen, request: RecommendRequest | None) -> Choice | None:
        """What the sources would have found for a shopper, where what came next is among it."""
        if request is None:
            return None
        facts = self._facts.of(items_of(one.event for one in seen.before))
        shopper = Shopper(Profile(seen.key).updated(seen.before, facts), seen.at)
        asked, _ = ask(shop.view, request, shopper, self._rules, np.random.default_rng(0))
        document = int(shop.view.documents_of(np.array([product_key(seen.wanted)], np.uint64))[0])
        if document < 0 or not asked.allowed[document]:
            return None
        return _chosen(shop, asked, document, self._rules)

    def _write(self, learned: Mapping[Surface, LearnedWeights], shoppers: int) -> None:
        weights = {
            surface: {source: round(float(one), 4) for source, one in zip(SOURCES, found.weights, strict=True)}
            for surface, found in learned.items()
        }
        seen = {
            "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "until_seq": self._log.last_seq(),
            "erasures": self._log.erasures(),
            "shoppers": shoppers,
            "models": sorted(self._models),
            "surfaces": {surface.value: _told(found) for surface, found in learned.items()},
        }
        with storage_faults(self._file):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, orjson.dumps(Mixer(weights, seen).to_record(), option=orjson.OPT_INDENT_2))


def _chosen(shop: Shop, asked: Asked, document: int, rules: Rules) -> Choice | None:
    lists = gather(shop, asked, RECIPES[asked.request.surface], rules.faults)
    documents, values = place_values(lists)
    place = np.flatnonzero(documents == document)
    if not len(place):
        return None
    by_source = np.zeros((len(documents), len(SOURCES)), np.float32)
    for column, one in enumerate(lists):
        if one.source in SOURCES:
            source = SOURCES.index(one.source)
            by_source[:, source] = np.maximum(by_source[:, source], values[:, column])
    return Choice(by_source, int(place[0]))


def _for_you(seen: Seen) -> RecommendRequest | None:
    return RecommendRequest(Surface.FOR_YOU, limit=_LIMIT)


def _about_the_last(surface: Surface, seen: Seen) -> RecommendRequest | None:
    return RecommendRequest(surface, product=seen.before[-1].event.items[-1].product, limit=_LIMIT)


def _for_the_cart(seen: Seen) -> RecommendRequest | None:
    """Where the next product was taken too, beside those that were taken before it."""
    cart = [item.product for one in seen.before if one.event.name in _CARTED for item in one.event.items]
    if seen.name not in _CARTED or not cart:
        return None
    return RecommendRequest(Surface.COMPLETE_THE_CART, cart=tuple(dict.fromkeys(cart[-5:])), limit=_LIMIT)


def _told(one: LearnedWeights) -> dict[str, Any]:
    weights = {source: round(float(weight), 4) for source, weight in zip(SOURCES, one.weights, strict=True)}
    return {"weights": weights, "rule": round(one.start, 4), "learned": round(one.learned, 4), "gain": asdict(one.gain)}


REQUESTS: Final[Mapping[Surface, Callable[[Seen], RecommendRequest | None]]] = {
    Surface.FOR_YOU: _for_you,
    Surface.VIEWED_TOGETHER: partial(_about_the_last, Surface.VIEWED_TOGETHER),
    Surface.BECAUSE_YOU_VIEWED: partial(_about_the_last, Surface.BECAUSE_YOU_VIEWED),
    Surface.COMPLETE_THE_CART: _for_the_cart,
}
"""The surfaces that say what comes next, and how each would have been asked."""
