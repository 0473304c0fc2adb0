"""The recommender in its lane: made when needed, made anew when things have changed."""

import pytest

from player.domain import Suggestion, ThumbGiven, TrackId, now_ms
from player.paths import Profile
from player.recommending._ask import Ask, Judgement
from player.recommending._fallback import VERSION as NEIGHBOURS
from player.recommending._keeper import Keeper
from player.recommending._mind import Mind
from tests.recommending.world import World


def test_it_is_made_once_and_again_after_a_change(world: World, profile: Profile) -> None:
    keeper = Keeper(world.db, profile)
    first = keeper.mind()
    assert keeper.mind() is first
    keeper.forget()
    assert keeper.mind() is not first


def test_a_play_that_the_log_did_not_hold_yet_is_not_lost(world: World, profile: Profile) -> None:
    keeper = Keeper(world.db, profile)
    track = world.tracks[0]
    finished = world.play(track, now_ms() - 1_000_000)
    world.db.forget_listening()  # as if it had not been written yet
    keeper.heard(finished, 60)
    assert keeper.mind().plays == 1


def test_judgements_before_it_is_made_come_from_the_database(world: World, profile: Profile) -> None:
    keeper = Keeper(world.db, profile)
    disliked = world.tracks[3].id
    world.db.thumbs.give(ThumbGiven(disliked, -1, now_ms()))
    keeper.judged(disliked, Judgement.DOWN, now_ms())
    assert disliked not in {one.track_id for one in keeper.suggest(Ask(48, now_ms()))}


def test_neighbours_fill_what_the_recommender_leaves_open(world: World, profile: Profile) -> None:
    keeper = Keeper(world.db, profile)
    heard = world.tracks[:40]
    for number, track in enumerate(heard):
        world.play(track, now_ms() - (41 - number) * 45_000, listened_ms=40_000)
    disliked = world.tracks[45].id
    world.db.thumbs.give(ThumbGiven(disliked, -1, now_ms()))
    chosen = keeper.suggest(Ask(30, now_ms()))
    assert len({one.track_id for one in chosen}) == 30
    assert {one.model_version for one in chosen} == {keeper.mind().version, NEIGHBOURS}
    assert disliked not in {one.track_id for one in chosen}


def test_a_radio_that_is_long_enough_scores_the_library_once(
    world: World, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Ask] = []
    suggest = Mind.suggest

    def counted(mind: Mind, ask: Ask) -> list[Suggestion]:
        asked.append(ask)
        return suggest(mind, ask)

    monkeypatch.setattr(Mind, "suggest", counted)
    keeper, focus = Keeper(world.db, profile), (world.tracks[0].id,)
    assert len(keeper.suggest(Ask(3, now_ms(), focus=focus))) == 3
    assert [ask.focus for ask in asked] == [focus]
    assert len(keeper.suggest(Ask(40, now_ms(), focus=focus))) == 40
    assert [ask.focus for ask in asked] == [focus, focus, ()]


def test_what_is_taken_is_not_suggested_by_neighbours_either(world: World, profile: Profile) -> None:
    queued, playing = world.tracks[1].id, world.tracks[0].id
    found = Keeper(world.db, profile).neighbours(Ask(48, now_ms(), playing=playing, queued=(queued, TrackId(999))))
    assert not {queued, playing} & {one.track_id for one in found}
    assert len(found) == 46


def test_which_tracks_go_together_is_learned_after_the_first_queue(
    world: World, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[Mind] = []
    monkeypatch.setattr(Mind, "learn_taste", lambda mind: learned.append(mind))  # noqa: PLW0108 - bound like a method
    keeper = Keeper(world.db, profile)
    keeper.suggest(Ask(3, now_ms()))
    assert learned == []
    for _ in range(2):
        keeper.suggest(Ask(3, now_ms()))
    assert learned == [keeper.mind()]
    keeper.forget()
    keeper.suggest(Ask(3, now_ms()))
    assert len(learned) == 1
