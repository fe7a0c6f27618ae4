"""Which merchandising rules are in force for a search, and what they are about in a view of the index.

A book is compiled once a version of the rules and then only read: patterns are folded once, what a filter or a
product's id comes to is remembered for the newest view.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import And, Equals, Filter, OneOf, Or, Under, all_of
from bowerbird.domain.ports import IndexView
from bowerbird.domain.rules import (
    ACTION_NAMES,
    Action,
    Banner,
    Boost,
    Bury,
    FilterBy,
    Hide,
    Match,
    Pin,
    Redirect,
    Rule,
    Target,
)
from bowerbird.encode.folding import fold
from bowerbird.index.product_rows import PATH_FIELD, fold_path, id_hash
from bowerbird.rank.faults import Faults
from bowerbird.storage.recent import Recent
from bowerbird.understand.plain import units_of

READ = 2_000
"""How many characters of a query patterns are looked for in."""
_CACHE_BYTES = 64_000_000
_MEANT = {"mixed": ("en", "zh"), "pinyin": ("zh",)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A search as rules see it.

    ``language`` is the query's, as ``Language`` has it or a tag; ``filters`` is the shopper's own filter; ``now`` has a
    time zone, None for the present.
    """

    text: str = ""
    language: str = ""
    filters: Filter | None = None
    audience: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Some documents of a view: by a mask over all of them, or by their numbers, rising."""

    mask: NDArray[np.bool_] | None = None
    documents: NDArray[np.int32] | None = None

    def among(self, documents: NDArray[np.int32]) -> NDArray[np.bool_]:
        """(n,) documents to (n,) bool: which are meant."""
        if self.mask is not None:
            return self.mask[documents]
        assert self.documents is not None
        if not len(self.documents):
            return np.zeros(len(documents), bool)
        at = self.documents.searchsorted(documents)
        at[at == len(self.documents)] = 0
        return np.asarray(self.documents[at] == documents)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One action over one view: ``action`` is hide, boost, bury or pin.

    ``factor`` is what a score is multiplied by; ``places`` are the documents and positions of pins.
    """

    rule: str
    action: str
    members: Members = Members()
    factor: float = 1.0
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """The rules of one search over one view, in the order in which they count."""

    rules: tuple[Rule, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def banners(self) -> tuple[Banner, ...]:
        """Every banner of the rules."""
        return tuple(action for rule in self.rules for action in rule.actions if isinstance(action, Banner))

    @property
    def redirect(self) -> str | None:
        """Where the first rule that sends the shopper elsewhere sends them."""
        sent = (action.address for rule in self.rules for action in rule.actions if isinstance(action, Redirect))
        return next(sent, None)


class RuleBook:
    """A version of the rules, compiled. Safe from many threads.

    ``at`` is the time that every search is taken to be made at, for trying rules out; None for its own.
    """

    def __init__(self, rules: Iterable[Rule] = (), version: int = 0, at: datetime | None = None) -> None:
        self.version, self.at = version, at
        self.rules = tuple(rules)
        enabled = [rule for rule in self.rules if rule.enabled]
        self._compiled = [_Compiled(rule) for rule in sorted(enabled, key=lambda rule: -rule.priority)]
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def match(self, moment: Moment) -> tuple[Rule, ...]:
        """The rules in force for a search, those of higher priority first."""
        if not self._compiled:
            return ()
        asked = _Asked(moment, self.at)
        return tuple(one.rule for one in self._compiled if one.fits(asked))

    def extra_filter(self, rules: Sequence[Rule], view: IndexView, faults: Faults) -> Filter | None:
        """What the rules narrow the search to, before it is made; a filter that the view does not know is left out."""
        parts = []
        for rule in rules:
            for action in rule.actions:
                if isinstance(action, FilterBy):
                    condition = action.filter.condition
                    try:
                        view.select(condition)
                    except InputError as error:
                        faults.note(f"rule:{rule.id}", error)
                    else:
                        parts.append(condition)
        return all_of(parts)

    def resolve(self, view: IndexView, rules: Sequence[Rule], faults: Faults) -> Resolved:
        """What rules are about in a view; an action that names a field that is gone is left out and noted."""
        if not rules:
            return Resolved()
        seen = self._seen_of(view)
        seen.find(_ids_of(rules), view)
        steps: list[Step] = []
        for rule in rules:
            for action in rule.actions:
                try:
                    step = _step(rule.id, action, seen)
                except InputError as error:
                    faults.note(f"rule:{rule.id}", error)
                    continue
                if step is not None:
                    steps.append(step)
        return Resolved(tuple(rules), tuple(steps))

    def _seen_of(self, view: IndexView) -> _Seen:
        with self._lock:
            if self._seen is None or self._seen.view() is not view:
                self._seen = _Seen(view)
            return self._seen


NO_RULES = RuleBook()


def words_of(text: str) -> str:
    """A text as patterns are compared: folded words and single Chinese characters, joined by blanks."""
    return " ".join(unit.surface for unit in units_of(fold(text)[0]))


def keeps_to(condition: Filter | None, path: str) -> bool:
    """Whether a filter lets nothing through but what lies in a category, given as a folded path, or below it."""
    match condition:
        case Under(field, found) if _is_category(field):
            return _is_below(found, path)
        case Equals(field, value) if _is_category(field):
            return _is_below(str(value), path)
        case OneOf(field, values) if _is_category(field):
            return all(_is_below(str(value), path) for value in values)
        case And(parts):
            return any(keeps_to(part, path) for part in parts)
        case Or(parts):
            return all(keeps_to(part, path) for part in parts)
        case _:
            return False


class _Asked:
    """A search, folded once for all rules."""

    def __init__(self, moment: Moment, at: datetime | None) -> None:
        self.filters = moment.filters
        self.now = at or moment.now or datetime.now(UTC)
        self.audience = moment.audience.strip().casefold()
        language = moment.language.replace("_", "-").lower()
        self.languages = _MEANT.get(language, (language,))
        self.words = words_of(moment.text[:READ])
        self.padded = f" {self.words} "


class _Compiled:
    """A rule with its conditions folded."""

    def __init__(self, rule: Rule) -> None:
        conditions = rule.conditions
        self.rule = rule
        self.starts, self.ends = conditions.starts, conditions.ends
        self.audience = conditions.audience.strip().casefold()
        self.language = conditions.language.replace("_", "-").lower()
        self.category = fold_path(conditions.category)
        self.match = None if conditions.query is None else conditions.query.match
        self.needle = "" if conditions.query is None else words_of(conditions.query.text)
        self.padded = f" {self.needle} "

    def fits(self, asked: _Asked) -> bool:
        """Whether all of its conditions hold."""
        return (
            (self.match is None or self._is_in(asked))
            and (not self.audience or self.audience == asked.audience)
            and (not self.language or any(self._speaks(language) for language in asked.languages))
            and (self.starts is None or self.starts <= asked.now)
            and (self.ends is None or asked.now < self.ends)
            and (not self.category or keeps_to(asked.filters, self.category))
        )

    def _is_in(self, asked: _Asked) -> bool:
        if not self.needle:
            return False
        if self.match is Match.CONTAINS:
            return self.needle in asked.words
        return self.padded == asked.padded if self.match is Match.EXACT else self.padded in asked.padded

    def _speaks(self, language: str) -> bool:
        return language == self.language or language.startswith(f"{self.language}-")


class _Seen:
    """What filters and ids came to in one view, which it keeps no longer than others do."""

    def __init__(self, view: IndexView) -> None:
        self.view = weakref.ref(view)
        # A mask is a byte a document; numbers and masks of small shops cost little, hence the cap.
        self._filters: Recent[str, Members] = Recent(min(4_096, max(16, _CACHE_BYTES // max(1, view.size))))
        self._named: Recent[tuple[str, ...], Members] = Recent(4_096)
        self._documents: dict[str, int] = {}

    def find(self, ids: Iterable[str], view: IndexView) -> None:
        """Look the products up that were not yet: in the view itself, as the store may be ahead of it."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self._documents]
        if wanted:
            documents = view.documents_of(np.array([id_hash(one) for one in wanted], np.uint64))
            self._documents.update(zip(wanted, documents.tolist(), strict=True))

    def document(self, product: str) -> int:
        """The document of a product that was looked up, -1 where there is none."""
        return self._documents.get(product, -1)

    def members(self, target: Target) -> Members:
        """The documents that an action is about. Raises InputError for a field that the view does not have."""
        if target.filter is None:
            found = self._named.get(target.products)
            if found is None:
                documents = {self.document(product) for product in target.products} - {-1}
                found = Members(documents=np.array(sorted(documents), np.int32))
                self._named.put(target.products, found)
            return found
        found = self._filters.get(target.filter.text)
        if found is None:
            view = self.view()
            assert view is not None
            found = Members(mask=view.select(target.filter.condition).mask)
            self._filters.put(target.filter.text, found)
        return found


def _step(rule: str, action: Action, seen: _Seen) -> Step | None:
    """What an action does to candidates; None where it does nothing to them."""
    name = ACTION_NAMES[type(action)]
    match action:
        case Hide(target):
            return Step(rule, name, seen.members(target))
        case Boost(target, by):
            return Step(rule, name, seen.members(target), 1.0 + by)
        case Bury(target, by):
            return Step(rule, name, seen.members(target), 1.0 / (1.0 + by))
        case Pin(places):
            found = ((seen.document(place.product), place.position) for place in places)
            return Step(rule, name, places=tuple(place for place in found if place[0] >= 0))
        case _:
            return None


def _ids_of(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        for action in rule.actions:
            match action:
                case Pin(places):
                    yield from (place.product for place in places)
                case Hide(target) | Boost(target) | Bury(target):
                    yield from target.products


def _is_category(field: str) -> bool:
    return field.casefold() == PATH_FIELD


def _is_below(found: str, path: str) -> bool:
    folded = fold_path(found)
    return folded == path or folded.startswith(f"{path}/")
