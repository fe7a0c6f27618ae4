"""Everything that is counted as events come, by product alone: one writer takes events, any number of threads read.

Kept as one artefact with the number of the last event in it; what came after is taken again from the log. Of shoppers
it holds what lies in their open baskets, under keys that tell no name, until a pause ends those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.event import Logged
from bowerbird.index.arrays import read_arrays, write_arrays
from bowerbird.recommend.bandit import BanditSettings, SurfaceBandit
from bowerbird.recommend.cooccurrence import BOUGHT, VIEWED, Together, TogetherSettings
from bowerbird.recommend.exposure import Exposure
from bowerbird.recommend.fresh import FirstSeen
from bowerbird.recommend.interactions import Interactions, Times
from bowerbird.recommend.popularity import Popularity, PopularitySettings
from bowerbird.recommend.repeats import Repeats, RepeatSettings, intervals_of
from bowerbird.storage.artefacts import check_files, read_manifest, write_artefact

KIND, VERSION = "live counts", 1
_FILES = ("viewed", "bought", "popularity", "repeats", "exposure", "bandit", "first_seen")


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """How events are counted."""

    viewed: TogetherSettings = VIEWED
    bought: TogetherSettings = BOUGHT
    popularity: PopularitySettings = field(default_factory=PopularitySettings)
    repeats: RepeatSettings = field(default_factory=RepeatSettings)
    bandit: BanditSettings = field(default_factory=BanditSettings)
    fold_above: int = 200_000
    """Entries of the tables that change, before they are merged into those that do not."""


class LiveCounts:
    """The live state of recommendations."""

    def __init__(self, settings: LiveSettings | None = None) -> None:
        self.settings = settings or LiveSettings()
        self.viewed = Together(self.settings.viewed)
        self.bought = Together(self.settings.bought)
        self.popularity = Popularity(self.settings.popularity)
        self.repeats = Repeats(self.settings.repeats)
        self.exposure = Exposure()
        self.bandit = SurfaceBandit(self.settings.bandit)
        self.first_seen = FirstSeen()
        self.applied = 0
        """Every event up to this number is counted."""
        self.latest = 0.0
        """The latest time of an event, in seconds since 1970."""

    def take(self, events: Sequence[Logged], intervals: Times) -> None:
        """Count the next events of the log.

        ``intervals`` are, for each purchased product in order, the seconds since its shopper bought it last, NaN for
        the first time.
        """
        found = Interactions.read(events)
        purchases = found.purchases
        self.viewed.take(found.visits, found.products, found.at)
        self.bought.take(purchases.shoppers, purchases.products, purchases.at)
        self.popularity.take(found)
        if len(purchases):
            self.repeats.take(purchases.products, intervals)
        self.exposure.take(events)
        self.bandit.take(events)
        self._note(events)
        for together in (self.viewed, self.bought):
            if together.unfolded > self.settings.fold_above:
                together.fold()

    def rebuild(self, log: Iterable[Sequence[Logged]]) -> None:
        """Count a whole log at once; gives what taking it piece by piece gives."""
        parts = []
        for events in log:
            parts.append(Interactions.read(events))
            self.exposure.take(events)
            self.bandit.take(events)
            self.popularity.take(parts[-1])
            self._note(events)
        found = Interactions.concatenate(parts)
        purchases = found.purchases
        self.viewed.rebuild(found.visits, found.products, found.at)
        self.bought.rebuild(purchases.shoppers, purchases.products, purchases.at)
        self.repeats.take(purchases.products, intervals_of(purchases))

    def _note(self, events: Sequence[Logged]) -> None:
        if events:
            self.applied = events[-1].seq
            self.latest = max(self.latest, *(one.event.at for one in events))

    def close_baskets(self, now: float) -> None:
        """Let go of the baskets that a pause has ended by now."""
        self.viewed.close_before(now)
        self.bought.close_before(now)

    def forget(self, shoppers: Collection[int]) -> bool:
        """Drop what is kept of shoppers, by their keys; whether there was anything."""
        return self.viewed.forget(shoppers) | self.bought.forget(shoppers)

    def held_of(self, shoppers: Collection[int]) -> dict[str, list[int]]:
        """The keys of the products in the open baskets of shoppers."""
        return {"viewed": self.viewed.held_of(shoppers), "bought": self.bought.held_of(shoppers)}

    def save(self, folder: Path) -> None:
        """Write the artefact; ``folder`` must not be there yet. Raises StorageError."""
        parts: dict[str, Any] = {name: getattr(self, name) for name in _FILES}
        with write_artefact(folder, KIND, VERSION) as draft:
            for name, part in parts.items():
                write_arrays(draft.folder / f"{name}.arrays", part.to_arrays(), {})
            draft.details |= {"applied": self.applied, "latest": self.latest}

    @classmethod
    def load(cls, folder: Path, settings: LiveSettings | None = None) -> LiveCounts:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        made = cls(settings)
        manifest = read_manifest(folder, KIND, VERSION)
        check_files(folder, manifest)
        try:
            arrays: dict[str, dict[str, Any]] = {name: read_arrays(folder / f"{name}.arrays")[0] for name in _FILES}
            made.viewed = Together.of_arrays(arrays["viewed"], made.settings.viewed)
            made.bought = Together.of_arrays(arrays["bought"], made.settings.bought)
            made.popularity = Popularity.of_arrays(arrays["popularity"], made.settings.popularity)
            made.repeats = Repeats.of_arrays(arrays["repeats"], made.settings.repeats)
            made.exposure = Exposure.of_arrays(arrays["exposure"])
            made.bandit = SurfaceBandit.of_arrays(arrays["bandit"], made.settings.bandit)
            made.first_seen = FirstSeen.of_arrays(arrays["first_seen"])
            made.applied, made.latest = int(manifest.details["applied"]), float(manifest.details["latest"])
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise ArtefactError(f"{folder}: is no whole live state: {error}") from error
        return made
