"""Each field as the best taggers write it, in every family of tags."""

from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import id3

from player.domain import Gain, ScannedTrack
from player.tags import read_track
from tests.audio_files import make
from tests.tags._files import ape_file, asf_file, id3_file, mp4_file, text, vorbis_file

MBID = "11111111-2222-4333-8444-555555555555"
OTHER = "66666666-7777-4888-9999-aaaaaaaaaaaa"

WANTED: dict[str, Any] = {
    "title": "Title",
    "title_sort": "Title, The",
    "artists": ("One", "Two"),
    "artist_display": "One & Two",
    "artist_sorts": ("Uno", "Due"),
    "album": "Album",
    "album_sort": "Album, The",
    "album_artists": ("Band",),
    "album_artist_sorts": ("Band, The",),
    "composers": ("Composer",),
    "conductors": ("Conductor",),
    "remixers": ("Remixer",),
    "genres": ("Jazz", "Soul"),
    "moods": ("Calm",),
    "disc_no": 1,
    "disc_total": 2,
    "disc_title": "Live",
    "track_no": 3,
    "track_total": 12,
    "date": "2003-05-06",
    "original_date": "1969",
    "compilation": True,
    "label": "Label",
    "isrc": "GBAYE0000001",
    "mb_recording_id": MBID,
    "mb_track_id": OTHER,
    "mb_album_id": MBID,
    "mb_release_group_id": OTHER,
    "mb_artist_ids": (MBID, OTHER),
    "mb_album_artist_ids": (OTHER,),
    "gain": Gain(-6.5, 0.98, -7.25, 1.01),
    "bpm": 120.0,
    "initial_key": "Am",
    "lyrics": "La\nla",
    "comment": "Comment",
}

FREE = {
    "ARTISTS": ["One", "Two"],
    "MusicBrainz Artist Id": [MBID, OTHER],
    "MusicBrainz Album Artist Id": [OTHER],
    "MusicBrainz Album Id": [MBID],
    "MusicBrainz Release Group Id": [OTHER],
    "MusicBrainz Release Track Id": [OTHER],
    "replaygain_track_gain": ["-6.50 dB"],
    "REPLAYGAIN_TRACK_PEAK": ["0.98"],
    "replaygain_album_gain": ["-7,25 dB"],
    "replaygain_album_peak": ["1.01"],
}


def by_id3(folder: Path) -> ScannedTrack:
    frames = {
        "TIT2": ["Title"],
        "TSOT": ["Title, The"],
        "TPE1": ["One & Two"],
        "TSOP": ["Uno", "Due"],
        "TALB": ["Album"],
        "TSOA": ["Album, The"],
        "TPE2": ["Band"],
        "TSO2": ["Band, The"],
        "TCOM": ["Composer"],
        "TPE3": ["Conductor"],
        "TPE4": ["Remixer"],
        "TCON": ["Jazz", "Soul"],
        "TMOO": ["Calm"],
        "TPOS": ["1/2"],
        "TSST": ["Live"],
        "TRCK": ["3/12"],
        "TDRC": ["2003-05-06"],
        "TDOR": ["1969"],
        "TCMP": ["1"],
        "TPUB": ["Label"],
        "TSRC": ["GBAYE0000001"],
        "TBPM": ["120"],
        "TKEY": ["Am"],
    }
    return id3_file(
        folder / "a.mp3",
        *(text(name, *values) for name, values in frames.items()),
        *(text(f"TXXX:{name}", *values) for name, values in FREE.items()),
        id3.UFID(owner="http://musicbrainz.org", data=MBID.encode()),
        id3.USLT(encoding=3, lang="eng", desc="", text="La\r\nla"),
        id3.COMM(encoding=3, lang="eng", desc="", text=["Comment"]),
        id3.COMM(encoding=3, lang="eng", desc="Songs-DB_Custom1", text=["Not this"]),
    )


def by_vorbis(folder: Path) -> ScannedTrack:
    return vorbis_file(folder / "a.flac", VORBIS)


VORBIS: dict[str, Any] = {
    "TITLE": "Title",
    "TITLESORT": "Title, The",
    "ARTIST": "One & Two",
    "ARTISTS": ["One", "Two"],
    "ARTISTSORT": ["Uno", "Due"],
    "ALBUM": "Album",
    "ALBUMSORT": "Album, The",
    "ALBUMARTIST": "Band",
    "ALBUMARTISTSORT": "Band, The",
    "COMPOSER": "Composer",
    "CONDUCTOR": "Conductor",
    "REMIXER": "Remixer",
    "GENRE": ["Jazz", "Soul"],
    "MOOD": "Calm",
    "DISCNUMBER": "1",
    "DISCTOTAL": "2",
    "DISCSUBTITLE": "Live",
    "TRACKNUMBER": "03",
    "TRACKTOTAL": "12",
    "DATE": "2003-05-06",
    "ORIGINALDATE": "1969",
    "COMPILATION": "1",
    "LABEL": "Label",
    "ISRC": "GBAYE0000001",
    "BPM": "120",
    "KEY": "Am",
    "LYRICS": "La\nla",
    "COMMENT": "Comment",
    "MUSICBRAINZ_TRACKID": MBID,
    "MUSICBRAINZ_RELEASETRACKID": OTHER,
    "MUSICBRAINZ_ALBUMID": MBID,
    "MUSICBRAINZ_RELEASEGROUPID": OTHER,
    "MUSICBRAINZ_ARTISTID": [MBID, OTHER],
    "MUSICBRAINZ_ALBUMARTISTID": OTHER,
    "REPLAYGAIN_TRACK_GAIN": "-6.50 dB",
    "REPLAYGAIN_TRACK_PEAK": "0.98",
    "REPLAYGAIN_ALBUM_GAIN": "-7.25 dB",
    "REPLAYGAIN_ALBUM_PEAK": "1.01",
}


def by_mp4(folder: Path) -> ScannedTrack:
    atoms = {
        "\xa9nam": "Title",
        "sonm": "Title, The",
        "\xa9ART": "One & Two",
        "soar": ["Uno", "Due"],
        "\xa9alb": "Album",
        "soal": "Album, The",
        "aART": "Band",
        "soaa": "Band, The",
        "\xa9wrt": "Composer",
        "\xa9gen": ["Jazz", "Soul"],
        "disk": [(1, 2)],
        "trkn": [(3, 12)],
        "\xa9day": "2003-05-06",
        "cpil": True,
        "tmpo": [120],
        "\xa9lyr": "La\nla",
        "\xa9cmt": "Comment",
        "CONDUCTOR": "Conductor",
        "REMIXER": "Remixer",
        "MOOD": "Calm",
        "DISCSUBTITLE": "Live",
        "originaldate": "1969",
        "LABEL": "Label",
        "ISRC": "GBAYE0000001",
        "initialkey": "Am",
        "MusicBrainz Track Id": MBID,
    }
    return mp4_file(folder / "a.m4a", atoms | FREE)


def by_ape(folder: Path) -> ScannedTrack:
    items = VORBIS | {
        "Album Artist": "Band",
        "Year": "2003-05-06",
        "Track": "3/12",
        "Disc": "1/2",
        "MixArtist": "Remixer",
    }
    for name in ("ALBUMARTIST", "DATE", "TRACKNUMBER", "TRACKTOTAL", "DISCNUMBER", "DISCTOTAL", "REMIXER"):
        del items[name]
    return ape_file(folder / "a.wv", items)


def by_asf(folder: Path) -> ScannedTrack:
    items = {
        "Title": "Title",
        "WM/TitleSortOrder": "Title, The",
        "Author": "One & Two",
        "WM/ARTISTS": ["One", "Two"],
        "WM/ArtistSortOrder": "Uno; Due",
        "WM/AlbumTitle": "Album",
        "WM/AlbumSortOrder": "Album, The",
        "WM/AlbumArtist": "Band",
        "WM/AlbumArtistSortOrder": "Band, The",
        "WM/Composer": "Composer",
        "WM/Conductor": "Conductor",
        "WM/ModifiedBy": "Remixer",
        "WM/Genre": ["Jazz", "Soul"],
        "WM/Mood": "Calm",
        "WM/PartOfSet": "1/2",
        "WM/SetSubTitle": "Live",
        "WM/TrackNumber": "3/12",
        "WM/Year": "2003-05-06",
        "WM/OriginalReleaseTime": "1969",
        "WM/IsCompilation": True,
        "WM/Publisher": "Label",
        "WM/ISRC": "GBAYE0000001",
        "WM/BeatsPerMinute": "120",
        "WM/InitialKey": "Am",
        "WM/Lyrics": "La\nla",
        "Description": "Comment",
        "MusicBrainz/Track Id": MBID,
        "MusicBrainz/Release Track Id": OTHER,
        "MusicBrainz/Album Id": MBID,
        "MusicBrainz/Release Group Id": OTHER,
        "MusicBrainz/Artist Id": [MBID, OTHER],
        "MusicBrainz/Album Artist Id": OTHER,
    }
    return asf_file(folder / "a.wma", items | {name: FREE[name] for name in FREE if "gain" in name.lower()})


@pytest.fixture(scope="module", params=[by_id3, by_vorbis, by_mp4, by_ape, by_asf])
def track(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ScannedTrack:
    return request.param(tmp_path_factory.mktemp("fields"))


@pytest.mark.parametrize("field", WANTED)
def test_field(track: ScannedTrack, field: str) -> None:
    assert getattr(track, field) == WANTED[field]


@pytest.mark.parametrize("suffix", ["ogg", "oga", "opus", "spx"])
def test_ogg_comments_are_read_alike(tmp_path: Path, suffix: str) -> None:
    track = vorbis_file(tmp_path / f"a.{suffix}", VORBIS)
    assert {field: getattr(track, field) for field in WANTED} == WANTED


@pytest.mark.parametrize("suffix", ["aiff", "wav", "tta", "dsf", "dff"])
def test_id3_in_other_containers(tmp_path: Path, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}")
    media = mutagen.File(path)
    if media.tags is None:
        media.add_tags()
    media.tags.add(text("TIT2", "Title"))
    media.tags.add(text("TPE1", "Artist"))
    media.save()
    track = read_track(str(path))
    assert (track.title, track.artists) == ("Title", ("Artist",))


@pytest.mark.parametrize("suffix", ["ape", "mpc", "ofr", "tak", "mp3", "aac"])
def test_ape_tags_in_other_containers(tmp_path: Path, suffix: str) -> None:
    track = ape_file(tmp_path / f"a.{suffix}", {"Title": "Title", "Artist": ["One", "Two"]})
    assert (track.title, track.artists) == ("Title", ("One", "Two"))
