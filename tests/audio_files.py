"""Small real audio files of every format, for tests: encoded by FFmpeg where it can, else built from their headers."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
from mutagen.ogg import OggPage

ENCODED = {
    "mp3": ("libmp3lame", "mp3", 44_100),
    "mp2": ("mp2", "mp2", 44_100),
    "flac": ("flac", "flac", 44_100),
    "ogg": ("vorbis", "ogg", 44_100),
    "oga": ("flac", "ogg", 44_100),
    "opus": ("libopus", "opus", 48_000),
    "m4a": ("aac", "ipod", 44_100),
    "alac.m4a": ("alac", "ipod", 44_100),
    "wav": ("pcm_s16le", "wav", 44_100),
    "aiff": ("pcm_s16be", "aiff", 44_100),
    "wv": ("wavpack", "wv", 44_100),
    "tta": ("tta", "tta", 44_100),
    "wma": ("wmav2", "asf", 44_100),
    "aac": ("aac", "adts", 44_100),
    "ac3": ("ac3", "ac3", 48_000),
    "mka": ("flac", "matroska", 44_100),
}
"""Suffix: FFmpeg's encoder, container and sample rate."""

BUILT = ("ape", "mpc", "dsf", "dff", "ofr", "tak", "spx")
"""Suffixes of formats that FFmpeg cannot write; their headers are right, their sound is noise."""

FORMATS = (*ENCODED, *BUILT)


def make(path: Path, *, seconds: float = 0.5, seed: int = 0, suffix: str | None = None) -> Path:
    """Make an audio file without tags; equal `seed` and `seconds` make equal sound.

    Args:
        path: Where.
        seconds: About how long.
        seed: Which sound.
        suffix: Format, a key of `FORMATS`; by default what `path` ends with.
    """
    suffix = suffix or next(name for name in sorted(FORMATS, key=len, reverse=True) if path.name.endswith("." + name))
    path.parent.mkdir(parents=True, exist_ok=True)
    if suffix in ENCODED:
        encode(path, samples(seconds, ENCODED[suffix][2], seed), *ENCODED[suffix])
    else:
        path.write_bytes(_BUILDERS[suffix](seconds, np.random.default_rng(seed)))
    return path


def samples(seconds: float, rate: int, seed: int) -> np.ndarray:
    """Stereo float32[2, n]: a chord and a little noise that `seed` chooses."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * pitch * time) for pitch in random.uniform(200, 1_200, 3)) / 6
    return np.stack([chord, chord]).astype(np.float32) + random.normal(0, 0.02, (2, len(time))).astype(np.float32)


def encode(path: Path, sound: np.ndarray, codec: str, container: str, rate: int) -> None:
    """Encode float32[2, n] into a file."""
    with av.open(str(path), "w", format=container, options={"fflags": "+bitexact"}) as output:
        stream = output.add_stream(codec, rate=rate, layout="stereo")
        wanted = stream.codec_context.codec.audio_formats or [av.AudioFormat("s16")]
        stream.codec_context.format = wanted[0]
        stream.codec_context.bit_rate = 128_000
        stream.codec_context.options = {"strict": "experimental"}  # FFmpeg's own Vorbis encoder
        resampler = av.AudioResampler(
            format=wanted[0], layout="stereo", rate=rate, frame_size=stream.codec_context.frame_size or 1_024
        )
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout="stereo")
        frame.sample_rate = rate
        written = 0
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            piece.pts = written
            written += piece.samples
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))


def _ape(seconds: float, random: np.random.Generator) -> bytes:
    """Monkey's Audio 3.99: descriptor, header, seek table, sound."""
    sound = random.bytes(4_000)
    blocks = round(seconds * 44_100)
    descriptor = struct.pack("<4sHHIIIIIII16s", b"MAC ", 3_990, 0, 52, 24, 4, 0, len(sound), 0, 0, random.bytes(16))
    header = struct.pack("<HHIIIHHI", 2_000, 0, 73_728 * 4, blocks, 1, 16, 2, 44_100)
    return descriptor + header + struct.pack("<I", 80) + sound


def _mpc(seconds: float, random: np.random.Generator) -> bytes:
    """Musepack SV7: 1,152 samples a frame."""
    frames = max(1, round(seconds * 44_100 / 1_152))
    return struct.pack("<3sBIIIII", b"MP+", 7, frames, 0, 0, 0, 0) + random.bytes(3_000)


def _dsf(seconds: float, random: np.random.Generator) -> bytes:
    """DSD64 stereo in blocks of 4,096 bytes a channel."""
    samples_count = round(seconds * 2_822_400)
    blocks = -(-samples_count // 8 // 4_096)
    sound = random.bytes(2 * 4_096 * blocks)
    form = struct.pack("<4sQIIIIIIQII", b"fmt ", 52, 1, 0, 2, 2, 2_822_400, 1, samples_count, 4_096, 0)
    data = struct.pack("<4sQ", b"data", 12 + len(sound)) + sound
    return struct.pack("<4sQQQ", b"DSD ", 28, 28 + len(form) + len(data), 0) + form + data


def _dff(seconds: float, random: np.random.Generator) -> bytes:
    """DSDIFF with uncompressed DSD64."""
    sound = random.bytes(2 * round(seconds * 2_822_400 / 16) * 2)

    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack(">Q", len(body)) + body + b"\0" * (len(body) % 2)

    properties = chunk(b"FS  ", struct.pack(">I", 2_822_400)) + chunk(
        b"CHNL", struct.pack(">H4s4s", 2, b"SLFT", b"SRGT")
    )
    properties += chunk(b"CMPR", b"DSD \x0enot compressed\0")
    body = b"DSD " + chunk(b"FVER", b"\x01\x05\0\0") + chunk(b"PROP", b"SND " + properties) + chunk(b"DSD ", sound)
    return b"FRM8" + struct.pack(">Q", len(body)) + body


def _ofr(seconds: float, random: np.random.Generator) -> bytes:
    """OptimFROG 5: the header says how many samples."""
    header = struct.pack("<4sIIHBBIH", b"OFR ", 15, round(seconds * 88_200), 0, 2, 1, 44_100, 4_100)
    return header + b"\0" + random.bytes(3_000)


def _tak(seconds: float, random: np.random.Generator) -> bytes:
    """TAK: one STREAMINFO block of bit fields, the end mark, sound."""
    count = round(seconds * 44_100)
    bits, position = 0, 0
    for value, width in (
        (2, 6),
        (0, 4),
        (0, 4),
        (count, 35),
        (0, 3),
        (44_100 - 6_000, 18),
        (16 - 8, 5),
        (2 - 1, 4),
        (0, 1),
    ):
        bits |= value << position
        position += width
    info = bits.to_bytes(10, "little") + b"\0\0\0"
    return b"tBaK" + b"\x01" + len(info).to_bytes(3, "little") + info + b"\0\0\0\0" + random.bytes(3_000)


def _spx(seconds: float, random: np.random.Generator) -> bytes:
    """Speex in Ogg: identification, comment, one page of sound."""
    rate = 16_000
    head = struct.pack("<8s20siiiiiiiiiiiii", b"Speex   ", b"1.2", 1, 80, rate, 1, 4, 1, -1, 320, 0, 1, 0, 0, 0)
    comment = struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    end = round(seconds * rate)
    return b"".join(
        (
            _ogg_page(head, 0, 0, 2),
            _ogg_page(comment, 0, 1, 0),
            _ogg_page(random.bytes(1_500), end // 2, 2, 0),
            _ogg_page(random.bytes(1_500), end, 3, 4),
        )
    )


def _ogg_page(packet: bytes, granule: int, sequence: int, flags: int) -> bytes:
    page = OggPage()
    page.packets, page.position, page.sequence, page.serial = [packet], granule, sequence, 7
    page.first, page.last = bool(flags & 2), bool(flags & 4)
    return page.write()


_BUILDERS = {"ape": _ape, "mpc": _mpc, "dsf": _dsf, "dff": _dff, "ofr": _ofr, "tak": _tak, "spx": _spx}
