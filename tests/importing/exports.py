"""Small exports of every format, written the way the programs write them."""

from __future__ import annotations

import json
import pickle
import plistlib
import sqlite3
import sys
import types
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

AT = 1_700_000_000
"""2023-11-14 22:13:20 UTC, in seconds."""


def lastfm_csv(folder: Path) -> Path:
    """The form without header."""
    return _text(
        folder / "user.csv", 'Björk,Debut,Human Behaviour,14 Nov 2023 22:13\n"Bach, J.S.",,Air,14 Nov 2023 22:20\n'
    )


def lastfm_csv_with_header(folder: Path) -> Path:
    """The form with header."""
    head = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    return _text(folder / "recent.csv", f'{head}"{AT}","14 Nov 2023","Björk","","Debut","","Venus as a Boy","abc"\n')


def lastfm_json(folder: Path) -> Path:
    """Pages; one track is playing now and has no date."""
    track = {"artist": {"#text": "Björk"}, "album": {"#text": "Debut"}, "name": "Crying", "date": {"uts": str(AT)}}
    playing = {"artist": {"#text": "Björk"}, "album": {"#text": ""}, "name": "Now"}
    return _json(folder / "recent.json", [{"track": [playing, track]}])


def scrobbler_log(folder: Path) -> Path:
    """One play and one skip."""
    rows = f"Björk\tDebut\tCrying\t2\t289\tL\t{AT}\t\nBjörk\tDebut\tAeroplane\t9\t234\tS\t{AT + 300}\t\n"
    return _text(folder / ".scrobbler.log", f"#AUDIOSCROBBLER/1.1\n#TZ/UTC\n#CLIENT/Rockbox\n{rows}")


def listenbrainz_zip(folder: Path) -> Path:
    """Two listens (one time a float), a love and a broken line."""

    def listen(name: str, at: float, msid: str) -> str:
        meta = {
            "track_name": name,
            "artist_name": "Björk",
            "release_name": "Debut",
            "recording_msid": msid,
            "additional_info": {"duration_ms": 289_000},
            "mbid_mapping": None,
        }
        return json.dumps({"listened_at": at, "track_metadata": meta})

    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("user.json", '{"user_id": 1, "username": "u"}')
        lines = [listen("Crying", AT, "m1"), listen("Air", AT + 300.5, "m2"), "{broken"]
        archive.writestr("listens/2023/11.jsonl", "\n".join(lines))
        archive.writestr("feedback.jsonl", json.dumps({"recording_msid": "m1", "score": 1, "created": AT}))
    return path


def spotify_extended(folder: Path) -> Path:
    """A full play, a skip after 5 s, and a podcast."""

    def row(title: str | None, ms: int, end: str, minute: int) -> dict[str, Any]:
        return {
            "ts": f"2023-11-14T22:{minute}:00Z",
            "ms_played": ms,
            "master_metadata_track_name": title,
            "master_metadata_album_artist_name": title and "Björk",
            "master_metadata_album_album_name": title and "Debut",
            "reason_end": end,
            "skipped": None,
        }

    rows = [row("Crying", 200_000, "trackdone", 13), row("Air", 5_000, "fwdbtn", 14), row(None, 9, "trackdone", 15)]
    return _json(folder / "Streaming_History_Audio_2023_0.json", rows)


def spotify_account(folder: Path) -> Path:
    """One play of 200 s."""
    row = {"endTime": "2023-11-14 22:13", "artistName": "Björk", "trackName": "Crying", "msPlayed": 200_000}
    return _json(folder / "StreamingHistory_music_0.json", [row])


def itunes(folder: Path) -> Path:
    """One rated track and one podcast."""
    track = {
        "Name": "Crying",
        "Artist": "Björk",
        "Album": "Debut",
        "Total Time": 289_000,
        "Play Count": 7,
        "Skip Count": 2,
        "Rating": 80,
        "Play Date UTC": datetime(2023, 11, 14, 22, 13, 20),  # noqa: DTZ001 - plistlib writes naive UTC
        "Location": "file://localhost/music/Bj%C3%B6rk/02%20Crying.mp3",
    }
    path = folder / "library.xml"
    path.write_bytes(plistlib.dumps({"Tracks": {"1": track, "2": {"Name": "Talk", "Podcast": True}}}))
    return path


def rhythmbox(folder: Path) -> Path:
    """One rated song and one radio station."""
    song = (
        '<entry type="song"><title>Crying</title><artist>Björk</artist><album>Debut</album><duration>289</duration>'
        "<location>file:///music/Bj%C3%B6rk/02%20Crying.mp3</location><play-count>7</play-count>"
        f"<last-played>{AT}</last-played><rating>4</rating></entry>"
    )
    return _text(
        folder / "rhythmdb.xml", f'<?xml version="1.0"?><rhythmdb version="2.0">{song}<entry type="iradio"/></rhythmdb>'
    )


def strawberry(folder: Path) -> Path:
    """One rated song."""
    return _database(
        folder / "strawberry.db",
        "CREATE TABLE songs (title, artist, album, length, url, playcount, skipcount, lastplayed, rating, ctime)",
        "INSERT INTO songs VALUES ('Crying', 'Björk', 'Debut', 289000000000, 'file:///music/Bj%C3%B6rk/02%20Crying.mp3',"
        f" 7, 2, {AT}, 0.8, -1)",
    )


def clementine(folder: Path) -> Path:
    """One rated song; the file name is a blob."""
    return _database(
        folder / "clementine.db",
        "CREATE TABLE songs (title, artist, album, length, filename, playcount, skipcount, lastplayed, rating, ctime)",
        "INSERT INTO songs VALUES ('Crying', 'Björk', 'Debut', 289000000000,"
        f" CAST('file:///music/Bj%C3%B6rk/02%20Crying.mp3' AS BLOB), 7, 2, {AT}, 0.8, 0)",
    )


def banshee(folder: Path) -> Path:
    """One rated song."""
    return _database(
        folder / "banshee.db",
        "CREATE TABLE CoreArtists (ArtistID, Name)",
        "CREATE TABLE CoreAlbums (AlbumID, Title)",
        "CREATE TABLE CoreTracks (Title, ArtistID, AlbumID, Duration, Uri, PlayCount, SkipCount, LastPlayedStamp,"
        " Rating, DateAddedStamp)",
        "INSERT INTO CoreArtists VALUES (1, 'Björk')",
        "INSERT INTO CoreAlbums VALUES (1, 'Debut')",
        "INSERT INTO CoreTracks VALUES ('Crying', 1, 1, 289000, 'file:///music/Bj%C3%B6rk/02%20Crying.mp3', 7, 2,"
        f" {AT}, 4, {AT})",
    )


def amarok(folder: Path) -> Path:
    """One rated song."""
    return _database(
        folder / "collection.db",
        "CREATE TABLE artist (id, name)",
        "CREATE TABLE album (id, name)",
        "CREATE TABLE tags (url, deviceid, title, artist, album, length)",
        "CREATE TABLE statistics (url, deviceid, playcounter, accessdate, createdate, rating)",
        "INSERT INTO artist VALUES (1, 'Björk')",
        "INSERT INTO album VALUES (1, 'Debut')",
        "INSERT INTO tags VALUES ('/music/Björk/02 Crying.mp3', -1, 'Crying', 1, 1, 289)",
        f"INSERT INTO statistics VALUES ('/music/Björk/02 Crying.mp3', -1, 7, {AT}, {AT}, 8)",
    )


def quodlibet(folder: Path) -> Path:
    """One rated song, of a class that exists only in Quod Libet."""
    module = types.ModuleType("quodlibet.formats.mp3")
    song_class = type("MP3File", (dict,), {"__module__": module.__name__})
    module.MP3File = song_class  # type: ignore[attr-defined]
    song = song_class(
        {
            "~filename": "/music/Björk/02 Crying.mp3".encode(),
            "title": "Crying",
            "artist": "Björk",
            "album": "Debut",
            "~#length": 289.0,
            "~#playcount": 7,
            "~#skipcount": 2,
            "~#lastplayed": AT,
            "~#rating": 0.8,
        }
    )
    path = folder / "songs"
    sys.modules["quodlibet"] = sys.modules["quodlibet.formats"] = types.ModuleType("quodlibet")
    sys.modules[module.__name__] = module
    try:
        path.write_bytes(pickle.dumps([song], protocol=2))
    finally:
        for name in ("quodlibet", "quodlibet.formats", module.__name__):
            del sys.modules[name]
    return path


def _text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def _json(path: Path, document: object) -> Path:
    return _text(path, json.dumps(document))


def _database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path
