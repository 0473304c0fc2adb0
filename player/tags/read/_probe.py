"""Files that mutagen does not know or cannot parse, read by FFmpeg: what can be played belongs into the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from player.media import Media
from player.tags._bag import Bag
from player.tags._errors import PARSER_ERRORS

if TYPE_CHECKING:
    from av.container import InputContainer

_MAX_PACKETS = 200
_LOSSLESS = frozenset({"flac", "alac", "wavpack", "tta", "ape", "tak", "shorten", "mlp", "truehd", "als", "dst"})
_ATTACHED_PICTURE = 0x400


@dataclass(frozen=True, slots=True)
class Probe:
    """What FFmpeg says about a file.

    Attributes:
        tags: Its tags in words.
        codec: FFmpeg's name of the codec.
        lossless: Whether the codec is.
        seconds: Length, 0 where unknown.
        bitrate: Bits a second, 0 where unknown.
        sample_rate: Hz.
        channels: Channels.
        container: How to find the sound in it, for `audio_key`.
        video: Whether it holds moving pictures.
    """

    tags: Bag
    codec: str
    lossless: bool
    seconds: float
    bitrate: int
    sample_rate: int
    channels: int
    container: str
    video: bool


def probe(file: BinaryIO) -> Probe | None:
    """What FFmpeg says about an open file; None unless at least one frame of sound decodes."""
    try:
        with Media(file) as media:
            return _describe(media.container) if _decodes(media.container) else None
    except PARSER_ERRORS:
        return None


def _decodes(container: InputContainer) -> bool:
    if not container.streams.audio:
        return False
    for count, packet in enumerate(container.demux(container.streams.audio[0])):
        if packet.decode():
            return True
        if count >= _MAX_PACKETS:
            break
    return False


def _describe(container: InputContainer) -> Probe:
    stream = container.streams.audio[0]
    tags = Bag()
    for source in (container.metadata, stream.metadata):
        for name, text in source.items():
            tags.add_free(name, text)
    seconds = container.duration / 1_000_000 if container.duration else 0.0
    if not seconds and stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    codec = stream.codec_context.name
    return Probe(
        tags,
        codec,
        codec in _LOSSLESS or codec.startswith(("pcm_", "dsd_")),
        seconds,
        container.bit_rate or 0,
        stream.codec_context.sample_rate or 0,
        stream.codec_context.channels or 0,
        "matroska" if "matroska" in container.format.name else "frames",
        any(not int(video.disposition) & _ATTACHED_PICTURE for video in container.streams.video),
    )
