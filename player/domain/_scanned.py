"""A file as the scanner read it, and what the library already knows about one."""

from __future__ import annotations

from dataclasses import dataclass, field

from player.domain._ids import Ms, TrackId
from player.domain._music import Gain


@dataclass(frozen=True, slots=True)
class ScannedTrack:
    """Everything one audio file (or one track of its cue sheet) says about itself.

    Text is Unicode as tagged, without NULs and surrounding blanks; an absent text is "", an absent
    number None, an absent list (). `title` is never empty: without a tag it comes from the file's name. In a file
    without any of title, artist and album, names of file and folders speak for these, for numbers and date too.

    Attributes:
        path: Absolute path, decoded with `os.fsdecode` (surrogates for undecodable bytes).
        size: Bytes.
        mtime_ns: Time of the last change, ns since 1970.
        audio_key: Digest of the audio payload, not of the tags; None where it cannot be told apart.
        title: Title, else the file's name without suffix.
        title_sort: Title for sorting, as tagged.
        artists: Performing artists, one each.
        artist_display: The artists as the tag joins them ("A feat. B"); empty: joined from `artists`.
        artist_sorts: Sort names, parallel to `artists`; may be shorter.
        album: Album title.
        album_sort: Album title for sorting.
        album_artists: Artists of the album, one each.
        album_artist_display: The album's artists as the tag joins them.
        album_artist_sorts: Sort names, parallel to `album_artists`; may be shorter.
        composers: Composers.
        composer_sorts: Sort names, parallel to `composers`; may be shorter.
        lyricists: Lyricists.
        conductors: Conductors.
        performers: Who performs what, as tagged ("Name (instrument)").
        remixers: Remixers.
        work: The work that the track is a part of.
        movement: Name of the movement.
        grouping: Grouping, as tagged.
        genres: Genres in tag order.
        moods: Moods in tag order.
        disc_no: Disc number, from 1.
        disc_total: Discs of the album.
        disc_title: Subtitle of the disc.
        track_no: Number on the disc, from 1.
        track_total: Tracks on the disc.
        date: Date of this release, "YYYY", "YYYY-MM" or "YYYY-MM-DD".
        original_date: Date of the first release, same form.
        compilation: Tagged as part of a compilation.
        label: Record label.
        catalog_number: The label's number of the release.
        barcode: Barcode of the release.
        media: What the release was on ("CD", "Vinyl").
        country: Country of the release.
        isrc: International Standard Recording Code.
        mb_recording_id: MusicBrainz recording.
        mb_track_id: MusicBrainz track (this recording on this release).
        mb_album_id: MusicBrainz release.
        mb_release_group_id: MusicBrainz release group.
        mb_artist_ids: MusicBrainz artists, parallel to `artists`; may be shorter.
        mb_album_artist_ids: MusicBrainz artists, parallel to `album_artists`; may be shorter.
        gain: ReplayGain or R128 tags, as ReplayGain 2.0 (dB relative to -18 LUFS).
        bpm: Beats per minute.
        initial_key: Musical key as tagged ("Am", "8A").
        lyrics: Lyrics, plain or LRC.
        comment: Comment.
        rating: Rating from 0 (worst) to 1 (five stars); None where not rated.
        tagged_play_count: Play count another player wrote into the tags.
        cover_key: Digest of the cover picture; None where there is none.
        cover_path: File that holds the cover: `path` itself (embedded) or a picture beside it; "" without.
        format: Short name of the format, lower case ("flac", "mp3", "opus", "aac", "alac" …).
        lossless: Whether the format is lossless.
        bitrate: Bits a second.
        sample_rate: Hz.
        channels: Channels.
        bits_per_sample: Bits a sample, for lossless formats.
        duration_ms: Length of the track (of its part, for one track of a cue sheet).
        start_ms: Where the track begins in the file (cue sheets), else 0.
        end_ms: Where it ends in the file; None is the file's end.
        cue_sheet: The cue sheet inside the file's tags; "" without one. Not stored.
        playable: False where the file is known not to decode.
        problem: What is wrong with the file, in words; "" where nothing is.
    """

    path: str
    size: int
    mtime_ns: int
    audio_key: str | None = None
    title: str = ""
    title_sort: str = ""
    artists: tuple[str, ...] = ()
    artist_display: str = ""
    artist_sorts: tuple[str, ...] = ()
    album: str = ""
    album_sort: str = ""
    album_artists: tuple[str, ...] = ()
    album_artist_display: str = ""
    album_artist_sorts: tuple[str, ...] = ()
    composers: tuple[str, ...] = ()
    composer_sorts: tuple[str, ...] = ()
    lyricists: tuple[str, ...] = ()
    conductors: tuple[str, ...] = ()
    performers: tuple[str, ...] = ()
    remixers: tuple[str, ...] = ()
    work: str = ""
    movement: str = ""
    grouping: str = ""
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    disc_no: int | None = None
    disc_total: int | None = None
    disc_title: str = ""
    track_no: int | None = None
    track_total: int | None = None
    date: str = ""
    original_date: str = ""
    compilation: bool = False
    label: str = ""
    catalog_number: str = ""
    barcode: str = ""
    media: str = ""
    country: str = ""
    isrc: str = ""
    mb_recording_id: str = ""
    mb_track_id: str = ""
    mb_album_id: str = ""
    mb_release_group_id: str = ""
    mb_artist_ids: tuple[str, ...] = ()
    mb_album_artist_ids: tuple[str, ...] = ()
    gain: Gain = field(default_factory=Gain)
    bpm: float | None = None
    initial_key: str = ""
    lyrics: str = ""
    comment: str = ""
    rating: float | None = None
    tagged_play_count: int | None = None
    cover_key: str | None = None
    cover_path: str = ""
    format: str = ""
    lossless: bool = False
    bitrate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    bits_per_sample: int | None = None
    duration_ms: Ms = Ms(0)
    start_ms: Ms = Ms(0)
    end_ms: Ms | None = None
    cue_sheet: str = ""
    playable: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What storing one batch of scanned files changed.

    Attributes:
        added: Tracks new to the library.
        updated: Tracks whose tags or file facts were stored again.
        moved: Tracks that kept their history under a new path.
    """

    added: tuple[TrackId, ...] = ()
    updated: tuple[TrackId, ...] = ()
    moved: tuple[TrackId, ...] = ()

    @property
    def ids(self) -> set[TrackId]:
        """All tracks that were stored."""
        return {*self.added, *self.updated, *self.moved}
