"""Spoken queries are heard in the shop's own words. The speaker is espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError, AudioError, MissingExtraError
from bowerbird.domain.product import Product, Variant
from bowerbird.encode import speech_build
from bowerbird.encode.audio import decode_audio
from bowerbird.encode.speech import PocketSphinxRecogniser, RecogniserSettings, prepare, weigh_paths
from bowerbird.encode.speech_build import SpeechSettings, build_speech_model, ensure_speech_model
from bowerbird.encode.speech_choice import has_embedded_speech
from bowerbird.encode.speech_patterns import PatternSettings
from bowerbird.encode.speech_phrases import Phrase, Role, count_phrases
from bowerbird.storage.artefacts import current

pytestmark = pytest.mark.skipif(not has_embedded_speech(), reason="the extra speech is not installed")

PRODUCTS = [
    Product(
        id=title,
        title=title,
        categories=(category,),
        attributes={"gender": gender},
        variants=tuple(Variant(f"{title}-{color}", attributes={"color": color}) for color in colors),
    )
    for title, category, gender, colors in (
        ("Montana Wind Jacket", "Jackets", "men", ("Red", "Green")),
        ("Juno Jacket", "Jackets", "women", ("Purple", "Blue")),
        ("Hyperion Running Shoes", "Shoes", "women", ("Red", "Black")),
        ("Zeppelin Yoga Pants", "Pants", "men", ("Black", "Blue")),
        ("Kangeroo Hoodie", "Hoodies", "men", ("Blue", "Green")),
        ("Sprite Yoga Strap 8 foot", "Yoga", "women", ("Black",)),
    )
]
SETTINGS = SpeechSettings(PatternSettings(queries=8_000))


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> PocketSphinxRecogniser:
    folder = tmp_path_factory.mktemp("speech") / "model"
    report = build_speech_model(folder, count_phrases(PRODUCTS), SETTINGS)
    assert report.words > 100
    assert report.bytes == sum(path.stat().st_size for path in folder.glob("words.*"))
    return PocketSphinxRecogniser(folder, RecogniserSettings(decoders=2))


def say(text: str, voice: str = "en-us") -> NDArray[np.int16]:
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng, which speaks the test's clips, is not installed")
    said = subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "--stdout", text], capture_output=True, check=True)
    return decode_audio(said.stdout)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("red jacket for women", "red jacket for women"),
        ("show me blue jackets under fifty dollars", "show me blue jackets under 50 dollars"),
        ("green hoodie", "green hoodie"),
        ("montana wind jacket", "montana wind jacket"),
        ("black yoga pants for men", "black yoga pants for men"),
        ("yoga strap eight foot", "yoga strap 8 foot"),
    ],
)
def test_queries_are_heard_word_for_word(recogniser: PocketSphinxRecogniser, said: str, heard: str) -> None:
    transcript = recogniser.transcribe(say(said))
    assert transcript.text == heard
    assert transcript.language == "en"
    assert transcript.model == "pocketsphinx"
    assert transcript.confidence > 0.4
    assert transcript.seconds > 0.5


def test_a_british_speaker_is_heard_too(recogniser: PocketSphinxRecogniser) -> None:
    assert recogniser.transcribe(say("purple jacket for women", "en-gb"), "en-GB").text == "purple jacket for women"


def test_alternatives_are_best_first_and_each_once(recogniser: PocketSphinxRecogniser) -> None:
    transcript = recogniser.transcribe(say("black running shoes"))
    texts = [one.text for one in transcript.alternatives]
    scores = [one.score for one in transcript.alternatives]
    assert texts[0] == transcript.text
    assert len(set(texts)) == len(texts) > 1
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) <= 1 + 1e-9


def test_the_same_clip_is_heard_the_same_by_many_threads(recogniser: PocketSphinxRecogniser) -> None:
    clips = [say("green hoodie"), say("black yoga pants for men")] * 4
    alone = [recogniser.transcribe(clip) for clip in clips[:2]] * 4
    with ThreadPoolExecutor(4) as threads:
        assert [one.text for one in threads.map(recogniser.transcribe, clips)] == [one.text for one in alone]
    assert recogniser._made == 2


def test_noise_without_words_gives_a_transcript_and_no_error(recogniser: PocketSphinxRecogniser) -> None:
    hiss = np.random.default_rng(0).normal(0, 2_000, 16_000).astype(np.int16)
    transcript = recogniser.transcribe(hiss)
    assert (transcript.text == "") == (transcript.alternatives == ())


def test_chinese_is_refused_clearly(recogniser: PocketSphinxRecogniser) -> None:
    with pytest.raises(AudioError, match="English only") as raised:
        recogniser.transcribe(np.zeros(16_000, np.int16), "zh")
    assert raised.value.field == "language"


def test_a_model_is_built_once_and_again_when_the_phrases_change(tmp_path: Path) -> None:
    phrases = [Phrase("jacket", 1, Role.KIND), Phrase("red", 1, Role.ATTRIBUTE)]
    settings = SpeechSettings(PatternSettings(queries=300))
    folder, report = ensure_speech_model(tmp_path, phrases, settings)
    assert report is not None
    assert "n-grams" in str(report)
    assert current(tmp_path) == folder
    assert ensure_speech_model(tmp_path, reversed(phrases), settings) == (folder, None)
    other, report = ensure_speech_model(tmp_path, [*phrases, Phrase("Zeppelin", 1, Role.BRAND)], settings)
    assert report is not None
    assert other != folder
    assert "zeppelin " in (other / speech_build.DICTIONARY).read_text()
    assert current(tmp_path) == other


def test_a_torn_model_is_recognised_and_made_again(tmp_path: Path) -> None:
    phrases = [Phrase("jacket", 1, Role.KIND)]
    settings = SpeechSettings(PatternSettings(queries=100))
    folder, _ = ensure_speech_model(tmp_path, phrases, settings)
    (folder / speech_build.GRAMMAR).write_text("torn")
    with pytest.raises(ArtefactError, match="torn"):
        PocketSphinxRecogniser(folder)
    assert ensure_speech_model(tmp_path, phrases, settings)[1] is not None
    PocketSphinxRecogniser(folder)


def test_an_empty_shop_has_a_model_too(tmp_path: Path) -> None:
    build_speech_model(tmp_path / "model", [], SpeechSettings(PatternSettings(queries=100)))
    PocketSphinxRecogniser(tmp_path / "model")


def test_only_the_weightiest_words_are_kept(tmp_path: Path) -> None:
    phrases = [Phrase("jacket", 9, Role.KIND), Phrase("zeppelin", 0.01, Role.OTHER)]
    report = build_speech_model(tmp_path / "m", phrases, SpeechSettings(PatternSettings(queries=50), most_words=5))
    assert report.words == 5
    assert "zeppelin" not in (tmp_path / "m" / speech_build.DICTIONARY).read_text()


def test_paths_of_one_text_add_up_and_stray_endings_are_left_out() -> None:
    paths = [("red jacket", -100.0), ("red jacket for a", -100.0), ("red jackets", -110.0), ("read jacket", -400.0)]
    found = weigh_paths("red jacket", paths)
    assert [one.text for one in found] == ["red jacket", "red jackets", "read jacket"]
    assert found[0].score > 2 * found[1].score
    assert sum(one.score for one in found) == pytest.approx(1)
    assert weigh_paths("", []) == []
    assert [one.text for one in weigh_paths("under fifty", [])] == ["under 50"]


def test_clips_are_brought_to_one_loudness() -> None:
    clip = (300 * np.sin(np.arange(16_000) / 20)).astype(np.int16)
    prepared = prepare(clip, RecogniserSettings())
    assert prepared.dtype == np.int16
    assert len(prepared) == 16_000 + 2 * 2_400
    assert 7_000 < np.abs(prepared).max() < 9_000
    assert (prepared == prepare(clip, RecogniserSettings())).all()


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pocketsphinx", None)
    with pytest.raises(MissingExtraError, match=r"bowerbird\[speech\]"):
        speech_build.acoustic_folder()
