"""More services and programs: what each says is what we read, and what is none of them is told apart."""

import plistlib
import sqlite3

import pytest

from player.domain import FileError
from player.importing import read_history
from tests.importing import exports, more_exports
from tests.importing.exports import AT


@pytest.mark.parametrize("format_name", more_exports.PLAYS)
def test_histories_agree_on_the_play(format_name, tmp_path):
    history = read_history(more_exports.PLAYS[format_name](tmp_path))
    assert history.format == format_name
    play = history.plays[0]
    assert (play.names.title, play.names.artist, play.started_at) == ("Crying", "Björk", AT * 1000)
    assert play.names.album == ("" if format_name == "YouTube Music" else "Debut")
    assert (len(history.plays), history.bad_rows) == (1, 0)


@pytest.mark.parametrize("format_name", more_exports.COUNTS)
def test_libraries_agree_on_counts_rating_and_times(format_name, tmp_path):
    history = read_history(more_exports.COUNTS[format_name](tmp_path))
    assert (history.format, history.bad_rows) == (format_name, 0)
    (stats,) = history.stats
    assert (stats.names.title, stats.names.artist, stats.names.album) == ("Crying", "Björk", "Debut")
    assert (stats.names.duration_ms, stats.play_count) == (289_000, 7)
    assert stats.last_played_at == pytest.approx(AT * 1000, abs=1)
    if format_name != "Lollypop library":
        assert stats.added_at == pytest.approx(AT * 1000, abs=999)
    if format_name != "Apple Music library":
        assert stats.rating == pytest.approx(0.8)
    if format_name not in ("Apple Music library", "MediaMonkey library"):
        assert stats.names.path == more_exports.PATH
    loves = [(thumb.names.title, thumb.value) for thumb in history.thumbs]
    hearts = ("Navidrome library", "Jellyfin library", "Lollypop library")
    assert loves == ([("Crying", 1)] if format_name in hearts else [])
    assert history.ignored == (1 if format_name == "MediaMonkey library" else 0)


@pytest.mark.parametrize("export", [*more_exports.PLAYS.values(), *more_exports.COUNTS.values()])
def test_a_file_cut_short_is_an_error_or_less_never_a_crash(export, tmp_path):
    path = export(tmp_path)
    whole, full = path.read_bytes(), read_history(path)
    for part in (1, 3, 5, 9):
        path.write_bytes(whole[: len(whole) * part // 10])
        try:
            history = read_history(path)
        except FileError as error:
            assert str(path) in str(error)
        else:
            assert len(history.plays) + len(history.stats) <= len(full.plays) + len(full.stats)


def test_pano_tells_loves(tmp_path):
    history = read_history(more_exports.PLAYS["Pano Scrobbler JSON"](tmp_path))
    assert [(thumb.names.artist, thumb.value, thumb.at) for thumb in history.thumbs] == [("Björk", 1, AT * 1000)]


def test_youtube_leaves_films_out(tmp_path):
    assert read_history(more_exports.PLAYS["YouTube Music"](tmp_path)).ignored == 1


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Watched Heart", "Heart"),
        ("Heart angesehen", "Heart"),
        ("Vous avez regardé Heart", "Heart"),
        ("Heart を視聴しました", "Heart"),
        ("Просмотрено видео Heart", "Heart"),
        ("Has visto Heart", "Heart"),
    ],
)
def test_youtube_titles_in_many_languages(title, plain, tmp_path):
    path = more_exports.PLAYS["YouTube Music"](tmp_path)
    path.write_text(path.read_text().replace("Watched Crying", title))
    assert read_history(path).plays[0].names.title == plain


def test_apple_music_takes_its_artists_from_the_other_file(tmp_path):
    folder = more_exports.apple_export(tmp_path)
    for source in (folder, folder / "Apple Music Play Activity.csv"):
        history = read_history(source)
        assert [(play.names.artist, play.listened_ms, play.skipped) for play in history.plays] == [
            ("Björk", 280_000, False),
            ("Björk", 5_000, True),
        ]
        assert history.plays[1].started_at == history.plays[0].started_at + (46 * 60 + 40) * 1000
        assert (history.ignored, history.bad_rows) == (1, 1)
        assert "names no artist" in history.problems[0]
        assert not history.stats


def test_apple_musics_days_alone_are_counts(tmp_path):
    history = read_history(more_exports.apple_export(tmp_path) / "Apple Music - Play History Daily Tracks.csv")
    (stats,) = history.stats
    assert (stats.names.artist, stats.names.title, stats.play_count, stats.skip_count) == ("Björk", "Crying", 1, 1)


def test_spotifys_library_is_loved_and_its_playlists_are_playlists(tmp_path):
    history = read_history(more_exports.spotify_account(tmp_path))
    assert [(thumb.names.title, thumb.value) for thumb in history.thumbs] == [("Crying", 1)]
    (playlist,) = history.playlists
    assert (playlist.name, [names.title for names in playlist.tracks]) == ("Mine", ["Crying"])


def test_lastfm_csv_with_semicolons_and_without_header(tmp_path):
    path = tmp_path / "user.csv"
    path.write_text("Björk;Debut;Crying;14 Nov 2023, 22:13\n", encoding="utf-8")
    (play,) = read_history(path).plays
    assert (play.names.title, play.started_at) == ("Crying", (AT - 20) * 1000)


def test_banshees_other_sources_are_left_out(tmp_path):
    path = exports.banshee(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE CoreTracks ADD COLUMN PrimarySourceID")
    connection.execute("CREATE TABLE CorePrimarySources (PrimarySourceID, StringID)")
    connection.execute("INSERT INTO CorePrimarySources VALUES (1, 'MusicLibrarySource-Library'), (2, 'Podcasts')")
    connection.execute("UPDATE CoreTracks SET PrimarySourceID = 1")
    connection.execute("INSERT INTO CoreTracks VALUES ('Talk', 1, 1, 9, 'file:///t.mp3', 3, 0, NULL, 0, NULL, 2)")
    connection.commit()
    connection.close()
    history = read_history(path)
    assert ([stats.names.title for stats in history.stats], history.ignored) == (["Crying"], 1)


def test_itunes_loves_and_playlists(tmp_path):
    tracks = [
        {"Name": "Crying", "Artist": "Björk", "Loved": True},
        {"Name": "Venus", "Artist": "Björk", "Disliked": True},
        {"Name": "Heart", "Artist": "Björk", "Favorited": True},
    ]
    entries = {str(n): {"Track ID": n, **track} for n, track in enumerate(tracks, 1)}
    items = [{"Track ID": n} for n in (3, 1, 99)]
    playlists = [
        {"Name": "Library", "Master": True, "Playlist Items": items},
        {"Name": "Clever", "Smart Info": b"x", "Playlist Items": items},
        {"Name": "Folder", "Folder": True, "Playlist Items": items},
        {"Name": "Music", "Distinguished Kind": 4, "Playlist Items": items},
        {"Name": "Mine", "Playlist Items": items},
    ]
    path = tmp_path / "library.xml"
    path.write_bytes(plistlib.dumps({"Tracks": entries, "Playlists": playlists}))
    history = read_history(path)
    assert [(thumb.names.title, thumb.value) for thumb in history.thumbs] == [
        ("Crying", 1),
        ("Venus", -1),
        ("Heart", 1),
    ]
    (playlist,) = history.playlists
    assert (playlist.name, [names.title for names in playlist.tracks]) == ("Mine", ["Heart", "Crying"])


def test_what_waits_in_the_write_ahead_log_of_a_server_is_read_and_nothing_is_written(tmp_path):
    path = more_exports.COUNTS["Navidrome library"](tmp_path)
    running = sqlite3.connect(path)
    running.execute("PRAGMA journal_mode = WAL")
    running.execute("UPDATE annotation SET play_count = 9 WHERE user_id = 'u'")
    running.commit()
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert read_history(path).stats[0].play_count == 9
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    running.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<?xml version="1.0"?>\n<PlaybackStatistics Version="2.0">\n<Entry ID="1" Count="2" />', "foobar2000"),
        ("hdfm\0\0", "iTunes"),
        ("#EXTM3U\nsong.mp3\n", r"\.m3u8"),
        ('<?wpl version="1.0"?>\n<smil><body/></smil>', r"\.wpl"),
        ("<!DOCTYPE html><html></html>", "Google Takeout"),
        ("-- MySQL dump 10.13", "Amarok 2"),
        ("Track Name,Last Played Date,Is User Initiated\nBjörk - Crying,1,true\n", "Play Activity"),
    ],
)
def test_what_is_something_else_is_told_apart(content, said, tmp_path):
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileError, match=f"looks like .*{said}"):
        read_history(path)


def test_foobars_own_database_is_told_apart(tmp_path):
    path = tmp_path / "metadb.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE metadb_indexes (name)")
    with pytest.raises(FileError, match="looks like foobar2000's database"):
        read_history(path)
