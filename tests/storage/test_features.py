"""Content vectors, tags and loudness by audio key."""

from __future__ import annotations

import numpy as np
import pytest

from player.domain import Gain, TrackId
from player.storage import Content, Database, Loudness
from tests.storage.songs import NOW, song, store

EXTRACTOR = "musicnn 1"


def content(value: float = 1.0, length: int = 200, extractor: str = EXTRACTOR) -> Content:
    vector = np.full(length, value, np.float32)
    return Content(vector, extractor, (("piano", 0.5), ("mellow", 0.25)), 120.0, "A minor")


def test_what_was_heard_comes_back(database: Database) -> None:
    assert database.features.get("k") is None
    database.features.put("k", content(0.1))
    heard = database.features.get("k")
    assert heard.vector.dtype == np.float32
    np.testing.assert_array_equal(heard.vector, np.full(200, 0.1, np.float32))
    assert (heard.tags, heard.tempo, heard.musical_key) == ((("piano", 0.5), ("mellow", 0.25)), 120.0, "A minor")


def test_another_analysis_replaces_the_first(database: Database) -> None:
    database.features.put_all([("k", content(1)), ("l", content(2))], NOW)
    database.features.put("k", content(3, extractor="newer"))
    assert database.features.get("k").extractor == "newer"
    assert database.features.get("l").vector[0] == 2
    database.features.put_all([])


def test_what_lacks_analysis_newest_first(database: Database) -> None:
    store(database, song("/old", audio_key="a"), song("/copy", audio_key="a"), at=NOW)
    store(database, song("/new", audio_key="b"), at=NOW + 1)
    store(database, song("/no sound", audio_key=None), song("/broken", audio_key="c", playable=False))
    gone = store(database, song("/gone", audio_key="d"))
    database.files.mark_missing(gone, NOW)
    assert [track.path for track in database.features.lacking(9)] == ["/new", "/old"]
    assert [track.path for track in database.features.lacking(1)] == ["/new"]
    database.features.put("b", content())
    assert [track.path for track in database.features.lacking(9, EXTRACTOR)] == ["/old"]
    assert len(database.features.lacking(9, "another")) == 2
    assert database.features.counts(EXTRACTOR) == (1, 2)
    assert database.features.counts() == (1, 2)


def test_a_failed_analysis_is_not_tried_again(database: Database) -> None:
    (key,) = store(database, song(audio_key="a"))
    database.features.put("a", Content(None, EXTRACTOR, problem="truncated"))
    assert database.features.lacking(9, EXTRACTOR) == []
    assert database.features.get("a").vector is None
    assert not database.features.matrix([key])[1].any()


def test_vectors_of_many_tracks(database: Database) -> None:
    keys = store(database, *(song(f"/{at}", audio_key=f"{at}") for at in range(4)))
    database.features.put_all([("0", content(1)), ("2", content(3)), ("3", content(9, length=100, extractor="other"))])
    matrix, mask = database.features.matrix([keys[2], keys[1], keys[0], keys[3], keys[2]])
    assert matrix.shape == (5, 200)
    assert mask.tolist() == [True, False, True, False, True]
    assert matrix[:, 0].tolist() == [3, 0, 1, 0, 3]
    assert database.features.matrix([keys[3]], "other")[0].shape == (1, 100)


def test_no_vectors_at_all(database: Database) -> None:
    matrix, mask = database.features.matrix(store(database, song()))
    assert (matrix.shape, mask.tolist()) == ((1, 0), [False])
    assert database.features.matrix([])[0].shape == (0, 0)


def test_measured_loudness_serves_where_tags_say_nothing(database: Database) -> None:
    tagged, plain = store(database, song("/1", audio_key="a", gain=Gain(-3.0, 0.5)), song("/2", audio_key="b"))
    assert [track.path for track in database.features.lacking_loudness(9)] == ["/2"]
    for key in "ab":
        database.features.put_loudness(key, Loudness(-10.0, 6.0, 0.9))
    assert database.features.lacking_loudness(9) == []
    assert [track.gain for track in database.tracks.get([tagged, plain])] == [Gain(-3.0, 0.5), Gain(-8.0, 0.9)]
    assert database.features.loudness("b") == Loudness(-10.0, 6.0, 0.9)
    assert database.features.loudness("x") is None


@pytest.mark.parametrize("dtype", [np.float16, np.float64, ">f4"])
def test_any_float_vector_is_kept_as_float32(database: Database, dtype: object) -> None:
    database.features.put("k", Content(np.arange(4).astype(dtype), "x"))
    np.testing.assert_array_equal(database.features.get("k").vector, np.arange(4, dtype=np.float32))


def test_an_album_has_a_gain_once_all_its_tracks_are_known(database: Database) -> None:
    """As loud as its tracks together: a quiet interlude hardly counts; what is tagged counts by its tag."""
    facts = {"album": "Suite", "album_artists": ("A",)}
    tracks = store(
        database,
        song("/1", audio_key="a", **facts),
        song("/2", audio_key="b", gain=Gain(-8.0, 0.7), **facts),
        song("/3", audio_key="c", **facts),
        song("/4", audio_key="d", **facts),
    )
    album = database.tracks.get(tracks)[0].album_id
    assert album is not None
    for key, loudness in {"a": Loudness(-10.0, peak=0.9), "c": Loudness(-40.0, peak=0.1)}.items():
        database.features.put_loudness(key, loudness)
    assert database.features.album_gains([album]) == {}
    database.features.put_loudness("d", Loudness(None, problem="silence"))
    gain = database.features.album_gains([album])[album]
    assert gain.gain_db == pytest.approx(-8.0)
    assert gain.peak == 0.9
    database.features.put_loudness("a", Loudness(-13.0103, peak=0.9))  # half the power
    assert database.features.album_gains([album])[album].gain_db == pytest.approx(-8.0 + 1.2494, abs=0.001)
    assert database.features.album_gains([]) == {}


def test_what_an_unmeasured_track_will_probably_be_played_at(database: Database) -> None:
    """The median of its album; else of its artist; else of the library; nothing where nothing is known."""

    def loud(path: str, lufs: float | None, artist: str, album: str) -> TrackId:
        (key,) = store(database, song(path, audio_key=path, artists=(artist,), album_artists=(artist,), album=album))
        if lufs is not None:
            database.features.put_loudness(path, Loudness(lufs))
        return key

    bare = loud("/bare", None, "X", "Y")

    def expected(key: TrackId) -> float | None:
        return database.features.expected_gains(database.tracks.get([key])).get(key)

    assert expected(bare) is None
    for number, lufs in enumerate((-9.0, -10.0, -30.0)):
        loud(f"/a{number}", lufs, "A", "Loud")
    loud("/quiet", -22.0, "A", "Quiet")
    store(database, song("/tagged", audio_key="t", artists=("B",), album="Tagged", gain=Gain(track_db=-4.0)))
    same_album, same_artist = loud("/b", None, "A", "Loud"), loud("/c", None, "A", "New")
    assert expected(same_album) == pytest.approx(-8.0)
    assert expected(same_artist) == pytest.approx(-2.0)
    assert expected(bare) == pytest.approx(-4.0)
    assert expected(loud("/d", None, "B", "Another")) == pytest.approx(-4.0)
