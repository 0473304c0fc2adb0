"""Small exports of more services and programs: Björk's "Crying", once each, written the way they write it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.importing.exports import AT

MS = AT * 1000
ISO = "2023-11-14T22:13:20"
PATH = "/music/Björk/02 Crying.mp3"
DELPHI = 25_569 + AT / 86_400
Export = Callable[[Path], Path]


def _writes(name: str, content: str | list[Any] | dict[str, Any]) -> Export:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def _database(name: str, *statements: str) -> Export:
    def write(folder: Path) -> Path:
        path = folder / name
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return path

    return write


_PANO = {"timeHuman": "x", "timeMs": MS, "artist": "Björk", "track": "Crying", "album": "Debut", "durationMs": 289_000}
_LISTEN = {
    "listened_at": AT,
    "track_metadata": {"artist_name": "Björk", "track_name": "Crying", "release_name": "Debut"},
}
_MALOJA = {
    "time": AT,
    "track": {"artists": ["Björk"], "title": "Crying", "album": {"albumtitle": "Debut", "artists": []}, "length": None},
    "duration": None,
    "origin": "client:x",
}

PLAYS: dict[str, Export] = {
    "lastfmstats CSV": _writes("l.csv", f'Artist;Album;AlbumId;Track;Date#me\n"Björk";"Debut";"";"Crying";"{MS}"\n'),
    "lastfmstats JSON": _writes(
        "l.json",
        {"username": "me", "scrobbles": [{"track": "Crying", "artist": "Björk", "album": "Debut", "date": MS}]},
    ),
    "Last.fm CSV": _writes("s.csv", f"uts;utc_time;artist;album;track\n{AT};x;Björk;Debut;Crying\n"),
    "lastexport": _writes("exported_tracks.txt", f"{AT}\tCrying\tBjörk\tDebut\tabc\t\t\n"),
    "Maloja": _writes("maloja.json", {"maloja": {"export_time": 1}, "scrobbles": [_MALOJA]}),
    "Pano Scrobbler CSV": _writes(
        "p.csv",
        "timeHuman,timeMs,artist,track,album,albumArtist,durationMs,mediaPlayerPackage,mediaPlayerName,"
        f"mediaPlayerVersion,event\nx,{MS},Björk,Crying,Debut,,289000,a,b,c,scrobble\n",
    ),
    "Pano Scrobbler JSON": _writes(
        "p.jsonl", json.dumps(_PANO | {"event": "scrobble"}) + "\n" + json.dumps(_PANO | {"event": "love"}) + "\n"
    ),
    "ListenBrainz export": _writes("listens.jsonl", "".join(json.dumps(_LISTEN | {"x": n}) + "\n" for n in (1, 2))),
    "YouTube Music": _writes(
        "watch-history.json",
        [
            {
                "header": header,
                "title": "Watched Crying",
                "titleUrl": "https://www.youtube.com/watch?v=x",
                "subtitles": [{"name": channel}],
                "time": f"{ISO}.000Z",
                "products": ["YouTube"],
            }
            for header, channel in (("YouTube Music", "Björk - Topic"), ("YouTube", "Somebody's films"))
        ],
    ),
}
"""Histories with times, by the name of their format: one play each, at `AT`."""

COUNTS: dict[str, Export] = {
    "MediaMonkey library": _database(
        "MM5.DB",
        "CREATE TABLE Songs (ID, SongTitle TEXT, Artist, Album, SongPath, SongLength, PlayCounter, SkipCount,"
        " LastTimePlayed, Rating, DateAdded, TrackType)",
        "INSERT INTO Songs VALUES (1, 'Crying', 'Björk', 'Debut', ':\\x', 289000, 7, 2,"
        f" {DELPHI!r}, 80, {DELPHI!r}, 0)",
        "INSERT INTO Songs VALUES (2, 'Talk', 'Someone', '', ':\\y', 1, 1, 0, 0, -1, 0, 1)",
    ),
    "Navidrome library": _database(
        "navidrome.db",
        "CREATE TABLE library (id, path)",
        "CREATE TABLE media_file (id, path, title, artist, album, duration, created_at, mbz_recording_id, library_id)",
        "CREATE TABLE annotation (user_id, item_id, item_type, play_count, play_date, rating, starred, starred_at)",
        "INSERT INTO library VALUES (1, '/music')",
        "INSERT INTO media_file VALUES ('a', 'Björk/02 Crying.mp3', 'Crying', 'Björk', 'Debut', 289.0,"
        f" '{ISO}.123456789+00:00', 'abc', 1)",
        f"INSERT INTO annotation VALUES ('u', 'a', 'media_file', 7, '{ISO}Z', 4, 1, '{ISO}Z')",
        f"INSERT INTO annotation VALUES ('guest', 'a', 'media_file', 1, '{ISO}Z', 1, 0, NULL)",
    ),
    "Jellyfin library": _database(
        "jellyfin.db",
        "CREATE TABLE BaseItems (Id, Type, Name, Artists, Album, RunTimeTicks, Path, DateCreated)",
        "CREATE TABLE UserData (ItemId, UserId, PlayCount, LastPlayedDate, Rating, IsFavorite)",
        "INSERT INTO BaseItems VALUES ('a', 'MediaBrowser.Controller.Entities.Audio.Audio', 'Crying', 'Björk', 'Debut',"
        f" 2890000000, '{PATH}', '{ISO}')",
        "INSERT INTO BaseItems VALUES ('b', 'MediaBrowser.Controller.Entities.Movie', 'Film', '', '', 1, '', NULL)",
        f"INSERT INTO UserData VALUES ('a', 'u', 7, '{ISO}', 8, 1)",
    ),
    "Lollypop library": _database(
        "lollypop.db",
        "CREATE TABLE artists (id, name)",
        "CREATE TABLE albums (id, name)",
        "CREATE TABLE track_artists (track_id, artist_id)",
        "CREATE TABLE tracks (id, name, uri, duration, album_id, popularity, rate, ltime, loved)",
        "INSERT INTO artists VALUES (1, 'Björk')",
        "INSERT INTO albums VALUES (1, 'Debut')",
        "INSERT INTO track_artists VALUES (1, 1)",
        f"INSERT INTO tracks VALUES (1, 'Crying', 'file:///music/Bj%C3%B6rk/02%20Crying.mp3', 289, 1, 7, 4, {AT}, 1)",
    ),
    "fooyin library": _database(
        "fooyin.db",
        "CREATE TABLE Tracks (FilePath, Title, Artists, Album, Duration, TrackHash)",
        "CREATE TABLE TrackStats (TrackHash, AddedDate, LastPlayed, PlayCount, Rating)",
        f"INSERT INTO Tracks VALUES ('{PATH}', 'Crying', 'Björk', 'Debut', 289000, 'h')",
        f"INSERT INTO TrackStats VALUES ('h', {MS}, {MS}, 7, 0.8)",
    ),
    "beets library": _database(
        "library.db",
        "CREATE TABLE items (id, path BLOB, title, artist, album, length, added, mb_trackid)",
        "CREATE TABLE item_attributes (entity_id, key, value)",
        f"INSERT INTO items VALUES (1, CAST('{PATH}' AS BLOB), 'Crying', 'Björk', 'Debut', 289.0, {AT}.5, 'abc')",
        "INSERT INTO item_attributes VALUES (1, 'play_count', '7')",
        "INSERT INTO item_attributes VALUES (1, 'rating', '0.8')",
        f"INSERT INTO item_attributes VALUES (1, 'last_played', '{AT}')",
    ),
    "Apple Music library": _writes(
        "Apple Music Library Tracks.json",
        [
            {
                "Content Type": "Song",
                "Track Identifier": 1,
                "Title": "Crying",
                "Artist": "Björk",
                "Album": "Debut",
                "Track Duration": 289_000,
                "Track Play Count": 7,
                "Date Added To Library": f"{ISO}Z",
                "Last Played Date": f"{ISO}Z",
            }
        ],
    ),
}
"""Libraries with counts, by the name of their format: seven plays and four stars."""


def apple_export(folder: Path) -> Path:
    """Apple's privacy export: a play, a skip and a pause; the artist stands in the other file only."""
    head = "Album Name,End Reason Type,Event End Timestamp,Event Start Timestamp,Event Type,"
    head += "Media Duration In Milliseconds,Play Duration Milliseconds,Song Name\n"
    rows = [
        f"Debut,NATURAL_END_OF_TRACK,,{ISO}.000Z,PLAY_END,289000,280000,Crying",
        "Debut,TRACK_SKIPPED_FORWARDS,2023-11-14T23:00:05Z,,PLAY_END,289000,5000,Crying",
        f"Debut,PLAYBACK_MANUALLY_PAUSED,{ISO}Z,{ISO}Z,PLAY_END,289000,9000,Crying",
        f"Debut,NATURAL_END_OF_TRACK,{ISO}Z,{ISO}Z,PLAY_END,289000,200000,Nobody Knows",
    ]
    (folder / "Apple Music Play Activity.csv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    days = "Date Played,Play Count,Skip Count,Track Description\n20231114,1,1,Björk - Crying\n"
    (folder / "Apple Music - Play History Daily Tracks.csv").write_text(days, encoding="utf-8")
    return folder


def spotify_account(folder: Path) -> Path:
    """Spotify's account data: a saved track and a playlist of it and an episode."""
    saved = {"tracks": [{"artist": "Björk", "album": "Debut", "track": "Crying", "uri": "x"}], "albums": []}
    track = {"trackName": "Crying", "artistName": "Björk", "albumName": "Debut", "trackUri": "x"}
    items = [{"track": track, "addedDate": "2023-11-14"}, {"track": None, "episode": {"episodeName": "Talk"}}]
    _writes("YourLibrary.json", saved)(folder)
    _writes("Playlist1.json", {"playlists": [{"name": "Mine", "items": items}]})(folder)
    return folder
