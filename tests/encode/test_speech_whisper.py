"""Whisper by folder or hub name: a tiny model made here runs the whole path; what is missing is said clearly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_whisper import make_tiny_whisper

from bowerbird.domain.errors import AudioError, MissingExtraError, ModelError
from bowerbird.encode.speech_whisper import WhisperRecogniser, WhisperSettings


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("faster_whisper", reason="the extra whisper is not installed")
    pytest.importorskip("torch", reason="the extra train is not installed")
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper"))


@pytest.mark.models
@pytest.mark.filterwarnings("default")
def test_a_converted_model_hears_a_clip(tiny: Path) -> None:
    recogniser = WhisperRecogniser(tiny, WhisperSettings(threads=1), hints=["Montana", "Zeppelin"])
    assert recogniser.languages == ("en",)
    clip = np.random.default_rng(0).normal(0, 3_000, 16_000).astype(np.int16)
    heard = recogniser.transcribe(clip, "en-GB")
    assert heard.language == "en"
    assert heard.seconds == 1.0
    assert heard.model == "whisper tiny"
    assert 0 <= heard.confidence <= 1
    assert [one.text for one in heard.alternatives] == ([heard.text] if heard.text else [])
    with pytest.raises(AudioError, match="English only"):
        recogniser.transcribe(clip, "zh")


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.bin is missing"):
        WhisperRecogniser(tmp_path)
    (tmp_path / "model.bin").write_bytes(b"x")
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        WhisperRecogniser(tmp_path)


@pytest.mark.parametrize("name", ["/no/such/folder", "../up", "a/b/c", "two words"])
def test_what_is_neither_folder_nor_hub_name_is_a_clear_error(name: str) -> None:
    with pytest.raises(ModelError, match="no hub name"):
        WhisperRecogniser(name)


def test_a_broken_model_is_a_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the extra whisper is not installed")
    for name in ("model.bin", "tokenizer.json", "config.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match="cannot be used"):
        WhisperRecogniser(tmp_path)


def test_a_hub_name_that_is_not_here_is_a_clear_error() -> None:
    pytest.importorskip("faster_whisper", reason="the extra whisper is not installed")
    with pytest.raises(ModelError, match="not to be had from the hub"):
        WhisperRecogniser("nobody/nothing", WhisperSettings(fetch=False))


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "faster_whisper", None)
    for name in ("model.bin", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(MissingExtraError, match=r"bowerbird\[whisper\]"):
        WhisperRecogniser(tmp_path)
