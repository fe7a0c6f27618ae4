"""Changing some fields of a record: JSON merge patches (RFC 7396)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merge_patch(record: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """A record with a JSON merge patch (RFC 7396) applied: objects merge, null removes, all else replaces."""
    merged = dict(record)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, Mapping):
            before = merged.get(name)
            merged[name] = merge_patch(before if isinstance(before, Mapping) else {}, value)
        else:
            merged[name] = value
    return merged
