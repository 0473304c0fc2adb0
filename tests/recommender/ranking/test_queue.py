"""The queue's rules, on a library of 12 artists with 2 albums of 10 tracks each; items 0-119 were played."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Event, EventKind, FloatArray, Plays, PlaySource, ReasonKind, Snapshot
from recommender.ranking import Choice, Listener, QueueRanker, RankRequest

MINUTE = 60_000
DAY = 86_400_000
NOW = 400 * DAY
SIZE = 240


def library() -> Snapshot:
    item = np.arange(SIZE)
    content = np.random.default_rng(1).normal(size=(24, 8)).repeat(10, axis=0)
    return Snapshot.build(
        item + 1000,
        artist=item // 20,
        album=item // 10,
        track_no=item % 10 + 1,
        content=content.astype(np.float32),
        plays=Plays.build(np.tile(np.arange(120) * 49 % 120, 3), np.arange(360) * DAY),
    )


class World:
    """A library, its listener and the ranker."""

    def __init__(self) -> None:
        self.snapshot = library()
        self.listener = Listener.of(self.snapshot)
        self.ranker = QueueRanker(self.snapshot, self.listener, [self.snapshot.content])
        self.items = np.arange(SIZE, dtype=np.int32)
        self.scores: FloatArray = np.random.default_rng(2).normal(size=SIZE).astype(np.float32)
        self.now = NOW

    def play(self, item: int, kind: EventKind = EventKind.PLAYED, source: PlaySource = PlaySource.SUGGESTED) -> None:
        """One play, heard for three minutes or skipped after three seconds."""
        heard = 3000 if kind is EventKind.SKIPPED else 3 * MINUTE
        self.listener.observe(Event(item, kind, self.now, heard, source))
        self.now += heard

    def rank(self, k: int = 20, **wish: object) -> list[Choice]:
        """The queue now."""
        return self.ranker.rank(self.items, self.scores, RankRequest(k, self.now, **wish))  # type: ignore[arg-type]


@pytest.fixture
def world() -> World:
    return World()


def items(choices: list[Choice]) -> list[int]:
    return [choice.item for choice in choices]


def test_the_queue_is_full_and_without_repeats(world: World) -> None:
    chosen = items(world.rank(20))
    assert len(chosen) == len(set(chosen)) == 20


def test_scores_and_rows_are_those_given(world: World) -> None:
    for choice in world.rank(5):
        assert world.items[choice.row] == choice.item
        assert choice.score == world.scores[choice.row]


def test_the_same_seed_gives_the_same_queue_another_one_another(world: World) -> None:
    assert items(world.rank(seed=3)) == items(world.rank(seed=3))
    assert items(world.rank(seed=3)) != items(world.rank(seed=4))


def test_a_clear_favourite_comes_first(world: World) -> None:
    world.scores[7] = 9.0
    assert items(world.rank(1)) == [7]
    assert world.rank(1)[0].why is None


def test_a_suggestion_skipped_or_played_does_not_come_again_in_the_session(world: World) -> None:
    world.scores[8] = 9.0
    world.scores[7] = 3.0
    world.play(7)
    world.play(8, EventKind.SKIPPED)
    assert not {7, 8} & set(items(world.rank()))
    world.now += 45 * MINUTE
    assert {7, 8} <= set(items(world.rank(SIZE)))


def test_a_track_comes_again_in_a_session_for_who_plays_tracks_again(world: World) -> None:
    def place_of_a_played_one() -> int:
        world.scores[7] = 3.0
        world.play(7, source=PlaySource.PICKED)
        found = items(world.rank(SIZE))
        return found.index(7) if 7 in found else SIZE

    assert place_of_a_played_one() == SIZE
    places = []
    for repeats in (4, 120):
        for number in range(repeats):
            world.play(20 + number // 2 % 90, source=PlaySource.PICKED)
            world.now += number % 12 // 11 * 45 * MINUTE
        places.append(place_of_a_played_one())
    assert world.listener.again_share > 0.1
    assert places[1] < places[0] < SIZE


def test_what_up_next_repeats_is_no_sign_that_the_listener_wants_it(world: World) -> None:
    for _ in range(20):
        world.play(7)
    assert world.listener.again_share < 0.002


def test_a_track_of_ones_own_that_was_skipped_may_come_in_the_session(world: World) -> None:
    world.scores[8] = 9.0
    world.play(8, EventKind.SKIPPED, PlaySource.PICKED)
    assert items(world.rank(1)) == [8]


def test_a_radio_holds_nothing_of_the_session(world: World) -> None:
    world.play(8, EventKind.SKIPPED, PlaySource.PICKED)
    world.play(7, source=PlaySource.PICKED)
    assert not {7, 8} & set(items(world.rank(SIZE, like=[3])))


def test_thumbs_down_is_never_suggested_until_it_is_taken_back(world: World) -> None:
    world.scores[7] = 9.0
    world.listener.observe(Event(7, EventKind.THUMB_DOWN, world.now))
    assert 7 not in items(world.rank())
    world.listener.observe(Event(7, EventKind.THUMB_CLEARED, world.now))
    assert items(world.rank(1)) == [7]


def test_not_now_lasts_some_days(world: World) -> None:
    world.scores[7] = 9.0
    world.listener.observe(Event(7, EventKind.DISMISSED, world.now))
    assert 7 not in items(world.rank())
    world.now += 6 * DAY
    assert items(world.rank(1)) == [7]


def test_what_is_queued_excluded_or_playing_is_left_out(world: World) -> None:
    world.scores[[1, 30, 60]] = 9.0
    assert not {1, 30, 60} & set(items(world.rank(queued=[1], exclude=[30], playing=60)))


def test_an_artist_does_not_come_again_at_once(world: World) -> None:
    world.scores[:20] += 2.0
    artists = world.snapshot.artist[items(world.rank(12))]
    assert (artists[1:] != artists[:-1]).all()
    assert (artists[2:] != artists[:-2]).all()


def test_the_queue_is_spaced_from_what_plays(world: World) -> None:
    world.scores[:20] += 2.0
    assert items(world.rank(1, playing=100))[0] < 20
    assert items(world.rank(1, playing=5))[0] >= 20


def test_an_album_played_through_goes_on(world: World) -> None:
    for item in (30, 31, 32):
        world.play(item)
    chosen = world.rank(20)
    assert items(chosen)[:7] == [33, 34, 35, 36, 37, 38, 39]
    assert [choice.why for choice in chosen[:7]] == [ReasonKind.ALBUM] * 7
    assert len(chosen) == 20


def test_an_album_picked_goes_on_after_its_first_track(world: World) -> None:
    world.play(30, source=PlaySource.ALBUM)
    assert items(world.rank(2)) == [31, 32]


def test_an_album_goes_on_after_what_plays_unobserved(world: World) -> None:
    world.play(30)
    world.play(31)
    assert items(world.rank(2, playing=32)) == [33, 34]
    assert items(world.rank(2, playing=90))[0] not in (32, 91)


def test_two_skips_in_a_row_change_the_cluster(world: World) -> None:
    world.scores[:20] += 3.0
    world.play(0)
    world.play(1, EventKind.SKIPPED)
    assert set(items(world.rank())) & set(range(20))
    world.play(2, EventKind.SKIPPED)
    assert not set(items(world.rank(10))) & set(range(20))


def test_a_single_skip_is_a_mild_hint(world: World) -> None:
    world.play(40)
    before = items(world.rank(20, adventurousness=-1.0))
    world.play(1, EventKind.SKIPPED)
    after = items(world.rank(20, adventurousness=-1.0))
    same_artist = set(range(20))
    assert len(same_artist & set(after)) <= len(same_artist & set(before))


def test_a_thumb_up_lifts_and_a_thumb_down_reaches_what_is_alike(world: World) -> None:
    world.scores[[7, 31]] = [3.0, 3.0]
    assert items(world.rank(1, seed=1))[0] in (7, 31)
    world.listener.observe(Event(7, EventKind.THUMB_UP, world.now))
    assert items(world.rank(1, seed=1)) == [7]
    world.listener.observe(Event(8, EventKind.THUMB_DOWN, world.now))
    assert items(world.rank(1, seed=1)) == [31]


def test_a_thumb_up_reaches_what_is_like_its_track_and_fades(world: World) -> None:
    world.scores[:] = 0
    world.scores[100] = 1.5

    def parts(item: int) -> dict[str, float]:
        found = {choice.item: choice.parts for choice in world.rank(SIZE)}
        return {kind: round(value, 4) for kind, value in found[item].items() if kind in ("thumb", "kin") and value}

    assert items(world.rank(1, seed=1, adventurousness=-1.0)) == [100]
    world.listener.observe(Event(23, EventKind.THUMB_UP, world.now))
    fresh = parts(23)["thumb"]
    assert items(world.rank(1, seed=1, adventurousness=-1.0)) == [23]
    assert fresh > parts(24)["kin"] > 1
    assert parts(100).get("kin", 0) < 0.1
    world.now += 60 * DAY
    assert fresh > parts(23)["thumb"] > 0
    assert 0 < parts(24)["kin"] < 0.5
    world.now += 60 * DAY
    assert not parts(24)
    world.listener.observe(Event(23, EventKind.THUMB_UP, world.now))
    world.listener.observe(Event(23, EventKind.THUMB_CLEARED, world.now))
    assert not parts(23)
    assert not parts(24)


def test_of_many_thumbs_down_the_latest_count(world: World) -> None:
    for item in range(200, 120, -1):
        world.listener.observe(Event(item, EventKind.THUMB_DOWN, world.now))
        world.now += 1
    assert [item for item, _ in world.listener.latest_thumbs(-1, 3)] == [121, 122, 123]
    world.listener.observe(Event(122, EventKind.THUMB_CLEARED, world.now))
    world.listener.observe(Event(190, EventKind.THUMB_DOWN, world.now))
    assert [item for item, _ in world.listener.latest_thumbs(-1, 3)] == [190, 121, 123]


def test_a_discovery_fits_what_was_listened_to(world: World) -> None:
    world.scores[:] = 0
    sound = world.snapshot.content[45]
    world.snapshot.content[200:210] = sound
    for item in (44, 52, 41, 49):
        world.play(item)
    found = [item for item in items(world.rank(6)) if item >= 120]
    assert set(found[:1]) <= set(range(200, 210))


def test_what_is_like_tracks_skipped_lately_waits(world: World) -> None:
    world.scores[:] = 0
    world.scores[[36, 75]] = [4.0, 3.5]
    assert items(world.rank(1))[0] == 36
    for place in range(3):
        world.play(30 + place, EventKind.SKIPPED)
        world.play(90 + 10 * (place % 2) + place)
    assert items(world.rank(1, adventurousness=-1.0))[0] == 75


def test_more_like_this_is_like_it_and_still_a_queue(world: World) -> None:
    sound = world.snapshot.content[45]
    world.snapshot.content[[60, 83, 130, 215]] = sound + np.float32(0.05)
    chosen = world.rank(4, like=[45])
    assert set(items(chosen)) <= {60, 83, 130, 215, *range(40, 50)} - {45}
    assert {choice.why for choice in chosen} == {ReasonKind.SIMILAR}
    artists = world.snapshot.artist[items(chosen)]
    assert len(set(artists.tolist())) >= 3


def test_without_vectors_the_rules_hold(world: World) -> None:
    ranker = QueueRanker(world.snapshot, world.listener)
    world.play(1, EventKind.SKIPPED)
    world.play(2, EventKind.SKIPPED)
    world.listener.observe(Event(8, EventKind.THUMB_DOWN, world.now))
    assert len(ranker.rank(world.items, world.scores, RankRequest(20, world.now))) == 20


def test_novelty_rises_with_adventurousness(world: World) -> None:
    new = [sum(item >= 120 for item in items(world.rank(20, adventurousness=way))) for way in np.linspace(-1, 1, 9)]
    assert new == sorted(new)
    assert new[0] == 0
    assert new[-1] >= 17
    assert new[4] >= world.listener.new_share * 20 / 2 - 1


def test_in_the_middle_a_part_of_the_own_share_of_first_plays_is_reserved(world: World) -> None:
    world.scores[120:] -= 20
    new = sum(item >= 120 for item in items(world.rank(40)))
    own = world.listener.new_share
    assert abs(new - own * (1 + own) / 2 * 40) <= 1
    world.scores[120:] += 40
    assert sum(item >= 120 for item in items(world.rank(40))) == 40
    assert sum(item >= 120 for item in items(world.rank(40, adventurousness=-1.0))) == 0


def test_discoveries_say_so(world: World) -> None:
    for choice in world.rank(20, adventurousness=0.5):
        assert (choice.why is ReasonKind.EXPLORE) == (choice.item >= 120)


def test_an_exhausted_pool_is_filled_from_the_other(world: World) -> None:
    chosen = world.ranker.rank(world.items[:30], world.scores[:30], RankRequest(20, world.now, adventurousness=1.0))
    assert len(chosen) == 20


def test_variety_is_said_where_it_decided(world: World) -> None:
    world.scores[:20] += 4.0
    assert ReasonKind.VARIETY in {choice.why for choice in world.rank(20)}


def test_nothing_is_allowed_nothing_is_chosen(world: World) -> None:
    assert world.rank(20, exclude=range(SIZE)) == []


def test_alike_tracks_are_spread() -> None:
    world = World()
    world.scores[:] = 0
    world.scores[:120:10] += 0.5
    sounds = world.snapshot.album[items(world.rank(10, adventurousness=-1.0))]
    assert len(set(sounds.tolist())) >= 9


def test_a_suggestion_that_was_skipped_is_not_offered_again_the_next_days(world: World) -> None:
    world.scores[[7, *range(30, 60, 5)]] = [10.5, *[8.5] * 6]
    world.play(7, EventKind.SKIPPED)
    for item in (100, 102, 104):
        world.play(item)
    world.now += 6 * 60 * MINUTE
    soon = items(world.rank(60, adventurousness=-1.0))
    assert soon.index(7) >= 4
    world.listener.refused_at[7] -= 40 * DAY
    assert items(world.rank(60, adventurousness=-1.0)).index(7) < soon.index(7)


def test_what_is_listened_to_after_all_is_refused_no_more(world: World) -> None:
    world.play(7, EventKind.SKIPPED)
    assert world.listener.refused_at[7] > 0
    world.play(7, source=PlaySource.PICKED)
    assert world.listener.refused_at[7] < 0


def test_a_skip_of_what_the_listener_chose_refuses_nothing(world: World) -> None:
    world.play(7, EventKind.SKIPPED, PlaySource.PICKED)
    assert world.listener.refused_at[7] < 0


def test_an_artist_whose_suggestions_are_skipped_falls_behind_one_whose_are_heard(world: World) -> None:
    world.scores[:] = 0
    for place in range(3):
        world.play(place, EventKind.SKIPPED)  # the first artist
        world.play(20 + place)  # the second
    world.now += DAY
    parts = {choice.item // 20: choice.parts["artist"] for choice in world.rank(SIZE)}
    assert parts[0] < -0.8
    assert parts[1] > 0.8
    assert parts[5] == 0


def test_what_the_listener_chose_is_no_answer(world: World) -> None:
    for place in range(3):
        world.play(place, source=PlaySource.PICKED)
    assert {choice.parts["artist"] for choice in world.rank()} == {0.0}
