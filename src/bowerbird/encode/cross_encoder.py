"""A cross-encoder: reads a query and a product's text together and says how well they go together.

Any model of the hub's sequence classification kind that gives one number (MiniLM cross-encoders, bge-rerankers), by
folder or hub name, converted once as the other models are; or a folder that holds an ONNX graph of one already, which
needs no torch. Slower than comparing vectors by far, so only the first candidates are read this way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ModelError
from bowerbird.encode.hub import obtain_model
from bowerbird.encode.model_folder import MANIFEST, Manifest, TextPart, read_manifest
from bowerbird.encode.models import ModelSettings
from bowerbird.encode.text import TextGraph, bucket

_GRAPHS = ("onnx/model.onnx", "model.onnx")
_DEFAULT_LENGTH = 512
# Their positions are counted from the one after the padding's.
_OFFSET_POSITIONS = ("roberta", "camembert", "xlm-roberta", "xlm-roberta-xl")


def load_cross_encoder(name: str | Path, settings: ModelSettings | None = None) -> OnnxCrossEncoder:
    """A cross-encoder by folder or hub name, converted first if need be. Raises ModelError, MissingExtraError."""
    settings = settings or ModelSettings()
    folder = Path(name).expanduser()
    if _ready_made(folder) is None:
        folder = obtain_model(name, "pair", settings)
    return OnnxCrossEncoder(folder, max_length=settings.text_tokens)


class OnnxCrossEncoder:
    """A cross-encoder that needs no torch; safe from many threads.

    Args:
        folder: a model folder of kind pair, or one that holds ``model.onnx``, ``tokenizer.json`` and ``config.json``.
        max_length: cut query and text together to this many tokens, where the model's own limit is higher.

    Raises:
        ModelError: the folder has no usable cross-encoder.
    """

    def __init__(self, folder: Path, *, max_length: int | None = None) -> None:
        ready = _ready_made(folder)
        self.manifest = read_manifest(folder) if ready is None else _describe(folder, ready)
        part = self.manifest.text
        if part is None or self.manifest.kind != "pair":
            raise ModelError(f"{folder} holds no cross-encoder")
        length = min(part.max_length, max_length or part.max_length)
        self._graph = PairGraph(folder, replace(part, max_length=length), 1)

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same pair would give another number."""
        return f"{self.manifest.fingerprint}-{self._graph.part.max_length}"

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One query and n texts to (n,) float32 logits, on the calling thread."""
        return self._graph.score(query, texts)


class PairGraph(TextGraph):
    """A tokenizer and a graph that are fed two texts at once."""

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One query and n texts to (n,) float32 logits, in batches of like length."""
        pairs = self.pair(query, texts)
        logits = np.empty(len(texts), np.float32)
        for batch in bucket([len(pair.ids) for pair in pairs]):
            logits[batch] = self._infer(self.feed_pairs([pairs[row] for row in batch])).reshape(len(batch))
        return logits

    def pair(self, query: str, texts: Sequence[str]) -> list[Any]:
        """The tokens of the query with each text, cut to the longest input, the longer of the two first."""
        cut = 24 * self.part.max_length
        first, *rest = [text[:cut].replace("\0", " ") for text in (query, *texts)]
        return list(self._tokenizer.encode_batch([(first, text) for text in rest]))

    def feed_pairs(self, pairs: Sequence[Any]) -> dict[str, NDArray[np.int64]]:
        """Pairs to the graph's padded inputs, (pairs, longest) int64 each."""
        given = self.feed([pair.ids for pair in pairs])
        types = np.zeros_like(given["input_ids"])
        for row, pair in enumerate(pairs):
            types[row, : len(pair.type_ids)] = pair.type_ids
        return {**given, "token_type_ids": types}


def check_one_number(config: Mapping[str, Any], name: str) -> None:
    """Raise ModelError unless a model's ``config.json`` tells of a classifier of pairs with one number."""
    kinds = config.get("architectures") or []
    if not any(str(kind).endswith("ForSequenceClassification") for kind in kinds):
        raise ModelError(f"{name} is a {config.get('model_type') or 'nameless'} model, and no cross-encoder")
    # What is not said is two.
    count = len(config.get("id2label") or (0, 1))
    if count != 1:
        raise ModelError(f"{name} gives {count} numbers a pair; a cross-encoder gives one")


def longest_pair(config: Mapping[str, Any], pad_id: int, limit: float) -> int:
    """How many tokens a model takes, by its ``config.json`` and its tokenizer's own limit, which may be endless."""
    positions = int(config.get("max_position_embeddings") or 0)
    if positions > 0 and config.get("model_type") in _OFFSET_POSITIONS:
        positions -= pad_id + 1
    return int(min(limit, positions if positions > 0 else _DEFAULT_LENGTH))


def _ready_made(folder: Path) -> str | None:
    """The ONNX graph of a folder that holds one, with its tokenizer, and no weights to convert."""
    if (folder / MANIFEST).is_file() or not (folder / "tokenizer.json").is_file() or any(folder.glob("*.safetensors")):
        return None
    return next((graph for graph in _GRAPHS if (folder / graph).is_file()), None)


def _describe(folder: Path, graph: str) -> Manifest:
    """The manifest that a folder with an ONNX graph would have."""
    config, tokenizer = _read(folder / "config.json"), _read(folder / "tokenizer_config.json")
    check_one_number(config, str(folder))
    pad_id = int(config.get("pad_token_id") or 0)
    length = longest_pair(config, pad_id, float(tokenizer.get("model_max_length") or _DEFAULT_LENGTH))
    part = TextPart(dim=1, max_length=length, pad_id=pad_id, pooling="logit", precision="its own", graph=graph)
    # A graph may be a gigabyte: its size and time tell it as well as its content.
    marks = [(folder / name).stat() for name in (graph, part.tokenizer)]
    known = f"{part} {[(mark.st_size, mark.st_mtime_ns) for mark in marks]}"
    fingerprint = hashlib.sha256(known.encode()).hexdigest()[:16]
    return Manifest(folder.name, "pair", text=part, source=str(folder), fingerprint=fingerprint)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return content if isinstance(content, dict) else {}
