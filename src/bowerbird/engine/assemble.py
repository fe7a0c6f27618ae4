"""The only place that names concrete classes and unpacks the settings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from rapidfuzz.process import extractOne

from bowerbird.domain.errors import SettingError
from bowerbird.engine.engine import Engine
from bowerbird.engine.keeper import Keeper
from bowerbird.engine.models import Models
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores


def open_shop(folder: Path | str, *, models: Models | None = None, **settings: Any) -> Engine:
    """Open the shop in a folder, made where there is none yet.

    ``settings`` are those of ``EngineSettings``; ``models`` are open encoders to use instead of the chosen ones.
    Raises SettingError for an unknown setting, InputError, StorageError, ArtefactError.
    """
    chosen = make_settings(settings)
    stores = Stores.open(Path(folder), chosen.events)
    engine = Engine(stores, Keeper(stores, chosen, models), chosen)
    engine.events.resume()
    return engine


def make_settings(given: dict[str, Any]) -> EngineSettings:
    """Typed settings from names and values. Raises SettingError naming the nearest known one."""
    known = [field.name for field in fields(EngineSettings)]
    for name in given:
        if name not in known:
            nearest = extractOne(name, known)
            raise SettingError("unknown setting", field=name, found=name, expected=nearest[0] if nearest else None)
    return EngineSettings(**given)
