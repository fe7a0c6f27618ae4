"""Training the sequence model: a causal transformer told from drawn products, begun where products go together.

Steps: start vectors -> epochs of sampled softmax at every place -> validation on held-out products -> the best epoch,
as an ONNX graph and the products' unit rows.

What was tried, judged by validation nDCG@10 on the purchase sequences alone: beginning from what goes together is most
of it (.071 for .054 on Beauty); cosines for inner products bring .071 to .074 in half of the epochs. On Toys twice the
width (.0796 for .0786) and a softmax over all products (.0794 for .0793) double the time for little or nothing, more
dropout loses (.0783 for .0793), and weighing short histories up changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bowerbird.domain.errors import InputError, MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.judge_recommender import judge
from bowerbird.learn.losses import sampled_softmax
from bowerbird.learn.sequence_batches import Batch, cut_batches, draw_candidates, gather, latest_parts
from bowerbird.learn.sequence_network import Dropout, NetworkShape, export_network, new_weights, read_states
from bowerbird.learn.start_vectors import StartSettings, start_vectors
from bowerbird.learn.training_run import TrainingRun, random_states, restore_random_states
from bowerbird.measure.next_item import HeldOut
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.sequence_model import SequenceModel

if TYPE_CHECKING:
    from torch import Tensor

    from bowerbird.domain.ports import Floats

STAGE = "training the sequence model"
_SPREAD = 0.02
"""How far the numbers of a product's trained vector lie from zero: what a step of the optimiser is measured by."""


@dataclass(frozen=True, slots=True)
class SequenceSettings:
    """How the sequence model is trained."""

    shape: NetworkShape = field(default_factory=NetworkShape)
    dropout: Dropout = field(default_factory=Dropout)
    start: StartSettings | None = field(default_factory=StartSettings)
    """None begins with drawn vectors."""
    scale: float = 12.0
    """The first inverse temperature of the cosines; learnt from there."""
    negatives: int = 2_000
    """Products drawn for each batch that the right ones are told from; 0 for all of them."""
    batch: int = 2_048
    """Places of histories that one step learns from."""
    epochs: int = 8
    patience: int = 3
    """Epochs without a better validation before it stops."""
    rate: float = 1e-3
    warm_up: int = 100
    """Steps in which the rate rises; it falls to a twentieth along a cosine after that."""
    weight_decay: float = 0.01
    clip: float = 1.0
    """The longest gradient, by its norm."""
    half: bool = True
    """Whether scores are bfloat16: two and a half times as fast where the processor knows it, no worse for it."""
    seed: int = 0

    def rate_at(self, step: int, steps: int) -> float:
        """The learning rate of a step."""
        fallen = 0.05 + 0.95 * (0.5 + 0.5 * math.cos(math.pi * min(step / max(steps, 1), 1.0)))
        return self.rate * min(1.0, (step + 1) / self.warm_up) * fallen


def train_sequence(
    histories: Histories,
    settings: SequenceSettings | None = None,
    valid: tuple[Histories, HeldOut] | None = None,
    run: TrainingRun | None = None,
    progress: Progress = no_progress,
    *,
    item_vectors: Floats | None = None,
) -> SequenceModel:
    """Train, and give the model of the epoch that found most of ``valid``; the last one's where there is none.

    ``item_vectors`` (products, any) float32, of an encoder, are where products begin, beside what goes together. With
    a ``run`` every epoch is kept and drawn, and a broken-off training goes on to the same model. Raises
    MissingExtraError without torch, InputError where no history holds two products or the vectors do not fit.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("training a sequence model", "train") from error
    settings = settings or SequenceSettings()
    _check(histories, item_vectors)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        training = _Training(histories, settings, item_vectors, fresh=run is None or not run.has_checkpoint)
        kept = run.resume() if run is not None else None
        if kept is not None:
            training.restore(kept)
        for epoch in range(training.epoch, settings.epochs):
            if training.waited >= settings.patience and valid is not None:
                break
            figures = {"loss": training.run_epoch(progress)}
            if valid is not None:
                figures |= training.judge(*valid)
            if run is not None:
                run.log(epoch, figures)
                run.keep(epoch, training.state())
        progress(STAGE, training.steps, training.steps)
        return training.model(best=valid is not None)


def _check(histories: Histories, item_vectors: Floats | None) -> None:
    if not (histories.lengths > 1).any():
        raise InputError("there is no order to learn from", field="histories", expected="one of two products or more")
    if item_vectors is not None and (item_vectors.ndim != 2 or len(item_vectors) != len(histories.products)):
        raise InputError(
            "vectors that are not those of the products", field="item_vectors", found=item_vectors.shape,
            expected=f"({len(histories.products)}, dim)",
        )  # fmt: skip


class _Training:
    """The weights being trained, where the optimiser is, and the best epoch so far."""

    def __init__(self, histories: Histories, settings: SequenceSettings, given: Floats | None, fresh: bool) -> None:
        import torch

        self.histories, self.settings = histories, settings
        self.rng = np.random.default_rng(settings.seed)
        dim = settings.shape.dim
        weights = new_weights(settings.shape, settings.scale)
        # A resumed training brings its own vectors: the start is the slow part of beginning.
        rows = self._start(given) if fresh else np.zeros((len(histories.products), dim), np.float32)
        weights["products"] = torch.from_numpy(rows * np.float32(_SPREAD * math.sqrt(dim)))
        self.weights = {name: tensor.requires_grad_() for name, tensor in weights.items()}
        plain = [tensor for tensor in self.weights.values() if tensor.ndim > 1 and len(tensor) > settings.shape.heads]
        rest = [tensor for tensor in self.weights.values() if all(tensor is not one for one in plain)]
        self.optimiser = torch.optim.AdamW(
            [{"params": plain, "weight_decay": settings.weight_decay}, {"params": rest, "weight_decay": 0.0}],
            lr=settings.rate, betas=(0.9, 0.98),
        )  # fmt: skip
        self.steps = settings.epochs * sum(1 for _ in self._batches(np.random.default_rng(0)))
        self.epoch, self.step, self.waited, self.best_value = 0, 0, 0, -1.0
        self.best: dict[str, Tensor] = {}

    def _start(self, given: Floats | None) -> Floats:
        shape, settings = self.settings.shape, self.settings
        if settings.start is None and given is None:
            drawn = np.random.default_rng(settings.seed).normal(size=(len(self.histories.products), shape.dim))
            rows: Floats = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
            return rows
        empty = self.histories if settings.start else self.histories.without_last(int(self.histories.lengths.max()))
        return start_vectors(empty, shape.dim, settings.start or StartSettings(), given, settings.seed)

    def _batches(self, rng: np.random.Generator) -> Any:
        return cut_batches(self.histories, self.settings.shape.longest, self.settings.batch, rng)

    def run_epoch(self, progress: Progress) -> float:
        """Every history once; the mean loss."""
        import torch

        losses = []
        for batch in self._batches(self.rng):
            for group in self.optimiser.param_groups:
                group["lr"] = self.settings.rate_at(self.step, self.steps)
            loss = self._loss(batch)
            self.optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(list(self.weights.values()), self.settings.clip)
            self.optimiser.step()
            losses.append(loss.item())
            self.step += 1
            progress(STAGE, self.step, self.steps)
        self.epoch += 1
        return float(np.mean(losses))

    def _loss(self, batch: Batch) -> Tensor:
        import torch
        from torch.nn.functional import normalize

        shape, products = self.settings.shape, self.weights["products"]
        rows = normalize(products[torch.from_numpy(batch.items)], dim=-1)
        states = read_states(self.weights, shape, rows, torch.from_numpy(batch.importance), self.settings.dropout)
        states = states[torch.from_numpy(batch.known)] * self.weights["scale"].exp()
        candidates, targets, chances = draw_candidates(batch.targets, len(products), self.settings.negatives, self.rng)
        among = normalize(products[torch.from_numpy(candidates)], dim=1)
        if self.settings.half:
            states, among = states.bfloat16(), among.bfloat16()
        return sampled_softmax(states, among, torch.from_numpy(targets), torch.from_numpy(chances))

    def judge(self, before: Histories, held: HeldOut) -> dict[str, float]:
        """How well the held-out products are foretold; the weights are remembered where they are the best so far."""
        rows = self._unit_rows()
        states = self._last_states(before)
        found = judge(lambda shoppers: states[shoppers] @ rows.T, held)
        self.waited += 1
        if found.ndcg[10] > self.best_value:
            self.best_value, self.waited = found.ndcg[10], 0
            self.best = {name: tensor.detach().clone() for name, tensor in self.weights.items()}
        return {"valid recall@10": found.recall[10], "valid ndcg@10": found.ndcg[10]}

    def _unit_rows(self) -> Floats:
        from torch.nn.functional import normalize

        rows: Floats = normalize(self.weights["products"].detach(), dim=1).numpy()
        return rows

    def _last_states(self, histories: Histories, chunk: int = 1024) -> Floats:
        """Where each shopper stands after their last product, (n, dim); zeros for an empty history."""
        import torch

        states = np.zeros((len(histories), self.settings.shape.dim), np.float32)
        rows = torch.from_numpy(self._unit_rows())
        first, lengths = latest_parts(histories, self.settings.shape.longest)
        order = np.argsort(lengths, kind="stable")
        order = order[lengths[order] > 0]
        for start in range(0, len(order), chunk):
            chosen = order[start : start + chunk]
            items, importance, _ = gather(histories, first[chosen], lengths[chosen])
            with torch.no_grad():
                read = read_states(
                    self.weights, self.settings.shape, rows[torch.from_numpy(items)], torch.from_numpy(importance)
                )
            states[chosen] = read[torch.arange(len(chosen)), torch.from_numpy(lengths[chosen] - 1)].numpy()
        return states

    def model(self, best: bool) -> SequenceModel:
        """What the best weights give, or the present ones."""
        if best and self.best:
            for name, tensor in self.best.items():
                self.weights[name].data.copy_(tensor)
        graph = export_network({name: tensor.detach() for name, tensor in self.weights.items()}, self.settings.shape)
        seen = {
            "shoppers": len(self.histories), "events": len(self.histories.items), "epochs": self.epoch,
            "settings": asdict(self.settings), "valid ndcg@10": self.best_value,
        }  # fmt: skip
        return SequenceModel(self.histories.products, self._unit_rows(), graph, self.settings.shape.longest, seen)

    def state(self) -> dict[str, Any]:
        """Everything that the next epoch depends on."""
        numbers = {"epoch": self.epoch, "step": self.step, "waited": self.waited, "best_value": self.best_value}
        weights = {name: tensor.detach() for name, tensor in self.weights.items()}
        parts = {"weights": weights, "best": self.best, "optimiser": self.optimiser.state_dict()}
        return {**numbers, **parts, "random": random_states(self.rng)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        for name in ("epoch", "step", "waited", "best_value", "best"):
            setattr(self, name, state[name])
        for name, tensor in state["weights"].items():
            self.weights[name].data.copy_(tensor)
        self.optimiser.load_state_dict(state["optimiser"])
        restore_random_states(self.rng, state["random"])
