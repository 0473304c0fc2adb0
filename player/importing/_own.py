"""Our own history as an open file: JSON Lines, one play or thumb a line, names and not ids.

The first line says what it is: `{"segue_history": 1}`. A play: `{"play": {title, artist, album,
duration_ms, recording_mbid, path}, "at": UTC ms, "listened_ms", "skipped", "start", "end",
"suggested_by", "score"}`. A thumb: `{"thumb": {…names…}, "at", "value"}`. What other programs counted without times:
`{"counts": {…names…}, "plays", "skips", "rating": 0 to 1, "last_played_at"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from player import storage
from player.domain import FileError, Outcome, Track, TrackId
from player.importing import _values as v
from player.importing._bounded import parse_json, refuse_cut
from player.importing._records import HistoryBuilder, ImportedHistory, ImportedPlay, ImportedStats, ImportedThumb, Names

HEADER = "segue_history"
VERSION = 1
BATCH = 1_000
NAMES = ("title", "artist", "album", "duration_ms", "recording_mbid", "path")


def write_history(db: storage.Database, path: Path) -> int:
    """Write every play and thumb to `path`; returns how many lines of them. The file appears whole or not at all.

    Raises:
        FileError: it cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    lines = 0
    try:
        with beside.open("w", encoding="utf-8") as out:
            out.write(json.dumps({HEADER: VERSION}) + "\n")
            for line in _lines(db):
                out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
                lines += 1
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FileError(str(path), error.strerror or str(error)) from error
    return lines


def _lines(db: storage.Database) -> Iterator[dict[str, Any]]:
    recordings = db.tracks.recordings()
    names: dict[int, dict[str, Any]] = {}

    def named(track_id: int) -> dict[str, Any]:
        if track_id not in names:
            found = db.tracks.get([TrackId(track_id)])
            names[track_id] = _names(found[0], recordings) if found else {}
        return names[track_id]

    for play in reversed(db.plays.recent(db.plays.count())):
        yield {
            "play": named(play.track_id),
            "at": play.started_at,
            "listened_ms": play.listened_ms,
            "skipped": play.outcome is Outcome.SKIPPED,
            "start": str(play.start_reason),
            "end": str(play.end_reason) if play.end_reason else None,
            "suggested_by": play.model_version,
            "score": play.score,
        }
    yield from map(_foreign, db.foreign_plays.all())
    thumbs = db.thumbs.log()
    for track_id, value, at in zip(thumbs.track_id.tolist(), thumbs.value.tolist(), thumbs.at.tolist(), strict=True):
        yield {"thumb": named(track_id), "at": at, "value": value}
    for prior in db.plays.priors():
        yield _counts(named(prior.track_id), prior)
    for count in db.foreign_counts.all():
        names_of = {name: getattr(count, name) for name in NAMES}
        yield _counts(names_of, count)
        if count.thumb:
            yield {"thumb": names_of, "at": count.thumb_at, "value": count.thumb}


def _counts(names: dict[str, Any], told: storage.Prior | storage.ForeignCount) -> dict[str, Any]:
    """What another program counted, as a line."""
    return {
        "counts": names,
        "plays": told.play_count,
        "skips": told.skip_count,
        "rating": told.rating,
        "last_played_at": told.last_played_at,
    }


def _foreign(play: storage.ForeignPlay) -> dict[str, Any]:
    """A play of a track that the library does not hold, as a line."""
    names = {
        "title": play.title,
        "artist": play.artist,
        "album": play.album,
        "duration_ms": play.duration_ms,
        "recording_mbid": play.recording_mbid,
        "path": "",
    }
    return {"play": names, "at": play.started_at, "listened_ms": play.listened_ms, "skipped": play.skipped}


def _names(track: Track, recordings: dict[TrackId, str]) -> dict[str, Any]:
    return {
        "title": track.title,
        "artist": track.artist,
        "album": track.album,
        "duration_ms": track.duration_ms,
        "recording_mbid": recordings.get(track.id, ""),
        "path": track.path,
    }


def looks_like(content: str) -> bool:
    """Whether a text is such a history."""
    return content.lstrip().startswith(f'{{"{HEADER}"')


def read(content: str) -> ImportedHistory:
    """Plays and thumbs of another computer's Segue.

    Raises:
        ValueError: the history is of a later version of Segue.
    """
    first, *rows = content.splitlines()
    if (version := parse_json(first).get(HEADER)) != VERSION:
        raise ValueError(f"is of version {version!r:.20}, which this version of Segue does not know; update Segue")
    out = HistoryBuilder("Segue history")
    for number, row in enumerate(rows, 2):
        if not row.strip():
            continue
        try:
            _row(parse_json(row), out)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            out.bad(f"line {number}", error)
    refuse_cut(content, ends_badly=out.ends_badly)
    return out.build()


def _row(row: dict[str, Any], out: HistoryBuilder) -> None:
    told = row.get("play") or row.get("counts") or row["thumb"]
    names = Names(
        v.required(told["title"], "title"),
        v.text(told.get("artist")),
        v.text(told.get("album")),
        v.whole(told.get("duration_ms")),
        v.text(told.get("recording_mbid")),
        v.text(told.get("path")) or None,
    )
    if "counts" in row:
        out.stat(_stats(names, row))
        return
    at = v.epoch_ms(row["at"], scale=1)
    if "play" in row:
        listened, skipped = row["listened_ms"], row["skipped"]
        heard = None if listened is None else v.whole(listened)
        out.play(ImportedPlay(names, at, heard, None if skipped is None else bool(skipped)))
    elif row["value"] in (-1, 1):
        out.thumb(ImportedThumb(names, row["value"], at))


def _stats(names: Names, row: dict[str, Any]) -> ImportedStats:
    played, rating = row.get("last_played_at"), row.get("rating")
    return ImportedStats(
        names,
        v.whole(row.get("plays")),
        v.whole(row.get("skips")),
        v.epoch_ms(played, scale=1) if played else None,
        min(max(v.number(rating), 0.0), 1.0) if rating is not None else None,
    )
