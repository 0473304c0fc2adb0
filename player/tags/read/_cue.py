"""Cue sheets: one audio file that holds several tracks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PureWindowsPath

from player.bounded import read_ordinary
from player.domain import Gain, Ms, ScannedTrack
from player.tags import _values as values
from player.tags._mojibake import repaired
from player.tags._text import clean
from player.tags.read._people import divided_people

_MAX_BYTES = 1 << 20
_MAX_TRACKS = 999
_FRAMES_A_SECOND = 75
_COMMAND = re.compile(r'\s*(\w+)\s+(?:"([^"]*)"|(\S+))\s*(.*)')
_TIME = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})\Z")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(slots=True)
class CueTrack:
    """One TRACK of a cue sheet; `start_ms` is None without an INDEX from 01 on."""

    number: int
    file: str
    start_ms: int | None = None
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class CueSheet:
    """A parsed cue sheet: texts of the disc (TITLE, PERFORMER, "REM DATE" …), the files it names, its tracks."""

    texts: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    tracks: list[CueTrack] = field(default_factory=list)


def expand(track: ScannedTrack, cue_path: str = "") -> tuple[list[ScannedTrack], str]:
    """The tracks of an audio file after its cue sheet, and what is wrong with the sheet, in words.

    The file stays one track where the sheet is damaged, or lists one file for each track.

    Args:
        track: The whole file.
        cue_path: The cue sheet beside it; without one, that in its tags counts.
    """
    if not cue_path:
        return _expanded(track, _BOMS[0][0] + track.cue_sheet.encode()) if track.cue_sheet else ([track], "")
    try:
        return _expanded(track, read_ordinary(cue_path, limit=_MAX_BYTES))
    except OSError as error:
        return [track], f"The cue sheet cannot be read: {error.strerror or error}."


def _expanded(track: ScannedTrack, data: bytes) -> tuple[list[ScannedTrack], str]:
    sheet = parse(data)
    if len(sheet.files) > 1 or (len(sheet.tracks) == 1 and sheet.tracks[0].start_ms == 0):
        return [track], ""
    if problem := _problem(sheet, track.duration_ms):
        return [track], problem
    ends = [part.start_ms for part in sheet.tracks[1:]] + [None]
    return [_part(track, sheet, part, end) for part, end in zip(sheet.tracks, ends, strict=True)], ""


def parse(data: bytes) -> CueSheet:
    """A cue sheet; unknown and damaged lines are passed over."""
    sheet = CueSheet()
    flat = False
    for line in _decoded(data).splitlines():
        if match := _COMMAND.match(line):
            command, quoted, plain, rest = match.groups()
            flat = flat or line.upper().startswith("TRACK")  # a sheet without any indentation
            _obey(
                sheet,
                command.upper(),
                quoted if quoted is not None else plain,
                rest,
                is_quoted=quoted is not None,
                is_indented=flat or line[:1].isspace(),
            )
    return sheet


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    lines = data.decode("latin-1").splitlines()
    return "\n".join(repaired(lines, legacy=True))


def _obey(sheet: CueSheet, command: str, argument: str, rest: str, *, is_quoted: bool, is_indented: bool) -> None:
    texts = sheet.tracks[-1].texts if sheet.tracks and is_indented else sheet.texts
    if command == "FILE":
        whole = argument if is_quoted else " ".join([argument, *rest.split()[:-1]])
        sheet.files.append(PureWindowsPath(whole).name)
    elif command == "TRACK":
        if rest.strip().upper() == "AUDIO" and argument.isdigit() and sheet.files and len(sheet.tracks) < _MAX_TRACKS:
            sheet.tracks.append(CueTrack(int(argument), sheet.files[-1]))
    elif command == "INDEX":
        if argument.isdigit() and int(argument) >= 1 and sheet.tracks and sheet.tracks[-1].start_ms is None:
            sheet.tracks[-1].start_ms = _time_ms(rest)
    elif command == "REM":
        texts[f"REM {argument.upper()}"] = rest.strip().strip('"')
    else:
        texts[command] = argument if is_quoted else f"{argument} {rest}".strip()


def _time_ms(text: str) -> int | None:
    """Minutes, seconds and frames of 1/75 s."""
    match = _TIME.match(text.strip())
    if match is None or int(match[2]) >= 60 or int(match[3]) >= _FRAMES_A_SECOND:
        return None
    minutes, seconds, frames = map(int, match.groups())
    return (minutes * 60 + seconds) * 1_000 + round(frames * 1_000 / _FRAMES_A_SECOND)


def _problem(sheet: CueSheet, duration_ms: int) -> str:
    starts = [part.start_ms for part in sheet.tracks]
    times = [start for start in starts if start is not None]
    if not starts:
        return "The cue sheet is damaged: it lists no audio tracks. The file is one track in the library."
    if len(times) < len(starts):
        return "The cue sheet is damaged: a track has no start time. The file is one track in the library."
    if any(later <= earlier for earlier, later in pairwise(times)):
        return "The cue sheet is damaged: its times do not ascend. The file is one track in the library."
    if duration_ms and times[-1] >= duration_ms:
        return "The cue sheet belongs to a longer file. The file is one track in the library."
    return ""


def _part(track: ScannedTrack, sheet: CueSheet, part: CueTrack, end_ms: int | None) -> ScannedTrack:
    texts, disc = part.texts, sheet.texts
    start_ms = part.start_ms or 0
    performer = clean(texts.get("PERFORMER", "")) or clean(disc.get("PERFORMER", ""))
    artists = divided_people(performer) or track.artists
    album_artists = divided_people(clean(disc.get("PERFORMER", ""))) or track.album_artists or track.artists
    genre = clean(texts.get("REM GENRE", disc.get("REM GENRE", "")))
    return replace(
        track,
        title=clean(texts.get("TITLE", "")) or f"Track {part.number}",
        title_sort="",
        artists=artists,
        artist_display=performer if artists != (performer,) and performer else "",
        artist_sorts=track.artist_sorts if artists == track.artists else (),
        mb_recording_id="",
        mb_track_id="",
        mb_artist_ids=track.mb_artist_ids if artists == track.artists else (),
        album=clean(disc.get("TITLE", "")) or track.album or track.title,
        album_artists=album_artists,
        album_artist_display="",
        composers=divided_people(clean(texts.get("SONGWRITER", ""))) or track.composers,
        genres=(genre,) if genre else track.genres,
        date=values.date(disc.get("REM DATE", "")) or track.date,
        disc_no=values.whole(disc.get("REM DISCNUMBER", "")) or track.disc_no,
        track_no=values.whole(str(part.number)),
        track_total=len(sheet.tracks),
        isrc=clean(texts.get("ISRC", "")),
        gain=_gain(track.gain, texts, disc),
        lyrics="",
        start_ms=Ms(start_ms),
        end_ms=None if end_ms is None else Ms(end_ms),
        duration_ms=Ms(max(0, (end_ms or track.duration_ms) - start_ms)),
    )


def _gain(whole: Gain, texts: dict[str, str], disc: dict[str, str]) -> Gain:
    """Gains of the sheet; the gain of the whole file is that of the album."""
    return Gain(
        values.gain_db(texts.get("REM REPLAYGAIN_TRACK_GAIN", "")),
        values.peak(texts.get("REM REPLAYGAIN_TRACK_PEAK", "")),
        values.gain_db(disc.get("REM REPLAYGAIN_ALBUM_GAIN", "")) or whole.album_db or whole.track_db,
        values.peak(disc.get("REM REPLAYGAIN_ALBUM_PEAK", "")) or whole.album_peak or whole.track_peak,
    )
