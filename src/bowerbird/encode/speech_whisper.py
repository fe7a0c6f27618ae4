"""Speech to words by faster-whisper, by folder or hub name: Chinese, better English, and some ninety more languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import AudioError, MissingExtraError, ModelError
from bowerbird.domain.speech import Alternative, Transcript
from bowerbird.encode.audio import SAMPLE_RATE
from bowerbird.encode.sessions import count_cores

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_ENDINGS = " .。!！?？,，"
_MOST_HINTS = 60
# More than a fast speaker says in the longest clip; a model that has lost its way repeats itself for ever.
_MOST_TOKENS = 160
_WEIGHTS = "model.bin"


@dataclass(frozen=True, slots=True)
class WhisperSettings:
    """``device``: cpu, cuda or auto; ``precision``: how weights are kept; ``beam``: readings kept while searching.

    ``threads``: for one clip, None for all cores; ``fetch``: whether a hub name may be downloaded.
    """

    device: str = "cpu"
    precision: str = "int8"
    beam: int = 5
    threads: int | None = None
    fetch: bool = True


class WhisperRecogniser:
    """Hears the languages of its model; safe from many threads.

    Args:
        model: a folder in CTranslate2's format, a size such as ``small``, or a hub name.
        hints: words of the shop, its brands first, that are listened for.

    Raises:
        MissingExtraError: faster-whisper is not installed.
        ModelError: there is no such model, or its files cannot be used.
    """

    def __init__(self, model: str | Path, settings: WhisperSettings | None = None, hints: Sequence[str] = ()) -> None:
        self._settings = settings or WhisperSettings()
        self._hints = " ".join(hints[:_MOST_HINTS]) or None
        self._name = f"whisper {Path(model).name}"
        self._model = _load(model, self._settings)

    @property
    def name(self) -> str:
        """Names the model."""
        return self._name

    @property
    def languages(self) -> tuple[str, ...]:
        """English alone for an English model, empty for one of many languages."""
        return () if self._model.model.is_multilingual else ("en",)

    def transcribe(self, samples: NDArray[np.int16], language: str = "") -> Transcript:
        """(n,) int16 samples, mono, 16 kHz, to words; the language is told from the clip where it is not given.

        Raises AudioError for a language that the model does not know.
        """
        wanted = language.split("-")[0].lower()
        if wanted and self.languages and wanted not in self.languages:
            raise AudioError(
                "the speech model hears English only", field="language", found=language, expected="a multilingual model"
            )
        try:
            found, info = self._model.transcribe(
                samples.astype(np.float32) / 32_768,
                language=wanted or None,
                beam_size=self._settings.beam,
                condition_on_previous_text=False,
                without_timestamps=True,
                hotwords=self._hints,
                max_new_tokens=_MOST_TOKENS,
            )
            segments = list(found)
        except ValueError as error:
            raise AudioError(f"the clip cannot be heard: {error}", field="language", found=language or None) from error
        text = " ".join(segment.text.strip() for segment in segments).strip(_ENDINGS)
        confidence = _confidence(segments)
        alternatives = (Alternative(text, confidence),) if text else ()
        return Transcript(text, info.language, alternatives, len(samples) / SAMPLE_RATE, confidence, self._name)


def _confidence(segments: Sequence[Segment]) -> float:
    """The mean probability of a token, by the geometric mean."""
    tokens = sum(len(segment.tokens) for segment in segments)
    if not tokens:
        return 0.0
    return min(1.0, exp(sum(segment.avg_logprob * len(segment.tokens) for segment in segments) / tokens))


def _load(name: str | Path, settings: WhisperSettings) -> WhisperModel:
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / _WEIGHTS).is_file():
            raise ModelError(f"{folder} holds no Whisper model in CTranslate2's format: {_WEIGHTS} is missing")
        if not (folder / "tokenizer.json").is_file():
            raise ModelError(f"{folder} holds no tokenizer.json, which the Whisper model is read with")
    elif not _HUB_NAME.fullmatch(str(name)) or str(name).startswith("."):
        raise ModelError(f"no speech model at {name}: there is no such folder, and it is no hub name")
    try:
        from faster_whisper import WhisperModel
    except ImportError:
        raise MissingExtraError("understanding speech with Whisper", "whisper") from None
    try:
        return WhisperModel(
            str(folder) if folder.is_dir() else str(name),
            device=settings.device,
            compute_type=settings.precision,
            cpu_threads=settings.threads or count_cores(),
            local_files_only=not settings.fetch,
        )
    except Exception as error:
        # The loader passes on whatever the hub's client, the network or the file format raise.
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        what = f"{folder} cannot be used" if folder.is_dir() else f"{name} is not to be had from the hub"
        raise ModelError(f"the speech model {what} ({reason}); give the folder of a converted Whisper model") from error
