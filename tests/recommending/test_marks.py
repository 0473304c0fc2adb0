"""Marks change with what they stand for."""

from __future__ import annotations

import numpy as np

from player.domain import UtcMs, now_ms
from player.storage import Content
from tests.recommending.world import World

NOW = now_ms()


def test_the_library_has_another_mark_after_a_change_of_what_is_read(world: World) -> None:
    features, key = world.db.features, str(world.tracks[0].audio_key)
    changes = [
        lambda: features.put(key, Content(np.ones(4, np.float32), "one"), NOW),
        lambda: features.put(key, Content(np.zeros(4, np.float32), "two"), NOW),
        lambda: world.db.playlists.set_tracks(world.db.playlists.create("A", NOW), [world.tracks[1].id], NOW),
        lambda: world.db.files.mark_missing([world.tracks[2].id], NOW),
    ]
    marks = [world.db.tracks.mark()]
    assert world.db.tracks.mark() == marks[0]
    for change in changes:
        change()
        marks.append(world.db.tracks.mark())
    assert len(set(marks)) == len(marks)


def test_the_log_keeps_its_mark_when_plays_are_added(world: World) -> None:
    world.play(world.tracks[0], UtcMs(NOW - 900_000))
    until = world.db.plays.settled()
    mark = world.db.plays.mark(until)
    world.play(world.tracks[1], UtcMs(NOW - 600_000))
    assert world.db.plays.mark(until) == mark
    assert len(world.db.plays.log(until).track_id) == 1
    assert world.db.plays.mark(world.db.plays.settled()) != mark
