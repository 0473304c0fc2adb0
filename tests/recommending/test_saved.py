"""The recommender's start from what was kept of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from player.domain import Suggestion, ThumbGiven, now_ms
from player.paths import Profile
from player.recommending import _mind
from player.recommending._ask import Ask
from player.recommending._mind import Mind
from player.recommending._saved import habits
from player.storage import Content
from tests.bed.logs import ExpectLog
from tests.recommending.world import World, song


@pytest.fixture
def lived(world: World) -> World:
    """A library with some weeks of listening."""
    world.live(days=20)
    return world


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each time the whole database was read."""
    times: list[object] = []
    build = _mind.build_snapshot
    monkeypatch.setattr(_mind, "build_snapshot", lambda db: times.append(db) or build(db))
    return times


def start_file(profile: Profile) -> Path:
    return profile.cache / "recommender" / "start.npz"


def same(found: list[Suggestion], wanted: list[Suggestion], tolerance: float = 1e-4) -> None:
    """The same tracks for the same reasons; sums made in another order differ by a rounding."""
    assert [one.track_id for one in found] == [one.track_id for one in wanted]
    assert [one.score for one in found] == pytest.approx([one.score for one in wanted], abs=tolerance)
    assert [one.reasons[0].text for one in found] == [one.reasons[0].text for one in wanted]


def test_a_start_from_what_was_kept_suggests_what_a_start_from_the_database_does(
    lived: World, profile: Profile, read: list[object]
) -> None:
    ask = Ask(15, now_ms())
    first = Mind.load(lived.db, profile).suggest(ask)
    same(Mind.load(lived.db, profile).suggest(ask), first)
    assert len(read) == 1


def test_later_plays_and_thumbs_are_taken_in(lived: World, profile: Profile, read: list[object]) -> None:
    Mind.load(lived.db, profile)
    for place in range(5):
        lived.play(lived.tracks[place * 7], now_ms() - (6 - place) * 240_000)
    lived.db.thumbs.give(ThumbGiven(lived.tracks[3].id, -1, now_ms()))
    ask = Ask(15, now_ms())
    resumed = Mind.load(lived.db, profile).suggest(ask)
    assert len(read) == 1
    start_file(profile).unlink()
    anew = Mind.load(lived.db, profile).suggest(ask)
    same(resumed, anew, 0.02)
    assert lived.tracks[3].id not in {one.track_id for one in resumed}


@pytest.mark.parametrize("change", ["sound", "missing", "old play", "damaged", "empty"])
def test_what_is_stale_or_damaged_is_made_anew(
    lived: World, profile: Profile, read: list[object], change: str, expect_log: ExpectLog
) -> None:
    Mind.load(lived.db, profile)
    track, path = lived.tracks[4], start_file(profile)
    if change == "sound":
        lived.db.features.put(str(track.audio_key), Content(np.ones(200, np.float32), "musicnn-msd-1"), now_ms())
    elif change == "missing":
        lived.db.files.mark_missing([track.id], now_ms())
    elif change == "old play":
        lived.play(track, now_ms() - 90 * 24 * 3_600_000)
    elif change == "damaged":
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    else:
        path.write_bytes(b"")
    if change in ("damaged", "empty"):
        expect_log("the recommender's start")
    ask = Ask(15, now_ms())
    found = Mind.load(lived.db, profile).suggest(ask)
    assert len(read) == 2
    path.unlink()
    anew = Mind.load(lived.db, profile).suggest(ask)
    if change in ("damaged", "empty"):
        same(found, anew)
        return
    # Habits are kept as they were learned, before the library was another.
    scores = {one.track_id: one.score for one in anew}
    both = [one for one in found if one.track_id in scores]
    assert len(both) >= 10
    assert [one.score for one in both] == pytest.approx([scores[one.track_id] for one in both], abs=0.1)


def test_habits_outlive_a_change_of_the_library_but_not_of_the_log(lived: World, profile: Profile) -> None:
    Mind.load(lived.db, profile)
    with np.load(start_file(profile)) as file:
        version = str(file["basis.version"])
    known = habits(lived.db, profile, version)
    assert known is not None
    assert known.habits.skip.any()
    lived.db.files.write_scan([song(7, 1, 1)], now_ms())
    kept = habits(lived.db, profile, version)
    assert kept is not None
    np.testing.assert_array_equal(kept.habits.skip, known.habits.skip)
    assert habits(lived.db, profile, "another model") is None
    lived.db.forget_listening()
    assert habits(lived.db, profile, version) is None
