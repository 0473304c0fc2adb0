"""Reading listening logs."""

import pytest

from recommender import EventKind
from recommender.evaluation import LogError, read_log
from recommender.evaluation._log import read_library
from tests.recommender.evaluation.logs import write


def one(log):
    (rows,) = log.users.values()
    return rows


def test_rows_come_in_time_order_whatever_the_file_says(tmp_path):
    path = write(tmp_path / "log.csv", "ts,track,artist", [(300, "b", "x"), (100, "a", "x")])
    assert [row.track for row in one(read_log(path))] == [("x", "a"), ("x", "b")]


def test_packed_and_plain_files_read_the_same(tmp_path):
    rows = [(100, "a", "x"), (200, "b", "y")]
    plain = read_log(write(tmp_path / "log.csv", "ts,track,artist", rows))
    packed = read_log(write(tmp_path / "log.csv.gz", "ts,track,artist", rows))
    assert plain.users == packed.users


def test_identity_is_artist_and_track_without_case(tmp_path):
    path = write(
        tmp_path / "log.csv", "ts,track,artist", [(1, "Straße", "ÉCHO"), (2, "STRASSE", "écho"), (3, "a", "b")]
    )
    tracks = [row.track for row in one(read_log(path))]
    assert tracks[0] == tracks[1] != tracks[2]


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("ts,track,artist", (1, "a", "b"), EventKind.PLAYED),
        ("ts,track,artist,ms_played", (1, "a", "b", 29_999), EventKind.SKIPPED),
        ("ts,track,artist,ms_played", (1, "a", "b", 30_000), EventKind.PLAYED),
        ("ts,track,artist,ms_played", (1, "a", "b", ""), EventKind.PLAYED),
        ("ts,track,artist,outcome", (1, "a", "b", "skipped"), EventKind.SKIPPED),
        ("ts,track,artist,outcome", (1, "a", "b", "Finished"), EventKind.PLAYED),
        ("ts,track,artist,ms_played,outcome", (1, "a", "b", 90_000, "skipped"), EventKind.SKIPPED),
    ],
)
def test_what_counts_as_a_skip(tmp_path, header, cells, kind):
    assert one(read_log(write(tmp_path / "log.csv", header, [cells])))[0].kind == kind


def test_bad_rows_are_counted_and_named_and_the_others_read(tmp_path):
    rows = [
        (1, "a", "b", 60_000),
        ("soon", "a", "b", 60_000),
        (2, "", "b", 60_000),
        (3, "a", " ", 60_000),
        (4, "a", "b", "long"),
        (5, "a", "b", -5),
        (6, "a"),
        ("nan", "a", "b", 1),
        (1e18, "a", "b", 1),
        (7, "c", "d", 60_000),
    ]
    log = read_log(write(tmp_path / "log.csv", "ts,track,artist,ms_played", rows))
    assert len(one(log)) == 2
    assert log.bad_count == 8
    assert [bad.line for bad in log.bad] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "no number" in log.bad[0].why
    assert log.bad[1].why == "no track"


def test_a_quote_that_is_never_closed_is_no_catastrophe(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b'ts,track,artist\n1,a,b\n2,"c,b\n\xff\xfe\x00')
    log = read_log(path)
    assert len(one(log)) == 1
    assert log.bad_count == 1


def test_people_are_kept_apart(tmp_path):
    path = write(tmp_path / "log.csv", "user,ts,track,artist", [("ann", 1, "a", "x"), ("bob", 2, "a", "x")])
    assert {user: len(rows) for user, rows in read_log(path).users.items()} == {"ann": 1, "bob": 1}


def test_a_file_without_the_columns_says_which_are_missing(tmp_path):
    with pytest.raises(LogError, match="artist"):
        read_log(write(tmp_path / "log.csv", "ts,track", [(1, "a")]))


def test_a_file_that_is_not_there_or_damaged_says_so(tmp_path):
    with pytest.raises(LogError, match="cannot be read"):
        read_log(tmp_path / "none.csv")
    path = write(tmp_path / "log.csv.gz", "ts,track,artist", [(1, "a", "b")])
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(LogError, match="cannot be read"):
        read_log(path)
    path.write_bytes(bytes(200_000))
    with pytest.raises(LogError, match="cannot be read"):
        read_log(path)


def test_a_library_has_albums_and_bad_rows_of_its_own(tmp_path):
    path = write(tmp_path / "lib.csv", "track,artist,album", [("A", "X", "Best"), ("", "X", ""), ("b", "x", "")])
    tracks, log = read_library(path)
    assert tracks == {("x", "a"): "best", ("x", "b"): ""}
    assert log.bad_count == 1
