"""A small library with a past, in a real database."""

from __future__ import annotations

from dataclasses import dataclass, field

from player.domain import (
    EndReason,
    Ms,
    PlayFinished,
    ScannedTrack,
    StartReason,
    Track,
    TrackId,
    TrackQuery,
    TrackStarted,
    UtcMs,
    now_ms,
)
from player.storage import Database

LENGTH_MS = Ms(200_000)
HOUR_MS = 3_600_000


def song(artist: int, album: int, number: int) -> ScannedTrack:
    """A scanned file of a made-up album."""
    path = f"/music/{artist}/{album}/{number}.flac"
    return ScannedTrack(
        path=path,
        size=1_000,
        mtime_ns=1,
        audio_key=f"sound of {path}",
        title=f"Song {artist}.{album}.{number}",
        artists=(f"Artist {artist}",),
        album=f"Album {artist}.{album}",
        album_artists=(f"Artist {artist}",),
        genres=(("Jazz", "Rock")[artist % 2],),
        track_no=number,
        date=str(1980 + 5 * artist + album),
        duration_ms=LENGTH_MS,
        format="flac",
    )


@dataclass
class World:
    """A library of `artists` with two albums of four tracks each.

    Attributes:
        db: The database.
        tracks: All tracks in the order of artist, album, number.
    """

    db: Database
    artists: int = 6
    tracks: list[Track] = field(default_factory=list)

    def __post_init__(self) -> None:
        songs = [song(a, b, n) for a in range(self.artists) for b in (1, 2) for n in range(1, 5)]
        self.db.files.write_scan(songs, UtcMs(now_ms() - 90 * 24 * HOUR_MS))
        self.refresh()

    def refresh(self) -> None:
        """Read the tracks again."""
        found = self.db.tracks.get(self.db.tracks.find(TrackQuery()))
        self.tracks = sorted(found, key=lambda track: track.path)

    def by(self, artist: int) -> list[Track]:
        """The tracks of one artist."""
        return [track for track in self.tracks if track.artist == f"Artist {artist}"]

    def artist_of(self, track_id: TrackId) -> str:
        """The artist of a track."""
        return next(track.artist for track in self.tracks if track.id == track_id)

    def play(
        self,
        track: Track,
        at: int,
        *,
        listened_ms: int = LENGTH_MS,
        ended: EndReason = EndReason.FINISHED,
        started: StartReason = StartReason.PICKED,
    ) -> PlayFinished:
        """Log a play."""
        event = TrackStarted(track.id, UtcMs(at), LENGTH_MS, started)
        finished = PlayFinished(event, UtcMs(at + listened_ms), Ms(listened_ms), ended)
        self.db.plays.close(self.db.plays.open(event), finished)
        return finished

    def skip(self, track: Track, at: int) -> PlayFinished:
        """Log a skip after four seconds."""
        return self.play(track, at, listened_ms=4_000, ended=EndReason.SKIPPED, started=StartReason.UP_NEXT)

    def live(self, days: int = 6, a_day: int = 10) -> None:
        """A past: some tracks every day, the first artists most of all."""
        began = now_ms() - (days + 1) * 24 * HOUR_MS
        for day in range(days):
            for number in range(a_day):
                artist = (day + number * number) % self.artists if number % 3 else number % 2
                track = self.by(artist)[(day * 3 + number) % 8]
                at = began + day * 24 * HOUR_MS + number * 210_000
                if number % 5 == 4:
                    self.skip(track, at)
                else:
                    self.play(track, at)
