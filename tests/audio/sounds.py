"""Test sounds and their encoding into every format FFmpeg can write."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
from mutagen.ogg import OggPage

from player.audio._samples import Samples

RATE = 44_100
CODECS = {
    "wav": ("pcm_s16le", "s16"),
    "aiff": ("pcm_s16be", "s16"),
    "flac": ("flac", "s16"),
    "alac.m4a": ("alac", "s16p"),
    "wv": ("wavpack", "s16p"),
    "tta": ("tta", "s16"),
    "mp3": ("libmp3lame", "fltp"),
    "m4a": ("aac", "fltp"),
    "ogg": ("vorbis", "fltp"),
    "opus": ("libopus", "flt"),
    "wma": ("wmav2", "fltp"),
}
"""Suffix to FFmpeg's encoder and its sample format."""

LOSSLESS = ("wav", "aiff", "flac", "alac.m4a", "wv", "tta")
LOSSY = ("mp3", "m4a", "ogg", "opus")


def music(seconds: float, *, rate: int = RATE, seed: int = 1) -> Samples:
    """A tone, a sweep and some noise: no stretch of it resembles another. float32 (frames, 2)."""
    n = round(rate * seconds)
    t = np.arange(n) / rate
    left = 0.25 * np.sin(2 * np.pi * 440 * t) + 0.2 * np.sin(2 * np.pi * (300 * t + 200 * t * t))
    noise = np.random.default_rng(seed).standard_normal(n) * 0.03
    return quantised(np.stack([left, 0.5 * left + noise], axis=1))


def noise(seconds: float, *, rate: int = RATE, seed: int = 1, level: float = 0.1) -> Samples:
    """White noise, unrelated for different seeds."""
    return quantised(np.random.default_rng(seed).standard_normal((round(rate * seconds), 2)) * level)


def quantised(x: np.ndarray) -> Samples:
    """What a 16-bit file can hold exactly."""
    return (np.clip(np.round(x * 32768), -32768, 32767) / 32768).astype(np.float32)


def encode(path: Path, samples: Samples, *, rate: int = RATE) -> str:
    """Write `samples` in the format of the file's suffix; mono where they have one column."""
    kind = "alac.m4a" if path.name.endswith("alac.m4a") else path.suffix[1:]
    codec, sample_format = CODECS[kind]
    layout = "mono" if samples.shape[1] == 1 else "stereo"
    pcm = np.round(samples * 32768).clip(-32768, 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        stream.format = sample_format
        if kind in (*LOSSY, "wma"):
            stream.bit_rate = 192_000
        if kind == "ogg":  # FFmpeg's own Vorbis encoder calls itself experimental
            stream.codec_context.options = {"strict": "experimental"}
        resampler = av.AudioResampler(format=sample_format, layout=layout, rate=rate)
        fifo = av.AudioFifo()
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pcm.reshape(1, -1)), format="s16", layout=layout)
        frame.sample_rate = rate
        frame.pts = 0
        for converted in resampler.resample(frame):
            fifo.write(converted)
        size = stream.codec_context.frame_size or 4096
        position = 0
        while (part := fifo.read(size)) or (part := fifo.read(size, partial=True)):
            part.pts = position
            position += part.samples
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    if kind == "ogg":
        _trim_ogg(path, len(samples))
    return str(path)


def encode_channels(path: Path, codec: str, layout: str, samples: np.ndarray, *, rate: int = 48_000) -> str:
    """Write float32 (frames, channels) by one of FFmpeg's encoders; the suffix is the container."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        stream.format = (stream.codec_context.codec.audio_formats or [av.AudioFormat("s16")])[0]
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate, frame_size=stream.codec_context.frame_size or 1_024
        )
        flat = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(flat, format="flt", layout=layout)
        frame.sample_rate = rate
        position = 0
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            part.pts = position
            position += part.samples
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return str(path)


def hollow(path: Path) -> str:
    """A faultless WAV file without a single frame."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
    return str(path)


def _trim_ogg(path: Path, frames: int) -> None:
    """Say in the last page where the sound ends, which FFmpeg's encoder leaves out."""
    with path.open("r+b") as file:
        page = OggPage(file)
        while not page.last:
            page = OggPage(file)
        page.position = frames
        file.seek(page.offset)
        file.write(page.write())
