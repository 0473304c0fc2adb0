"""Our own history as an open file: JSON Lines, one play or thumb a line, names and not ids.

The first line says what it is: `{"segue_history": 1}`. Each other line is one of these, where NAMES is
`{title, artist, album, duration_ms, recording_mbid, path}`, times are UTC ms and lengths ms:

- a play: `{"play": NAMES, "at", "listened_ms", "skipped", "start", "end", "duration_ms", "offset_min",
  "queue_position", "suggested_by", "score"}`; of a track that is not owned the first four alone,
- a thumb: `{"thumb": NAMES, "at", "value": 1, -1, or 0 for taken back}`,
- a "not now": `{"not_now": NAMES, "at", "until"}`,
- an artist to be learned anew: `{"fresh_start": ARTIST, "at"}`,
- stars: `{"stars": NAMES, "value": 0 to 5 in halves}`,
- what other programs counted without times: `{"counts": NAMES, "plays", "skips", "rating": 0 to 1, "last_played_at"}`.

The last line, `{"end": LINES}`, says how many there were between it and the first one.
Read elsewhere, all of it is taken over as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from player import storage
from player.bounded import parse_json
from player.domain import EndReason, FileError, Outcome, StartReason, Track, TrackId
from player.importing import _values as v
from player.importing._records import (
    HistoryBuilder,
    ImportedFreshStart,
    ImportedHistory,
    ImportedNotNow,
    ImportedPlay,
    ImportedStars,
    ImportedStats,
    ImportedThumb,
    Names,
    OwnPlay,
)

HEADER = "segue_history"
END = "end"
VERSION = 1
BATCH = 1_000
MAX_STARS = 5
MOST_MS = 86_400_000 * 4
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
            out.write(json.dumps({END: lines}) + "\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FileError(str(path), error.strerror or str(error)) from error
    return lines


def names_of(db: storage.Database, track_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Names of tracks as a line of the history has them, in the same order; {} for one that is unknown."""
    recordings = db.tracks.recordings()
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(track_ids), BATCH):
        wanted = [TrackId(key) for key in track_ids[start : start + BATCH]]
        found |= {track.id: _names(track, recordings) for track in db.tracks.get(wanted)}
    return [found.get(key, {}) for key in track_ids]


def names_from(told: dict[str, Any]) -> Names:
    """The names in a line.

    Raises:
        ValueError: they are none.
    """
    return Names(
        v.required(told["title"], "title"),
        v.text(told.get("artist")),
        v.text(told.get("album")),
        v.whole(told.get("duration_ms")),
        v.text(told.get("recording_mbid")),
        v.text(told.get("path")) or None,
    )


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
            "duration_ms": play.duration_ms,
            "offset_min": play.utc_offset_min,
            "queue_position": play.queue_position,
            "suggested_by": play.model_version,
            "score": play.score,
        }
    yield from map(_foreign, db.foreign_plays.all())
    thumbs = db.thumbs.log()
    for track_id, value, at in zip(thumbs.track_id.tolist(), thumbs.value.tolist(), thumbs.at.tolist(), strict=True):
        yield {"thumb": named(track_id), "at": at, "value": value}
    off = db.thumbs.dismissals()
    for track_id, at, until in zip(off.track_id.tolist(), off.at.tolist(), off.until.tolist(), strict=True):
        yield {"not_now": named(track_id), "at": at, "until": until}
    fresh = db.fresh_starts.current()
    yield from ({"fresh_start": name, "at": fresh[key]} for key, name in db.fresh_starts.names(fresh).items())
    yield from ({"stars": named(key), "value": value} for key, value in sorted(db.stars.all().items()))
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
        "added_at": getattr(told, "added_at", None),
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
    first, *rows = content.split("\n")  # a title may hold other ends of lines
    if (version := parse_json(first).get(HEADER)) != VERSION:
        raise ValueError(f"is of version {version!r:.20}, which this version of Segue does not know; update Segue")
    rows = [row for row in rows if row.strip()]
    if _end(rows[-1] if rows else "") != len(rows) - 1:
        raise ValueError("is not whole: its last line does not count those before it. Copy or export it again")
    out = HistoryBuilder("Segue history", own=True)
    for number, row in enumerate(rows[:-1], 2):
        try:
            _row(parse_json(row), out)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            out.bad(f"line {number}", error)
    return out.build()


def _end(row: str) -> int | None:
    """How many lines the last one says there were; None where it is another line."""
    try:
        document = parse_json(row)
    except (ValueError, RecursionError):
        return None
    lines = document.get(END) if isinstance(document, dict) else None
    return lines if isinstance(lines, int) else None


def _row(row: dict[str, Any], out: HistoryBuilder) -> None:
    if "fresh_start" in row:
        out.fresh_start(ImportedFreshStart(v.required(row["fresh_start"], "artist"), v.epoch_ms(row["at"], scale=1)))
        return
    told = next((row[kind] for kind in ("play", "counts", "stars", "not_now") if row.get(kind)), row.get("thumb") or {})
    names = names_from(told)
    if "counts" in row:
        out.stat(_stats(names, row))
        return
    if "stars" in row:
        out.stars(ImportedStars(names, v.in_stars(v.number(row["value"]) / MAX_STARS)))
        return
    at = v.epoch_ms(row["at"], scale=1)
    if "play" in row:
        listened, skipped = row["listened_ms"], row["skipped"]
        heard = None if listened is None else v.whole(listened, high=MOST_MS)
        out.play(ImportedPlay(names, at, heard, None if skipped is None else bool(skipped), _own(row)))
    elif "not_now" in row:
        out.not_now(ImportedNotNow(names, at, v.epoch_ms(row["until"], scale=1)))
    elif row["value"] in (-1, 0, 1):
        out.thumb(ImportedThumb(names, row["value"], at))
    else:
        raise ValueError(f"a thumb of {row['value']!r:.20}")


def _own(row: dict[str, Any]) -> OwnPlay | None:
    """What a line says beyond what other programs know; None where it is from a play of theirs, or still open."""
    if row.get("start") is None or row.get("end") is None or "offset_min" not in row:
        return None
    score, by = row.get("score"), row.get("suggested_by")
    return OwnPlay(
        StartReason(row["start"]),
        EndReason(row["end"]),
        v.whole(row["duration_ms"], high=MOST_MS),
        v.whole(row["offset_min"], low=-1440, high=1440),
        v.whole(row.get("queue_position"), high=10**6),
        None if by is None else v.text(by),
        None if score is None else v.number(score),
    )


def _stats(names: Names, row: dict[str, Any]) -> ImportedStats:
    played, rating, added = row.get("last_played_at"), row.get("rating"), row.get("added_at")
    return ImportedStats(
        names,
        v.whole(row.get("plays")),
        v.whole(row.get("skips")),
        v.epoch_ms(played, scale=1) if played else None,
        min(max(v.number(rating), 0.0), 1.0) if rating is not None else None,
        v.epoch_ms(added, scale=1) if added else None,
    )
