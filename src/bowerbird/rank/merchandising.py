"""Applies rules to candidates: scores raised and lowered, products left out, products put in their places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import Documents, Floats, Mask
from bowerbird.domain.rules import ACTION_NAMES, AppliedRule, Banner, RuleEffect
from bowerbird.rank.rules import Resolved, Step

_STRONGEST = math.log(1e6)
"""However many rules raise or lower one product, together they come to no more than this factor."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule did to a document; positions from 1, None where it is not among the candidates or the results."""

    rule: str
    action: str
    document: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """What each rule did, told for the documents that are asked for: a boost may be about all the candidates.

    ``touched`` are steps with (n,) bool over the candidates, ``pinned`` steps with the documents they placed.
    """

    candidates: Documents
    results: Documents
    touched: tuple[tuple[Step, Mask], ...] = ()
    pinned: tuple[tuple[Step, tuple[int, ...]], ...] = ()

    def of(self, documents: Documents | Sequence[int]) -> list[Effect]:
        """What was done to documents."""
        wanted = np.asarray(documents, np.int32)
        before, after = positions(self.candidates, wanted), positions(self.results, wanted)
        there = np.flatnonzero(before >= 0)
        found = []
        for step, mask in self.touched:
            found += [(step, int(at)) for at in there[mask[before[there]]]]
        for step, placed in self.pinned:
            found += [(step, at) for at, document in enumerate(wanted.tolist()) if document in placed]
        return [
            Effect(step.rule, step.action, int(wanted[at]), _from_one(before[at]), _from_one(after[at]))
            for step, at in found
        ]

    def hidden(self, first: int) -> list[int]:
        """The documents that rules left out of the first so many candidates."""
        out: Mask = np.zeros(min(first, len(self.candidates)), bool)
        for step, mask in self.touched:
            if step.action == "hide":
                out |= mask[: len(out)]
        hidden: list[int] = self.candidates[: len(out)][out].tolist()
        return hidden


@dataclass(frozen=True, slots=True, eq=False)
class Merchandised:
    """Candidates after the rules: (m,) documents, best first, with their scores.

    ``sources`` are their positions among the candidates that came in, -1 for a pinned product that was not there; its
    score is 0.
    """

    documents: Documents
    scores: Floats
    sources: NDArray[np.intp]
    effects: Effects
    banners: tuple[Banner, ...] = ()
    redirect: str | None = None


def apply(
    resolved: Resolved, documents: Documents, scores: Floats, *, within: Mask | None = None, reorder: bool = True
) -> Merchandised:
    """Apply rules to (n,) candidates, best first, with their scores.

    ``within`` is a mask over the view's documents: a pinned product outside it is not put in, as the shopper ruled it
    out. Without ``reorder`` products are only left out, since the shopper chose the order.

    Where nothing was scored, as when a category is browsed, places stand for the scores: they fall evenly from 1 to .5,
    so that doubling lifts the last product to the first ones. The scores that are told stay 0.
    """
    banners, redirect = resolved.banners, resolved.redirect
    touched, hidden, gains = _touch(resolved.steps, documents, reorder)
    order = np.arange(len(documents))
    if gains is not None:
        scored = bool(scores.any())
        values = _scaled(scores if scored else _by_place(len(scores)), gains)
        order = np.argsort(-values, kind="stable")
        scores = values if scored else scores
    if hidden is not None:
        order = order[~hidden[order]]
    pinned = _pins(resolved.steps, documents, within) if reorder else []
    put_in = np.array([pin.document for pin in pinned], np.int32)
    order = _place(order, pinned, positions(documents, put_in), len(documents))
    results = np.append(documents, put_in)[order]
    told = np.append(scores, np.zeros(len(put_in), scores.dtype))[order]
    sources = np.where(order < len(documents), order, -1)
    effects = Effects(documents, results, touched, _by_step(pinned))
    return Merchandised(results, told, sources, effects, banners, redirect)


def applied_rules(resolved: Resolved, effects: Effects, names: Mapping[int, str]) -> tuple[AppliedRule, ...]:
    """The rules in force with what they did to the documents that ``names`` gives the products' ids of."""
    by_rule: dict[str, list[RuleEffect]] = {rule.id: [] for rule in resolved.rules}
    for effect in effects.of(list(names)):
        told = RuleEffect(names[effect.document], effect.action, effect.before, effect.after)
        by_rule[effect.rule].append(told)
    return tuple(
        AppliedRule(
            rule.id,
            rule.title,
            tuple(dict.fromkeys(ACTION_NAMES[type(action)] for action in rule.actions)),
            tuple(by_rule[rule.id]),
        )
        for rule in resolved.rules
    )


def positions(documents: Documents, wanted: Documents) -> NDArray[np.intp]:
    """Where (m,) wanted documents stand among (n,) distinct ones, -1 where they do not."""
    if not len(documents):
        return np.full(len(wanted), -1, np.intp)
    sorter = np.argsort(documents)
    at = sorter[np.minimum(documents.searchsorted(wanted, sorter=sorter), len(documents) - 1)]
    return np.where(documents[at] == wanted, at, -1)


@dataclass(frozen=True, slots=True, eq=False)
class _PinnedTo:
    step: Step
    document: int
    position: int


def _touch(
    steps: Sequence[Step], documents: Documents, reorder: bool
) -> tuple[tuple[tuple[Step, Mask], ...], Mask | None, NDArray[np.float64] | None]:
    """The candidates that each step is about, which are left out, and the logarithms of scores' factors."""
    touched: list[tuple[Step, Mask]] = []
    hidden: Mask | None = None
    gains: NDArray[np.float64] | None = None
    for step in steps:
        if step.action == "pin" or not (reorder or step.action == "hide"):
            continue
        among = step.members.among(documents)
        touched.append((step, among))
        if step.action == "hide":
            hidden = among if hidden is None else hidden | among
        else:
            gains = np.zeros(len(documents)) if gains is None else gains
            gains[among] += math.log(step.factor)
    return tuple(touched), hidden, gains


def _by_place(count: int) -> Floats:
    return np.linspace(1.0, 0.5, count, dtype=np.float32)


def _scaled(scores: Floats, gains: NDArray[np.float64]) -> Floats:
    """Scores times what the logarithms come to; one below zero is divided, so that a boost raises it too."""
    gain = np.exp(np.clip(gains, -_STRONGEST, _STRONGEST))
    return np.where(scores >= 0, scores * gain, scores / gain).astype(scores.dtype)


def _pins(steps: Sequence[Step], documents: Documents, within: Mask | None) -> list[_PinnedTo]:
    """The pins that count, by position: of two rules the first has a position and a product."""
    by_position: dict[int, _PinnedTo] = {}
    seen: set[int] = set()
    pins = [_PinnedTo(step, document, position) for step in steps for document, position in step.places]
    if not pins:
        return []
    pinned = np.array([pin.document for pin in pins], np.int32)
    allowed = np.ones(len(pins), bool)
    for step in steps:
        if step.action == "hide":
            allowed &= ~step.members.among(pinned)
    if within is not None:
        allowed &= within[pinned] | (positions(documents, pinned) >= 0)
    for pin, may in zip(pins, allowed.tolist(), strict=True):
        if may and pin.document not in seen and pin.position not in by_position:
            by_position[pin.position] = pin
            seen.add(pin.document)
    return [by_position[position] for position in sorted(by_position)]


def _place(
    order: NDArray[np.intp], pins: Sequence[_PinnedTo], sources: NDArray[np.intp], count: int
) -> NDArray[np.intp]:
    """The order with pins in their places, those past the end closed up to it.

    ``sources`` is where each pin stands among the ``count`` candidates; pin k that does not is ``count + k`` in what
    comes back.
    """
    if not pins:
        return order
    rest = order[~np.isin(order, sources)]
    end = len(rest) + len(pins)
    free = np.ones(end, bool)
    arranged = np.empty(end, np.intp)
    for number, pin in reversed(list(enumerate(pins))):
        end = min(pin.position, end) - 1
        arranged[end] = sources[number] if sources[number] >= 0 else count + number
        free[end] = False
    arranged[free] = rest
    return arranged


def _by_step(pins: Sequence[_PinnedTo]) -> tuple[tuple[Step, tuple[int, ...]], ...]:
    grouped: dict[int, list[_PinnedTo]] = {}
    for pin in pins:
        grouped.setdefault(id(pin.step), []).append(pin)
    return tuple((group[0].step, tuple(pin.document for pin in group)) for group in grouped.values())


def _from_one(position: int) -> int | None:
    return int(position) + 1 if position >= 0 else None
