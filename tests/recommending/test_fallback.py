"""What plays next without a recommender: close to what was played, else a tour; in an order that stays."""

from player.domain import EndReason, StartReason, Suggestion, Track, TrackId, now_ms
from player.recommending._ask import Ask
from player.recommending._fallback import VERSION, neighbours
from tests.recommending.world import World


def artists(world: World, chosen: list[Suggestion]) -> list[str]:
    return [world.artist_of(one.track_id) for one in chosen]


def played(world: World, tracks: list[Track], **more: object) -> None:
    for number, track in enumerate(tracks):
        world.play(track, now_ms() - (len(tracks) - number) * 201_000, **more)


def test_an_album_that_is_played_through_goes_on_in_order(world: World) -> None:
    played(world, world.by(2)[:2])
    chosen = neighbours(world.db, Ask(10, now_ms()))
    assert [one.track_id for one in chosen[:2]] == [track.id for track in world.by(2)[2:4]]
    assert chosen[0].reasons[0].text == f"Next on “{world.by(2)[0].album}”"
    assert {one.model_version for one in chosen} == {VERSION}


def test_nothing_known_is_a_tour_of_all_artists(world: World) -> None:
    chosen = neighbours(world.db, Ask(6, now_ms()))
    assert len(set(artists(world, chosen))) == 6


def test_what_is_taken_does_not_come_and_what_was_heard_comes_last(world: World) -> None:
    heard = world.tracks[:40]
    played(world, heard)
    taken = tuple(track.id for track in world.tracks[44:])
    chosen = [one.track_id for one in neighbours(world.db, Ask(48, now_ms(), queued=taken))]
    assert not {*taken, heard[-1].id} & set(chosen)
    assert len(set(chosen)) == len(chosen) == 43
    assert set(chosen[:4]) == {track.id for track in world.tracks[40:44]}
    assert heard[-2].id not in chosen[:20]


def test_the_same_question_has_the_same_answer(world: World) -> None:
    ask = Ask(20, now_ms())
    assert neighbours(world.db, ask) == neighbours(world.db, ask)


def test_a_skip_is_not_followed_by_the_artist(world: World) -> None:
    for reason in (StartReason.UP_NEXT, StartReason.PICKED):
        played(world, world.by(2)[:1], listened_ms=4_000, ended=EndReason.SKIPPED, started=reason)
        assert "Artist 2" not in artists(world, neighbours(world.db, Ask(10, now_ms())))
        world.db.forget_listening()


def test_a_track_that_left_the_library_is_like_no_other(world: World) -> None:
    ask = Ask(5, now_ms(), playing=TrackId(999))
    assert neighbours(world.db, ask) == neighbours(world.db, Ask(5, ask.now))


def test_missing_tracks_are_left_out_and_nothing_left_is_no_error(world: World) -> None:
    world.db.files.mark_missing([track.id for track in world.tracks[1:]], world.tracks[0].added_at)
    first = world.tracks[0].id
    assert [one.track_id for one in neighbours(world.db, Ask(5, now_ms()))] == [first]
    assert neighbours(world.db, Ask(5, now_ms(), queued=(first,))) == []
