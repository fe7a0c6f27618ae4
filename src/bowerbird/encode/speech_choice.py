"""Which recogniser hears a clip: by its language and by what is installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bowerbird.domain.errors import AudioError, MissingExtraError
from bowerbird.domain.ports import SpeechRecogniser

_EMBEDDED_PARTS = ("pocketsphinx", "av", "g2p_en")


@dataclass(frozen=True, slots=True)
class Recognisers:
    """The recognisers that a shop has: the embedded one, which knows its words, and Whisper, where it is set up."""

    embedded: SpeechRecogniser | None = None
    whisper: SpeechRecogniser | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags that can be heard for sure, empty where none; with a multilingual Whisper English and Chinese."""
        if self.whisper is not None and not self.whisper.languages:
            return ("en", "zh")
        return ("en",) if self.whisper is not None or self.embedded is not None else ()

    def choose(self, language: str = "") -> SpeechRecogniser:
        """The one that hears a language best: Whisper, if it is there and has the language, else the embedded one.

        A clip in no stated language goes to Whisper, which can tell, else it is taken for English. Raises
        MissingExtraError where nothing is installed, AudioError where nothing hears the language.
        """
        wanted = language.split("-")[0].lower()
        here = [one for one in (self.whisper, self.embedded) if one is not None]
        for one in here:
            if not wanted or not one.languages or wanted in one.languages:
                return one
        if not here:
            raise MissingExtraError("understanding speech", "whisper" if wanted not in ("", "en") else "speech")
        raise AudioError(
            f"nothing here hears {_NAMES.get(wanted, wanted)}",
            field="language",
            found=language,
            expected="English, or a multilingual Whisper model: pip install 'bowerbird[whisper]' and name the model",
        )


_NAMES = {"zh": "Chinese", "en": "English"}


def open_recognisers(speech_model: Path | None, whisper: str | Path | None = None) -> Recognisers:
    """The recognisers of a built speech model and of a Whisper model's folder or hub name, either left out by None.

    Raises MissingExtraError, ModelError, ArtefactError.
    """
    embedded = heard = None
    if speech_model is not None:
        from bowerbird.encode.speech import PocketSphinxRecogniser

        embedded = PocketSphinxRecogniser(speech_model)
    if whisper is not None:
        from bowerbird.encode.speech_whisper import WhisperRecogniser

        heard = WhisperRecogniser(whisper)
    return Recognisers(embedded, heard)


def has_embedded_speech() -> bool:
    """Whether all of the extra ``speech`` is installed."""
    return all(find_spec(part) is not None for part in _EMBEDDED_PARTS)
