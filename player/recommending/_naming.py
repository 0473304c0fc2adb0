"""Between rows of a snapshot and tracks: questions one way, suggestions with reasons in words the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from player.domain import ReasonText, Suggestion, Track, TrackId
from player.recommending._ask import Ask
from player.recommending._words import Named, sentences
from player.storage import Database
from recommender import EventKind, Reason, Snapshot
from recommender import Suggestion as Scored
from recommender.ranking import RankRequest


class Naming:
    """The tracks behind the rows of one snapshot.

    Args:
        db: Where names come from.
        snapshot: The library and its history.
    """

    def __init__(self, db: Database, snapshot: Snapshot) -> None:
        self._db = db
        self._snapshot = snapshot
        self._finished: npt.NDArray[np.bool_] = np.zeros(len(snapshot), np.bool_)
        self._finished[snapshot.plays.item[snapshot.plays.kind == EventKind.PLAYED]] = True
        named = snapshot.artist >= 0
        self._by_artist = np.bincount(snapshot.artist[named])
        heard = snapshot.artist[named & self._finished]
        self._finished_by_artist = np.bincount(heard, minlength=len(self._by_artist))

    def row(self, track_id: TrackId) -> int | None:
        """The row of a track; None where the library does not hold it."""
        ids = self._snapshot.item_ids
        row = int(np.searchsorted(ids, track_id))
        return row if row < len(ids) and ids[row] == track_id else None

    def rows(self, tracks: Iterable[TrackId]) -> list[int]:
        """The rows of those of some tracks that the library holds."""
        return [row for row in map(self.row, tracks) if row is not None]

    def request(self, ask: Ask) -> RankRequest:
        """A question in rows."""
        playing = self.rows([ask.playing]) if ask.playing is not None else []
        return RankRequest(
            ask.k,
            ask.now,
            playing=playing[0] if playing else None,
            queued=self.rows(ask.queued),
            exclude=self.rows(ask.exclude),
            like=self.rows(ask.focus),
            adventurousness=ask.adventurousness,
            seed=ask.seed,
        )

    def listened(self, row: int) -> None:
        """Count a track that was listened to after the snapshot was made."""
        if not self._finished[row]:
            self._finished[row] = True
            if self._snapshot.artist[row] >= 0:
                self._finished_by_artist[self._snapshot.artist[row]] += 1

    def named(self, scored: Sequence[Scored], version: str) -> list[Suggestion]:
        """Suggestions in words; every track a reason refers to is looked up at once."""
        rows = {one.item for one in scored}
        rows |= {reason.other for one in scored for reason in one.reasons if reason.other is not None}
        ids = self._snapshot.item_ids
        found = {track.id: track for track in self._db.tracks.get([TrackId(int(ids[row])) for row in rows])}
        answer = []
        for one in scored:
            track = found.get(TrackId(int(ids[one.item])))
            if track is not None:
                answer.append(Suggestion(track.id, float(one.score), self._sentences(one, track, found), version))
        return answer

    def _sentences(self, one: Scored, track: Track, found: dict[TrackId, Track]) -> tuple[ReasonText, ...]:
        finished, by_artist = self._share_of_artist(one.item)

        def named(reason: Reason) -> Named:
            other = None if reason.other is None else found.get(TrackId(int(self._snapshot.item_ids[reason.other])))
            return Named(track, other, finished, by_artist)

        return sentences(one.reasons, named)

    def _share_of_artist(self, row: int) -> tuple[int, int]:
        """How many different tracks of the artist were listened to, and how many there are."""
        artist = self._snapshot.artist[row]
        return (int(self._finished_by_artist[artist]), int(self._by_artist[artist])) if artist >= 0 else (0, 0)
