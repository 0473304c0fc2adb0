"""What sounds now and what comes next: the play queue and the transport. QtCore only."""

from player.audio import EQUALISER_BANDS_HZ, EQUALISER_PRESETS, MAX_GAIN_DB
from player.playback._changes import QueueEdit
from player.playback._controller import RESTART_MS, Controller
from player.playback._keeping import QueueKeeper, remembered_positions
from player.playback._positions import LONG_MS, LongTracks
from player.playback._queue import PlayQueue
from player.playback._sleep import SleepTimer
from player.playback._transport import MAX_FAILURES

__all__ = [
    "EQUALISER_BANDS_HZ",
    "EQUALISER_PRESETS",
    "LONG_MS",
    "MAX_FAILURES",
    "MAX_GAIN_DB",
    "RESTART_MS",
    "Controller",
    "LongTracks",
    "PlayQueue",
    "QueueEdit",
    "QueueKeeper",
    "SleepTimer",
    "remembered_positions",
]
