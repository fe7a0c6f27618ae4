"""Profiles of shoppers: made from the event log when first asked for, and kept up as events arrive.

Whoever asks gets a profile with every event that was acknowledged before: what the log has beyond what was followed is
taken in first, which is little, since a thread follows the log all the time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bowerbird.domain.errors import BowerbirdError
from bowerbird.domain.event import Logged, Who
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.taste_edits import NO_EDITS, TasteEdits
from bowerbird.engine.live import Live
from bowerbird.engine.product_facts import ProductFactsCache
from bowerbird.engine.stores import Stores
from bowerbird.events.log import EventLog
from bowerbird.events.shoppers import session_key, user_key
from bowerbird.events.taste_edits import TasteEditStore
from bowerbird.profile.affinity import Affinity, AffinitySettings
from bowerbird.profile.profile import Profile, items_of
from bowerbird.profile.tastes import WEIGHTS
from bowerbird.rank.faults import Faults
from bowerbird.storage.recent import Recent

LOOK_SECONDS = 1.0
"""How often what another process was told of tastes is looked for."""
_SESSIONS = 200_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """How profiles are kept."""

    room: int = 20_000
    """Shoppers whose profiles stay in memory; about 10 kB each."""
    events: int = 500
    """So many of a shopper's newest events make the profile."""
    affinity: AffinitySettings = field(default_factory=AffinitySettings)
    gap: int = 20_000
    """With more events to take in at once all profiles are made anew when they are asked for."""


@dataclass(slots=True)
class _Making:
    """A profile that is being made, and the events that came meanwhile; ``void`` where it is to be made again."""

    events: list[Logged] = field(default_factory=list)
    void: bool = False


class Profiles:
    """Hands out profiles; safe from many threads. An eraser: it forgets shoppers and tells what it keeps of them."""

    name = "tastes"

    def __init__(
        self, events: EventLog, edits: TasteEditStore, facts: ProductFactsCache, settings: ProfileSettings | None = None
    ) -> None:
        self._log, self._store, self.facts = events, edits, facts
        self._settings = settings or ProfileSettings()
        self._kept: OrderedDict[str, Profile] = OrderedDict()
        self._making: dict[str, _Making] = {}
        self._keys: Recent[str, str] = Recent(_SESSIONS)
        """Of sessions: their own key, or their user's."""
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._followed: int | None = None
        self._space: Mapping[str, str] = {}
        self._said, self._looked_at = -1, 0.0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @classmethod
    def open(cls, stores: Stores, live: Callable[[], Live], settings: ProfileSettings) -> Profiles:
        """Those of an open shop."""
        edits = TasteEditStore(stores.events.database)
        return cls(stores.events, edits, ProductFactsCache(live, stores.products), settings)

    def of(self, who: Who) -> Profile:
        """The profile of a shopper, an empty one of nobody. Raises StorageError, ArtefactError."""
        key = self.key_of(who)
        if not key:
            return Profile()
        self._renew()
        # What is made anew is read from the log, whatever was followed; only a session may be another's by now.
        followed = bool(who.session) or key in self._kept
        if followed:
            self.catch_up()
            key = self.key_of(who)
        known = self._known(key)
        if known is not None and not followed:
            # Another thread has made it meanwhile.
            self.catch_up()
            known = self._known(key)
        return self._make(key, who) if known is None else known

    def _known(self, key: str) -> Profile | None:
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
            return known

    def affinity_of(self, query: Query, faults: Faults) -> Affinity | None:
        """What the shopper of a query leans to; None where nobody is named, or nothing is arranged by tastes.

        Tastes that cannot be had are noted: a search is answered without them.
        """
        if not query.who.known or query.sort is not Sort.RELEVANCE or query.wish.empty:
            return None
        try:
            affinity = self.of(query.who).affinity(time.time(), self._settings.affinity)
        except BowerbirdError as error:
            faults.note("tastes", error)
            return None
        return None if affinity.empty else affinity

    def key_of(self, who: Who) -> str:
        """The log's key of a shopper; empty for nobody."""
        if who.user:
            return user_key(who.user)
        if not who.session:
            return ""
        known = self._keys.get(who.session)
        if known is None:
            known = self._log.merged(who)
            self._keys.put(who.session, known)
        return known

    def change(self, who: Who, record: Mapping[str, Any]) -> None:
        """Take in what a shopper says of their tastes, durable on return. Raises InputError, StorageError."""
        self._edit(who, lambda before: before.changed(record))

    def clear(self, who: Who) -> None:
        """Forget the tastes that were learned until now; the events stay, and what the shopper said of hiding too."""
        until = self._log.last_seq()
        self._edit(who, lambda before: replace(NO_EDITS, hidden=before.hidden, personal=before.personal, cleared=until))

    def erase(self, keys: Collection[str]) -> None:
        """Forget shoppers, by the log's keys. Raises StorageError."""
        self._store.erase(keys)
        self._count_own()
        self._drop(keys)
        self._keys.drop(key[2:] for key in keys if key.startswith("s:"))

    def export(self, keys: Collection[str]) -> Mapping[str, Any]:
        """What shoppers said of their tastes, by key: all else follows from their events."""
        return self._store.export(keys)

    def follow(self) -> None:
        """Take events in as they are recorded, from now on."""
        if self._thread is None:
            self.catch_up()
            self._thread = threading.Thread(target=self._follow, name="profiles", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def catch_up(self) -> None:
        """Take in whatever the log has beyond what was followed."""
        with self._turn:
            last = self._log.last_seq()
            if self._followed is None or last - self._followed > self._settings.gap or last < self._followed:
                self._drop_all()
                self._followed = last
            while self._followed < last:
                events = self._log.after(self._followed)
                if not events:
                    return
                self._take(events)
                self._followed = events[-1].seq

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._log.wait(self._followed or 0, LOOK_SECONDS) and not self._stopping.is_set():
                    self.catch_up()
            except BowerbirdError as error:
                log.error("profiles are not kept up: %s", error)
                self._stopping.wait(LOOK_SECONDS)

    def _take(self, events: Sequence[Logged]) -> None:
        by_key: dict[str, list[Logged]] = {}
        sessions = {one.event.who.session for one in events} - {""}
        owners = self._log.owners([session for session in sessions if self._keys.get(session) is None])
        for one in events:
            who = one.event.who
            if who.user and who.session:
                self._join(who, owners.get(who.session))
            elif who.session in owners:
                self._keys.put(who.session, owners[who.session])
            if who.known:
                by_key.setdefault(self.key_of(who), []).append(one)
        with self._lock:
            for key, found in by_key.items():
                making = self._making.get(key)
                if making is not None:
                    making.events += found
            kept = {key: (self._kept[key], found) for key, found in by_key.items() if key in self._kept}
        if not kept:
            return
        facts = self.facts.of(items_of(one.event for _, found in kept.values() for one in found))
        for key, (before, found) in kept.items():
            after = before.updated(found, facts)
            with self._lock:
                # One that was dropped meanwhile stays dropped.
                if self._kept.get(key) is before:
                    self._kept[key] = after

    def _join(self, who: Who, owner: str | None) -> None:
        """A session is a user's: what it did and said becomes theirs, unless it is another's already.

        ``owner`` is whose it is by the log, where that was looked up.
        """
        user, session = user_key(who.user), session_key(who.session)
        known = self._keys.get(who.session)
        if known == user or (known is not None and known != session):
            return
        owner = owner or self._log.merged(Who(session=who.session))
        self._keys.put(who.session, owner)
        if owner == user:
            if self._store.join(session, user):
                self._count_own()
            self._drop([user, session])

    def _make(self, key: str, who: Who) -> Profile:
        """A profile from the log, kept unless it was dropped while it was made."""
        with self._lock:
            making = self._making.setdefault(key, _Making())
        try:
            return self._made(key, who, making)
        except BaseException:
            with self._lock:
                if self._making.get(key) is making:
                    del self._making[key]
            raise

    def _made(self, key: str, who: Who, making: _Making) -> Profile:
        keys = (
            [key, session_key(who.session)] if who.session and self.key_of(Who(session=who.session)) == key else [key]
        )
        edits = self._store.of(keys)
        events = self._log.of_shopper(_who_of(key), self._settings.events, WEIGHTS)
        for one in events:
            # Beside a user a session may be named that is another's.
            if one.event.who.session and not one.event.who.user:
                self._keys.put(one.event.who.session, key)
        facts = self.facts.of(items_of(one.event for one in events))
        made = Profile(key, edits=edits).updated(events, facts)
        with self._lock:
            late = list(making.events)
        if late:
            made = made.updated(late, self.facts.of(items_of(one.event for one in late)))
        with self._lock:
            if self._making.get(key) is making:
                del self._making[key]
                if not making.void and len(making.events) == len(late):
                    self._keep(key, made)
        return made

    def _keep(self, key: str, profile: Profile) -> None:
        self._kept[key] = profile
        self._kept.move_to_end(key)
        while len(self._kept) > self._settings.room:
            self._kept.popitem(last=False)

    def _edit(self, who: Who, change: Callable[[TasteEdits], TasteEdits]) -> None:
        # As the log has it now: what is written under an erased name would stay.
        key = self._log.merged(who)
        if key:
            self._store.change(key, change)
            self._drop([key])
            self._count_own()

    def _renew(self) -> None:
        """Drop everything where the vectors are of other models now, or another process was told of tastes."""
        space = self.facts.space
        if space != self._space:
            self._space = space
            self._drop_all()
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            said = self._store.version()
            if said != self._said:
                self._said = said
                self._drop_all()
                # Who was erased elsewhere has no sessions any more.
                self._keys = Recent(_SESSIONS)

    def _count_own(self) -> None:
        """One change more, this process's own, is no reason to drop everybody's profile."""
        if self._store.version() == self._said + 1:
            self._said += 1

    def _drop(self, keys: Iterable[str]) -> None:
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)
                if key in self._making:
                    self._making.pop(key).void = True

    def _drop_all(self) -> None:
        with self._lock:
            self._kept.clear()
            for making in self._making.values():
                making.void = True
            self._making.clear()

    def __len__(self) -> int:
        return len(self._kept)


def _who_of(key: str) -> Who:
    return Who(user=key[2:]) if key.startswith("u:") else Who(session=key[2:])
