"""From what was understood of a query to the HTTP shape, as plain dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bowerbird.domain.filter_text import filter_text
from bowerbird.domain.understanding import (
    Bounds,
    Condition,
    Entity,
    EntityType,
    Intent,
    Level,
    Preference,
    Rewrite,
    Understanding,
)

if TYPE_CHECKING:
    from bowerbird.engine.hearing import Heard


def understanding_body(found: Understanding) -> dict[str, Any]:
    """All that was understood, step by step."""
    filters = found.filters
    return {
        "q": found.q,
        "language": found.language.value,
        "tokens": list(found.tokens),
        "words": found.words,
        "corrected": found.corrected,
        "translated": found.translated,
        "entities": [entity_body(one) for one in found.entities],
        "filters": [condition_body(one) for one in found.conditions],
        "filter": None if filters is None else filter_text(filters),
        "soft": [preference_body(one) for one in found.soft],
        "unwanted": found.unwanted,
        "intent": intent_body(found.intent),
        "sentiment": {"label": found.sentiment.label, "score": round(found.sentiment.score, 3)},
        "rewritten": [rewrite_body(one) for one in found.rewritten],
        "timings_ms": {step: round(took, 3) for step, took in found.timings_ms.items()},
    }


def entity_body(entity: Entity) -> dict[str, Any]:
    """What a stretch of the query names."""
    return {
        "type": entity.type.value,
        "value": _value(entity),
        "text": entity.text,
        "span": [entity.start, entity.end],
        "negated": entity.negated,
        "concept": entity.concept or None,
    }


def _value(entity: Entity) -> Any:
    value = entity.value
    if isinstance(value, Bounds):
        named = "currency" if entity.type is EntityType.PRICE else "unit"
        return {"min": value.low, "max": value.high, named: value.unit}
    return {"level": value.value} if isinstance(value, Level) else value


def condition_body(one: Condition) -> dict[str, Any]:
    """A part that excludes."""
    return {"type": one.type.value, "filter": filter_text(one.filter), "text": one.text, "span": [one.start, one.end]}


def preference_body(one: Preference) -> dict[str, Any]:
    """A part that raises."""
    return {
        "type": one.type.value,
        "filter": None if one.filter is None else filter_text(one.filter),
        "sort": None if one.sort is None else one.sort.value,
        "weight": round(one.weight, 3),
        "text": one.text,
        "span": [one.start, one.end],
    }


def heard_body(heard: Heard) -> dict[str, Any]:
    """What was heard in a clip, and what else may have been said."""
    transcript = heard.transcript
    return {
        "text": heard.text,
        "language": transcript.language,
        "duration": round(transcript.seconds, 2),
        "confidence": round(transcript.confidence, 3),
        "alternatives": [{"text": one.text, "score": round(one.score, 4)} for one in heard.alternatives],
        "model": transcript.model,
    }


def intent_body(intent: Intent) -> dict[str, Any]:
    """The likeliest intent, and how likely each is."""
    return {
        "name": intent.name,
        "sure": intent.sure,
        "probabilities": {name: round(share, 4) for name, share in intent.probabilities.items()},
    }


def rewrite_body(one: Rewrite) -> dict[str, Any]:
    """A wording that is run."""
    return {"text": one.text, "weight": round(one.weight, 3), "reason": one.reason.value}
