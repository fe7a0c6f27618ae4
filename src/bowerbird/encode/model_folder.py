"""A model as it lies on disk: ONNX graphs, a tokenizer and a manifest that says how to feed them.

Serving reads nothing else. A folder without its manifest, which is written last, does not exist.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from bowerbird.domain.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"

ModelKind: TypeAlias = Literal["text", "image", "joint", "pair"]
Resize: TypeAlias = Literal["shortest", "exact", "none"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """How texts are fed: prefixes, the longest input in tokens, and how shorter ones are padded.

    Pooling and normalising are inside the graph; ``pooling`` only names what was built in.
    """

    dim: int
    max_length: int
    pad_id: int
    pooling: str
    query_prefix: str = ""
    passage_prefix: str = ""
    pad_to_max: bool = False
    lowercase: bool = False
    precision: str = "fp32"
    graph: str = "text.onnx"
    tokenizer: str = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class ImagePart:
    """How photos are fed.

    Resized so that the shorter side is ``size[0]`` ("shortest"; the longer side rounded or floored) or to
    exactly ``size`` (height, width) with Pillow's filter ``resample``, cut at the centre to ``crop``
    (height, width), then ``(pixel * scale - mean) / std``, channels first.
    With ``labels`` the graph also yields logits, and the label prior joins the features; with ``colours``
    the colour vector does. ``dim`` counts them all.
    """

    dim: int
    size: tuple[int, int]
    crop: tuple[int, int]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    resize: Resize = "shortest"
    round_longer_side: bool = False
    resample: int = 3
    scale: float = 1 / 255
    precision: str = "fp32"
    graph: str = "image.onnx"
    labels: str | None = None
    colours: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model folder holds; ``fingerprint`` changes with anything that would change a vector.

    A cross-encoder is of kind ``pair``: its text part takes two texts and gives one number.
    """

    name: str
    kind: ModelKind
    text: TextPart | None = None
    image: ImagePart | None = None
    source: str = ""
    fingerprint: str = ""
    measured: Mapping[str, Any] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """Read a model folder's manifest; raises ModelError when it is missing, torn or of another version."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{folder} is not a model folder: it has no {MANIFEST}") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ModelError(f"{path} is not of format {FORMAT}; build the model again")
    try:
        text, image = content["text"], content["image"]
        if image:
            image = {key: tuple(value) if isinstance(value, list) else value for key, value in image.items()}
        manifest = Manifest(
            name=content["name"],
            kind=content["kind"],
            text=TextPart(**text) if text else None,
            image=ImagePart(**image) if image else None,
            source=content["source"],
            fingerprint=content["fingerprint"],
            measured=content["measured"],
        )
    except (KeyError, TypeError) as error:
        raise ModelError(f"{path} lacks or misnames a field: {error}") from error
    for name in _files(manifest):
        if not (folder / name).is_file():
            raise ModelError(f"{folder} is torn: it has no {name}; build the model again")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> Manifest:
    """Fingerprint the files of a folder and write its manifest; returns it complete."""
    content = {"format": FORMAT, **asdict(manifest), "fingerprint": _fingerprint(folder, manifest)}
    path = folder / MANIFEST
    with path.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return read_manifest(folder)


@contextmanager
def replace_folder(target: Path) -> Iterator[Path]:
    """Give a fresh folder to write into, and put it in ``target``'s place when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield building
        building.chmod(0o755)
        retired = building.with_name(building.name + "-old")
        if target.exists():
            target.rename(retired)
        try:
            building.rename(target)
        except OSError:
            # Another process finished the same model first: its folder is as good as ours.
            if not (target / MANIFEST).is_file():
                raise
        shutil.rmtree(retired, ignore_errors=True)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _files(manifest: Manifest) -> list[str]:
    names: list[str] = []
    if manifest.text:
        names += [manifest.text.graph, manifest.text.tokenizer]
    if manifest.image:
        names += [manifest.image.graph]
        if manifest.image.labels:
            names += [manifest.image.labels]
    return names


def _fingerprint(folder: Path, manifest: Manifest) -> str:
    digest = hashlib.sha256()
    for part in (manifest.text, manifest.image):
        digest.update(json.dumps(asdict(part) if part else None, sort_keys=True).encode())
    for name in _files(manifest):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]
