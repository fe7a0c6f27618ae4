"""The cross-encoder of a shop: opened beside the searches, which go without it until it is there."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import CrossEncoder, Floats
from bowerbird.encode.models import ModelSettings
from bowerbird.encode.product_text import product_text
from bowerbird.engine.turns import turns
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import SecondLook
from bowerbird.rank.reranking import PART, Reranked, Reranker, RerankingSettings
from bowerbird.storage.products import ProductStore


class SecondLooks:
    """Hands out the second look that was chosen. Safe from many threads."""

    def __init__(self, products: ProductStore, models: ModelSettings, faults: Faults) -> None:
        self._products, self._models, self._faults = products, models, faults
        self._lock = threading.Lock()
        self._name, self._settings = "", RerankingSettings()
        self._encoder: CrossEncoder | None = None
        self.current: SecondLook | None = None
        """None while there is none, or it is being opened."""

    def choose(self, name: str, settings: RerankingSettings) -> None:
        """Use a model, by folder or hub name, empty for none; a new one is opened in a thread of its own."""
        with self._lock:
            if (name, settings) == (self._name, self._settings):
                return
            same = name == self._name
            self._name, self._settings = name, settings
            if same:
                self.current = None if self._encoder is None else self._look_with(self._encoder)
                return
            self._encoder = self.current = None
        if name:
            threading.Thread(target=self._open, args=(name,), name="cross-encoder", daemon=True).start()

    def _open(self, name: str) -> None:
        try:
            from bowerbird.encode.cross_encoder import load_cross_encoder

            encoder = load_cross_encoder(name, self._models)
        except Exception as error:  # whatever a model's files make torch or ONNX Runtime do
            self._faults.note(PART, error)
            return
        with self._lock:
            if name == self._name:
                self._encoder = encoder
                self.current = self._look_with(encoder)

    def _look_with(self, encoder: CrossEncoder) -> SecondLook:
        reranker = Reranker(encoder, self._faults, self._settings)

        def look(words: str, seqs: NDArray[np.int64], scores: Floats) -> Reranked:
            with turns.stepped_out():
                return reranker.rerank(words, seqs, scores, self._texts)

        return look

    def _texts(self, seqs: Sequence[int]) -> list[str]:
        """What products are to the model; empty for one that was replaced a moment ago."""
        known = self._products.get_many(seqs)
        return [product_text(known[seq]) if seq in known else "" for seq in seqs]
