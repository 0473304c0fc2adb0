"""Every format: what it says is what we read; what is damaged is named and nothing is taken."""

import pickle
import random
import zipfile

import pytest

from player.domain import FileError
from player.importing import Names, read_history
from tests.importing import exports
from tests.importing.exports import AT

CRYING = "/music/Björk/02 Crying.mp3"
LIBRARIES = [
    exports.itunes,
    exports.rhythmbox,
    exports.strawberry,
    exports.clementine,
    exports.banshee,
    exports.amarok,
    exports.quodlibet,
]
HISTORIES = [
    exports.lastfm_csv,
    exports.lastfm_csv_with_header,
    exports.lastfm_json,
    exports.scrobbler_log,
    exports.listenbrainz_zip,
    exports.spotify_extended,
    exports.spotify_account,
]


@pytest.mark.parametrize("export", LIBRARIES, ids=lambda export: export.__name__)
def test_libraries_agree_on_counts_rating_and_file(export, tmp_path):
    history = read_history(export(tmp_path))
    (stats,) = history.stats
    assert (stats.names.title, stats.names.artist, stats.names.album) == ("Crying", "Björk", "Debut")
    assert stats.names.path == CRYING
    assert stats.names.duration_ms == 289_000
    assert (stats.play_count, stats.rating, stats.last_played_at) == (7, pytest.approx(0.8), AT * 1000)
    assert history.bad_rows == 0


def test_lastfm_without_header(tmp_path):
    first, second = read_history(exports.lastfm_csv(tmp_path)).plays
    assert first.names == Names("Human Behaviour", "Björk", "Debut")
    assert first.started_at == (AT - 20) * 1000
    assert second.names.artist == "Bach, J.S."


def test_lastfm_with_header_keeps_the_recording_id(tmp_path):
    (play,) = read_history(exports.lastfm_csv_with_header(tmp_path)).plays
    assert (play.names.recording_mbid, play.started_at) == ("abc", AT * 1000)


def test_lastfm_json_leaves_out_what_plays_now(tmp_path):
    history = read_history(exports.lastfm_json(tmp_path))
    assert [play.names.title for play in history.plays] == ["Crying"]
    assert history.ignored == 1


def test_scrobbler_log_tells_skips(tmp_path):
    played, skipped = read_history(exports.scrobbler_log(tmp_path)).plays
    assert (played.skipped, played.listened_ms) == (False, 289_000)
    assert (skipped.skipped, skipped.listened_ms) == (True, None)


def test_listenbrainz_zip_reads_listens_and_loves_and_names_the_broken_line(tmp_path):
    history = read_history(exports.listenbrainz_zip(tmp_path))
    assert [play.started_at for play in history.plays] == [AT * 1000, AT * 1000 + 300_500]
    (thumb,) = history.thumbs
    assert (thumb.names.title, thumb.value) == ("Crying", 1)
    assert history.bad_rows == 1
    assert history.problems[0].startswith("listens/2023/11.jsonl, line 3")


def test_spotify_extended_starts_before_its_time_stamp(tmp_path):
    history = read_history(exports.spotify_extended(tmp_path))
    played, skipped = history.plays
    assert played.started_at == (AT - 20 - 200) * 1000
    assert (played.skipped, skipped.skipped, skipped.listened_ms) == (False, True, 5_000)
    assert history.ignored == 1


def test_spotify_folder_joins_its_files_without_repetitions(tmp_path):
    exports.spotify_extended(tmp_path)
    (tmp_path / "endsong_0.json").write_bytes((tmp_path / "Streaming_History_Audio_2023_0.json").read_bytes())
    assert len(read_history(tmp_path).plays) == 2


@pytest.mark.parametrize("export", [*LIBRARIES, *HISTORIES], ids=lambda export: export.__name__)
def test_a_file_cut_short_is_an_error_or_less_never_a_crash(export, tmp_path):
    path = export(tmp_path)
    whole = path.read_bytes()
    full = read_history(path)
    for part in (1, 3, 5, 9):
        path.write_bytes(whole[: len(whole) * part // 10])
        try:
            history = read_history(path)
        except FileError as error:
            assert str(path) in str(error)
        else:
            assert len(history.plays) + len(history.stats) <= len(full.plays) + len(full.stats)


@pytest.mark.parametrize("export", LIBRARIES + HISTORIES, ids=lambda export: export.__name__)
def test_a_file_with_bits_turned_over_is_an_error_or_less_never_a_crash(export, tmp_path):
    path = export(tmp_path)
    if path.is_dir():
        path = next(path.rglob("*.json"))
    whole = path.read_bytes()
    lot = random.Random(7)
    refused = 0
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(max(1, len(damaged) // 500)):
            damaged[lot.randrange(len(damaged))] ^= 1 << lot.randrange(8)
        path.write_bytes(damaged)
        try:
            read_history(path)
        except FileError as error:
            assert error.why
            refused += 1
    assert refused


def test_a_pickle_that_calls_something_is_refused_and_calls_nothing(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    path = tmp_path / "songs"
    path.write_bytes(pickle.dumps([Bomb()], protocol=2))
    with pytest.raises(FileError, match="which no song list holds"):
        read_history(path)
    assert not (tmp_path / "ran").exists()


def test_xml_entities_are_refused(tmp_path):
    path = tmp_path / "library.xml"
    path.write_text('<!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><plist><dict>&b;</dict></plist>')
    with pytest.raises(FileError, match="entities"):
        read_history(path)


def test_an_archive_that_explodes_is_refused(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("listens/2023/11.jsonl", b"\n" * 20_000_000)
    with pytest.raises(FileError, match="far more"):
        read_history(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"hello", "no format known"),
        (b"{}", "no format known"),
        (b"[" * 100_000, "too deeply|complete JSON"),
        (b'[{"track_metadata": {"track_name": "a", "artist_name": "b"}, "listened_at": NaN}]', "NaN"),
        (b"SQLite format 3\x00" + b"\x00" * 500, "cannot be read|no music player"),
    ],
)
def test_anything_else_gets_a_clear_error(content, why, tmp_path):
    path = tmp_path / "thing"
    path.write_bytes(content)
    with pytest.raises(FileError, match=why):
        read_history(path)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(FileError, match="No such file"):
        read_history(tmp_path / "nothing.csv")


@pytest.mark.parametrize("export", [exports.lastfm_csv, exports.lastfm_csv_with_header, exports.scrobbler_log])
def test_wherever_a_file_of_lines_was_cut_off_that_is_seen(export, tmp_path):
    path = export(tmp_path)
    whole = path.read_bytes()
    told = read_history(path)
    assert told.bad_rows == 0
    for size in range(1, len(whole)):
        path.write_bytes(whole[:size])
        if whole[size - 1 :][:1] == b"\n":
            continue  # between two lines: nobody can know that there were more
        try:
            cut = read_history(path)
        except FileError:
            continue
        assert cut.bad_rows == 1, whole[:size][-40:]
        assert "If the file was cut off there" in cut.problems[0]
        assert _said(cut) <= _said(told)


def _said(history):
    return {(play.names.artist, play.names.title, play.started_at) for play in history.plays}


def test_half_a_line_end_is_a_cut(tmp_path):
    path = exports.lastfm_csv(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")[:-1])
    with pytest.raises(FileError, match="middle of a line"):
        read_history(path)


def test_a_damaged_letter_spoils_its_own_line_alone(tmp_path):
    path = exports.lastfm_csv(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Bach", b"B\xe4ch"))
    assert [play.names.artist for play in read_history(path).plays] == ["Björk", "Bäch, J.S."]


def test_json_with_a_damaged_letter_is_refused(tmp_path):
    path = exports.lastfm_json(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Debut", b"D\xe9but"))
    with pytest.raises(FileError, match="belongs to no letter"):
        read_history(path)


@pytest.mark.parametrize("export", [exports.lastfm_csv, exports.scrobbler_log])
def test_a_text_with_bytes_of_something_else_is_refused(export, tmp_path):
    path = export(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + bytes(range(14, 32)) + whole[40:])
    with pytest.raises(FileError, match="bytes that no text holds"):
        read_history(path)
    path.write_bytes(bytes(20) + whole[20:])
    with pytest.raises(FileError):
        read_history(path)


def test_an_archive_that_was_cut_off_is_called_damaged(tmp_path):
    path = exports.listenbrainz_zip(tmp_path)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(FileError, match="damaged archive"):
        read_history(path)


def test_a_database_with_damaged_pages_is_refused(tmp_path):
    path = exports.strawberry(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-4096] + b"\xff" * 60 + whole[-4036:])
    with pytest.raises(FileError, match=r"damaged database|cannot be read as a music library"):
        read_history(path)


def test_rows_are_complained_of_in_plain_words(tmp_path):
    path = tmp_path / "endsong_0.json"
    row = '{"master_metadata_track_name": "A", "master_metadata_album_artist_name": "B", "ms_played": 1, "ts": '
    path.write_text(f'[{row}"2023-11-14T22:13:00Z"}}, {row}"never"}}, {row}7}}, 5, {row[:34]}}}]')
    history = read_history(path)
    assert history.problems == (
        "row 2: 'never' is no time",
        "row 3: expected text, found int",
        "row 4: is not of the form expected",
        "row 5: no master_metadata_album_artist_name",
    )
