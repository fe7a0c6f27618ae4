"""Texts to unit vectors, by a model folder's tokenizer and ONNX graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ModelError
from bowerbird.encode.model_folder import TextPart, read_manifest
from bowerbird.encode.sessions import count_cores, map_bounded, open_session

# Texts are bucketed by length within a chunk; a batch holds about this many tokens, padding included.
_CHUNK = 4_096
_BATCH_TOKENS = 1_024
_BATCH_ROWS = 64
_UNKNOWN = ("[UNK]", "<unk>")


class OnnxTextEncoder:
    """A text encoder that needs no torch; safe from many threads.

    Args:
        folder: a model folder of kind text or joint.
        workers: threads for ``encode``; all cores by default. ``encode_query`` runs on the caller's.
        max_length: cut texts to this many tokens, where the model's own limit is higher.

    Raises:
        ModelError: the folder has no usable text model.
    """

    def __init__(self, folder: Path, *, workers: int | None = None, max_length: int | None = None) -> None:
        manifest = read_manifest(folder)
        if manifest.text is None or manifest.kind == "pair":
            raise ModelError(f"{folder} holds no text model")
        self.manifest = manifest
        self._part: TextPart = manifest.text
        length = min(self._part.max_length, max_length or self._part.max_length)
        self._cut = length < self._part.max_length
        self._graph = TextGraph(folder, replace(self._part, max_length=length), workers or count_cores())
        self._query_frame = len(self._graph.tokenize([""], self._part.query_prefix)[0])

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return self._part.dim

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would give another vector."""
        fingerprint = self.manifest.fingerprint
        return f"{fingerprint}-{self._graph.part.max_length}" if self._cut else fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Passages to (n, dim) float32 unit rows."""
        return self._graph.encode(texts, self._part.passage_prefix)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """One query to a (dim,) float32 unit vector, on the calling thread.

        A query most of whose tokens the model does not know gives zeros: an English model makes the same vector of
        any Chinese words, and what lies near it has nothing to do with them.
        """
        rows = self._graph.tokenize([text], self._part.query_prefix)
        if self._graph.strange(rows[0], self._query_frame):
            return np.zeros(self.dim, np.float32)
        return np.asarray(self._graph.run(rows)[0])


class TextGraph:
    """A tokenizer and a graph, fed as a manifest's text part says."""

    def __init__(self, folder: Path, part: TextPart, workers: int) -> None:
        from tokenizers import Tokenizer

        self.part = part
        self._workers = workers
        # A torn tokenizer raises a bare Exception; the manifest's fingerprint is what guards against that.
        self._tokenizer: Any = Tokenizer.from_file(str(folder / part.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(part.max_length)
        # Tokenizers that cut unknown words into bytes have no such token, and read everything.
        self._unknown = next((id for id in map(self._tokenizer.token_to_id, _UNKNOWN) if id is not None), -1)
        self._session = open_session(folder / part.graph)
        self._inputs = {given.name for given in self._session.get_inputs()}

    def encode(self, texts: Sequence[str], prefix: str = "") -> NDArray[np.float32]:
        """Texts to (n, dim) float32, in batches of like length over all workers."""
        chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
        vectors = [self._encode_chunk(chunk, prefix) for chunk in chunks]
        return np.concatenate(vectors) if vectors else np.empty((0, self.part.dim), np.float32)

    def _encode_chunk(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        ids = self.tokenize(texts, prefix)
        batches = list(bucket([len(one) for one in ids]))
        vectors = np.empty((len(texts), self.part.dim), np.float32)
        found = map_bounded(lambda batch: self.run([ids[row] for row in batch]), batches, self._workers)
        for batch, rows in zip(batches, found, strict=True):
            vectors[batch] = rows
        return vectors

    def tokenize(self, texts: Sequence[str], prefix: str = "") -> list[list[int]]:
        """Token ids of each text, cut to the longest input."""
        if self.part.lowercase:
            texts = [text.lower() for text in texts]
        # A tokenizer is handed whole fields; what lies far beyond its limit only costs time.
        cut = 24 * self.part.max_length
        prepared = [prefix + text[:cut].replace("\0", " ") for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(prepared)]

    def strange(self, tokens: list[int], frame: int) -> bool:
        """Whether most of the tokens, but the ``frame`` of them that every text has, are unknown to the model."""
        return 2 * tokens.count(self._unknown) > len(tokens) - frame

    def feed(self, rows: list[list[int]]) -> dict[str, NDArray[np.int64]]:
        """Token ids to the graph's padded inputs, (rows, longest) int64 each."""
        length = self.part.max_length if self.part.pad_to_max else max(1, *map(len, rows))
        ids = np.full((len(rows), length), self.part.pad_id, np.int64)
        mask = np.zeros((len(rows), length), np.int64)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def run(self, rows: list[list[int]]) -> NDArray[np.float32]:
        """One batch of token ids to (rows, dim) float32."""
        return self._infer(self.feed(rows))

    def _infer(self, given: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        return np.asarray(self._session.run(None, {name: given[name] for name in self._inputs})[0], np.float32)


def bucket(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group rows of like length, longest first, so that the last batches to finish are small."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    start = 0
    while start < len(order):
        rows = min(_BATCH_ROWS, max(1, _BATCH_TOKENS // max(1, lengths[order[start]])))
        yield order[start : start + rows]
        start += rows
