"""Any sentence-transformers, CLIP, SigLIP or Chinese-CLIP model, by folder or hub name.

Converted once into a model folder, which needs the ``train`` extra; after that served without torch.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from bowerbird.domain.errors import ModelError
from bowerbird.encode.image import OnnxImageEncoder
from bowerbird.encode.model_folder import MANIFEST, ModelKind, read_manifest
from bowerbird.encode.models import ModelSettings
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.text import OnnxTextEncoder

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_WANTED_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]


@dataclass(frozen=True, slots=True)
class JointModel:
    """Two encoders whose vectors share one space."""

    text: OnnxTextEncoder
    image: OnnxImageEncoder


def load_text_model(name: str | Path, settings: ModelSettings | None = None) -> OnnxTextEncoder:
    """A sentence-transformers model, or the text half of a CLIP-like one. Raises ModelError."""
    settings = settings or ModelSettings()
    folder = obtain_model(name, "text", settings)
    return OnnxTextEncoder(folder, workers=settings.workers, max_length=settings.text_tokens)


def load_image_model(name: str | Path, settings: ModelSettings | None = None) -> OnnxImageEncoder:
    """The image half of a CLIP-like model. Raises ModelError."""
    settings = settings or ModelSettings()
    return OnnxImageEncoder(obtain_model(name, "image", settings), workers=settings.workers)


def load_joint_model(name: str | Path, settings: ModelSettings | None = None) -> JointModel:
    """Both halves of a CLIP-like model. Raises ModelError."""
    settings = settings or ModelSettings()
    folder = obtain_model(name, "joint", settings)
    return JointModel(
        OnnxTextEncoder(folder, workers=settings.workers, max_length=settings.text_tokens),
        OnnxImageEncoder(folder, workers=settings.workers),
    )


def obtain_model(
    name: str | Path,
    wanted: ModelKind,
    settings: ModelSettings | None = None,
    progress: Progress = no_progress,
) -> Path:
    """The model folder for a folder or hub name, converted first if need be.

    Raises ModelError when there is no such model or it is of no known kind, MissingExtraError without torch.
    """
    settings = settings or ModelSettings()
    given = Path(name).expanduser()
    if (given / MANIFEST).is_file():
        read_manifest(given)
        return given
    folder = given.resolve() if given.is_dir() else None
    if folder is None and (not _HUB_NAME.fullmatch(str(name)) or str(name).startswith(".")):
        raise ModelError(f"no model at {name}: there is no such folder, and it is no hub name")
    target = settings.folder / _target_name(str(name), folder, wanted)
    if (target / MANIFEST).is_file():
        read_manifest(target)
        return target
    from bowerbird.encode.export_onnx import require_train_extra

    require_train_extra(f"converting {name}")
    from bowerbird.encode.convert import convert_model

    if folder is None:
        progress(f"fetching {name}", 0)
        folder = _fetch(str(name))
    progress(f"converting {name}", 0)
    convert_model(folder, target, name=str(name), wanted=wanted)
    return target


def _target_name(name: str, folder: Path | None, wanted: ModelKind) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", Path(name).name.lower()).strip("-") or "model"
    marks = [name]
    if folder is not None:
        # A folder changed in place is another model.
        marks = [str(folder)]
        marks += [
            f"{path.relative_to(folder)} {(stat := path.stat()).st_size} {stat.st_mtime_ns}"
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
    return f"{wanted}-{slug}-{hashlib.sha256(chr(10).join(marks).encode()).hexdigest()[:10]}"


def _fetch(name: str) -> Path:
    import httpx
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, allow_patterns=_WANTED_FILES))
    except (OSError, ValueError, httpx.HTTPError, RuntimeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the model {name} is neither a folder here nor to be had from the hub ({reason}); "
            "fetch it where there is a network and give its folder"
        ) from error
