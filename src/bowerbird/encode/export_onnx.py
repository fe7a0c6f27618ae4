"""Torch modules to ONNX graphs; needs the ``train`` extra. Serving never imports this.

Every graph gives its vectors ready to compare: pooled, projected and of unit length (but for the features
of the built-in image model, whose scale the photo metric uses).
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bowerbird.domain.errors import MissingExtraError

if TYPE_CHECKING:
    import torch

_OPSET = 17


def require_train_extra(what: str) -> None:
    """Raise MissingExtraError unless torch and onnx are installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("torch", "onnx", "transformers", "sentence_transformers")):
        raise MissingExtraError(
            f"{what} (once, on any machine; a folder of built models can be copied to BOWERBIRD_MODELS)", "train"
        )


def export_text(
    encode: Callable[..., Any],
    modules: Sequence[torch.nn.Module],
    path: Path,
    names: Sequence[str] = ("input_ids", "attention_mask"),
) -> None:
    """Export ``encode(input_ids, attention_mask)``, which runs ``modules``, over any batch and length.

    ``names`` may end with ``token_type_ids``, for models of pairs that are told which text a token is of.
    """
    import torch

    ids = torch.randint(5, 20, (3, 7))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    types = torch.zeros_like(ids)
    types[:, 3:] = 1
    axes = {**{name: {0: "batch", 1: "length"} for name in names}, "vectors": {0: "batch"}}
    _export(_as_module(encode, modules), (ids, mask, types)[: len(names)], path, [*names], ["vectors"], axes)


def export_image(
    encode: Callable[[Any], Any],
    modules: Sequence[torch.nn.Module],
    path: Path,
    crop: tuple[int, int],
    outputs: Sequence[str] = ("vectors",),
) -> None:
    """Export ``encode(pixels)`` for photos of ``crop`` (height, width) over any batch."""
    import torch

    axes = {name: {0: "batch"} for name in ("pixels", *outputs)}
    _export(_as_module(encode, modules), (torch.randn(2, 3, *crop),), path, ["pixels"], [*outputs], axes)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what torch, transformers and onnx say and draw while a model is loaded and exported."""
    previous = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        from transformers.utils import logging as transformers_logging

        silence: Any = transformers_logging
        silence.disable_progress_bar()
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(previous)


def _as_module(function: Callable[..., Any], modules: Sequence[torch.nn.Module]) -> torch.nn.Module:
    import torch

    class Exported(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.parts = torch.nn.ModuleList(modules)

        def forward(self, *inputs: torch.Tensor) -> object:
            return function(*inputs)

    return Exported().eval()


def _export(
    module: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    import torch

    with torch.no_grad():
        # The exporter by tracing: a fifth of the other's time, and ONNX Runtime fuses its graphs further.
        torch.onnx.export(
            module,
            example,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
