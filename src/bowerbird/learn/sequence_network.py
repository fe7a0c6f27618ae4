"""A causal transformer over what a shopper came by, as pure functions of a mapping of weights.

Kang and McAuley, Self-attentive sequential recommendation, ICDM 2018, with layer norms first, a learned bias by
distance for a place's number (so a history may begin anywhere), and cosines for inner products. Besides what attention
gives, a state gets the last product and the mean of all so far directly: both say much in shops, where the order in
which things are bought says little. torch is imported when it runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from torch import Tensor

Weights: TypeAlias = "dict[str, Tensor]"
LEAST_WEIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """The size of a network; ``dim`` is that of the products' vectors."""

    dim: int = 128
    layers: int = 1
    heads: int = 2
    hidden: int = 256
    longest: int = 50
    """Products of a history that are read, the last ones."""


@dataclass(frozen=True, slots=True)
class Dropout:
    """Shares of numbers left out while training: of ``inputs`` and hidden states, and of what ``attention`` reads."""

    inputs: float = 0.4
    attention: float = 0.2


def new_weights(shape: NetworkShape, scale: float) -> Weights:
    """Weights to start from, drawn from torch's generator; ``scale`` is the first inverse temperature."""
    import torch

    weights = {
        "scale": torch.tensor(math.log(scale)),
        "mix": torch.full((2,), 0.5),
        "norm.weight": torch.ones(shape.dim),
        "norm.bias": torch.zeros(shape.dim),
    }
    sizes = {
        "read": (3 * shape.dim, shape.dim),
        "write": (shape.dim, shape.dim),
        "widen": (shape.hidden, shape.dim),
        "narrow": (shape.dim, shape.hidden),
    }
    for layer in range(shape.layers):
        for name, size in sizes.items():
            weights[f"{layer}.{name}.weight"] = torch.randn(size) * 0.02
            weights[f"{layer}.{name}.bias"] = torch.zeros(size[0])
        for name in ("before", "between"):
            weights[f"{layer}.{name}.weight"] = torch.ones(shape.dim)
            weights[f"{layer}.{name}.bias"] = torch.zeros(shape.dim)
        weights[f"{layer}.distance"] = torch.zeros(shape.heads, shape.longest)
    return weights


def read_states(
    weights: Weights, shape: NetworkShape, products: Tensor, importance: Tensor, dropout: Dropout | None = None
) -> Tensor:
    """Where shoppers stand after each product: (n, length, dim) unit rows.

    ``products`` (n, length, dim) are unit rows, the oldest first, length at most ``shape.longest``; ``importance``
    (n, length) float32 is what each counts beside the others. A state depends on its own product and earlier ones
    alone, so whatever pads a history at its end changes nothing.
    """
    from torch.nn.functional import dropout as drop
    from torch.nn.functional import layer_norm, normalize

    size = (shape.dim,)
    counted = importance.clamp(min=LEAST_WEIGHT)
    inputs = products * math.sqrt(shape.dim)
    hidden = inputs if dropout is None else drop(inputs, dropout.inputs)
    for layer in range(shape.layers):
        bias = _attention_bias(weights[f"{layer}.distance"], counted)
        normed = layer_norm(hidden, size, weights[f"{layer}.before.weight"], weights[f"{layer}.before.bias"])
        read = _attend(weights, layer, normed, bias, dropout)
        hidden = hidden + (read if dropout is None else drop(read, dropout.inputs))
        normed = layer_norm(hidden, size, weights[f"{layer}.between.weight"], weights[f"{layer}.between.bias"])
        found = _feed_forward(weights, layer, normed, dropout)
        hidden = hidden + (found if dropout is None else drop(found, dropout.inputs))
    mean = (inputs * counted[..., None]).cumsum(1) / counted.cumsum(1)[..., None]
    hidden = hidden + weights["mix"][0] * inputs + weights["mix"][1] * mean
    return normalize(layer_norm(hidden, size, weights["norm.weight"], weights["norm.bias"]), dim=-1)


def _attention_bias(by_distance: Tensor, importance: Tensor) -> Tensor:
    """(n, heads, length, length) to add to attention's logits: by distance, by importance, and the future shut off.

    A product of importance w is read as w products of importance 1 would be.
    """
    import torch

    length = importance.shape[1]
    place = torch.arange(length)
    distance = place[:, None] - place[None]
    future = torch.where(distance < 0, -1e9, 0.0)
    return by_distance[:, distance.clamp(min=0)] + future + importance.log()[:, None, None]


def _attend(weights: Weights, layer: int, inputs: Tensor, bias: Tensor, dropout: Dropout | None) -> Tensor:
    from torch.nn.functional import dropout as drop
    from torch.nn.functional import linear

    heads = len(weights[f"{layer}.distance"])
    count, length, dim = inputs.shape
    read = linear(inputs, weights[f"{layer}.read.weight"], weights[f"{layer}.read.bias"])
    query, key, value = read.view(count, length, 3, heads, dim // heads).permute(2, 0, 3, 1, 4)
    shares = ((query @ key.transpose(-1, -2)) / math.sqrt(dim // heads) + bias).softmax(-1)
    if dropout is not None:
        shares = drop(shares, dropout.attention)
    found = (shares @ value).transpose(1, 2).reshape(count, length, dim)
    return linear(found, weights[f"{layer}.write.weight"], weights[f"{layer}.write.bias"])


def _feed_forward(weights: Weights, layer: int, inputs: Tensor, dropout: Dropout | None) -> Tensor:
    from torch.nn.functional import dropout as drop
    from torch.nn.functional import gelu, linear

    wide = gelu(linear(inputs, weights[f"{layer}.widen.weight"], weights[f"{layer}.widen.bias"]))
    if dropout is not None:
        wide = drop(wide, dropout.inputs)
    return linear(wide, weights[f"{layer}.narrow.weight"], weights[f"{layer}.narrow.bias"])


def export_network(weights: Weights, shape: NetworkShape) -> bytes:
    """The network as an ONNX graph: ``products`` (1, length, dim) and ``importance`` (1, length) to ``state`` (dim,).

    The state is the last one, times the inverse temperature: inner products with the products' unit rows are the
    logits that were trained.
    """
    import io

    import torch

    from bowerbird.encode.export_onnx import quiet

    class Reader(torch.nn.Module):
        def forward(self, products: Tensor, importance: Tensor) -> Tensor:
            return read_states(weights, shape, products, importance)[0, -1] * weights["scale"].exp()

    buffer: Any = io.BytesIO()
    example = (torch.nn.functional.normalize(torch.randn(1, 3, shape.dim), dim=-1), torch.ones(1, 3))
    with torch.no_grad(), quiet(), torch.random.fork_rng(devices=[]):
        torch.onnx.export(
            Reader().eval(), example, buffer, input_names=["products", "importance"], output_names=["state"],
            dynamic_axes={"products": {1: "length"}, "importance": {1: "length"}}, opset_version=17, dynamo=False,
        )  # fmt: skip
    graph: bytes = buffer.getvalue()
    return graph
