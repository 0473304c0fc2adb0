"""The recommender with names."""

import pytest

from player.domain import ModelVersion, ThumbGiven, TrackId, UsageError, now_ms
from player.paths import Profile
from player.recommending import suggest_now
from player.recommending._ask import Ask, Judgement
from player.recommending._mind import Mind
from tests.bed.logs import ExpectLog
from tests.recommending.world import HOUR_MS, World


@pytest.fixture
def lived(world: World) -> World:
    """A library with some days of listening."""
    world.live()
    return world


def test_an_empty_log_still_gives_different_tracks_with_reasons(world: World, profile: Profile) -> None:
    chosen = suggest_now(world.db, profile, 10)
    assert len({one.track_id for one in chosen}) == 10
    assert len({world.artist_of(one.track_id) for one in chosen}) >= 4
    assert all(one.reasons and one.reasons[0].text for one in chosen)


def test_reasons_speak_of_names_never_of_numbers(lived: World, profile: Profile) -> None:
    mind, now = Mind.load(lived.db, profile), now_ms()
    # Which reasons are the largest changes with the hour: after any track some speak of it, or of an artist.
    asks = [Ask(len(lived.tracks), now, playing=playing) for playing in (None, *(track.id for track in lived.tracks))]
    texts = [reason.text for ask in asks for one in mind.suggest(ask) for reason in one.reasons]
    assert any("Artist" in text or "Song" in text for text in texts)
    assert not any("None" in text or "{" in text for text in texts)


def test_the_same_log_gives_the_same_answer(lived: World, profile: Profile) -> None:
    mind = Mind.load(lived.db, profile)
    ask = Ask(10, now_ms())
    chosen = mind.suggest(ask)
    assert chosen == mind.suggest(ask)
    # What was kept of the context is whole-sequence inference there and steps here: equal to 1e-5.
    again = Mind.load(lived.db, profile).suggest(ask)
    assert [one.track_id for one in again] == [one.track_id for one in chosen]
    assert [one.score for one in again] == pytest.approx([one.score for one in chosen], abs=1e-4)


def test_skips_of_an_artist_move_it_down(lived: World, profile: Profile) -> None:
    def places(artist: str) -> list[int]:
        chosen = suggest_now(lived.db, profile, 12)
        return [place for place, one in enumerate(chosen) if lived.artist_of(one.track_id) == artist]

    favourite = lived.artist_of(suggest_now(lived.db, profile, 1)[0].track_id)
    before = places(favourite)
    at = now_ms() - 60_000
    for number, track in enumerate(lived.by(int(favourite[-1]))[:3]):
        lived.skip(track, at + 10_000 * number)
    after = places(favourite)
    assert before[0] == 0
    assert not after or after[0] > 2
    assert len(after) < len(before)


def test_what_was_heard_is_learned_once(lived: World, profile: Profile) -> None:
    finished = lived.play(lived.tracks[7], now_ms() - 300_000)
    mind = Mind.load(lived.db, profile)
    plays = mind.plays
    mind.heard(finished, 0)
    assert mind.plays == plays
    mind.heard(lived.play(lived.tracks[8], now_ms() - 50_000), 0)
    assert mind.plays == plays + 1


def test_thumbs_down_and_not_now_are_left_out(lived: World, profile: Profile) -> None:
    mind = Mind.load(lived.db, profile)
    ask = Ask(8, now_ms())
    first, second = (one.track_id for one in mind.suggest(ask)[:2])
    mind.judged(first, Judgement.DOWN, ask.now)
    mind.judged(second, Judgement.NOT_NOW, ask.now)
    assert not {first, second} & {one.track_id for one in mind.suggest(ask)}
    lived.db.thumbs.give(ThumbGiven(first, -1, ask.now))
    assert first not in {one.track_id for one in suggest_now(lived.db, profile, 48)}


def test_missing_queued_and_excluded_tracks_do_not_come(lived: World, profile: Profile) -> None:
    lived.db.files.mark_missing([lived.tracks[0].id], now_ms())
    queued, excluded, playing = (lived.tracks[n].id for n in (1, 2, 3))
    ask = Ask(48, now_ms(), playing=playing, queued=(queued,), exclude=(excluded, TrackId(9_999)))
    chosen = {one.track_id for one in Mind.load(lived.db, profile).suggest(ask)}
    assert not chosen & {lived.tracks[0].id, queued, excluded, playing}


def test_more_like_this_stays_close_and_says_so(lived: World, profile: Profile) -> None:
    focus = lived.by(0)[0]
    chosen = Mind.load(lived.db, profile).suggest(Ask(4, now_ms(), focus=(focus.id,)))
    assert {lived.artist_of(one.track_id) for one in chosen} == {"Artist 0"}
    assert all(f"Close to “{focus.title}”" in [reason.text for reason in one.reasons] for one in chosen)


def test_more_like_this_tells_what_was_played_around_it(lived: World, profile: Profile) -> None:
    focus, other = lived.by(2)[0], lived.by(4)[5]
    for day in range(5, 1, -1):
        at = now_ms() - day * 24 * HOUR_MS + 12 * HOUR_MS
        lived.play(focus, at)
        lived.play(other, at + 210_000)
    chosen = Mind.load(lived.db, profile).suggest(Ask(8, now_ms(), focus=(focus.id,)))
    said = {one.track_id: one.reasons[0].text for one in chosen}
    assert said[other.id] == f"Played around “{focus.title}”"
    assert {lived.artist_of(track) for track in said} == {"Artist 2", "Artist 4"}


def test_after_some_tracks_their_album_goes_on_or_something_near_comes(lived: World, profile: Profile) -> None:
    after = [track.id for track in lived.by(3)[:2]]
    chosen = suggest_now(lived.db, profile, 6, after)
    assert not set(after) & {one.track_id for one in chosen}
    assert any(lived.artist_of(one.track_id) == "Artist 3" for one in chosen)


def test_a_library_heard_a_moment_ago_is_no_silence(lived: World, profile: Profile) -> None:
    chosen = suggest_now(lived.db, profile, len(lived.tracks))
    assert len(chosen) >= len(lived.tracks) - 1
    assert len({one.track_id for one in chosen}) == len(chosen)


def test_a_damaged_model_is_replaced_by_the_shipped_one(lived: World, profile: Profile, expect_log: ExpectLog) -> None:
    expect_log("own-1 cannot be used")
    (profile.models / "own-1").mkdir(parents=True)
    lived.db.models.add(ModelVersion("own-1", now_ms(), 100, active=True))
    assert len(suggest_now(lived.db, profile, 5)) == 5
    with pytest.raises(UsageError):
        lived.db.models.activate("own-2")
