"""The sleep timer."""

from pytestqt.qtbot import QtBot

from player.domain import PlayerState
from player.playback import SleepTimer
from tests.playback.playing import Player


def test_it_fades_pauses_and_puts_the_volume_back(player: Player, qtbot: QtBot) -> None:
    timer = SleepTimer(player.controller, fade_ms=400)
    volumes: list[float] = []
    player.controller.volume_changed.connect(lambda volume, _muted: volumes.append(volume))
    player.play(player.track(60_000))
    with qtbot.waitSignal(timer.changed, check_params_cb=lambda left: left == 0):
        timer.start(400)
    player.pass_time(10)
    assert player.controller.state is PlayerState.PAUSED
    assert volumes == [0.5, 1.0]
    assert timer.remaining_ms == 0


def test_it_can_be_called_off(player: Player) -> None:
    timer = SleepTimer(player.controller)
    told: list[int] = []
    timer.changed.connect(told.append)
    timer.start(60_000)
    assert 59_000 < timer.remaining_ms <= 60_000
    timer.cancel()
    timer.cancel()
    assert told == [60_000, 0]
    assert timer.remaining_ms == 0
