"""Building the encoders on first use, and listing what is built.

Needs the ``train`` extra only where something must be built: a serving install is given a copy of the folders.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bowerbird.domain.errors import ModelError
from bowerbird.encode.model_folder import MANIFEST, Manifest, read_manifest
from bowerbird.encode.models import ModelPaths, ModelSettings, model_paths
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.text import OnnxTextEncoder

_STAGE = "building the encoders (once)"


@dataclass(frozen=True, slots=True)
class BuiltModel:
    """One model folder; ``loss`` and ``speedup`` are of int8 against fp32, where that was tried."""

    name: str
    kind: str
    dim: int
    precision: str
    fingerprint: str
    folder: str
    loss: float | None = None
    speedup: float | None = None

    def __str__(self) -> str:
        tried = "" if self.loss is None else f" (int8: loss {self.loss:.4f}, {self.speedup} x as fast)"
        return f"{self.kind:5}  {self.name}: {self.dim} dimensions, {self.precision}{tried}, {self.folder}"


def ensure_models(settings: ModelSettings | None = None, progress: Progress = no_progress) -> ModelPaths:
    """Build the built-in encoders unless they are there; about half a minute, once.

    Raises MissingExtraError when they must be built and torch is missing.
    """
    return _build(settings or ModelSettings(), progress, force=False)


def build_models(
    settings: ModelSettings | None = None, *, force: bool = False, progress: Progress = no_progress
) -> list[BuiltModel]:
    """Build the built-in encoders, with ``force`` also those that are there."""
    paths = _build(settings or ModelSettings(), progress, force)
    return [_describe(read_manifest(folder), str(folder)) for folder in (paths.text, paths.image)]


def list_models(settings: ModelSettings | None = None) -> list[BuiltModel]:
    """Every model folder that can be used, the converted ones too."""
    folders = sorted(path.parent for path in (settings or ModelSettings()).folder.glob(f"[!.]*/{MANIFEST}"))
    return [_describe(read_manifest(folder), str(folder)) for folder in folders if _usable(folder)]


def _build(settings: ModelSettings, progress: Progress, force: bool) -> ModelPaths:
    paths = model_paths(settings)
    if force or not _usable(paths.text):
        from bowerbird.encode.built_in import build_text_model

        progress(_STAGE, 0, 2)
        build_text_model(paths.text)
    if force or not _usable(paths.image):
        from bowerbird.encode.built_in import build_image_model

        progress(_STAGE, 1, 2)
        build_image_model(paths.image, OnnxTextEncoder(paths.text))
        progress(_STAGE, 2, 2)
    return paths


def _describe(manifest: Manifest, folder: str) -> BuiltModel:
    part = manifest.text or manifest.image
    if part is None:
        raise ModelError(f"{folder} holds no model")
    return BuiltModel(
        name=manifest.name,
        kind=manifest.kind,
        dim=part.dim,
        precision=part.precision,
        fingerprint=manifest.fingerprint,
        folder=folder,
        loss=manifest.measured.get("int8_loss"),
        speedup=manifest.measured.get("int8_speedup"),
    )


def _usable(folder: Path) -> bool:
    try:
        read_manifest(folder)
    except ModelError:
        return False
    return True
