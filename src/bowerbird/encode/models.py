"""The built-in encoders: where their folders are, and opening them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from bowerbird.encode.image import OnnxImageEncoder
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.text import OnnxTextEncoder

TEXT_FOLDER = "text-all-minilm-l6-v2"
IMAGE_FOLDER = "image-efficientnet-lite2"


def default_models_folder() -> Path:
    """``$BOWERBIRD_MODELS``, else ``~/.cache/bowerbird/models``."""
    named = os.environ.get("BOWERBIRD_MODELS")
    if named:
        return Path(named).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bowerbird" / "models"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """``workers``: threads for bulk work, None for all cores; ``text_tokens``: where passages are cut."""

    folder: Path = field(default_factory=default_models_folder)
    workers: int | None = None
    text_tokens: int = 128


@dataclass(frozen=True, slots=True)
class ModelPaths:
    """The folders of the built-in encoders."""

    text: Path
    image: Path


def model_paths(settings: ModelSettings) -> ModelPaths:
    """Where the built-in encoders lie, built or not."""
    return ModelPaths(settings.folder / TEXT_FOLDER, settings.folder / IMAGE_FOLDER)


def open_text_encoder(settings: ModelSettings | None = None, progress: Progress = no_progress) -> OnnxTextEncoder:
    """The built-in text encoder, built first if need be."""
    settings = settings or ModelSettings()
    from bowerbird.encode.build import ensure_models

    folder = ensure_models(settings, progress).text
    return OnnxTextEncoder(folder, workers=settings.workers, max_length=settings.text_tokens)


def open_image_encoder(settings: ModelSettings | None = None, progress: Progress = no_progress) -> OnnxImageEncoder:
    """The built-in image encoder, built first if need be."""
    settings = settings or ModelSettings()
    from bowerbird.encode.build import ensure_models

    return OnnxImageEncoder(ensure_models(settings, progress).image, workers=settings.workers)
