"""From merchandising rules to their HTTP shapes, as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bowerbird.domain.rule_records import banner_record, rule_to_record
from bowerbird.domain.rules import AppliedRule

if TYPE_CHECKING:
    from bowerbird.domain.results import Results
    from bowerbird.engine.rules_trial import RulesTrial, TriedSide
    from bowerbird.storage.rules import RuleChange, RuleVersion


def rules_body(version: RuleVersion) -> dict[str, Any]:
    """A version of the rules."""
    return {**change_body(version.change), "rules": [rule_to_record(rule) for rule in version.rules]}


def history_body(changes: Iterable[RuleChange]) -> dict[str, Any]:
    """The changes of the rules."""
    return {"changes": [change_body(change) for change in changes]}


def change_body(change: RuleChange) -> dict[str, Any]:
    """One change of the rules."""
    return {
        "version": change.number,
        "author": change.author,
        "at": change.at,
        "note": change.note,
        "count": change.count,
    }


def merchandising_body(results: Results | TriedSide, whole: bool = True) -> dict[str, Any]:
    """What rules did to a search; only what there is, and which rules they are only where ``whole``."""
    body: dict[str, Any] = {}
    if results.banners:
        body["banners"] = [banner_record(banner) for banner in results.banners]
    if results.redirect is not None:
        body["redirect"] = results.redirect
    if whole and results.applied_rules:
        body["applied_rules"] = [_applied_body(rule) for rule in results.applied_rules]
    return body


def trial_body(trial: RulesTrial) -> dict[str, Any]:
    """A search before and after."""
    return {
        "before": {"total": trial.before.total, **merchandising_body(trial.before)},
        "after": {"total": trial.after.total, **merchandising_body(trial.after)},
        "hits": [
            {
                "id": hit.product,
                "title": hit.title,
                "before": hit.before,
                "after": hit.after,
                "causes": [{"rule": rule, "action": action} for rule, action in hit.causes],
            }
            for hit in trial.hits
        ],
    }


def _applied_body(rule: AppliedRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "actions": list(rule.actions),
        "effects": [
            {"id": effect.product, "action": effect.action, "before": effect.before, "after": effect.after}
            for effect in rule.effects
        ],
    }
