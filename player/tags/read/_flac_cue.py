"""The CUESHEET block of a FLAC file: where the tracks of a CD begin in it, as a cue sheet in text."""

from __future__ import annotations

from typing import Any

_LEAD_OUT = (170, 255)
_FRAMES_A_SECOND = 75
_AUDIO = 0


def sheet_text(block: Any, rate: int) -> str:
    """The sheet as text; empty where it does not list several audio tracks.

    Args:
        block: mutagen's `CueSheet`.
        rate: Samples a second.
    """
    lines = ['FILE "" WAVE']
    tracks = [track for track in block.tracks if track.track_number not in _LEAD_OUT and track.type == _AUDIO]
    for track in tracks:
        offset = next((point.index_offset for point in track.indexes if point.index_number == 1), 0)
        seconds, frames = divmod(round((track.start_offset + offset) * _FRAMES_A_SECOND / rate), _FRAMES_A_SECOND)
        lines += [
            f"  TRACK {track.track_number:02} AUDIO",
            f"    INDEX 01 {seconds // 60:02}:{seconds % 60:02}:{frames:02}",
        ]
        if isrc := track.isrc.decode("ascii", "replace").strip("\0 "):
            lines.append(f"    ISRC {isrc}")
    return "\n".join(lines) if len(tracks) > 1 and rate else ""
