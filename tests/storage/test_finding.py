"""Lists, their order, and search."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.domain import (
    AlbumQuery,
    Condition,
    EndReason,
    Field,
    Ms,
    NoLongerWantedError,
    Op,
    PlayFinished,
    SortKey,
    StartReason,
    ThumbGiven,
    TrackId,
    TrackOrder,
    TrackQuery,
    TrackStarted,
    UtcMs,
)
from player.storage import Database
from player.storage.schema._text import sort_key
from tests.storage.songs import NOW, song, store, titles


def found(database: Database, **query: object) -> list[str]:
    """Titles of what a query finds, in order."""
    return titles(database, database.tracks.find(TrackQuery(**query)))


def play(database: Database, track_id: TrackId, at: int = NOW, listened_ms: int = 200_000) -> None:
    reason = EndReason.FINISHED if listened_ms == 200_000 else EndReason.SKIPPED
    start = TrackStarted(track_id, UtcMs(at), Ms(200_000), StartReason.PICKED)
    key = database.plays.open(start)
    database.plays.close(key, PlayFinished(start, UtcMs(at + listened_ms), Ms(listened_ms), reason))


@pytest.fixture
def shelf(database: Database) -> Database:
    """Two artists, three albums, a loose track."""
    store(
        database,
        song("/m/b/2.flac", title="right late 1", artists=("B",), album="Late", track_no=1, date="1990"),
        song("/m/a/x.flac", title="left loose", artists=("A",)),
        song("/m/b/1b.flac", title="right early 2", artists=("B",), album="Early", track_no=2, date="1980", bpm=120.0),
        song("/m/b/1a.flac", title="right early 1", artists=("B",), album="Early", track_no=1, date="1980", rating=0.8),
        song("/m/a/2.flac", title="left disc 2", artists=("A",), album="Zwei", disc_no=2, track_no=1, date="1985"),
        song("/m/a/1.flac", title="left disc 1", artists=("A",), album="Zwei", disc_no=1, track_no=9, date="1985"),
    )
    return database


def test_a_question_is_given_up_half_way(database: Database) -> None:
    store(database, *(song(f"/m/{at}") for at in range(300)))
    slow = TrackQuery(where=Condition(Field.PATH, Op.HAS, "m " * 200))
    assert len(database.tracks.find(slow, lambda: True)) == 300
    answers = iter([True, True])
    with pytest.raises(NoLongerWantedError):
        database.tracks.find(slow, lambda: next(answers, False))
    assert next(answers, None) is None  # it was asked while SQLite read
    assert len(database.tracks.find(slow)) == 300  # the connection serves the next question


def test_the_natural_order_is_artist_year_album_disc_track(shelf: Database) -> None:
    assert found(shelf) == [
        "left disc 1",
        "left disc 2",
        "left loose",
        "right early 1",
        "right early 2",
        "right late 1",
    ]


def sorted_titles(database: Database, *keys: tuple[TrackOrder, bool], **query: object) -> list[str]:
    query_ = TrackQuery(**query).sorted_by([SortKey(*key) for key in keys])
    return titles(database, database.tracks.find(query_))


def test_sorting_by_several_keys(database: Database) -> None:
    store(
        database,
        song("/m/1", title="a", artists=("X",), album="P", date="1990", duration_ms=Ms(1_000)),
        song("/m/2", title="b", artists=("X",), album="P", date="1990", duration_ms=Ms(3_000)),
        song("/m/3", title="c", artists=("Y",), album="Q", date="1980", duration_ms=Ms(2_000)),
        song("/m/4", title="d", artists=("Y",), album="R", date="1990", duration_ms=Ms(4_000)),
        song("/m/5", title="e", artists=("Y",), duration_ms=Ms(9_000)),
    )
    year, artist, length = TrackOrder.YEAR, TrackOrder.ARTIST, TrackOrder.DURATION
    assert sorted_titles(database, (year, False), (length, True)) == ["c", "d", "b", "a", "e"]
    assert sorted_titles(database, (year, True), (length, False)) == ["a", "b", "d", "c", "e"]
    assert sorted_titles(database, (artist, False), (length, True)) == ["b", "a", "e", "d", "c"]
    assert sorted_titles(database, (artist, True), (length, True)) == ["e", "d", "c", "b", "a"]
    assert sorted_titles(database, (year, True), (artist, True), (length, False)) == ["d", "a", "b", "c", "e"]
    assert sorted_titles(database, (year, True), (artist, True), limit=2, where=None, text="x") == ["a", "b"]
    assert sorted_titles(database, (year, True), (year, False)) == sorted_titles(database, (year, True))


def test_what_a_limit_leaves_is_not_changed_by_sorting(shelf: Database) -> None:
    oldest = TrackQuery(limit=3, chosen_by=(SortKey(TrackOrder.YEAR),))
    first = ["right early 1", "right early 2", "left disc 1"]
    assert titles(shelf, shelf.tracks.find(oldest.sorted_by(oldest.chosen_by))) == first
    by_title = oldest.sorted_by([SortKey(TrackOrder.TITLE)])
    assert titles(shelf, shelf.tracks.find(by_title)) == sorted(first)


def test_a_key_before_others_is_as_coarse_as_it_is_shown(database: Database) -> None:
    length, added, path, title = TrackOrder.DURATION, TrackOrder.ADDED, TrackOrder.PATH, TrackOrder.TITLE
    store(database, song("/m/a/2", title="y", duration_ms=Ms(61_900)), song("/m/b/1", title="z"), at=NOW)
    store(database, song("/m/a/1", title="z", duration_ms=Ms(61_100)), song("/m/a/b/3", title="a"), at=NOW + 1)
    store(database, song("/m/a/3", title="x", duration_ms=Ms(60_999)), at=NOW + 3 * 86_400_000)
    assert sorted_titles(database, (length, False), (title, True))[:3] == ["x", "z", "y"]
    assert sorted_titles(database, (added, True), (title, False)) == ["x", "a", "y", "z", "z"]
    assert sorted_titles(database, (path, False), (title, False)) == ["x", "y", "z", "a", "z"]
    assert sorted_titles(database, (path, False)) == ["z", "y", "x", "a", "z"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (
            TrackOrder.TITLE,
            ["left disc 1", "left disc 2", "left loose", "right early 1", "right early 2", "right late 1"],
        ),
        (
            TrackOrder.ALBUM,
            ["right early 1", "right early 2", "right late 1", "left disc 1", "left disc 2", "left loose"],
        ),
        (
            TrackOrder.YEAR,
            ["right early 1", "right early 2", "left disc 1", "left disc 2", "right late 1", "left loose"],
        ),
        (
            TrackOrder.TRACK_NO,
            ["right early 1", "right late 1", "right early 2", "left disc 1", "left disc 2", "left loose"],
        ),
        (
            TrackOrder.PATH,
            ["left disc 1", "left disc 2", "left loose", "right early 1", "right early 2", "right late 1"],
        ),
        (
            TrackOrder.BPM,
            ["right early 2", "left disc 1", "left disc 2", "left loose", "right early 1", "right late 1"],
        ),
    ],
)
def test_orders(shelf: Database, order: TrackOrder, expected: list[str]) -> None:
    assert found(shelf, order=order) == expected


def test_descending_keeps_what_has_no_value_last(shelf: Database) -> None:
    years = [
        track.year for track in shelf.tracks.get(shelf.tracks.find(TrackQuery(order=TrackOrder.YEAR, descending=True)))
    ]
    assert years == [1990, 1985, 1985, 1980, 1980, None]


def test_the_natural_order_turned_round(shelf: Database) -> None:
    assert found(shelf, order=TrackOrder.ARTIST, descending=True) == found(shelf)[::-1]


def test_tracks_of_nobody_stand_last_in_both_directions(shelf: Database) -> None:
    nobody = ["anon 1", "anon 2"]
    store(shelf, *(song(f"/m/{name}.flac", title=name) for name in reversed(nobody)))
    assert found(shelf)[-2:] == nobody
    backwards = found(shelf, order=TrackOrder.ARTIST, descending=True)
    assert sorted(backwards[-2:]) == nobody
    assert backwards[:-2] == found(shelf)[:-2][::-1]
    for down in (False, True):
        keys = (SortKey(TrackOrder.ARTIST, down), SortKey(TrackOrder.TITLE))
        assert titles(shelf, shelf.tracks.find(TrackQuery().sorted_by(keys)))[-2:] == nobody


def test_most_played_first(shelf: Database) -> None:
    (late,) = shelf.tracks.find(TrackQuery(text="late"))
    play(shelf, TrackId(late))
    assert found(shelf, order=TrackOrder.PLAYS, descending=True)[0] == "right late 1"


def test_an_order_follows_new_plays(shelf: Database) -> None:
    newest = {"order": TrackOrder.LAST_PLAYED, "descending": True}
    for at, key in enumerate(shelf.tracks.find(TrackQuery(text="disc"))):
        play(shelf, TrackId(key), NOW + at)
        assert shelf.tracks.find(TrackQuery(**newest))[0] == key


def test_an_order_follows_other_programs(shelf: Database) -> None:
    assert len(found(shelf)) == 6
    other = Database.open(shelf.path)
    store(other, song("/m/new.flac", title="new"))
    other.close()
    assert "new" in found(shelf)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "early"}, ["right early 1", "right early 2"]),
        ({"text": "ear ri"}, ["right early 1", "right early 2"]),
        ({"text": "zwei disc"}, ["left disc 1", "left disc 2"]),
        ({"text": "arly"}, []),
        ({"folder": "/m/a"}, ["left disc 1", "left disc 2", "left loose"]),
        ({"folder": "/m/a/"}, ["left disc 1", "left disc 2", "left loose"]),
        (
            {"folder": "/m/"},
            ["left disc 1", "left disc 2", "left loose", "right early 1", "right early 2", "right late 1"],
        ),
        ({"folder": "/m/a", "text": "disc"}, ["left disc 1", "left disc 2"]),
        ({"limit": 1}, ["left disc 1"]),
        ({"played": True}, []),
        ({"liked": True}, []),
        ({"text": "-"}, []),
    ],
)
def test_conditions(shelf: Database, query: dict[str, object], expected: list[str]) -> None:
    assert found(shelf, **query) == expected


def test_by_album_artist_and_genre(database: Database) -> None:
    store(
        database,
        song("/1", title="own", artists=("A",), album="X", genres=("Rock", "Pop")),
        song("/2", title="guest on it", artists=("B",), album="X", album_artists=("A",)),
        song("/3", title="other", artists=("C",), genres=("ROCK",)),
    )
    (artist,) = [artist.id for artist in database.tracks.artists("A")]
    assert set(found(database, artist_id=artist)) == {"own", "guest on it"}
    assert set(found(database, genre="rock")) == {"own", "other"}
    album = database.tracks.by_path("/1").album_id
    assert found(database, album_id=album) == ["own"]


def test_liked_and_played(shelf: Database) -> None:
    first, second, *_ = shelf.tracks.find(TrackQuery())
    shelf.thumbs.give(ThumbGiven(TrackId(first), 1, NOW))
    play(shelf, TrackId(second))
    assert found(shelf, liked=True) == ["left disc 1"]
    assert found(shelf, played=True) == ["left disc 2"]
    assert len(found(shelf, played=False)) == 5


def test_missing_tracks_can_be_left_out(shelf: Database) -> None:
    shelf.files.mark_missing([shelf.tracks.by_path("/m/a/1.flac").id], NOW)
    assert len(found(shelf)) == 6
    assert found(shelf, missing=False, text="disc") == ["left disc 2"]
    assert len(found(shelf, missing=False)) == 5


def test_a_playlist_keeps_its_order_and_duplicates(shelf: Database) -> None:
    early, late = (shelf.tracks.find(TrackQuery(text=text))[0] for text in ("early", "late"))
    playlist = shelf.playlists.create("Mix")
    shelf.playlists.set_tracks(playlist, [TrackId(key) for key in (late, early, late)])
    assert found(shelf, playlist_id=playlist) == ["right late 1", "right early 1", "right late 1"]
    assert found(shelf, playlist_id=playlist, text="early") == ["right early 1"]
    assert found(shelf, playlist_id=playlist, order=TrackOrder.TITLE) == ["right early 1", "right late 1"]


@pytest.mark.parametrize(
    "text",
    [
        "bjork",
        "BJÖRK",
        "björk",
        "jóga",
        "joga",
        "春天",
        "天来",
        "来了",
        "春",
        "björk 春",
        "ac/dc",
        "ac dc",
        "AC/D",
        "vol. 3",
        "ＡＣ",
        "it's",
    ],
)
def test_what_finds_a_track(database: Database, text: str) -> None:
    (key,) = store(database, song(title="Jóga (春天来了) vol. 3", artists=("Björk",), genres=("AC/DC",), album="It's"))
    assert list(database.tracks.find(TrackQuery(text=text))) == [key]


@pytest.mark.parametrize("text", ["天春", "春来", "oga", "björk x", "cd/ac", 'bj" OR "x'])
def test_what_does_not(database: Database, text: str) -> None:
    store(database, song(title="Jóga (春天来了)", artists=("Björk",), genres=("AC/DC",)))
    assert list(database.tracks.find(TrackQuery(text=text))) == []


def test_relevance(database: Database) -> None:
    keys = store(
        database,
        song("/1", title="elsewhere", genres=("Queen",)),
        song("/2", title="song of the album", album="Queen"),
        song("/3", title="by them", artists=("Queen",)),
        song("/4", title="Queen of Hearts"),
        song("/5", title="Killer Queen"),
        song("/6", title="Queen"),
    )
    play(database, keys[4])
    by_rank = ["Queen", "Killer Queen", "Queen of Hearts", "by them", "song of the album", "elsewhere"]
    assert found(database, text="queen", order=TrackOrder.RELEVANCE) == by_rank
    assert titles(database, database.tracks.search("queen", 2)) == by_rank[:2]


def test_relevance_without_words_is_the_natural_order(shelf: Database) -> None:
    assert found(shelf, order=TrackOrder.RELEVANCE) == found(shelf)
    assert shelf.tracks.search("  ") == []


def test_a_removed_folder_is_not_found(shelf: Database) -> None:
    shelf.files.remove_root("/m/a")
    assert found(shelf) == ["right early 1", "right early 2", "right late 1"]
    assert shelf.tracks.search("disc") == []
    assert shelf.tracks.count() == 3


def test_an_empty_library(database: Database) -> None:
    for order in TrackOrder:
        assert list(database.tracks.find(TrackQuery(order=order))) == []
    assert database.tracks.search("x") == []
    assert database.tracks.get([TrackId(1)]) == []


def test_tracks_come_in_the_order_asked_for(shelf: Database) -> None:
    ids = list(shelf.tracks.find(TrackQuery()))[::-1]
    assert [track.id for track in shelf.tracks.get([*ids, TrackId(99), ids[0]])] == [*ids, ids[0]]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("aAäbBé Z19", min_size=1, max_size=4), min_size=1, max_size=8), st.booleans())
def test_titles_sort_by_their_keys(database: Database, names: list[str], descending: bool) -> None:
    run = f"/{database.tracks.count()}"
    store(database, *(song(f"{run}/{at}", title=name) for at, name in enumerate(names)))
    keys = [sort_key(title) for title in found(database, order=TrackOrder.TITLE, folder=run, descending=descending)]
    assert keys == sorted(map(sort_key, names), reverse=descending)


def test_signs_alone_find_what_holds_them(database: Database) -> None:
    store(
        database,
        song("/m/1.flac", title="Heart", artists=("!!!",)),
        song("/m/2.flac", title="Where?", artists=("Asker",)),
        song("/m/3.flac", title="Plain", artists=("Asker",)),
    )
    assert found(database, text="!!!") == ["Heart"]
    assert found(database, text="?") == ["Where?"]
    assert found(database, text="***") == []
    assert found(database, text=" ") == ["Heart", "Plain", "Where?"]


def test_albums_and_artists_of_tracks(database: Database) -> None:
    one, two, _ = store(
        database,
        song("/m/1.flac", title="A", artists=("Ann",), album="First"),
        song("/m/2.flac", title="B", artists=("Bob",), album="Second"),
        song("/m/3.flac", title="C", artists=("Cyd",), album="Third", composers=("Ann",)),
    )
    assert [album.title for album in database.tracks.albums(AlbumQuery(), [one, two])] == ["First", "Second"]
    assert [artist.name for artist in database.tracks.artists("", [two])] == ["Bob"]
    assert database.tracks.albums(AlbumQuery(), []) == []
