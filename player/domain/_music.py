"""What the library holds, as frozen values: tracks, albums, artists, genres."""

from __future__ import annotations

from dataclasses import dataclass, field

from player.domain._ids import AlbumId, ArtistId, Ms, TrackId, UtcMs


@dataclass(frozen=True, slots=True)
class Gain:
    """Loudness metadata of one track.

    Attributes:
        track_db: ReplayGain 2.0 track gain in dB relative to -18 LUFS; None where unknown.
        track_peak: Highest sample of the track, 1.0 = full scale.
        album_db: ReplayGain 2.0 album gain in dB.
        album_peak: Highest sample of the album.
        expected_db: Track gain of the tracks nearest to one whose own loudness is not known yet.
    """

    track_db: float | None = None
    track_peak: float | None = None
    album_db: float | None = None
    album_peak: float | None = None
    expected_db: float | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One playable piece of music and what its listener did with it so far.

    Attributes:
        id: Primary key.
        path: Absolute path, decoded with `os.fsdecode` (surrogates for undecodable bytes).
        title: Title as tagged, else the file's name without suffix.
        artist: Artists as shown, joined for reading.
        artist_ids: Performing artists in tag order.
        album: Album title, empty where there is none.
        album_id: Album, None where there is none.
        album_artist: The album's artist as shown, empty where there is none.
        genres: Genres in tag order.
        disc_no: Disc number within the album, from 1.
        track_no: Number on the disc, from 1.
        year: Year of original release.
        duration_ms: Length of the track (of its part, for one track of a cue sheet).
        audio_key: Digest of the audio payload, not of the tags.
        cover_key: Digest of the cover picture, None where there is none.
        gain: Loudness metadata.
        start_ms: Where the track begins in its file (cue sheets).
        end_ms: Where it ends in its file; None is the file's end.
        playable: False where the file is known not to decode; `problem` says why.
        missing: True while the file cannot be found.
        added_at: When the library first saw the track.
        thumb: The listener's last thumb: +1, 0 or -1.
        play_count: Plays under the rule `domain.outcome`.
        skip_count: Skips under the same rule.
        last_played_at: Start of the last play, None where never played.
        rating: The listener's own stars, else as tagged, 0 to 1; None where there is none.
        stars: The listener's own, 0 to 5 in halves; None where they gave none.
        problem: Why the file does not decode, in words; empty where it does.
    """

    id: TrackId
    path: str
    title: str
    artist: str = ""
    artist_ids: tuple[ArtistId, ...] = ()
    album: str = ""
    album_id: AlbumId | None = None
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    disc_no: int | None = None
    track_no: int | None = None
    year: int | None = None
    duration_ms: Ms = Ms(0)
    audio_key: str | None = None
    cover_key: str | None = None
    gain: Gain = field(default_factory=Gain)
    start_ms: Ms = Ms(0)
    end_ms: Ms | None = None
    playable: bool = True
    missing: bool = False
    added_at: UtcMs = UtcMs(0)
    thumb: int = 0
    play_count: int = 0
    skip_count: int = 0
    last_played_at: UtcMs | None = None
    rating: float | None = None
    stars: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Album:
    """One album as the albums grid shows it.

    Attributes:
        id: Primary key.
        title: Title as tagged.
        artist: Album artist as shown.
        artist_id: First album artist; None for a compilation without one.
        year: Year of original release.
        track_count: Tracks of the album in the library.
        duration_ms: Their total length.
        cover_key: Digest of the cover picture.
        added_at: When its newest track was added.
    """

    id: AlbumId
    title: str
    artist: str = ""
    artist_id: ArtistId | None = None
    year: int | None = None
    track_count: int = 0
    duration_ms: Ms = Ms(0)
    cover_key: str | None = None
    added_at: UtcMs = UtcMs(0)


@dataclass(frozen=True, slots=True)
class Artist:
    """One artist as the artists list shows it.

    Attributes:
        id: Primary key.
        name: Name as tagged.
        album_count: Albums on which the artist appears.
        track_count: Tracks on which the artist appears.
        cover_key: Cover of one of the albums, to stand for the artist.
    """

    id: ArtistId
    name: str
    album_count: int = 0
    track_count: int = 0
    cover_key: str | None = None


@dataclass(frozen=True, slots=True)
class Genre:
    """One genre and how many tracks carry it."""

    name: str
    track_count: int = 0
