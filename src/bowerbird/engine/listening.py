"""Speech for one shop: its recognisers, made when first needed and made anew as the catalogue changes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bowerbird.domain.errors import BowerbirdError
from bowerbird.domain.product import Product
from bowerbird.domain.speech import Transcript
from bowerbird.encode.audio import AudioLimits, decode_audio
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.speech_build import SpeechSettings, ensure_speech_model
from bowerbird.encode.speech_choice import Recognisers, has_embedded_speech, open_recognisers
from bowerbird.encode.speech_phrases import Phrase, Role, count_phrases
from bowerbird.engine.stores import Stores
from bowerbird.understand.lexicon import Lexicon, load_lexicon

RENEW_SECONDS = 300.0
"""A shop's language model is made anew at most this often."""
MOST_PRODUCTS = 50_000
"""How many products are listened to for phrases: by then the common ones are known."""
LEXICON_WEIGHT = 0.01
"""What a name of the lexicon weighs against 1 for a phrase of one product; chosen on the dev queries of
``benchmarks/voice.py``: more weight, or more than one name a concept, makes the shop's own words be misheard."""

_ROLES = {"kind": Role.KIND, "audience": Role.AUDIENCE, "season": Role.OTHER, "occasion": Role.OTHER} | dict.fromkeys(
    ("color", "material", "pattern", "style", "feature"), Role.ATTRIBUTE
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ListenSettings:
    """How speech is heard; ``whisper`` is the folder or hub name of a model for faster-whisper, empty for none."""

    speech: SpeechSettings = field(default_factory=SpeechSettings)
    limits: AudioLimits = field(default_factory=AudioLimits)
    whisper: str = ""


class Listener:
    """Hears clips in one shop's words. Safe from many threads."""

    def __init__(self, stores: Stores, settings: ListenSettings | None = None) -> None:
        self._stores, self._settings = stores, settings or ListenSettings()
        self._making = threading.Lock()
        self._here: Recognisers | None = None
        self._seq, self._made_at = -1, 0.0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are understood with what is installed and set up."""
        if self._here is not None:
            return self._here.languages
        if self._settings.whisper:
            return ("en", "zh")
        return ("en",) if has_embedded_speech() else ()

    def transcribe(self, clip: bytes, language: str = "") -> Transcript:
        """What is said in a clip.

        Raises AudioError for a clip that cannot be heard and a language that nothing here hears, MissingExtraError.
        """
        samples = decode_audio(clip, self._settings.limits)
        return self.recognisers().choose(language).transcribe(samples, language)

    def recognisers(self, progress: Progress = no_progress) -> Recognisers:
        """The recognisers, the embedded one in the shop's own words."""
        found = self._here
        if found is None:
            with self._making:
                if self._here is None:
                    self._here = self._make(progress)
                return self._here
        late = time.monotonic() - self._made_at > RENEW_SECONDS
        if late and self._stores.products.last_seq() != self._seq:
            self._made_at = time.monotonic()
            threading.Thread(target=self._renew, name="speech-model", daemon=True).start()
        return found

    def warm(self) -> None:
        """Make the recognisers in a thread of their own, for the first clip not to wait for them."""
        if self._here is None:
            threading.Thread(target=self._warm, name="speech-model", daemon=True).start()

    def _warm(self) -> None:
        try:
            self.recognisers()
        except BowerbirdError as error:
            log.warning("speech cannot be understood: %s", error)

    def _renew(self) -> None:
        try:
            with self._making:
                self._here = self._make(no_progress)
        except BowerbirdError as error:
            log.warning("the speech model could not be made anew: %s", error)

    def _make(self, progress: Progress) -> Recognisers:
        self._seq, self._made_at = self._stores.products.last_seq(), time.monotonic()
        folder = self._build(progress) if has_embedded_speech() else None
        whisper = self._settings.whisper or None
        if self._here is not None and self._here.whisper is not None:
            return Recognisers(open_recognisers(folder).embedded, self._here.whisper)
        return open_recognisers(folder, whisper)

    def _build(self, progress: Progress) -> Path:
        phrases = [*count_phrases(self._products()), *lexicon_phrases(load_lexicon())]
        folder, report = ensure_speech_model(self._stores.folder.speech, phrases, self._settings.speech, progress)
        if report is not None:
            log.info("%s", report)
        return folder

    def _products(self) -> Iterator[Product]:
        seen = 0
        for batch in self._stores.products.iterate():
            for stored in batch:
                yield stored.product
            seen += len(batch)
            if seen >= MOST_PRODUCTS:
                return


def lexicon_phrases(lexicon: Lexicon) -> Iterable[Phrase]:
    """The canonical English names of everything, for what a shop does not say itself."""
    for concept in lexicon.concepts.values():
        if concept.type in _ROLES:
            yield Phrase(concept.name, LEXICON_WEIGHT, _ROLES[concept.type])
