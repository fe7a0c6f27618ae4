"""English speech to words by pocketsphinx, with the language model that was built for the shop (``speech_build``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from math import log
from pathlib import Path
from queue import LifoQueue
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import AudioError, MissingExtraError, ModelError
from bowerbird.domain.speech import Alternative, Transcript
from bowerbird.encode.audio import SAMPLE_RATE
from bowerbird.encode.sessions import count_cores
from bowerbird.encode.speech_build import DICTIONARY, GRAMMAR, KIND, VERSION, acoustic_folder
from bowerbird.encode.speech_numbers import write_numbers
from bowerbird.storage.artefacts import read_manifest

if TYPE_CHECKING:
    from pocketsphinx import Decoder

NAME = "pocketsphinx"
LANGUAGES = ("en",)

# pocketsphinx gives the logarithms of paths divided by 1024, and itself holds likelihoods of frames, which are far from
# independent, for twenty times too sure.
_SCALE = 1024
_TOO_SURE = 20
_PATHS = 100
_LOOSE = frozenset("a an the for with in i and or to of".split())
_LOUDNESS = 8_000.0
_PEAK = 99.5


@dataclass(frozen=True, slots=True)
class RecogniserSettings:
    """How speech is searched for words.

    ``language_weight``: how much the language model counts beside the sound. ``gaussians``: how many of each state's
    are looked at; the more, the better strange voices are heard, and the slower. ``noise`` is laid under every clip
    (standard deviation in samples, the speech at about 8,000): the acoustic model never met perfect silence and hears
    words in it. ``padding``: seconds of nothing before and behind. ``alternatives``: how many are given at most.
    ``decoders``: how many clips are heard at once, None for one a core; each takes some 30 MB.
    """

    language_weight: float = 8.0
    gaussians: int = 16
    noise: float = 50.0
    padding: float = 0.15
    alternatives: int = 10
    decoders: int | None = None


class PocketSphinxRecogniser:
    """Hears English; safe from many threads, which wait for each other where there are more than decoders.

    Args:
        folder: the artefact that ``build_speech_model`` wrote.

    Raises:
        MissingExtraError: pocketsphinx is not installed.
        ModelError: the files cannot be used.
        ArtefactError: the artefact is torn.
    """

    def __init__(self, folder: Path, settings: RecogniserSettings | None = None) -> None:
        read_manifest(folder, KIND, VERSION)
        self._folder = folder
        self._settings = settings or RecogniserSettings()
        self._free: LifoQueue[Decoder] = LifoQueue()
        self._most = self._settings.decoders or count_cores()
        self._made = 1
        self._lock = Lock()
        # The first is made now, so that what is wrong shows at once.
        self._free.put(self._make_decoder())

    @property
    def name(self) -> str:
        """Names the model."""
        return NAME

    @property
    def languages(self) -> tuple[str, ...]:
        """English alone."""
        return LANGUAGES

    def transcribe(self, samples: NDArray[np.int16], language: str = "") -> Transcript:
        """(n,) int16 samples, mono, 16 kHz, to words. Raises AudioError for another language than English."""
        if language and language.split("-")[0].lower() not in LANGUAGES:
            raise AudioError(
                "pocketsphinx hears English only", field="language", found=language, expected=", ".join(LANGUAGES)
            )
        prepared = prepare(samples, self._settings)
        with self._decoder() as decoder:
            decoder.start_utt()
            decoder.process_raw(prepared.tobytes(), full_utt=True)
            decoder.end_utt()
            best, paths = _read_paths(decoder)
        alternatives = weigh_paths(best, paths)[: self._settings.alternatives]
        text = alternatives[0].text if alternatives else ""
        seconds = len(samples) / SAMPLE_RATE
        return Transcript(text, "en", tuple(alternatives), seconds, _confidence(alternatives), NAME)

    @contextmanager
    def _decoder(self) -> Iterator[Decoder]:
        decoder = self._take()
        try:
            yield decoder
        finally:
            self._free.put(decoder)

    def _take(self) -> Decoder:
        with self._lock:
            another = self._free.empty() and self._made < self._most
            self._made += another
        if not another:
            return self._free.get()
        try:
            return self._make_decoder()
        except BaseException:
            with self._lock:
                self._made -= 1
            raise

    def _make_decoder(self) -> Decoder:
        try:
            import pocketsphinx
        except ImportError:
            raise MissingExtraError("understanding speech", "speech") from None
        settings = self._settings
        try:
            return pocketsphinx.Decoder(
                hmm=str(acoustic_folder() / "en-us"),
                dict=str(self._folder / DICTIONARY),
                lm=str(self._folder / GRAMMAR),
                lw=settings.language_weight,
                topn=settings.gaussians,
                # A shop's vocabulary is small enough to look at nearly every path; a second pass finds nothing new.
                beam=1e-80,
                pbeam=1e-80,
                wbeam=1e-40,
                maxwpf=-1,
                fwdflat=False,
                loglevel="FATAL",
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"{self._folder}: pocketsphinx cannot read the speech model ({error})") from error


def prepare(samples: NDArray[np.int16], settings: RecogniserSettings) -> NDArray[np.int16]:
    """Samples brought to one loudness, with padding, on a floor of noise; the same ones for the same clip."""
    loud = float(np.percentile(np.abs(samples.astype(np.float32)), _PEAK)) if len(samples) else 0.0
    padding = np.zeros(int(settings.padding * SAMPLE_RATE), np.float32)
    speech = samples.astype(np.float32) * (_LOUDNESS / max(loud, 1.0))
    padded = np.concatenate((padding, speech, padding))
    noise = np.random.default_rng(0).normal(0.0, settings.noise, len(padded))
    limit = np.iinfo(np.int16).max
    return np.clip(padded + noise, -limit, limit).astype(np.int16)


def weigh_paths(best: str, paths: list[tuple[str, float]]) -> list[Alternative]:
    """Texts with their posteriors, ``best`` first, of paths (spoken words, natural logarithm of the likelihood).

    One text may be said on many paths; what they say adds up.
    """
    if not paths:
        return [Alternative(write_numbers(best), 1.0)] if best else []
    scores = np.array([score for _, score in paths]) / _TOO_SURE
    shares = np.exp(scores - scores.max())
    by_text: dict[str, float] = {}
    for (words, _), share in zip(paths, shares, strict=True):
        text = write_numbers(_without_loose_end(words))
        by_text[text] = by_text.get(text, 0.0) + float(share)
    by_text.pop("", None)
    first = write_numbers(_without_loose_end(best) or best)
    # The best path is that of the whole lattice, ends included; the others are counted without their ends.
    by_text[first] = max(by_text.values(), default=1.0)
    total = sum(by_text.values())
    best_first = sorted(by_text.items(), key=lambda entry: (entry[0] != first, -entry[1]))
    return [Alternative(text, share / total) for text, share in best_first]


def _read_paths(decoder: Decoder) -> tuple[str, list[tuple[str, float]]]:
    """The words of the best path, and other paths with the logarithm of their likelihood; none where none was heard."""
    best = decoder.hyp()
    if best is None or not best.hypstr:
        return "", []
    paths = [path for path in islice(decoder.nbest() or (), _PATHS) if path and path.hypstr and path.score > 0]
    return best.hypstr, [(path.hypstr, log(path.score) * _SCALE) for path in paths]


def _without_loose_end(words: str) -> str:
    """What was said less the small words that no query ends in, which stray paths hear in the silence behind it."""
    kept = words.split()
    while kept and kept[-1] in _LOOSE:
        kept.pop()
    return " ".join(kept)


def _confidence(alternatives: list[Alternative]) -> float:
    """How likely the words of the best text are on average: each by the alternatives that have it, too."""
    if not alternatives:
        return 0.0
    words = alternatives[0].text.split()
    held = [sum(one.score for one in alternatives if word in one.text.split()) for word in words]
    return min(1.0, sum(held) / max(1, len(held)))
