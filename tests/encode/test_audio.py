"""Clips from anywhere: what is a clip is decoded, what is not is refused once, clearly and early."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bowerbird.domain.errors import AudioError, InputError, MissingExtraError
from bowerbird.encode import audio
from bowerbird.encode.audio import SAMPLE_RATE, AudioLimits, decode_audio, sniff_format

av: Any = pytest.importorskip("av", reason="the extra speech is not installed")

FORMATS = {
    "WAV": ("wav", "pcm_s16le"),
    "Ogg": ("ogg", "libopus"),
    "WebM": ("webm", "libopus"),
    "MP3": ("mp3", "libmp3lame"),
    "M4A": ("mp4", "aac"),
}


def tone(seconds: float, rate: int, loudness: float = 8_000.0) -> NDArray[np.int16]:
    return (loudness * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype(np.int16)


def encode(name: str, seconds: float = 1.0, rate: int = 48_000, loudness: float = 8_000.0, **options: str) -> bytes:
    container, codec = FORMATS[name]
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options) as output:
        stream = output.add_stream(codec, rate=rate)
        stream.layout = "mono"
        samples = tone(seconds, rate, loudness)
        for start in range(0, len(samples), 960):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + 960], format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_mono_at_16_khz(name: str) -> None:
    data = encode(name)
    assert sniff_format(data) == name
    samples = decode_audio(data)
    assert samples.dtype == np.int16
    assert samples.ndim == 1
    assert len(samples) == pytest.approx(SAMPLE_RATE, abs=0.06 * SAMPLE_RATE)
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(samples) == pytest.approx(440, abs=5)


@pytest.mark.parametrize(("channels", "rate", "width"), [(1, 8_000, 2), (2, 44_100, 2), (1, 16_000, 1), (2, 48_000, 4)])
def test_wav_files_of_many_kinds(channels: int, rate: int, width: int) -> None:
    samples = np.repeat(tone(0.5, rate), channels).astype(float) / 32_768
    raw = {1: (samples * 127 + 128).astype(np.uint8), 2: (samples * 32_767).astype("<i2")}
    file = io.BytesIO()
    with wave.open(file, "wb") as output:
        output.setparams((channels, width, rate, 0, "NONE", "none"))
        output.writeframes(raw.get(width, (samples * 2_147_483_000).astype("<i4")).tobytes())
    assert len(decode_audio(file.getvalue())) == pytest.approx(SAMPLE_RATE // 2, abs=200)


def test_recordings_in_pieces_as_a_browser_makes_them_are_read() -> None:
    assert len(decode_audio(encode("M4A", movflags="frag_keyframe+empty_moov"))) > 0.9 * SAMPLE_RATE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello world, this is no clip", "not a clip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a clip"),
        (b"#EXTM3U\nhttp://localhost/secret", "not a clip"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "broken"),
        (b"OggS" + bytes(500), "broken"),
        (b"\x1aE\xdf\xa3" + bytes(500), "broken"),
        (b"\0\0\0\x18ftypM4A " + bytes(500), "broken"),
        (b"ID3\x04\0\0\0\0\0\0" + bytes(500), "broken"),
    ],
)
def test_what_is_no_clip_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(AudioError, match=reason) as raised:
        decode_audio(data)
    assert isinstance(raised.value, InputError)
    assert raised.value.code == "bad_audio"


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_cut_or_damaged_is_refused_or_read_never_worse(name: str) -> None:
    data = encode(name)
    rng = np.random.default_rng(1)
    for _ in range(60):
        broken = bytearray(data[: rng.integers(1, len(data) + 1)])
        for at in rng.integers(0, len(broken), rng.integers(0, 40)):
            broken[at] = rng.integers(256)
        try:
            assert len(decode_audio(bytes(broken)))
        except AudioError:
            pass


def test_silence_is_refused() -> None:
    with pytest.raises(AudioError, match="silent"):
        decode_audio(encode("WAV", loudness=20))


def test_a_click_is_too_short() -> None:
    with pytest.raises(AudioError, match="too short"):
        decode_audio(encode("WAV", seconds=0.05))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(AudioError, match="too large"):
        decode_audio(b"RIFF" + bytes(100), AudioLimits(max_bytes=50))


@pytest.mark.parametrize("name", FORMATS)
def test_too_many_seconds_stop_early(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode(name, seconds=240, rate=24_000 if name != "MP3" else 16_000)
    decoded: list[float] = []
    frames = audio._frames

    def counted(*given: Any) -> Iterator[Any]:
        for frame in frames(*given):
            decoded.append(frame.samples / frame.sample_rate)
            yield frame

    monkeypatch.setattr(audio, "_frames", counted)
    with pytest.raises(AudioError, match="too long"):
        decode_audio(data, AudioLimits(max_bytes=20_000_000, max_seconds=5))
    assert sum(decoded) < 6, "of four minutes"


def test_a_video_is_refused() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        stream = output.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(3):
            output.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        output.mux(stream.encode(None))
    with pytest.raises(AudioError, match="video"):
        decode_audio(file.getvalue())


@pytest.mark.parametrize(
    "table",
    [
        box(b"stsz", struct.pack(">III", 0, 1, 2_000_000_000)),
        box(b"stts", struct.pack(">IIII", 0, 1, 2_000_000_000, 1)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 2_000_000_000, 1)),
        box(b"stco", struct.pack(">II", 0, 2_000_000_000)),
    ],
)
def test_a_few_bytes_that_claim_billions_of_samples_are_refused(table: bytes) -> None:
    inner = box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", table)))))
    with pytest.raises(AudioError, match="too long"):
        decode_audio(box(b"ftyp", b"M4A \0\0\0\0") + inner)


def test_pieces_that_claim_billions_of_samples_are_refused() -> None:
    inner = box(b"moof", box(b"traf", box(b"trun", struct.pack(">II", 0, 2_000_000_000))))
    with pytest.raises(AudioError, match="too long"):
        decode_audio(box(b"ftyp", b"M4A \0\0\0\0") + inner)


def test_a_compressed_header_is_refused() -> None:
    with pytest.raises(AudioError, match="compressed"):
        decode_audio(box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"cmov", bytes(20))))


def test_a_rate_that_cannot_be_is_refused() -> None:
    data = bytearray(encode("WAV"))
    at = data.index(b"fmt ") + 12
    data[at : at + 4] = struct.pack("<I", 1)
    with pytest.raises(AudioError, match="cannot be true"):
        decode_audio(bytes(data))


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode("WAV")
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    with pytest.raises(MissingExtraError, match=r"bowerbird\[speech\]"):
        decode_audio(data)
