"""Bytes from anywhere to samples of speech, or one clear refusal.

The format is read from the content, never from a name, and only the demultiplexer and the decoders of that format are
let near the bytes; length is checked while decoding, so that what is too long stops early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import AudioError, MissingExtraError

if TYPE_CHECKING:
    from av.container import InputContainer

ACCEPTED = "a WAV, Ogg, WebM, MP3 or M4A clip"
SAMPLE_RATE = 16_000

# By format: the demultiplexer's name, and the decoders that may read what it finds.
_FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "WAV": (
        "wav",
        ("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw"),
    ),
    "Ogg": ("ogg", ("opus", "vorbis", "flac")),
    "WebM": ("matroska", ("opus", "vorbis")),
    "MP3": ("mp3", ("mp3", "mp3float")),
    "M4A": ("mov", ("aac", "alac", "opus")),
}
_RATES = range(4_000, 192_001)
_MOST_CHANNELS = 8
_SHORTEST = 0.1
_SILENCE = 60
# A packet or two may be torn in an honest recording.
_TORN_SHARE = 0.1
# Opus at its finest cuts a second into 400 packets.
_MOST_PACKETS = 1_000
_BOXES_OF_BOXES = frozenset((b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"))


@dataclass(frozen=True, slots=True)
class AudioLimits:
    """How large a clip may be: bytes as they arrive, seconds once decoded."""

    max_bytes: int = 8_000_000
    max_seconds: float = 20.0


DEFAULT_LIMITS = AudioLimits()


def decode_audio(data: bytes, limits: AudioLimits = DEFAULT_LIMITS) -> NDArray[np.int16]:
    """Decode a clip to (n,) int16 samples, mono, 16 kHz.

    Raises AudioError for what is empty, too large, too long, broken, silent or no clip; MissingExtraError.
    """
    if len(data) > limits.max_bytes:
        raise AudioError(
            "the clip is too large", found=f"{len(data):,} bytes", expected=f"at most {limits.max_bytes:,} bytes"
        )
    name = sniff_format(data)
    av = _import_av()
    if name == "MP3":
        data = _without_tag(data)
    elif name == "M4A":
        _check_boxes(data, limits)
    faults = (av.error.FFmpegError, ValueError, LookupError, ArithmeticError, EOFError, OSError, RuntimeError)
    try:
        with _open(av, data, name) as container:
            samples = _decode(av, container, _FORMATS[name][1], limits)
    except MemoryError as error:
        raise AudioError("the clip does not fit in memory", expected=ACCEPTED) from error
    except faults as error:
        raise AudioError(f"the clip is broken or cut short: no readable {name}", expected=ACCEPTED) from error
    if len(samples) < _SHORTEST * SAMPLE_RATE:
        raise AudioError("the clip is too short to hold a word", found=f"{len(samples) / SAMPLE_RATE:.2f} s")
    if int(np.abs(samples.astype(np.int32)).max()) < _SILENCE:
        raise AudioError("the clip is silent", expected="a clip with somebody speaking")
    return samples


def sniff_format(data: bytes) -> str:
    """Name the format by its first bytes; raises AudioError for anything that is not accepted."""
    if not data:
        raise AudioError("the clip is empty", expected=ACCEPTED)
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "WAV"
    if data[:4] == b"OggS":
        return "Ogg"
    if data[:4] == b"\x1aE\xdf\xa3":
        return "WebM"
    if data[4:8] == b"ftyp":
        return "M4A"
    # An MP3 begins with a tag or with eleven set bits, a layer that is not reserved and a bit rate that is not bad.
    frame = len(data) > 2 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2 and data[2] & 0xF0 != 0xF0
    if data[:3] == b"ID3" or frame:
        return "MP3"
    raise AudioError("not a clip that is read here", found=data[:12], expected=ACCEPTED)


def _import_av() -> Any:
    try:
        import av
    except ImportError:
        raise MissingExtraError("reading a voice clip", "speech") from None
    return av


def _open(av: Any, data: bytes, name: str) -> InputContainer:
    demultiplexer, decoders = _FORMATS[name]
    options = {
        # Without it, opening a file would try decoders on whatever streams it claims to have, video too.
        "codec_whitelist": ",".join(decoders),
        "max_streams": "8",
    }
    source = BytesIO(data)
    opened: InputContainer = av.open(source, format=demultiplexer, options=options, metadata_errors="ignore")
    return opened


def _decode(av: Any, container: InputContainer, decoders: tuple[str, ...], limits: AudioLimits) -> NDArray[np.int16]:
    stream = _choose_stream(av, container, decoders)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    parts: list[NDArray[np.int16]] = []
    seconds = 0.0
    for frame in _frames(av, container, stream, limits):
        if frame.sample_rate not in _RATES:
            raise AudioError("the clip's header cannot be true", found=f"{frame.sample_rate} Hz")
        seconds += frame.samples / frame.sample_rate
        if seconds > limits.max_seconds:
            raise _too_long(limits)
        parts += [piece.to_ndarray().reshape(-1) for piece in resampler.resample(frame)]
    if parts:
        parts += [piece.to_ndarray().reshape(-1) for piece in resampler.resample(None)]
    return np.concatenate(parts).astype(np.int16, copy=False) if parts else np.empty(0, np.int16)


def _choose_stream(av: Any, container: InputContainer, decoders: tuple[str, ...]) -> Any:
    for picture in container.streams.video:
        if not picture.disposition & av.stream.Disposition.attached_pic:
            raise AudioError("the clip is a video", expected=ACCEPTED)
    if not container.streams.audio:
        raise AudioError("the clip has no sound in it", expected=ACCEPTED)
    stream = container.streams.audio[0]
    context = stream.codec_context
    if context is None or context.name not in decoders:
        found = "an unknown codec" if context is None else context.name
        raise AudioError("the clip's codec is not read here", found=found, expected=", ".join(decoders))
    if context.sample_rate not in _RATES or not 1 <= context.channels <= _MOST_CHANNELS:
        raise AudioError(
            "the clip's header cannot be true", found=f"{context.sample_rate} Hz, {context.channels} channels"
        )
    context.thread_count = 1
    return stream


def _frames(av: Any, container: InputContainer, stream: Any, limits: AudioLimits) -> Iterator[Any]:
    most = _MOST_PACKETS * limits.max_seconds + limits.max_bytes / 1024
    torn = 0
    for read, packet in enumerate(container.demux(stream)):
        # Packets that hold no time at all would otherwise never reach the limit on seconds.
        if read > most:
            raise _too_long(limits)
        try:
            yield from packet.decode()
        except av.error.InvalidDataError as error:
            torn += 1
            if torn > 1 + _TORN_SHARE * read:
                raise AudioError("the clip is broken", found=f"{torn} unreadable packets", expected=ACCEPTED) from error


def _too_long(limits: AudioLimits) -> AudioError:
    return AudioError("the clip is too long", expected=f"at most {limits.max_seconds:g} seconds")


def _without_tag(data: bytes) -> bytes:
    """An MP3 less its leading ID3 tags, which may hold pictures and compressed texts."""
    while data[:3] == b"ID3" and len(data) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[10 + size :]
    return data


def _check_boxes(data: bytes, limits: AudioLimits) -> None:
    """Refuse an M4A whose tables claim more samples than it may have seconds: a few bytes can claim billions."""
    most = int(_MOST_PACKETS * limits.max_seconds)
    claimed = {b"stsz": 0, b"stts": 0, b"trun": 0}
    for kind, body in _boxes(data, 0, len(data)):
        if kind == b"cmov":
            raise AudioError("the clip's header is compressed", expected=ACCEPTED)
        if kind in (b"stsz", b"stz2"):
            claimed[b"stsz"] += _number(data, body + 8)
        elif kind == b"trun":
            claimed[b"trun"] += _number(data, body + 4)
        elif kind == b"stts":
            claimed[b"stts"] += sum(_number(data, at) for at in _entries(data, body, 8))
        elif kind == b"stsc" and any(_number(data, at + 4) > most for at in _entries(data, body, 12)):
            raise _too_long(limits)
        elif kind in (b"stco", b"co64") and _number(data, body + 4) > most:
            raise _too_long(limits)
        if max(claimed.values()) > most:
            raise _too_long(limits)


def _boxes(data: bytes, start: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int]]:
    """The kind and the place of the body of every box, the ones inside others too."""
    while start + 8 <= end:
        size, kind, body = _number(data, start), data[start + 4 : start + 8], start + 8
        if size == 1 and start + 16 <= end:
            size, body = int.from_bytes(data[start + 8 : start + 16], "big"), start + 16
        stop = end if size == 0 else min(end, start + size)
        yield kind, body
        if kind in _BOXES_OF_BOXES and depth < len(_BOXES_OF_BOXES):
            yield from _boxes(data, body, stop, depth + 1)
        if stop < body:
            return
        start = stop


def _entries(data: bytes, body: int, size: int) -> range:
    """Where the entries of a table lie that are really there."""
    first = body + 8
    there = max(0, len(data) - first) // size
    return range(first, first + size * min(_number(data, body + 4), there), size)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
