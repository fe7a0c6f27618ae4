"""Reads unknown English words letter by letter: the grapheme-to-phoneme network of ``espnet-g2p-en``, run in numpy.

A recurrent encoder and decoder (gated units of Cho et al., EMNLP 2014) trained on the CMU dictionary. The weights are
read from the installed package's folder; the package itself is not imported, since importing it asks the network for
corpora that nothing here needs.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError, ModelError

Floats = NDArray[np.float32]

_WEIGHTS = "checkpoint20.npz"
_LETTERS = {letter: index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz", 3)}
_UNKNOWN, _WORD_ENDS = 1, 2
_BEGIN, _END = 2, 3
_FIRST_PHONE = 4
_MOST_PHONES = 24
# The network's outputs in order: vowels come plain or in three stresses, as the CMU dictionary has them.
_PHONES = (
    "AA AA AA AE AE AE AH AH AH AO AO AO AW AW AW AY AY AY B CH D DH EH EH EH ER ER ER EY EY EY F G HH IH IH IH"
    " IY IY IY JH K L M N NG OW OW OW OY OY OY P R S SH T TH UH UH UH UW UW UW UW V W Y Z ZH"
).split()


class LetterReader:
    """Phones for a word's letters, the likeliest at every step."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._weights = weights

    @classmethod
    def open(cls) -> LetterReader:
        """The network of the installed package. Raises MissingExtraError, ModelError."""
        found = find_spec("g2p_en")
        if found is None or not found.submodule_search_locations:
            raise MissingExtraError("saying words that no dictionary has", "speech")
        path = Path(next(iter(found.submodule_search_locations))) / _WEIGHTS
        try:
            with np.load(path, allow_pickle=False) as stored:
                weights = {name: stored[name].astype(np.float32) for name in stored.files}
            if len(weights["fc_b"]) != _FIRST_PHONE + len(_PHONES):
                raise ModelError(f"{path}: has {len(weights['fc_b'])} outputs, not those of the network known here")
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{path}: cannot be read ({error})") from error
        return cls(weights)

    def read(self, word: str) -> list[str]:
        """Phones of the CMU dictionary, without stress, for a word in small letters."""
        state = np.zeros(self._weights["enc_w_hh"].shape[1], np.float32)
        for index in [*(_LETTERS.get(letter, _UNKNOWN) for letter in word), _WORD_ENDS]:
            state = self._step("enc", index, state)
        phones: list[str] = []
        given = _BEGIN
        while len(phones) < _MOST_PHONES:
            state = self._step("dec", given, state)
            given = int(np.argmax(self._weights["fc_w"] @ state + self._weights["fc_b"]))
            if given == _END:
                break
            if given >= _FIRST_PHONE:
                phones.append(_PHONES[given - _FIRST_PHONE])
        return phones

    def _step(self, side: str, index: int, state: Floats) -> Floats:
        """One gated recurrent unit: reset and update gates, then the candidate state."""
        given = self._weights[f"{side}_w_ih"] @ self._weights[f"{side}_emb"][index] + self._weights[f"{side}_b_ih"]
        kept = self._weights[f"{side}_w_hh"] @ state + self._weights[f"{side}_b_hh"]
        size = len(state)
        gates = 1 / (1 + np.exp(-(given[: 2 * size] + kept[: 2 * size])))
        reset, update = gates[:size], gates[size:]
        candidate = np.tanh(given[2 * size :] + reset * kept[2 * size :])
        result: Floats = (1 - update) * candidate + update * state
        return result
