"""Stopping and starting again: by the user, and by a crash."""

import json
import os
import signal
import sys
from subprocess import DEVNULL, PIPE, Popen

import pytest

from player.domain import EndReason, PlayerState
from player.storage import Database
from tests.flow.music import SECONDS


def test_the_queue_and_the_place_come_back(start):
    first = start()
    track, queued = first.find("Cedar 2.2"), first.find("Ash 2.3")
    first.app.queue.play_now([track])
    first.app.queue.add([queued])
    first.hear(12)
    first.close()

    second = start()
    assert second.app.db.plays.recent(1)[0].end_reason is EndReason.QUIT
    assert second.app.controller.current_track.id == track
    assert second.app.controller.state is not PlayerState.PLAYING
    assert second.app.queue.entries()[0].track_id == queued
    second.app.controller.play()
    second.hear(1)
    assert 12_000 < second.app.controller.position_ms < 13_500


def test_settings_come_back(start):
    first = start()
    first.app.controller.set_volume(0.31)
    first.settle()
    first.close()
    assert start().app.controller.volume == pytest.approx(0.31)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_player_leaves_a_play_that_is_closed_as_crashed(home, collection, qtbot):
    database = Database.open(home.database)
    with segue(home, "play", str(collection / "Ash/Ash 1/01.flac"), "--output", "null", stdout=DEVNULL) as player:
        qtbot.waitUntil(lambda: database.plays.count() == 1, timeout=30_000)
        player.send_signal(signal.SIGKILL)
    database.close()
    with segue(home, "log", "--json", stdout=PIPE) as log:
        plays = json.loads(log.stdout.read())
    assert [(play["title"], play["end_reason"]) for play in plays] == [("Ash 1.1", "crashed")]
    assert plays[0]["listened_ms"] < SECONDS * 1000


def segue(home, *words, **options):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "player", "--profile", str(home.data), *words]
    return Popen(command, text=True, encoding="utf-8", **options)
