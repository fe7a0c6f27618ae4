"""Training LightGCN (He et al., SIGIR 2020): shoppers and products as one graph, smoothed and compared.

A shopper's and a product's vector is the mean of what a few steps of propagation make of all vectors; nothing else is
learned. The loss is a softmax over drawn products of cosines (Wu et al., On the effectiveness of sampled softmax loss
for item recommendation, TOIS 2024), which needs a tenth of the epochs that the paper's pairwise one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bowerbird.domain.errors import InputError, MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.judge_recommender import judge, model_scores
from bowerbird.learn.training_run import random_states, restore_random_states
from bowerbird.measure.next_item import HeldOut, NextItemScores
from bowerbird.recommend.graph_model import GraphModel
from bowerbird.recommend.histories import Histories

if TYPE_CHECKING:
    from torch import Tensor

    from bowerbird.domain.ports import Floats
    from bowerbird.learn.training_run import TrainingRun


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """How the graph is trained; chosen on the validation products of ``benchmarks/sequences.py``."""

    dim: int = 64
    layers: int = 2
    batch: int = 4_096
    negatives: int = 1_024
    """Products drawn for each batch that its shoppers' own are told from."""
    temperature: float = 0.15
    rate: float = 0.01
    epochs: int = 30
    patience: int = 5
    """Epochs without a better validation before it stops."""
    fade: float = 0.4
    """What each product of a history counts beside the one after it, when it is read; training counts all alike."""
    seed: int = 0


@dataclass(frozen=True, eq=False)
class ShopperGraph:
    """``told`` (shoppers, products) csr float32: a weight over the root of both its ends' weights."""

    told: Any
    histories: Histories

    @classmethod
    def of(cls, histories: Histories) -> ShopperGraph:
        """The graph of who came by what. Raises InputError where nobody came by anything."""
        if not len(histories.items):
            raise InputError("there is no graph to learn from", field="histories", expected="at least one product")
        owners = np.repeat(np.arange(len(histories)), histories.lengths)
        shape = (len(histories), len(histories.products))
        weights = sparse.csr_array((histories.weights, (owners, histories.items)), shape)
        by_shopper, by_product = (_roots(weights.sum(axis=axis)) for axis in (1, 0))
        scaled = sparse.diags_array(by_shopper) @ weights @ sparse.diags_array(by_product)
        return cls(scaled.tocsr().astype(np.float32), histories)

    @cached_property
    def back(self) -> Any:
        """``told`` from the products' side."""
        return self.told.T.tocsr()

    @cached_property
    def product_roots(self) -> Floats:
        """One over the root of each product's weight, 0 without any, (products,)."""
        histories = self.histories
        return _roots(np.bincount(histories.items, histories.weights, len(histories.products)))

    def steps(self, shoppers: Floats, products: Floats, layers: int) -> list[tuple[Floats, Floats]]:
        """The (shoppers, d) and (products, d) vectors after 0, 1, ... ``layers`` steps."""
        found = [(shoppers, products)]
        for _ in range(layers):
            shoppers, products = self.told @ products, self.back @ shoppers
            found.append((shoppers, products))
        return found

    def smooth(self, vectors: Floats, layers: int) -> Floats:
        """(shoppers + products, d) vectors to the mean of them over the steps.

        The map is symmetric, so a gradient goes back the same way.
        """
        count = len(self.histories)
        steps = self.steps(vectors[:count], vectors[count:], layers)
        mean: Floats = np.mean([np.concatenate(step) for step in steps], axis=0, dtype=np.float32)
        return mean


def train_graph(
    histories: Histories,
    settings: GraphSettings | None = None,
    valid: tuple[Histories, HeldOut] | None = None,
    run: TrainingRun | None = None,
    progress: Progress = no_progress,
) -> GraphModel:
    """Train, and give the model of the epoch that found most of ``valid``; the last one's where there is none.

    With a ``run`` every epoch is kept and drawn, and a broken-off training goes on. Raises MissingExtraError without
    torch, InputError where nobody came by anything.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError("training a graph of shoppers", "train") from error
    settings = settings or GraphSettings()
    graph = ShopperGraph.of(histories)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        training = _Training(graph, settings)
        kept = run.resume() if run is not None else None
        if kept is not None:
            training.restore(kept)
        for epoch in range(training.epoch, settings.epochs):
            if training.waited >= settings.patience and valid is not None:
                break
            progress("training the graph", epoch, settings.epochs)
            figures = {"loss": training.run_epoch()}
            if valid is not None:
                found = judge(model_scores(training.model(), valid[0]), valid[1])
                figures |= {"recall@10": found.recall[10], "ndcg@10": training.note(found)}
            if run is not None:
                run.log(epoch, figures)
                run.keep(epoch, training.state())
        progress("training the graph", settings.epochs, settings.epochs)
        return training.best_model() if valid is not None else training.model()


class _Training:
    """The vectors being trained, where the optimiser is, and the best epoch so far."""

    def __init__(self, graph: ShopperGraph, settings: GraphSettings) -> None:
        import torch

        self.graph, self.settings = graph, settings
        self.rng = np.random.default_rng(settings.seed)
        self.count = len(graph.histories)
        size = self.count + len(graph.histories.products)
        self.vectors = torch.nn.Parameter(0.1 * torch.randn(size, settings.dim))
        self.optimiser = torch.optim.Adam([self.vectors], lr=settings.rate)
        self.epoch, self.waited, self.best_value = 0, 0, -1.0
        self.best = self.vectors.detach().clone()
        self.edges = np.stack([np.repeat(np.arange(self.count), graph.histories.lengths), graph.histories.items])

    def run_epoch(self) -> float:
        """Every edge once, in a drawn order; the mean loss."""
        import torch

        order = self.rng.permutation(self.edges.shape[1])
        losses = []
        for start in range(0, len(order), self.settings.batch):
            shoppers, products = self.edges[:, order[start : start + self.settings.batch]]
            # scipy multiplies sparse matrices twice as fast as torch, so the gradient is taken back by hand.
            smooth = self._smooth(self.vectors).requires_grad_()
            loss = self._loss(smooth, torch.from_numpy(shoppers), torch.from_numpy(products))
            torch.autograd.backward(loss)
            self.vectors.grad = self._smooth(smooth.grad)
            self.optimiser.step()
            losses.append(loss.item())
        self.epoch += 1
        return float(np.mean(losses))

    def _smooth(self, vectors: Tensor | None) -> Tensor:
        import torch

        assert vectors is not None
        return torch.from_numpy(self.graph.smooth(vectors.detach().numpy(), self.settings.layers))

    def _loss(self, smooth: Tensor, shoppers: Tensor, products: Tensor) -> Tensor:
        import torch
        from torch.nn.functional import normalize

        drawn = torch.from_numpy(self.rng.integers(0, len(self.graph.histories.products), self.settings.negatives))
        read = normalize(smooth[shoppers], dim=1)
        right = normalize(smooth[self.count + products], dim=1)
        wrong = normalize(smooth[self.count + drawn], dim=1)
        own = (read * right).sum(1, keepdim=True)
        others = (read @ wrong.T).masked_fill(products[:, None] == drawn[None], -torch.inf)
        scores = torch.cat([own, others], dim=1) / self.settings.temperature
        return -scores.log_softmax(1)[:, 0].mean()

    def note(self, found: NextItemScores) -> float:
        """Remember the vectors where they are the best so far, by nDCG@10."""
        value = found.ndcg[10]
        self.waited += 1
        if value > self.best_value:
            self.best_value, self.waited = value, 0
            self.best = self.vectors.detach().clone()
        return value

    def model(self) -> GraphModel:
        """What the present vectors give."""
        return fold(self.vectors.detach().numpy(), self.graph, self.settings)

    def best_model(self) -> GraphModel:
        """What the best vectors gave."""
        return fold(self.best.numpy(), self.graph, self.settings)

    def state(self) -> dict[str, Any]:
        """Everything that the next epoch depends on."""
        numbers = {"epoch": self.epoch, "waited": self.waited, "best_value": self.best_value}
        tensors = {"vectors": self.vectors.detach(), "best": self.best, "optimiser": self.optimiser.state_dict()}
        return {**numbers, **tensors, "random": random_states(self.rng)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self.epoch, self.waited, self.best_value = state["epoch"], state["waited"], state["best_value"]
        self.vectors.data.copy_(state["vectors"])
        self.best = state["best"]
        self.optimiser.load_state_dict(state["optimiser"])
        restore_random_states(self.rng, state["random"])


def fold(vectors: Floats, graph: ShopperGraph, settings: GraphSettings) -> GraphModel:
    """The served model of trained (shoppers + products, d) vectors: unit rows, and what each product tells a shopper.

    A shopper's vector is the mean over the steps of what the products told at the one before; their own start is left
    out, since those who come later have none.
    """
    count = len(graph.histories)
    steps = graph.steps(vectors[:count], vectors[count:], settings.layers)
    products: Floats = np.mean([step for _, step in steps], axis=0, dtype=np.float32)
    told = np.sum([step for _, step in steps[:-1]], axis=0) / len(steps) * graph.product_roots[:, None]
    lengths = np.maximum(np.linalg.norm(products, axis=1, keepdims=True), 1e-12)
    return GraphModel(graph.histories.products, products / lengths, told.astype(np.float32), settings.fade)


def _roots(weights: NDArray[Any]) -> Floats:
    """One over the root of each weight, 0 where there is none."""
    found: Floats = np.divide(1, np.sqrt(weights), out=np.zeros(len(weights)), where=weights > 0).astype(np.float32)
    return found
