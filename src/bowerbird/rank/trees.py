"""LightGBM, imported late: a search without a learned ranker does not need it, nor what it needs of the system."""

from __future__ import annotations

from typing import Any

from bowerbird.domain.errors import ModelError


def load_lightgbm() -> Any:
    """The module. Raises ModelError where the system lacks what it is linked to."""
    try:
        import lightgbm
    except OSError as error:
        raise ModelError(f"LightGBM needs the system's OpenMP (Debian: apt install libgomp1): {error}") from error
    return lightgbm
