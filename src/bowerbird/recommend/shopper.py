"""The shopper that something is recommended to, as arrays: made from a profile for one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.event import EventName
from bowerbird.profile.affinity import Affinity
from bowerbird.profile.profile import Interaction, Profile
from bowerbird.recommend.interactions import WEIGHTS, Keys, Times, keys_of, product_key
from bowerbird.recommend.repeats import DEFAULT_REPEATS

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

_VIEWS = (EventName.VIEW_ITEM, EventName.SELECT_ITEM)
_VISIT = 1_800.0


@dataclass(frozen=True, eq=False)
class Shopper:
    """What is known of somebody at a moment, in seconds since 1970; nobody is an empty profile."""

    profile: Profile = field(default_factory=Profile)
    now: float = 0.0

    @cached_property
    def acts(self) -> Sequence[Interaction]:
        """What they did with products, oldest first, as far as it may be used to arrange things.

        Of what follows itself the strongest alone, as the histories have it that models are trained on.
        """
        found: list[Interaction] = []
        for act in self.profile.history if self.profile.personal else ():
            if act.name not in WEIGHTS:
                continue
            if not found or found[-1].product != act.product:
                found.append(act)
            elif WEIGHTS[act.name] > WEIGHTS[found[-1].name]:
                found[-1] = act
        return found

    @cached_property
    def history(self) -> Keys:
        """The products of ``acts``, (n,)."""
        return keys_of(act.product for act in self.acts)

    @cached_property
    def weights(self) -> Floats:
        """What each of ``acts`` says for its product, (n,)."""
        return np.array([WEIGHTS[act.name] for act in self.acts], np.float32)

    @cached_property
    def recent(self) -> Keys:
        """Distinct products of ``acts``, the latest first."""
        return np.array(list(dict.fromkeys(self.history[::-1].tolist())), np.uint64)

    @cached_property
    def affinity(self) -> Affinity:
        """What they lean to."""
        return self.profile.affinity(self.now)

    @cached_property
    def bought(self) -> Keys:
        """The products they bought and did not give back."""
        return keys_of(self.profile.bought)

    @cached_property
    def viewed(self) -> list[tuple[int, float]]:
        """Distinct products they looked at with the time of the last look, the latest first."""
        last: dict[int, float] = {}
        # What came late to the log may have been done earlier.
        for act in sorted(self.profile.history[::-1], key=lambda act: act.at, reverse=True):
            if act.name in _VIEWS:
                last.setdefault(product_key(act.product), act.at)
        return list(last.items())

    def purchases(self) -> tuple[Keys, list[Times]]:
        """The products they bought, and of each the times, rising, as far as they are remembered."""
        times: dict[str, list[float]] = {product: [at] for product, at in self.profile.bought.items()}
        for act in self.profile.history:
            if act.name is EventName.PURCHASE and act.product in times:
                times[act.product].append(act.at)
        return keys_of(times), [_apart(sorted(known)) for known in times.values()]

    @property
    def visit_length(self) -> int:
        """How many products they looked at in the visit that goes on."""
        return len({act.product for act in self.profile.history if self.now - act.at <= _VISIT})

    @property
    def since(self) -> float | None:
        """When they were first seen, as far as it is remembered."""
        return self.profile.history[0].at if self.profile.history else None


def _apart(times: list[float]) -> Times:
    """Rising times less those that follow another within one purchase."""
    kept = times[:1]
    for at in times[1:]:
        if at - kept[-1] >= DEFAULT_REPEATS.shortest:
            kept.append(at)
    return np.array(kept)
