"""What plays next without a recommender: neighbours, in an order that can be understood."""

from itertools import pairwise

from player.domain import TrackId
from player.recommending._fallback import VERSION, neighbours
from tests.recommending.world import World


def albums(world: World, ids: list[TrackId]) -> list[str]:
    return [track.album for track in world.db.tracks.get(ids)]


def test_the_album_goes_on_in_order(world: World) -> None:
    first = world.by(2)[0]
    chosen = neighbours(world.db.tracks.catalogue(), [first.id], {first.id}, 10)
    assert [one.track_id for one in chosen[:3]] == [track.id for track in world.by(2)[1:4]]
    assert chosen[0].reasons[0].text == "The album goes on"
    assert {one.model_version for one in chosen} == {VERSION}


def test_then_artists_alternate_and_genres_stay_near(world: World) -> None:
    last_of_album = world.by(2)[3]
    chosen = neighbours(world.db.tracks.catalogue(), [last_of_album.id], {last_of_album.id}, 8)
    artists = [world.artist_of(one.track_id) for one in chosen]
    assert all(before != after for before, after in pairwise(artists))
    tracks = {track.id: track for track in world.tracks}
    assert [tracks[one.track_id].genres for one in chosen[:3]] == [("Jazz",)] * 3


def test_what_is_taken_does_not_come_and_what_was_heard_comes_last(world: World) -> None:
    heard = [track.id for track in world.tracks[:40]]
    taken = {track.id for track in world.tracks[44:]}
    chosen = [one.track_id for one in neighbours(world.db.tracks.catalogue(), heard, taken, 48)]
    assert not taken & set(chosen)
    assert len(set(chosen)) == len(chosen) == 44
    assert heard[-1] not in chosen[:20]


def test_the_same_question_has_the_same_answer(world: World) -> None:
    catalogue = world.db.tracks.catalogue()
    assert neighbours(catalogue, [], set(), 20) == neighbours(catalogue, [], set(), 20)


def test_a_track_that_left_the_library_is_like_no_other(world: World) -> None:
    catalogue = world.db.tracks.catalogue()
    gone = TrackId(int(catalogue.ids[0]) - 1)
    assert neighbours(catalogue, [gone], set(), 5) == neighbours(catalogue, [], set(), 5)


def test_missing_tracks_are_left_out_and_nothing_left_is_no_error(world: World) -> None:
    world.db.tracks.mark_missing([track.id for track in world.tracks[1:]], world.tracks[0].added_at)
    catalogue = world.db.tracks.catalogue()
    assert [one.track_id for one in neighbours(catalogue, [], set(), 5)] == [world.tracks[0].id]
    assert neighbours(catalogue, [], {world.tracks[0].id}, 5) == []
