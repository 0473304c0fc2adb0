"""What was learned about each artist; plain arithmetic on frozen columns, for any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from player.domain import ArtistId, TrackId, UtcMs
from player.storage import Database, PlayLog, ThumbLog

LongArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LearnedArtist:
    """What the recommender has to go by for one artist. Where they are learned anew, only what was since counts.

    Attributes:
        id: The artist.
        name: Their name.
        track: One of their tracks.
        plays: Plays that were listened to or skipped.
        finished: Those that were listened to.
        ups: Tracks with a thumb up.
        downs: Tracks with a thumb down.
        since: From when on they are learned anew; None where everything counts.
    """

    id: ArtistId
    name: str
    track: TrackId
    plays: int
    finished: int
    ups: int
    downs: int
    since: UtcMs | None = None

    @property
    def skip_share(self) -> float | None:
        """Share of the plays that were skipped; None without plays."""
        return 1 - self.finished / self.plays if self.plays else None


def learned_artists(db: Database) -> tuple[LearnedArtist, ...]:
    """Every artist of whom something was played or judged; those learned anew first, then by plays. For a lane."""
    tracks, artists = db.fresh_starts.artists_heard()
    since = db.fresh_starts.current()
    names = db.fresh_starts.names(ArtistId(key) for key in {*artists.tolist(), *since})
    found = summed(db.plays.log(), db.thumbs.log(), tracks, artists, since, names)
    return tuple(sorted(found, key=lambda one: (one.since is None, -one.plays, one.name)))


def summed(
    log: PlayLog,
    thumbs: ThumbLog,
    tracks: LongArray,
    artists: LongArray,
    since: Mapping[ArtistId, UtcMs],
    names: Mapping[ArtistId, str],
) -> list[LearnedArtist]:
    """The sums for each artist.

    Args:
        log: The plays.
        thumbs: The thumbs.
        tracks: What was played or judged, ascending, int64[T].
        artists: The artist of each, int64[T].
        since: From when on artists are learned anew.
        names: Of the artists.
    """
    if not len(tracks):
        return []
    keys, of = np.unique(artists, return_inverse=True)
    begins = np.array([since.get(ArtistId(key), -1) for key in keys.tolist()], np.int64)

    def counted(track_id: LongArray, at: LongArray, telling: npt.NDArray[np.bool_]) -> LongArray:
        place = np.minimum(np.searchsorted(tracks, track_id), len(tracks) - 1)
        artist = of[place]
        teaching = telling & (tracks[place] == track_id) & (at > begins[artist])
        return np.bincount(artist[teaching], minlength=len(keys)).astype(np.int64)

    ended = log.end_reason >= 0
    plays = counted(log.track_id, log.started_at, (log.played | log.skipped) & ended)
    finished = counted(log.track_id, log.started_at, log.played & ended)
    last = np.zeros(len(thumbs.at), np.bool_)
    if len(last):
        last[len(last) - 1 - np.unique(thumbs.track_id[::-1], return_index=True)[1]] = True
    ups, downs = (counted(thumbs.track_id, thumbs.at, last & (thumbs.value == value)) for value in (1, -1))
    first = np.unique(of, return_index=True)[1]
    return [
        LearnedArtist(
            ArtistId(key),
            names.get(ArtistId(key), ""),
            TrackId(int(tracks[first[row]])),
            int(plays[row]),
            int(finished[row]),
            int(ups[row]),
            int(downs[row]),
            since.get(ArtistId(key)),
        )
        for row, key in enumerate(keys.tolist())
        if plays[row] or ups[row] or downs[row] or ArtistId(key) in since
    ]
