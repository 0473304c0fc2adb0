"""Tagging files of every family in one's own words, through mutagen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mutagen
from mutagen import id3
from mutagen.apev2 import APEv2
from mutagen.mp4 import MP4

from player.domain import ScannedTrack
from player.tags import read_track
from tests.audio_files import make


def id3_file(path: Path, *frames: Any, version: int = 4, separator: str = "/") -> ScannedTrack:
    """An MP3 with these frames."""
    make(path)
    tags = id3.ID3()
    for frame in frames:
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    tags.save(path, v2_version=version, v23_sep=separator)
    return read_track(str(path))


def text(frame: str, *values: str, encoding: int = 3) -> Any:
    """An ID3 text frame, or `TXXX:description`."""
    if frame.startswith("TXXX:"):
        return id3.TXXX(encoding=encoding, desc=frame[5:], text=list(values))
    return getattr(id3, frame)(encoding=encoding, text=list(values))


def vorbis_file(path: Path, tags: dict[str, Any]) -> ScannedTrack:
    """A FLAC, Ogg or Opus file with these comments."""
    return _filled(path, tags)


def mp4_file(path: Path, tags: dict[str, Any]) -> ScannedTrack:
    """An MP4 file with these atoms; names in capitals or of another length than four are free-form."""
    make(path)
    media = MP4(path)
    for name, value in tags.items():
        if len(name) == 4 and (not name.isupper() or name[0] == "\xa9"):
            media[name] = value
        else:
            values = value if isinstance(value, list) else [value]
            media[f"----:com.apple.iTunes:{name}"] = [item.encode() for item in values]
    media.save()
    return read_track(str(path))


def ape_file(path: Path, tags: dict[str, Any]) -> ScannedTrack:
    """A file with an APEv2 tag at its end."""
    make(path)
    items = APEv2()
    for name, value in tags.items():
        items[name] = value
    items.save(path)
    return read_track(str(path))


def asf_file(path: Path, tags: dict[str, Any]) -> ScannedTrack:
    """A WMA file with these attributes."""
    return _filled(path, tags)


def _filled(path: Path, tags: dict[str, Any]) -> ScannedTrack:
    make(path)
    media = mutagen.File(path)
    assert media is not None
    for name, value in tags.items():
        media[name] = value
    media.save()
    return read_track(str(path))
