"""From an export to the log: what the preview says is what happens, once."""

import plistlib
from datetime import datetime

import pytest

from player.domain import AlbumQuery, EndReason, FileError, StartReason, ThumbGiven, TrackQuery, UtcMs
from player.importing import HistoryImport, How, Reason, claim_plays, write_history
from player.storage import ForeignCount
from tests.importing import exports
from tests.storage.songs import song


@pytest.fixture
def library(database):
    """Björk's Debut in part; returns the database and the ids by title."""
    songs = [
        song("/music/Björk/02 Crying.mp3", title="Crying", artists=("Björk",), album="Debut", duration_ms=289_000),
        song("/music/Björk/03 Venus.mp3", title="Venus as a Boy", artists=("Björk",), album="Debut"),
    ]
    database.files.write_scan(songs, UtcMs(1))
    ids = {track.title: track.id for track in database.tracks.get(database.tracks.find(TrackQuery()))}
    return database, ids


def _crying(path):
    return song(path, title="Crying", artists=("Björk",), album="Debut", duration_ms=289_000)


def test_a_preview_changes_nothing_and_names_what_is_not_owned(library, tmp_path):
    database, _ = library
    preview = HistoryImport(database, exports.listenbrainz_zip(tmp_path)).preview()
    assert (preview.plays, preview.plays_matched, preview.tracks, preview.tracks_matched) == (2, 1, 2, 1)
    assert preview.how == {How.EXACT: 1}
    assert [(one.artist, one.title, one.plays) for one in preview.unmatched] == [("Björk", "Air", 1)]
    assert preview.bad_rows == 1
    assert database.plays.count() == 0


def test_plays_land_in_the_log_as_imported_and_only_once(library, tmp_path):
    database, ids = library
    path = exports.spotify_extended(tmp_path)
    assert HistoryImport(database, path).apply().plays_added == 1
    assert HistoryImport(database, path).apply().plays_added == 0
    (play,) = database.plays.recent(10)
    assert (play.track_id, play.start_reason, play.end_reason) == (
        ids["Crying"],
        StartReason.IMPORTED,
        EndReason.FINISHED,
    )
    assert play.listened_ms == 200_000


def test_the_same_play_told_by_two_services_is_one(library, tmp_path):
    database, _ = library
    HistoryImport(database, exports.lastfm_json(tmp_path)).apply()
    assert HistoryImport(database, exports.scrobbler_log(tmp_path)).apply().plays_added == 0


def test_two_forms_of_one_history_are_one(library, tmp_path):
    database, _ = library
    head = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    seconds, minutes = tmp_path / "seconds.csv", tmp_path / "minutes.csv"
    seconds.write_text(f"{head}{exports.AT + 7},,Björk,,Debut,,Crying,\n")  # seven seconds past the minute told below
    minutes.write_text("Björk,Debut,Crying,14 Nov 2023 22:13\n")
    assert HistoryImport(database, minutes).apply().plays_added == 1
    assert HistoryImport(database, seconds).apply().plays_added == 0
    assert HistoryImport(database, minutes).apply().plays_added == 0


def test_counts_become_priors_and_ratings_stars(library, tmp_path):
    database, ids = library
    report = HistoryImport(database, exports.rhythmbox(tmp_path)).apply()
    assert (report.counts_kept, report.stars_given, report.thumbs_added) == (1, 1, 0)
    assert database.stars.all() == {ids["Crying"]: 4.0}
    assert database.thumbs.current() == {}
    (track,) = database.tracks.get([ids["Crying"]])
    assert track.play_count == 7


def test_own_thumbs_and_stars_outweigh_imported_ones(library, tmp_path):
    database, ids = library
    database.thumbs.give(ThumbGiven(ids["Crying"], -1, UtcMs(5)))
    database.stars.give({ids["Crying"]: 1.5})
    path = itunes_library(tmp_path / "l.xml", [{"Name": "Crying", "Artist": "Björk", "Loved": True, "Rating": 90}])
    report = HistoryImport(database, path).apply()
    assert (report.thumbs_added, report.stars_given) == (0, 0)
    assert (database.thumbs.current(), database.stars.all()) == ({ids["Crying"]: -1}, {ids["Crying"]: 1.5})


@pytest.mark.parametrize(("rating", "stars"), [(100, 5.0), (90, 4.5), (20, 1.0), (10, 0.5)])
def test_stars_arrive_as_they_were(library, tmp_path, rating, stars):
    database, ids = library
    path = itunes_library(tmp_path / "l.xml", [{"Name": "Crying", "Artist": "Björk", "Rating": rating}])
    assert HistoryImport(database, path).apply().stars_given == 1
    assert HistoryImport(database, path).apply().stars_given == 0
    assert database.stars.all() == {ids["Crying"]: stars}
    out = tmp_path / "history.jsonl"
    write_history(database, out)
    database.stars.give({ids["Crying"]: None})
    assert HistoryImport(database, out).apply().stars_given == 1
    assert database.stars.all() == {ids["Crying"]: stars}


def test_dates_of_adding_are_taken_over(library, tmp_path):
    database, ids = library
    database.tracks.take_over_added({ids["Crying"]: UtcMs(0)})
    store = song("/m/x.mp3", title="New", artists=("Björk",), album="Post")
    (new,) = database.files.write_scan([store], UtcMs(1_800_000_000_000)).added
    added = datetime(2010, 5, 3, 12, 0, 0)  # noqa: DTZ001 - plistlib writes naive UTC
    path = itunes_library(tmp_path / "l.xml", [{"Name": "New", "Artist": "Björk", "Date Added": added}])
    assert HistoryImport(database, path).preview().dated == 1
    assert HistoryImport(database, path).apply().dates_taken == 1
    assert HistoryImport(database, path).apply().dates_taken == 0
    assert database.tracks.get([new])[0].added_at == 1_272_888_000_000
    assert [album.added_at for album in database.tracks.albums(AlbumQuery(text="post"))] == [1_272_888_000_000]


def test_our_own_history_moves_to_another_computer(library, tmp_path):
    database, ids = library
    HistoryImport(database, exports.spotify_extended(tmp_path)).apply()
    database.thumbs.give(ThumbGiven(ids["Venus as a Boy"], 1, UtcMs(1_700_000_000_000)))
    out = tmp_path / "history.jsonl"
    assert write_history(database, out) == 3  # a play of a track that is not owned among them
    database.forget_listening()
    report = HistoryImport(database, out).apply()
    assert (report.plays_added, report.thumbs_added) == (1, 1)
    (play,) = database.plays.recent(10)
    assert (play.track_id, play.listened_ms) == (ids["Crying"], 200_000)


def test_a_history_of_a_later_version_is_refused(library, tmp_path):
    path = tmp_path / "history.jsonl"
    path.write_text('{"segue_history": 99}\n')
    with pytest.raises(FileError, match="update Segue"):
        HistoryImport(library[0], path)


def test_a_history_that_cannot_be_written_says_so_and_leaves_nothing(library, tmp_path):
    (tmp_path / "history.jsonl").mkdir()
    with pytest.raises(FileError):
        write_history(library[0], tmp_path / "history.jsonl")
    assert list(tmp_path.glob("*.part")) == []


def test_plays_of_tracks_that_come_later_wait_for_them(library, tmp_path):
    database, ids = library
    path = exports.listenbrainz_zip(tmp_path)
    report = HistoryImport(database, path).apply()
    assert (report.plays_added, report.plays_kept) == (1, 1)
    assert HistoryImport(database, path).apply().plays_kept == 0
    assert claim_plays(database) == 0
    air = song("/music/Björk/air.mp3", title="Air", artists=("Björk",), album="Debut", duration_ms=289_000)
    database.files.write_scan([air], UtcMs(2))
    assert claim_plays(database) == 1
    assert database.foreign_plays.count() == 0
    air = next(t.id for t in database.tracks.get(database.tracks.find(TrackQuery())) if t.title == "Air")
    assert [play.track_id for play in database.plays.recent(9)] == [air, ids["Crying"]]
    again = HistoryImport(database, path).apply()
    assert (again.plays_added, again.plays_kept) == (0, 0)
    assert claim_plays(database) == 0


def test_plays_that_wait_move_to_another_computer_too(library, tmp_path):
    database, _ = library
    HistoryImport(database, exports.scrobbler_log(tmp_path)).apply()
    kept = database.foreign_plays.all()
    assert [(play.title, play.listened_ms, play.skipped) for play in kept] == [("Aeroplane", None, True)]
    out = tmp_path / "history.jsonl"
    assert write_history(database, out) == 2
    assert HistoryImport(database, out).apply().plays_kept == 0
    database.forget_listening()
    assert HistoryImport(database, out).apply().plays_kept == 1
    (again,) = database.foreign_plays.all()
    assert (again.title, again.skipped, again.started_at) == ("Aeroplane", True, kept[0].started_at)


def test_counts_and_ratings_wait_for_their_tracks_and_move_along(database, tmp_path):
    path = exports.rhythmbox(tmp_path)
    report = HistoryImport(database, path).apply()
    assert (report.counts_kept, report.thumbs_added, report.counts_waiting) == (0, 0, 1)
    assert HistoryImport(database, path).apply().counts_waiting == 0
    out = tmp_path / "history.jsonl"
    assert write_history(database, out) == 1
    before = database.foreign_counts.all()
    database.forget_listening()
    assert database.foreign_counts.count() == 0
    assert HistoryImport(database, out).apply().counts_waiting == 1
    (kept,) = database.foreign_counts.all()
    assert (kept.title, kept.play_count, kept.rating, kept.last_played_at) == (
        before[0].title,
        7,
        pytest.approx(0.8),
        exports.AT * 1000,
    )
    database.files.write_scan([_crying("/elsewhere/c.mp3")], UtcMs(2))
    assert claim_plays(database) == 0
    (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
    assert (track.play_count, track.stars, track.rating) == (7, 4.0, pytest.approx(0.8))
    assert database.foreign_counts.count() == 0
    assert HistoryImport(database, path).apply().counts_waiting == 0


def test_counts_of_tracks_not_owned_teach_about_their_artists(library, tmp_path):
    database, _ = library
    path = exports.strawberry(tmp_path)
    database.files.write_scan([song("/music/Björk/02 Crying.mp3", title="Other", artists=("Björk",))], UtcMs(3))
    assert HistoryImport(database, path).apply().counts_kept == 1  # by its path
    database.forget_listening()
    database.foreign_counts.put([ForeignCount("x", "Air", "Björk", play_count=30, last_played_at=UtcMs(9))])
    artists, at = database.foreign_counts.of_artists()
    assert len(artists) == 20
    assert set(at.tolist()) == {9}


def test_a_love_of_a_track_not_owned_waits_too(database, tmp_path):
    report = HistoryImport(database, exports.listenbrainz_zip(tmp_path)).apply()
    assert report.counts_waiting == 1
    (kept,) = database.foreign_counts.all()
    title, artist = kept.title, kept.artist
    database.files.write_scan([song("/m/x.mp3", title=title, artists=(artist,), duration_ms=289_000)], UtcMs(2))
    claim_plays(database)
    assert list(database.thumbs.current().values()) == [kept.thumb]


def itunes_library(path, tracks, playlists=()):
    path.write_bytes(plistlib.dumps({"Tracks": dict(enumerate_keys(tracks)), "Playlists": list(playlists)}))
    return path


def enumerate_keys(tracks):
    return ((str(number), {"Track ID": number, **track}) for number, track in enumerate(tracks, 1))


def test_a_remix_does_not_overwrite_the_count_of_the_original(database, tmp_path):
    """56 plays of the original and 8 of a remix that the library does not hold: 56, not 8."""
    database.files.write_scan([song("/m/p.mp3", title="No Place", artists=("Rüfüs",))], UtcMs(1))
    tracks = [
        {"Name": "No Place", "Artist": "Rüfüs", "Play Count": 56},
        {"Name": "No Place (Will Clarke Remix)", "Artist": "Rüfüs", "Play Count": 8},
    ]
    report = HistoryImport(database, itunes_library(tmp_path / "l.xml", tracks)).apply()
    (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
    assert (track.play_count, report.counts_kept, report.counts_waiting) == (56, 1, 1)
    (doubt,) = report.preview.doubts
    assert (doubt.names.title, doubt.reason, doubt.chosen) == (tracks[1]["Name"], Reason.VERSION, None)
    assert claim_plays(database) == 0
    (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
    assert track.play_count == 56


def test_one_recording_on_two_albums_of_the_source_counts_all_its_plays(database, tmp_path):
    database.files.write_scan([song("/m/p.mp3", title="Air", artists=("Bach",), album="One")], UtcMs(1))
    tracks = [
        {"Name": "Air", "Artist": "Bach", "Album": album, "Play Count": n} for album, n in (("One", 5), ("Two", 3))
    ]
    path = itunes_library(tmp_path / "l.xml", tracks)
    for _ in range(2):
        HistoryImport(database, path).apply()
        (track,) = database.tracks.get(database.tracks.find(TrackQuery()))
        assert track.play_count == 8


def test_a_doubt_is_decided_by_the_user(database, tmp_path):
    (key,) = database.files.write_scan([song("/m/p.mp3", title="Air", artists=("Bach",))], UtcMs(1)).added
    tracks = [{"Name": "Air (Live)", "Artist": "Bach", "Play Count": 5}]
    job = HistoryImport(database, itunes_library(tmp_path / "l.xml", tracks))
    (doubt,) = job.preview().doubts
    assert job.preview().tracks_matched == 0
    job.decide(doubt.names, doubt.near[0].id)
    assert job.preview().how == {How.DECIDED: 1}
    assert job.preview().doubts[0].chosen == key
    assert job.apply().counts_kept == 1
    assert database.tracks.get([key])[0].play_count == 5
