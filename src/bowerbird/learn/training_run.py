"""A training that can be broken off anywhere and taken up again: its checkpoint, its logs and how far it is.

A run is a folder: ``checkpoint.pt`` (the newest whole one; written beside and renamed) and ``logs/`` for TensorBoard.
What a checkpoint holds is the training's own business, as long as it is made of tensors, numbers, texts, lists and
mappings: nothing else is read back, so that a checkpoint from elsewhere cannot run code. Needs the ``train`` extra.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson

from bowerbird.domain.errors import ArtefactError, InputError, MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import content_hash, is_temporary, write_whole

if TYPE_CHECKING:
    import numpy as np

CHECKPOINT = "checkpoint.pt"
LOGS = "logs"


class TrainingRun:
    """The folder of one training, made where it is missing; to be closed, or used in a ``with``.

    ``purpose`` is whatever decides what the training leads to (settings, seed, data): ``resume`` refuses a checkpoint
    that another purpose left, since going on from it would give what neither asked for.
    """

    def __init__(self, folder: Path, purpose: Mapping[str, Any], progress: Progress = no_progress) -> None:
        """Open a run. Raises MissingExtraError without torch or TensorBoard, StorageError."""
        try:
            import torch  # noqa: F401
            from torch.utils.tensorboard import SummaryWriter  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("training with checkpoints and logs", "train") from error
        self._folder = folder
        self._purpose = content_hash(orjson.dumps(purpose, option=orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_NUMPY))
        self._writer: Any = None
        self._first_step: int | None = None
        self.progress = progress
        with storage_faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                if is_temporary(path):
                    path.unlink()

    @property
    def has_checkpoint(self) -> bool:
        """Whether there is something to resume from."""
        return (self._folder / CHECKPOINT).is_file()

    def resume(self) -> dict[str, Any] | None:
        """What ``keep`` wrote last; None where the run begins.

        Raises InputError where the checkpoint was left by another training, ArtefactError where it is torn.
        """
        import torch

        path = self._folder / CHECKPOINT
        with storage_faults(path):
            if not path.is_file():
                return None
            raw = path.read_bytes()
        try:
            # Nothing but tensors and plain values: a checkpoint is a file like any other.
            held = torch.load(io.BytesIO(raw), weights_only=True)
            purpose, step, state = held["purpose"], held["step"], dict(held["state"])
        except Exception as error:  # torch has no error of its own for a torn file
            raise ArtefactError(f"{path}: is torn, or no checkpoint: remove it to begin again") from error
        if purpose != self._purpose:
            raise InputError(
                "a checkpoint of a training with other data, settings or seed", where=str(path),
                expected="another folder, or this one emptied",
            )  # fmt: skip
        self._first_step = int(step)
        return state

    def keep(self, step: int, state: Mapping[str, Any]) -> None:
        """Replace the checkpoint, in one step. Raises DiskFullError, StorageError; the older one then stays."""
        import torch

        buffer = io.BytesIO()
        torch.save({"purpose": self._purpose, "step": step, "state": dict(state)}, buffer)
        with storage_faults(self._folder):
            write_whole(self._folder / CHECKPOINT, buffer.getvalue())
            if self._writer is not None:
                self._writer.flush()

    def log(self, step: int, values: Mapping[str, float]) -> None:
        """Draw numbers by name at a step, for ``tensorboard --logdir FOLDER/logs``."""
        if self._writer is None:
            from torch.utils.tensorboard import SummaryWriter

            # What was drawn after the checkpoint that is resumed from is drawn again: hide it.
            purge = None if self._first_step is None else self._first_step + 1
            writer: Any = SummaryWriter
            self._writer = writer(str(self._folder / LOGS), purge_step=purge)
        for name, value in values.items():
            self._writer.add_scalar(name, float(value), step)

    def forget(self) -> None:
        """Remove the checkpoint: the training is done and its model is written. The logs stay."""
        with storage_faults(self._folder):
            (self._folder / CHECKPOINT).unlink(missing_ok=True)

    def close(self) -> None:
        """Bring the logs to the disk."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def random_states(rng: np.random.Generator) -> dict[str, Any]:
    """Where numpy's generator and torch's are, to go into a checkpoint."""
    import torch

    return {"numpy": rng.bit_generator.state, "torch": torch.get_rng_state()}


def restore_random_states(rng: np.random.Generator, states: Mapping[str, Any]) -> None:
    """Set both generators to where they were."""
    import torch

    rng.bit_generator.state = states["numpy"]
    torch.set_rng_state(states["torch"])
