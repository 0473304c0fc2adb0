"""The loudness of what plays next is measured before it plays."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from player.audio import Clock, SilentEngine, Source
from player.domain import Gain, ScannedTrack, Settings, TrackId, now_ms
from player.library import TrackLookup
from player.playback import Controller, PlayQueue
from player.recommending import LoudnessAhead
from player.recommending import _analysing as analysing
from player.storage import Database
from player.workers import Lane

RATE = 8_000
PATIENCE_MS = 60_000


class Engine(SilentEngine):
    """Remembers what it was given to play, and each play's gain in dB by its token."""

    def __init__(self) -> None:
        super().__init__(Clock.MANUAL, rate=RATE)
        self.given: list[Source] = []
        self.led: dict[int, float] = {}

    def set_next(self, source: Source | None, token: int = 0, *, crossfade_ms: int = 0) -> None:
        """See `AudioOutput.set_next`."""
        if source is not None:
            self.given.append(source)
            self.led[token] = source.gain_db
        super().set_next(source, token, crossfade_ms=crossfade_ms)

    def play(self, source: Source, token: int, *, at_ms: int = 0, paused: bool = False) -> None:
        """See `AudioOutput.play`."""
        self.led[token] = source.gain_db
        super().play(source, token, at_ms=at_ms, paused=paused)

    def set_gain(self, token: int, gain_db: float, *, over_ms: int) -> None:
        """See `AudioOutput.set_gain`."""
        self.led[token] = gain_db
        super().set_gain(token, gain_db, over_ms=over_ms)


@dataclass
class Room:
    """A library of tones without gain tags, a player, and what listens ahead of it."""

    folder: Path
    db: Database
    lane: Lane
    wanted: bool = True
    engine: Engine = field(default_factory=Engine)
    queue: PlayQueue = field(default_factory=PlayQueue)

    def __post_init__(self) -> None:
        self.lookup = TrackLookup(self.db)
        self.controller = Controller(self.engine, self.queue, self.lookup, Settings())
        self.ahead = LoudnessAhead(
            self.db, self.lane, self.queue, self.controller, self.lookup, wanted=lambda: self.wanted
        )
        self.ahead.measured.connect(self.lookup.forget)
        self.ahead.measured.connect(self.controller.gains_changed)

    def tracks(self, *levels: float, album: str = "", gain: Gain = Gain()) -> list[TrackId]:  # noqa: B008 - frozen
        """New tracks at these amplitudes; 0 is a file without sound."""
        found = []
        for number, level in enumerate(levels):
            path = self.folder / f"{album}{number}-{level}.wav"
            _write(path, level)
            track = ScannedTrack(
                str(path), 1, 1, audio_key=path.name, title=path.stem, duration_ms=2_000, album=album,
                album_artists=("A",), track_no=number + 1, gain=gain,
            )  # fmt: skip
            self.db.files.write_scan([track], now_ms())
            known = self.db.tracks.by_path(str(path))
            assert known is not None
            found.append(known.id)
        return found

    def play(self, tracks: list[TrackId]) -> None:
        """Begin to play."""
        self.queue.play_now(tracks)
        self.engine.advance(50)

    def measured(self) -> set[str]:
        """Names of the files whose loudness was tried."""
        keys = [path.name for path in self.folder.glob("*.wav")]
        return {key for key in keys if self.db.features.loudness(key) is not None}


def _write(path: Path, level: float) -> None:
    tone = level * 32_767 * np.sin(2 * np.pi * 440 * np.arange(2 * RATE) / RATE)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(tone.astype("<i2").tobytes())
    if not level:
        path.write_bytes(b"no sound")


@pytest.fixture
def room(database: Database, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    def no_model(*_parts: str) -> Path:
        raise AssertionError("loudness needs no sound model")

    monkeypatch.setattr(analysing, "shipped", no_model)
    lane = Lane("test storage")
    room = Room(tmp_path, database, lane)
    yield room
    room.controller.close()
    room.ahead.close()
    room.lookup.close()
    lane.close()


def test_the_next_tracks_start_at_the_right_gain(room: Room, qtbot: QtBot) -> None:
    tracks = room.tracks(0.5, 0.7, 0.05, 0.1, 0.2)
    room.play(tracks)
    assert room.engine.led == {1: -8.0, 2: -8.0}  # a guess, until it was measured
    qtbot.waitUntil(lambda: len(room.measured()) == 4 and not room.ahead._busy, timeout=PATIENCE_MS)
    assert room.measured() == {"0-0.5.wav", "1-0.7.wav", "2-0.05.wav", "3-0.1.wav"}
    for token, name in ((1, "0-0.5.wav"), (2, "1-0.7.wav")):  # what sounds is led there, too
        known = room.db.features.loudness(name)
        assert known is not None
        assert known.lufs is not None
        assert room.engine.led[token] == pytest.approx(-18.0 - known.lufs)
    room.engine.advance(3_000)  # the second one plays
    qtbot.waitUntil(lambda: "4-0.2.wav" in room.measured(), timeout=PATIENCE_MS)
    assert [Path(source.path).name for source in room.engine.given] == ["1-0.7.wav", "2-0.05.wav"]
    assert room.engine.given[-1].gain_db > 5.0


def test_an_album_gets_one_gain(room: Room, qtbot: QtBot) -> None:
    """Its tracks keep their levels among each other."""
    room.play(room.tracks(0.5, 0.05, 0.3, 0.2, 0.4, 0.6, album="Suite"))
    qtbot.waitUntil(lambda: len(room.measured()) == 6 and not room.ahead._busy, timeout=PATIENCE_MS)
    for _ in range(6):
        room.engine.advance(2_000)
        qtbot.wait(1)
    assert len(room.engine.led) == 6
    assert len({round(gain, 6) for gain in room.engine.led.values()}) == 1


def test_a_file_without_sound_does_not_hold_the_others_up(room: Room, qtbot: QtBot) -> None:
    room.play(room.tracks(0.5, 0.4, 0.0, 0.3))
    qtbot.waitUntil(lambda: len(room.measured()) == 4, timeout=PATIENCE_MS)
    broken = room.db.features.loudness("2-0.0.wav")
    assert broken is not None
    assert broken.lufs is None
    assert broken.problem


def test_what_has_a_gain_is_not_measured(room: Room, qtbot: QtBot) -> None:
    first, *_ = room.tracks(0.5)
    tagged = room.tracks(0.2, 0.3, album="T", gain=Gain(-3.0, 0.5))
    room.play([first, *tagged, *room.tracks(0.4, album="U")])
    qtbot.waitUntil(lambda: len(room.measured()) == 2, timeout=PATIENCE_MS)
    assert room.measured() == {"0-0.5.wav", "U0-0.4.wav"}


def test_nothing_is_measured_in_silence_or_where_gain_is_off(room: Room, qtbot: QtBot) -> None:
    tracks = room.tracks(0.5, 0.4)
    room.ahead.look()
    room.wanted = False
    room.play(tracks)
    with qtbot.assertNotEmitted(room.ahead.measured):
        room.ahead.look()
    assert room.measured() == set()
