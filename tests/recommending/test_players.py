"""Plays left open by a killed player, and by one that lives."""

import os

import psutil

from player.domain import EndReason, StartReason, TrackStarted, now_ms
from player.paths import Profile
from player.recommending import close_crashed_plays, playing
from tests.recommending.world import World


def leave_open(world: World) -> None:
    track = world.tracks[0]
    world.db.plays.open(TrackStarted(track.id, now_ms(), track.duration_ms, StartReason.PICKED))


def test_what_a_killed_player_left_open_is_closed_as_crashed(world: World, profile: Profile) -> None:
    leave_open(world)
    folder = profile.data / "players"
    folder.mkdir()
    (folder / "999999999").write_text("1.0")
    (folder / str(os.getppid())).write_text("1.0")  # a number given again to another process
    (folder / "rubbish").write_text("?")
    assert close_crashed_plays(world.db, profile) == 1
    assert world.db.plays.recent(1)[0].end_reason is EndReason.CRASHED
    assert list(folder.iterdir()) == []


def test_while_another_player_lives_its_play_stays_open(world: World, profile: Profile) -> None:
    leave_open(world)
    mark = profile.data / "players" / str(os.getppid())
    mark.parent.mkdir()
    mark.write_text(repr(psutil.Process(os.getppid()).create_time()))
    assert close_crashed_plays(world.db, profile) == 0
    assert world.db.plays.recent(1)[0].end_reason is None


def test_a_player_leaves_no_mark_behind(world: World, profile: Profile) -> None:
    with playing(profile):
        assert (profile.data / "players" / str(os.getpid())).exists()
        leave_open(world)
        assert close_crashed_plays(world.db, profile) == 1
    assert list((profile.data / "players").iterdir()) == []
