"""Playlist files in and out: formats, relative paths, entries that find their tracks and entries that do not."""

import os
from pathlib import Path

import pytest

from player.domain import FileError, Ms, PlaylistEntry, SmartRules, TrackId, TrackQuery, now_ms
from player.library import (
    FileEntry,
    PlaylistFile,
    export_playlist,
    export_playlists,
    import_playlist,
    read_playlist,
    resolve_playlist,
    scan,
    write_playlist,
)
from player.storage import Database
from tests.library.conftest import Tagged

FORMATS = ["m3u8", "m3u", "xspf", "pls"]


def locations(path: Path) -> list[str]:
    return [entry.location for entry in read_playlist(path).entries]


def written(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_round_trip_with_relative_paths(tmp_path: Path, suffix: str) -> None:
    entries = (
        FileEntry(str(tmp_path / "music" / "a # 100%.mp3"), "Tïtle & <1>", "Ärtist", duration_ms=Ms(61_000)),
        FileEntry(str(tmp_path / "b.mp3")),
        FileEntry("https://radio.example/stream", "Radio"),
        FileEntry(str(tmp_path / "caf\udce9.mp3"), "Raw", "X", duration_ms=Ms(5_000)),
    )
    path = tmp_path / "lists" / f"My list.{suffix}"
    path.parent.mkdir()
    write_playlist(path, PlaylistFile("My list", entries))
    assert b"../music" in path.read_bytes()
    assert read_playlist(path) == PlaylistFile("My list", entries)
    assert not list(path.parent.glob("*.part"))


@pytest.mark.parametrize("suffix", FORMATS)
def test_moved_with_its_music(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "here" / f"a.{suffix}"
    path.parent.mkdir()
    write_playlist(path, PlaylistFile("a", (FileEntry(str(tmp_path / "here" / "x" / "y.mp3")),)))
    (tmp_path / "here").rename(tmp_path / "there")
    assert locations(tmp_path / "there" / path.name) == [str(tmp_path / "there" / "x" / "y.mp3")]


def test_a_file_called_like_a_comment(tmp_path: Path) -> None:
    path = tmp_path / "a.m3u8"
    write_playlist(path, PlaylistFile("a", (FileEntry(str(tmp_path / "#1.mp3")),)))
    assert locations(path) == [str(tmp_path / "#1.mp3")]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff#EXTM3U\r\n#EXTINF:12,A - B\r\nx/ä.mp3\r\n",
        "#EXTM3U\r#EXTINF:12,A - B\rx/ä.mp3\r",
        "#EXTINF:12,A - B\n#EXTIMG:x\n\nx\\ä.mp3",
        "#EXTM3U\n#EXTINF:12,A - B\nx/ä.mp3\n".encode("utf-16"),
        "#EXTM3U\n#EXTINF:12,A - B\n<folder>/x/ä.mp3",
    ],
)
def test_m3u_of_many_programs(tmp_path: Path, data: str | bytes) -> None:
    if isinstance(data, str):
        data = data.replace("<folder>", str(tmp_path))
    path = written(tmp_path / "a.m3u", data)
    assert read_playlist(path).entries == (FileEntry(str(tmp_path / "x" / "ä.mp3"), "B", "A", duration_ms=Ms(12_000)),)


def test_m3u_in_latin_1(tmp_path: Path) -> None:
    path = written(tmp_path / "a.m3u", "#EXTINF:1,Ä - Ö\nä.mp3\n".encode("latin-1"))
    (entry,) = read_playlist(path).entries
    assert (entry.artist, entry.title) == ("Ä", "Ö")
    assert os.fsencode(entry.location).endswith(b"/\xe4.mp3")


def test_windows_paths_are_kept_readable(tmp_path: Path) -> None:
    path = written(tmp_path / "a.m3u8", "D:\\Music\\a.mp3\nfile:///C:/Music/b%20c.mp3\n")
    assert [location.replace("\\", "/") for location in locations(path)] == ["D:/Music/a.mp3", "C:/Music/b c.mp3"]


def test_pls_numbers_decide_the_order(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.pls", "[playlist]\nFile2=b.mp3\nTitle2=X - Y\nLength2=-1\nFile1=a.mp3\nNumberOfEntries=9\n"
    )
    assert locations(path) == [str(tmp_path / "a.mp3"), str(tmp_path / "b.mp3")]


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><playlist><trackList>&a;</trackList></playlist>'


@pytest.mark.parametrize(("name", "data"), [("a.xspf", "<playlist>"), ("a.xspf", BOMB), ("a.doc", "x"), ("a.xspf", "")])
def test_what_is_no_playlist_is_said(tmp_path: Path, name: str, data: str) -> None:
    with pytest.raises(FileError):
        read_playlist(written(tmp_path / name, data))


def test_missing_playlist_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_playlist(tmp_path / "gone.m3u")


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = written(tmp_path / "a.m3u8", "old")
    (tmp_path / "a.m3u8.part").mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        write_playlist(path, PlaylistFile("a", ()))
    assert path.read_text() == "old"


@pytest.fixture
def stocked(database: Database, music: Path, tagged: Tagged) -> Database:
    tagged("Miles/Kind of Blue/01 So What.flac", "a.flac", title="So What", artist="Miles Davis")
    tagged("Miles/Live/01 So What.flac", "b.flac", title="So What (live)", artist="Miles Davis")
    tagged("Coltrane/Naima.flac", "c.flac", title="Naima", artist="John Coltrane")
    database.files.add_root(str(music), now_ms())
    scan(database, [str(music)], processes=1)
    return database


def titles(database: Database, ids) -> list[str]:
    return [track.title for track in database.tracks.get(ids)]


def test_import_resolves_paths_ends_of_paths_and_names(stocked: Database, music: Path, tmp_path: Path) -> None:
    lines = [
        str(music / "Miles" / "Live" / "01 So What.flac"),
        "E:\\Old\\Kind of Blue\\01 So What.flac",
        "/elsewhere/naima.flac",
        "#EXTINF:0,John Coltrane - Naima\nx.mp3",
        "#EXTINF:7,Nobody - Nothing\n../gone.mp3",
        "http://radio.example/",
    ]
    result = import_playlist(stocked, written(tmp_path / "Mix.m3u8", "\n".join(lines)))
    assert (result.name, result.entries, result.unresolved) == ("Mix", 6, 2)
    found = stocked.playlists.tracks(result.playlist_id)
    assert titles(stocked, found) == ["So What (live)", "So What", "Naima", "Naima"]
    kept = [entry for entry in stocked.playlists.entries(result.playlist_id) if entry.track_id is None]
    assert [(entry.title, entry.artist) for entry in kept] == [("Nothing", "Nobody"), ("", "")]


def test_ambiguous_name_stays_unresolved(stocked: Database, tmp_path: Path) -> None:
    result = import_playlist(stocked, written(tmp_path / "a.m3u", "/elsewhere/01 So What.flac"))
    assert result.unresolved == 1


def test_unresolved_entries_find_new_tracks(stocked: Database, music: Path, tmp_path: Path, tagged: Tagged) -> None:
    path = music / "New" / "later.flac"
    result = import_playlist(stocked, written(tmp_path / "a.m3u", str(path)))
    assert resolve_playlist(stocked, result.playlist_id) == 0
    tagged("New/later.flac", "d.flac", title="Later")
    scan(stocked, [str(music)], processes=1)
    assert resolve_playlist(stocked, result.playlist_id) == 1
    assert titles(stocked, stocked.playlists.tracks(result.playlist_id)) == ["Later"]


def test_export_and_import_again(stocked: Database, music: Path, tmp_path: Path) -> None:
    ids = list(map(TrackId, (1, 3, 1)))
    manual = stocked.playlists.create("A/B: mine")
    unresolved = PlaylistEntry(None, "/gone/x.mp3", "Gone", "Someone", Ms(1_000))
    stocked.playlists.set_entries(manual, [*map(PlaylistEntry, ids), unresolved])
    stocked.playlists.create("A/B? mine")
    stocked.playlists.create("Jazz", rules=SmartRules("artist:miles"))
    files = export_playlists(stocked, tmp_path / "out")
    assert sorted(path.name for path in files) == ["A_B_ mine 2.xspf", "A_B_ mine.xspf", "Jazz.xspf"]
    back = import_playlist(stocked, next(path for path in files if path.name == "A_B_ mine.xspf"))
    assert stocked.playlists.tracks(back.playlist_id) == ids
    assert back.unresolved == 1
    smart = next(path for path in files if path.name == "Jazz.xspf")
    assert len(read_playlist(smart).entries) == 2


@pytest.mark.parametrize("suffix", FORMATS)
def test_export_one_playlist(stocked: Database, music: Path, suffix: str) -> None:
    playlist_id = stocked.playlists.create("Mine")
    stocked.playlists.set_tracks(playlist_id, [TrackId(3)])
    playlist = stocked.playlists.get(playlist_id)
    path = music / f"Mine.{suffix}"
    export_playlist(stocked, playlist, path)
    (entry,) = read_playlist(path).entries
    assert os.path.exists(entry.location)


def test_xspf_entries_without_location_are_found_by_name(stocked: Database, tmp_path: Path) -> None:
    track = stocked.tracks.get(stocked.tracks.find(TrackQuery()))[0]
    body = (
        f"<track><title>{track.title}</title><creator>{track.artist}</creator></track><track><title>X</title></track>"
    )
    path = tmp_path / "a.xspf"
    path.write_text(f"<playlist xmlns='http://xspf.org/ns/0/'><trackList>{body}</trackList></playlist>")
    done = import_playlist(stocked, path)
    assert (done.entries, done.unresolved) == (2, 1)
    entries = stocked.playlists.entries(done.playlist_id)
    assert [entry.track_id for entry in entries] == [track.id, None]
    assert [entry.title for entry in entries] == [track.title, "X"]
    for suffix in FORMATS:  # what has no place is no line without one
        export_playlist(stocked, stocked.playlists.get(done.playlist_id), tmp_path / f"out.{suffix}")
        written = read_playlist(tmp_path / f"out.{suffix}")
        assert [entry.title for entry in written.entries] == ([track.title, "X"] if suffix == "xspf" else [track.title])


JSPF_TRACK = '{"location": ["b/x%20y.mp3"], "title": "T", "creator": "A", "album": "L", "duration": 5000}'
WPL_MEDIA = '<media src="b\\x y.mp3" trackTitle="T" trackArtist="A" albumTitle="L" duration="5000"/>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jspf", f'{{"playlist": {{"title": "Mine", "track": [{JSPF_TRACK}]}}}}'),
        (
            "a.asx",
            '<ASX version="3.0"><Title>Mine</Title><REPEAT><Entry><Ref HREF="b\\x y.mp3"/><TITLE>T</TITLE>'
            "<Author>A</Author></Entry></ASX>",
        ),
        ("a.wpl", f"<?wpl?><smil><head><title>Mine</title></head><body><seq>{WPL_MEDIA}</seq></body></smil>"),
    ],
)
def test_other_programs_formats(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data)
    playlist = read_playlist(path)
    (entry,) = playlist.entries
    assert (playlist.name, entry.title, entry.artist) == ("Mine", "T", "A")
    assert entry.location == str(tmp_path / "b" / "x y.mp3")
    assert (entry.album, entry.duration_ms) == (("", 0) if name == "a.asx" else ("L", 5_000))
    path.write_text(data[: len(data) // 3])
    with pytest.raises(FileError, match="damaged"):
        read_playlist(path)


def test_asx_with_bare_ampersands(tmp_path: Path) -> None:
    (tmp_path / "a.asx").write_text('<asx><entry><ref href="a.mp3?x&y"/><title>You & I &amp; me</title></entry></asx>')
    assert read_playlist(tmp_path / "a.asx").entries[0].title == "You & I & me"


def test_relative_m3u_paths_in_percent_encoding(tmp_path: Path) -> None:
    (tmp_path / "Café 100%.mp3").write_bytes(b"x")
    (tmp_path / "a%20b.mp3").write_bytes(b"x")
    (tmp_path / "a.m3u").write_text("Caf%C3%A9%20100%25.mp3\na%20b.mp3\nnone%20such.mp3\n")
    places = [entry.location for entry in read_playlist(tmp_path / "a.m3u").entries]
    names = ["Café 100%.mp3", "a%20b.mp3", "none%20such.mp3"]
    assert places == [str(tmp_path / name) for name in names]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gbk", "周杰伦 - 晴天"), ("cp932", "夜に駆ける"), ("cp1251", "Кино - Группа крови"), ("euc_kr", "아이유")],
)
def test_relative_m3u_paths_in_an_old_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    (tmp_path / f"{name}.mp3").write_bytes(b"x")
    (tmp_path / "a.m3u").write_bytes(f"#EXTM3U\n#EXTINF:5,{name}\n{name}.mp3\n".encode(encoding))
    (entry,) = read_playlist(tmp_path / "a.m3u").entries
    assert entry.location == str(tmp_path / f"{name}.mp3")
    assert entry.title == name.rpartition(" - ")[2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.m3u8"
    os.mkfifo(path)
    with pytest.raises(FileError, match="not an ordinary file"):
        read_playlist(path)


@pytest.mark.parametrize(
    ("suffix", "line"), [("m3u", "a\n"), ("pls", "File{}=a\n"), ("xspf", "<a/>")], ids=["m3u", "pls", "xspf"]
)
def test_a_playlist_without_end_stays_small(tmp_path: Path, suffix: str, line: str) -> None:
    text = "".join(line.format(number) for number in range(1, 2_200_000))
    path = written(tmp_path / f"a.{suffix}", f"<playlist>{text}{text}</playlist>" if suffix == "xspf" else text)
    if suffix == "xspf":
        with pytest.raises(FileError, match="too large"):
            read_playlist(path)
    else:
        assert len(read_playlist(path).entries) == 200_000
