"""Training the two towers of an alignment with torch: a head on top of a start that stays as it is.

A new photo tower is ``start + linear + hidden layer``, and a text tower likewise, so that little data moves the start
little. Several shops may be mixed; each batch is of one shop, or telling shops apart would be the easy way out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError
from bowerbird.encode.alignment import Alignment, Tower
from bowerbird.encode.photo_parts import PhotoParts
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.pairs import Pairs

if TYPE_CHECKING:
    from torch import Tensor, nn

Loss = Callable[["Tensor", "Tensor", "Tensor", "Tensor"], "Tensor"]


@dataclass(frozen=True, slots=True)
class TowerSettings:
    """How the towers are trained; chosen on products held out inside the training part of real shops."""

    hidden: int = 256
    batch: int = 256
    epochs: int = 15
    fewest_steps: int = 120
    most_steps: int = 900
    rate: float = 1e-3
    weight_decay: float = 0.1
    dropout: float = 0.3
    directions: int = 512
    """Principal directions of the prepared photo vectors that the new part sees."""
    other_phrases: float = 0.5
    """What the loss of kinds and attribute phrases weighs beside that of titles."""
    scale: float = 20.0
    """The first inverse temperature; learnt from there, at most 100."""
    seed: int = 0

    def steps(self, photos: int) -> int:
        """How many batches to train on."""
        return min(self.most_steps, max(self.fewest_steps, self.epochs * photos // self.batch))


@dataclass(frozen=True, slots=True)
class _Inputs:
    """One shop as tensors: (views, n, directions), the start's output for them, and texts by slot."""

    photos: Tensor
    started: Tensor
    ids: list[Tensor]
    texts: list[Tensor]
    text_started: list[Tensor]


def train_towers(
    shops: Sequence[Pairs],
    start: Alignment,
    loss: Loss,
    settings: TowerSettings,
    *,
    name: str,
    shares: Sequence[float] | None = None,
    progress: Progress = no_progress,
) -> Alignment:
    """Fit new towers on top of ``start``.

    ``shares`` say how often each shop gives a batch. Raises MissingExtraError without torch.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("training an alignment", "train") from error

    if start.parts is None or start.photo_tower is None or start.text_tower is None:
        raise ValueError("an alignment without towers cannot be trained further")
    rng = np.random.default_rng(settings.seed)
    ground = _Ground.of(shops, start.parts, start.photo_tower, start.text_tower, settings.directions)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        head = _head(ground, start.dim, settings)
        inputs = [ground.inputs(shop) for shop in shops]
        chances = np.asarray(shares if shares is not None else [len(shop) for shop in shops], float)
        steps = settings.steps(sum(len(shop) for shop in shops))
        groups: list[dict[str, Any]] = [
            {"params": [p for key, p in head.named_parameters() if key != "scale"]},
            {"params": [head.get_parameter("scale")], "weight_decay": 0.0},
        ]
        optimiser = torch.optim.AdamW(groups, lr=settings.rate, weight_decay=settings.weight_decay)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps, pct_start=0.1)
        head.train()
        for step in range(steps):
            shop = inputs[rng.choice(len(inputs), p=chances / chances.sum())]
            value = _batch_loss(head, shop, loss, settings, rng)
            optimiser.zero_grad()
            torch.autograd.backward(value)
            optimiser.step()
            schedule.step()
            if step % 10 == 9:
                progress(f"fitting the alignment ({name})", step + 1, steps)
    return ground.fold(head, start, name)


def _head(ground: _Ground, dim: int, settings: TowerSettings) -> nn.Module:
    import torch
    from torch import nn

    def layers(inputs: int) -> nn.Sequential:
        out = nn.Linear(settings.hidden, dim)
        nn.init.normal_(out.weight, std=0.002)
        nn.init.zeros_(out.bias)
        drop = settings.dropout
        return nn.Sequential(
            nn.Dropout(drop), nn.Linear(inputs, settings.hidden), nn.GELU("tanh"), nn.Dropout(drop), out
        )

    linear = nn.Linear(ground.directions.shape[1], dim, bias=False)
    nn.init.normal_(linear.weight, std=0.002)
    head = nn.Module()
    head.add_module("photo", layers(ground.directions.shape[1]))
    head.add_module("linear", nn.Sequential(nn.Dropout(settings.dropout), linear))
    head.add_module("text", layers(len(ground.text_mean)))
    head.register_parameter("keep", nn.Parameter(torch.tensor(1.0)))
    head.register_parameter("scale", nn.Parameter(torch.tensor(float(np.log(settings.scale)))))
    return head


def _batch_loss(
    head: nn.Module, shop: _Inputs, loss: Loss, settings: TowerSettings, rng: np.random.Generator
) -> Tensor:
    import torch
    from torch.nn.functional import normalize

    views, count = shop.photos.shape[:2]
    chosen = torch.from_numpy(rng.permutation(count)[: settings.batch])
    view = torch.from_numpy(rng.integers(0, views, len(chosen)))
    rows = shop.photos[view, chosen]
    moved = head.get_submodule("photo")(rows) + head.get_submodule("linear")(rows)
    photos = normalize(head.get_parameter("keep") * shop.started[view, chosen] + moved, dim=1)
    scale = head.get_parameter("scale").exp().clamp(max=100)
    total = torch.zeros(())
    for slot, (ids, texts, started) in enumerate(zip(shop.ids, shop.texts, shop.text_started, strict=True)):
        used, place = torch.unique(ids[chosen], return_inverse=True)
        read = normalize(started[used] + head.get_submodule("text")(texts[used]), dim=1)[place]
        same = (place[:, None] == place[None]).float()
        total = total + (1.0 if slot == 0 else settings.other_phrases) * loss(photos, read, same, scale)
    return total


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the new part stands on: centred and scaled inputs, and the start's towers with their output's length."""

    parts: PhotoParts
    mean: NDArray[np.float32]
    directions: NDArray[np.float32]
    text_mean: NDArray[np.float32]
    text_scale: float
    photo_tower: Tower
    text_tower: Tower
    photo_length: float
    text_length: float

    @classmethod
    def of(
        cls, shops: Sequence[Pairs], parts: PhotoParts, photo_tower: Tower, text_tower: Tower, directions: int
    ) -> _Ground:
        rows = np.concatenate([parts.prepare(shop.photos) for shop in shops])
        texts = np.concatenate([phrase.vectors for shop in shops for phrase in shop.phrases])
        mean, text_mean = rows.mean(0), texts.mean(0)
        values, vectors = np.linalg.eigh((rows - mean).T @ (rows - mean) / len(rows))
        kept = min(directions, len(values))
        # One scale for all directions: evening them out would raise noise to the rank of signal.
        scale = np.sqrt(kept / max(float(values.sum()), 1e-12))
        return cls(
            parts, mean, (vectors[:, ::-1][:, :kept] * scale).astype(np.float32),
            text_mean, 1.0 / max(float(texts.std(0).mean()), 1e-6), photo_tower, text_tower,
            _length(photo_tower.run(rows)), _length(text_tower.run(texts)),
        )  # fmt: skip

    def inputs(self, shop: Pairs) -> _Inputs:
        import torch

        prepared = [self.parts.prepare(view) for view in shop.views]
        return _Inputs(
            photos=torch.from_numpy(np.stack([(rows - self.mean) @ self.directions for rows in prepared])),
            started=torch.from_numpy(np.stack([self.photo_tower.run(rows) / self.photo_length for rows in prepared])),
            ids=[torch.from_numpy(phrase.ids.astype(np.int64)) for phrase in shop.phrases],
            texts=[
                torch.from_numpy(((phrase.vectors - self.text_mean) * self.text_scale).astype(np.float32))
                for phrase in shop.phrases
            ],
            text_started=[
                torch.from_numpy(self.text_tower.run(phrase.vectors) / self.text_length) for phrase in shop.phrases
            ],
        )

    def fold(self, head: nn.Module, start: Alignment, name: str) -> Alignment:
        """The start and the trained head as one pair of towers on prepared vectors."""
        arrays = {key: value.detach().numpy().astype(np.float32) for key, value in head.named_parameters()}
        photo = _stack(
            self.photo_tower, float(arrays["keep"]) / self.photo_length, arrays, "photo",
            self.mean, self.directions, self.directions @ arrays["linear.1.weight"].T,
        )  # fmt: skip
        scaling = np.eye(len(self.text_mean), dtype=np.float32) * np.float32(self.text_scale)
        no_linear = np.zeros_like(self.text_tower.skip)
        text = _stack(self.text_tower, 1.0 / self.text_length, arrays, "text", self.text_mean, scaling, no_linear)
        return Alignment.of(self.parts, photo, text, name, start.fitted_on)


def _stack(
    start: Tower,
    keep: float,
    arrays: dict[str, NDArray[np.float32]],
    side: str,
    mean: NDArray[np.float32],
    directions: NDArray[np.float32],
    linear: NDArray[np.float32],
) -> Tower:
    """``keep * start(x)`` plus the new layers on ``(x - mean) @ directions``, as one tower on x."""
    hidden = directions @ arrays[f"{side}.1.weight"].T
    factor = np.float32(keep)
    return Tower(
        skip=factor * start.skip + linear,
        bias=factor * start.bias + arrays[f"{side}.4.bias"] - mean @ linear,
        hidden=np.concatenate([start.hidden, hidden], axis=1),
        hidden_bias=np.concatenate([start.hidden_bias, arrays[f"{side}.1.bias"] - mean @ hidden]),
        back=np.concatenate([factor * start.back, arrays[f"{side}.4.weight"].T]),
    )


def _length(rows: NDArray[np.float32]) -> float:
    return max(float(np.linalg.norm(rows, axis=1).mean()), 1e-6)
