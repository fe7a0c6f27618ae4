"""Raw vectors of photo files and of changed copies of them, kept on disk between runs of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bowerbird.encode.image import OnnxImageEncoder
from bowerbird.encode.progress import Progress, no_progress

Change = Callable[[Image.Image, int], Image.Image]
"""A photo and its number to a changed copy."""

_BATCH = 64


class PhotoVectors:
    """Encodes photo files once for each way of changing them; ``folder`` keeps the vectors as f16."""

    def __init__(self, encoder: OnnxImageEncoder, folder: Path, progress: Progress = no_progress) -> None:
        self.encoder = encoder
        self.folder = folder
        self.progress = progress
        folder.mkdir(parents=True, exist_ok=True)

    def of(self, name: str, files: Sequence[Path], change: Change | None = None) -> NDArray[np.float32]:
        """(n, dim) f32 of each file, after ``change``; ``name`` tells both apart from others on disk."""
        key = "\n".join([self.encoder.fingerprint, *(str(file.resolve()) for file in files)])
        path = self.folder / f"{name}-{blake2b(key.encode(), digest_size=6).hexdigest()}.npy"
        if not path.exists():
            parts = []
            for start in range(0, len(files), _BATCH):
                batch = files[start : start + _BATCH]
                parts.append(self.encoder.encode(_opened(batch, start, change)).astype(np.float16))
                self.progress(f"encoding {name}", min(start + _BATCH, len(files)), len(files))
            np.save(path, np.concatenate(parts))
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)


def _opened(files: Sequence[Path], start: int, change: Change | None) -> Iterator[Image.Image | Path]:
    for place, file in enumerate(files, start):
        if change is None:
            yield file
            continue
        with Image.open(file) as photo:
            yield change(photo.convert("RGB"), place)
