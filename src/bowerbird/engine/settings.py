"""What a shop is opened with. The whole of it stops at ``assemble``: components get their own settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from bowerbird.encode.models import ModelSettings
from bowerbird.engine.listening import ListenSettings
from bowerbird.engine.live_state import LiveStateSettings
from bowerbird.engine.profiles import ProfileSettings
from bowerbird.engine.reading import ReadSettings
from bowerbird.rank.flow import RankSettings
from bowerbird.retrieve.flow import RetrieveSettings


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How a shop is opened."""

    text_model: str | None = None
    """A hub name or folder; None keeps what the shop uses."""
    image_model: str | None = None
    joint_model: str | None = None
    models: ModelSettings = field(default_factory=ModelSettings)
    retrieve: RetrieveSettings = field(default_factory=RetrieveSettings)
    rank: RankSettings = field(default_factory=RankSettings)
    fetch_photos: bool = False
    """Whether photos of products that are written live are fetched from their addresses."""
    profiles: ProfileSettings = field(default_factory=ProfileSettings)
    recommend: LiveStateSettings = field(default_factory=LiveStateSettings)
    listen: ListenSettings = field(default_factory=ListenSettings)
    read: ReadSettings = field(default_factory=ReadSettings)
    fit: bool = True
    """Whether a build fits the alignment and the photo metric on the shop's own photos."""
    events: str = ""
    """The URL of a PostgreSQL database for the events; empty keeps them in the shop's folder."""
    keep_days: int = 0
    """How long events are kept; 0 for as long as the shop."""
