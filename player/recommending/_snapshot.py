"""From the database to the recommender's snapshot: ids become dense numbers, reasons become kinds."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from player.domain import Outcome, StartReason, TrackId, UtcMs, now_ms
from player.recommending._ask import EXTRACTOR
from player.storage import START_REASONS, Catalogue, Database, DismissalLog, PlayLog, ThumbLog
from recommender import COMPACT_FROM, EventKind, Marks, Plays, PlaySource, Ragged, Snapshot, compact, compact_basis

SOURCES: dict[StartReason, PlaySource] = {
    StartReason.PICKED: PlaySource.PICKED,
    StartReason.QUEUED: PlaySource.PICKED,
    StartReason.PREVIOUS: PlaySource.PICKED,
    StartReason.REPEAT: PlaySource.PICKED,
    StartReason.REMOTE: PlaySource.PICKED,
    StartReason.ALBUM: PlaySource.ALBUM,
    StartReason.PLAYLIST: PlaySource.PLAYLIST,
    StartReason.UP_NEXT: PlaySource.SUGGESTED,
    StartReason.IMPORTED: PlaySource.IMPORTED,
    StartReason.RESTORED: PlaySource.UNKNOWN,
}
"""Who chose a play, by why it started."""

LIKED = 4.0
DISLIKED = 1.0
"""Stars from which on, and up to which, a rating says as much as a thumb."""

KINDS = {
    Outcome.PLAYED: EventKind.PLAYED,
    Outcome.SKIPPED: EventKind.SKIPPED,
    Outcome.UNKNOWN: EventKind.UNKNOWN,
}

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FreshRows:
    """Rows of tracks whose artists are learned anew.

    Attributes:
        rows: Ascending, int64[T].
        since: From when on each is learned of, UTC ms, int64[T].
    """

    rows: Ints
    since: Ints

    @classmethod
    def of(cls, db: Database, ids: Ints) -> Self:
        """Those among the tracks of a library, int64[N] ascending."""
        tracks, since = db.fresh_starts.of_tracks()
        present, rows = _rows(ids, tracks)
        return cls(rows, since[present])

    def teaching(self, rows: Ints, at: Ints) -> npt.NDArray[np.bool_]:
        """Whether what was done with some tracks teaches anything, bool[len(rows)].

        Args:
            rows: Of the tracks.
            at: When it was done, UTC ms.
        """
        if not len(self.rows):
            return np.ones(len(rows), np.bool_)
        place = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return np.asarray((self.rows[place] != rows) | (at > self.since[place]))

    def teaches(self, row: int, at: int) -> bool:
        """The same for one track."""
        return bool(self.teaching(np.array([row]), np.array([at]))[0])


def build_snapshot(db: Database, now: UtcMs | None = None) -> Snapshot:
    """Everything the recommender may know, in columns; see `snapshot_of`."""
    return snapshot_of(db, db.tracks.catalogue(), now if now is not None else now_ms())


def snapshot_of(db: Database, catalogue: Catalogue, now: UtcMs, *, sound: bool = True) -> Snapshot:
    """Everything the recommender may know about the tracks of a catalogue, row by row; without `sound` all but that.

    Runs in any thread; takes a second or so for a library of 100,000 tracks. Tracks whose files are
    missing stay in, for their history, but are never suggested.
    """
    content, basis, has_content, tags, tag_names = _sound(db, catalogue.ids) if sound else (None, None, None, None, ())
    fresh = FreshRows.of(db, catalogue.ids)
    return Snapshot.build(
        catalogue.ids,
        artist=_dense(catalogue.artist),
        album=_dense(catalogue.album),
        disc=np.maximum(catalogue.disc, 0),
        track_no=np.maximum(catalogue.track_no, 0),
        duration_ms=np.maximum(catalogue.duration_ms, 0),
        year=np.maximum(catalogue.year, 0),
        added_at=catalogue.added_at,
        genres=Ragged(catalogue.genre_starts, catalogue.genres),
        content=content,
        content_basis=basis,
        has_content=has_content,
        tags=tags,
        tag_names=tag_names,
        copy_of=_copies(catalogue, db),
        available=catalogue.available,
        named=catalogue.named,
        plays=_plays(catalogue.ids, db.plays.log(), fresh),
        thumbs=_thumbs(catalogue.ids, db.thumbs.log(), db.stars.all(), catalogue.added_at, fresh),
        dismissals=_dismissals(catalogue.ids, db.thumbs.dismissals(), now),
        playlists=_playlists(catalogue, db),
        elsewhere=_elsewhere(catalogue, db),
    )


def with_news(db: Database, old: Snapshot, until: int, now: UtcMs) -> Snapshot | None:
    """An earlier snapshot of the same library as it is now: later plays added, thumbs and "not now" read anew.

    Args:
        db: The database.
        old: What was read then.
        until: Id of the last play in it.
        now: The present instant.

    Returns:
        None where a later play began before the last one read, as imported ones do.
    """
    ids = old.item_ids
    fresh = FreshRows.of(db, ids)
    new = _plays(ids, db.plays.log(until) if until else db.plays.log(), fresh)
    if len(new) and len(old.plays) and new.started_at[0] <= old.plays.started_at[-1]:
        return None
    names = [field.name for field in fields(Plays)]
    plays = Plays(*(np.concatenate([getattr(old.plays, name), getattr(new, name)]) for name in names))
    thumbs, dismissals = (
        _thumbs(ids, db.thumbs.log(), db.stars.all(), old.added_at, fresh),
        _dismissals(ids, db.thumbs.dismissals(), now),
    )
    return replace(old, plays=plays, thumbs=thumbs, dismissals=dismissals)


def _dense(ids: Ints) -> npt.NDArray[np.int32]:
    """Numbers from 0 without holes; -1 stays -1."""
    known = np.unique(ids[ids >= 0])
    return np.where(ids >= 0, np.searchsorted(known, ids), -1).astype(np.int32)


def _rows(ids: Ints, track_ids: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Which of these tracks are in the library, and the rows of those."""
    rows = np.searchsorted(ids, track_ids)
    present = np.isin(track_ids, ids)
    return present, rows[present]


def _plays(ids: Ints, log: PlayLog, fresh: FreshRows) -> Plays:
    """The plays that have ended, of tracks that are in the library, but for what is to be forgotten."""
    kind = np.full(len(log.track_id), EventKind.UNKNOWN, np.int8)
    kind[log.played], kind[log.skipped] = EventKind.PLAYED, EventKind.SKIPPED
    sources = np.array([SOURCES[reason] for reason in START_REASONS], np.int8)
    source = np.where(log.imported, np.int8(PlaySource.IMPORTED), sources[log.start_reason])
    present, rows = _rows(ids, log.track_id)
    kept = (log.end_reason[present] >= 0) & fresh.teaching(rows, log.started_at[present])

    def column(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return values[present][kept]

    return Plays.build(
        rows[kept],
        column(log.started_at),
        listened_ms=column(log.listened_ms),
        kind=column(kind),
        source=column(source),
        utc_offset_min=column(log.utc_offset_min),
    )


def _sound(db: Database, ids: Ints) -> tuple[Any, ...]:
    """What was found out by analysis, as `Snapshot.build` takes it."""
    content, basis, has_content = _content(db, ids)
    tags, tag_names = db.features.tags(ids.tolist())
    return content, basis, has_content, tags, tag_names


def _content(db: Database, ids: Ints) -> tuple[npt.NDArray[Any], npt.NDArray[np.float32] | None, npt.NDArray[np.bool_]]:
    """Content vectors, what their columns mean where they are compact, and which tracks have one."""
    if len(ids) <= COMPACT_FROM:
        content, known = db.features.matrix(ids.tolist(), EXTRACTOR)
        return content, None, known
    # A million vectors are 800 MB: they are made compact a few thousand at a time.
    basis = None
    content = np.zeros((len(ids), 0), np.int8)
    known = np.zeros(len(ids), np.bool_)
    for track_ids, vectors in db.features.vectors(EXTRACTOR):
        if basis is None:
            basis = compact_basis(vectors)
            content = np.zeros((len(ids), len(basis)), np.int8)
        rows = np.minimum(np.searchsorted(ids, track_ids), len(ids) - 1)
        listed = ids[rows] == track_ids
        content[rows[listed]] = compact(vectors[listed], basis)
        known[rows[listed]] = True
    return (content, basis, known) if basis is not None else (content.astype(np.float32), None, known)


def _copies(catalogue: Catalogue, db: Database) -> npt.NDArray[np.int32]:
    """For each row the first row that holds the same recording."""
    first: npt.NDArray[np.int32] = np.arange(len(catalogue.ids), dtype=np.int32)
    for group in db.tracks.copies():
        _, rows = _rows(catalogue.ids, group)
        heads = np.unique(first[rows])
        if len(heads) > 1:
            first[np.isin(first, heads)] = heads[0]
    return first


def _thumbs(ids: Ints, log: ThumbLog, stars: dict[TrackId, float], added_at: Ints, fresh: FreshRows) -> Marks:
    """Thumbs; clear stars count as one, given when the track was added, where the listener has given no thumb."""
    judged = set(log.track_id.tolist())
    clear = {key: given for key, given in stars.items() if key not in judged and not DISLIKED < given < LIKED}
    rated, rated_rows = _rows(ids, np.fromiter(clear, np.int64, len(clear)))
    values = np.fromiter((1 if given >= LIKED else -1 for given in clear.values()), log.value.dtype, len(clear))
    present, thumb_rows = _rows(ids, log.track_id)
    rows = np.concatenate([rated_rows, thumb_rows])
    at = np.concatenate([added_at[rated_rows], log.at[present]])
    value = np.concatenate([values[rated], log.value[present]])
    kept = fresh.teaching(rows, at)
    return Marks.build(rows[kept], at[kept], value[kept])


def _dismissals(ids: Ints, log: DismissalLog, now: UtcMs) -> Marks:
    """The dismissals in force; those that have passed or were taken back say nothing any more."""
    present, rows = _rows(ids, log.track_id)
    lasting = log.until[present] > now
    return Marks.build(rows[lasting], log.at[present][lasting])


def _playlists(catalogue: Catalogue, db: Database) -> Ragged:
    lists = []
    for playlist in db.playlists.all():
        if playlist.rules is None:
            _, rows = _rows(catalogue.ids, np.array(db.playlists.tracks(playlist.id), np.int64))
            lists.append(rows.tolist())
    return Ragged.of(lists)


def _elsewhere(catalogue: Catalogue, db: Database) -> Marks:
    """Imported plays of tracks that are not in the library, by artists that are; those with times and those counted."""
    told, counted = db.foreign_plays.of_artists(), db.foreign_counts.of_artists()
    artists, at = (np.concatenate(both) for both in zip(told, counted, strict=True))
    for artist, since in db.fresh_starts.current().items():
        kept = (artists != artist) | (at > since)
        artists, at = artists[kept], at[kept]
    order = np.argsort(at, kind="stable")
    artists, at = artists[order], at[order]
    known = np.unique(catalogue.artist[catalogue.artist >= 0])
    present = np.isin(artists, known)
    return Marks.build(np.searchsorted(known, artists[present]), at[present])
