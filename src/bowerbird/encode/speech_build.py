"""The part of speech recognition that is a shop's own: its dictionary and its language model, as an artefact.

    words.dict   every word with the ways to say it
    words.lm     n-grams of what shoppers of this shop are likely to say (ARPA)

Derived from the catalogue and the lexicon, built again when they change.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bowerbird.domain.errors import ArtefactError, MissingExtraError
from bowerbird.encode.language_model import LanguageModel, LanguageModelSettings, fit_language_model
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.pronounce import Pronouncer, open_pronouncer
from bowerbird.encode.pronounce_accents import say_british
from bowerbird.encode.speech_patterns import PatternSettings, QueryPatterns
from bowerbird.encode.speech_phrases import Phrase
from bowerbird.storage.artefacts import current, prune, read_manifest, swap_current, write_artefact

KIND, VERSION = "speech", 1
DICTIONARY, GRAMMAR = "words.dict", "words.lm"
# A word that is only in a pattern, and in nothing of the shop's, weighs little among the unigrams.
_PATTERN_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """``most_words``: the largest vocabulary, the weightiest words kept; ``accents``: also the British way of each."""

    patterns: PatternSettings = field(default_factory=PatternSettings)
    language_model: LanguageModelSettings = field(default_factory=LanguageModelSettings)
    most_words: int = 20_000
    accents: bool = True


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """What was built: words, n-grams, bytes on disk, seconds it took, and how many words no dictionary had."""

    words: int
    ngrams: int
    read_by_letters: int
    bytes: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"Speech: {self.words:,} words ({self.read_by_letters:,} in no dictionary), {self.ngrams:,} n-grams, "
            f"{self.bytes / 1e6:.1f} MB in {self.seconds:.1f} s"
        )


def ensure_speech_model(
    root: Path, phrases: Iterable[Phrase], settings: SpeechSettings | None = None, progress: Progress = no_progress
) -> tuple[Path, SpeechReport | None]:
    """The current speech model under ``root``, built anew where phrases or settings are others than it was built of.

    The report is None where nothing had to be built. Raises MissingExtraError, StorageError.
    """
    settings = settings or SpeechSettings()
    chosen = sorted(phrases, key=lambda phrase: (phrase.role, phrase.text))
    name = _fingerprint(chosen, settings)
    folder = root / name
    try:
        read_manifest(folder, KIND, VERSION)
        if current(root) == folder:
            return folder, None
        report = None
    except ArtefactError:
        progress("building the speech model", 0)
        shutil.rmtree(folder, ignore_errors=True)
        report = build_speech_model(folder, chosen, settings)
    swap_current(root, name)
    prune(root)
    return folder, report


def build_speech_model(target: Path, phrases: Iterable[Phrase], settings: SpeechSettings | None = None) -> SpeechReport:
    """Build the artefact ``target``. Raises MissingExtraError, StorageError."""
    settings = settings or SpeechSettings()
    started = perf_counter()
    pronouncer = open_pronouncer(acoustic_folder() / "cmudict-en-us.dict")
    said, model = fit_shop(phrases, settings, pronouncer)
    with write_artefact(target, KIND, VERSION) as draft:
        _write_dictionary(draft.folder / DICTIONARY, said, settings.accents)
        with (draft.folder / GRAMMAR).open("w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in model.lines())
        size = sum(path.stat().st_size for path in draft.folder.iterdir())
        letters = sum(not pronouncer.knows(word) for word in said)
        report = SpeechReport(len(said), len(model.probabilities), letters, size, perf_counter() - started)
        draft.details.update(words=report.words, ngrams=report.ngrams, seconds=round(report.seconds, 2))
    return report


def fit_shop(
    phrases: Iterable[Phrase], settings: SpeechSettings, pronouncer: Pronouncer
) -> tuple[dict[str, tuple[str, ...]], LanguageModel]:
    """The words with the ways to say them, and the language model of the queries that the phrases make."""
    patterns = QueryPatterns(phrases, settings.patterns)
    queries = Counter(patterns.draw())
    weights = dict(patterns.words)
    for query in queries:
        for word in query:
            weights.setdefault(word, _PATTERN_WEIGHT)
    kept = sorted(weights, key=lambda word: (-weights[word], word))[: settings.most_words]
    said = pronouncer.say_all(kept)
    sentences = ((query, float(count)) for query, count in queries.items() if said.keys() >= set(query))
    model = fit_language_model(sentences, {word: weights[word] for word in said}, settings.language_model)
    return said, model


def acoustic_folder() -> Path:
    """Where pocketsphinx keeps its English model. Raises MissingExtraError."""
    try:
        from pocketsphinx import get_model_path
    except ImportError:
        raise MissingExtraError("understanding speech", "speech") from None
    return Path(get_model_path("en-us"))


def _write_dictionary(path: Path, said: Mapping[str, tuple[str, ...]], accents: bool) -> None:
    with path.open("w", encoding="ascii") as file:
        for word in sorted(said):
            ways = dict.fromkeys(said[word])
            if accents:
                ways |= dict.fromkeys(say_british(way) for way in said[word])
            for number, way in enumerate(ways, 1):
                file.write(f"{word}{f'({number})' if number > 1 else ''} {way}\n")


def _fingerprint(phrases: list[Phrase], settings: SpeechSettings) -> str:
    digest = hashlib.sha256(f"{VERSION} {settings}".encode())
    for phrase in phrases:
        digest.update(f"\n{phrase.role}\t{phrase.text}\t{phrase.weight:.4g}".encode())
    return digest.hexdigest()[:16]
