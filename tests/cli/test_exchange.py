"""History and playlists in and out by the command line."""

import json
from pathlib import Path

from tests.cli.command import Segue

AT = 1_700_000_000


def a_history(folder: Path) -> Path:
    """Two plays of a track that is owned, and one of a track that is not."""
    head = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    rows = [
        f"{AT + n * 300},,Artist 1,,Album 1,,{title},\n" for n, title in enumerate(["Song 1.1", "Song 1.1", "Other"])
    ]
    path = folder / "recenttracks.csv"
    path.write_text(head + "".join(rows))
    return path


def test_a_history_comes_in_once_and_goes_out_whole(segue: Segue, music: Path, tmp_path: Path) -> None:
    segue("scan", music)
    first = segue("import", a_history(tmp_path), "--json").document
    assert (first["plays"], first["plays_matched"], first["plays_added"]) == (3, 2, 2)
    assert first["unmatched"] == [{"artist": "Artist 1", "title": "Other", "plays": 1}]
    assert segue("import", a_history(tmp_path), "--json").document["plays_added"] == 0
    out = tmp_path / "out.jsonl"
    assert segue("export", "history", out, "--json").document == {"written": 3, "files": [str(out)]}
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["at"] for line in lines[1:-1]] == [(AT + n * 300) * 1000 for n in range(3)]


def test_tracks_that_come_later_get_their_plays(segue: Segue, music: Path, tmp_path: Path) -> None:
    taken = segue("import", a_history(tmp_path), "--json").document
    assert (taken["plays_added"], taken["plays_kept"]) == (0, 3)
    assert "2 plays imported earlier have found their tracks" in segue("scan", music).out
    assert len(segue("log", "--json").document) == 2


def test_a_dry_run_adds_nothing(segue: Segue, music: Path, tmp_path: Path) -> None:
    segue("scan", music)
    preview = segue("import", a_history(tmp_path), "--dry-run", "--json").document
    assert preview["plays_matched"] == 2
    assert segue("log", "--json").document == []


def test_what_is_no_history_is_refused_in_a_line(segue: Segue, tmp_path: Path) -> None:
    path = tmp_path / "thing.txt"
    path.write_text("hello")
    answer = segue("import", path)
    assert answer.code == 3
    assert "no format known here" in answer.err


def test_playlists_go_out_and_come_back(segue: Segue, music: Path, tmp_path: Path) -> None:
    segue("scan", music)
    playlist = tmp_path / "Evening.m3u8"
    playlist.write_text("#EXTM3U\nmusic/1/1.wav\nmusic/1/2.wav\nmusic/gone.wav\n")
    taken = segue("import", playlist, "--json").document
    assert (taken["name"], taken["entries"], taken["unresolved"]) == ("Evening", 3, 1)
    files = segue("export", "playlists", tmp_path / "lists", "--json").document["files"]
    assert [Path(file).name for file in files] == ["Evening.xspf"]
    assert "Song 1.1" in Path(files[0]).read_text(encoding="utf-8")


def test_remote_control_without_a_window_says_how_to_start_one(segue: Segue) -> None:
    answer = segue("status")
    assert answer.code == 3
    assert "No Segue window" in answer.err
    assert segue("volume", "200").code == 2
