"""Opening engines, and playing without a clock."""

import pytest

from player.audio import EndCause, SilentEngine, Source, open_engine
from player.domain import Ms, PlayerState
from tests.audio.conftest import Tape
from tests.audio.rig import PATIENCE_MS
from tests.audio.sounds import RATE, encode, music


@pytest.fixture
def fast(qapp):
    engine = open_engine("null", speed="max")
    yield engine
    engine.close()


def test_at_full_speed_everything_is_still_counted(fast, qtbot, tmp_path):
    source = Source(encode(tmp_path / "x.flac", music(30.0)))
    tape = Tape(fast)
    asked = []
    fast.next_wanted.connect(asked.append)
    fast.play(source, 1)
    fast.set_next(source, 2)
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=20_000)
    assert [tape.endings[t].listened_ms for t in (1, 2)] == [30_000, 30_000]
    assert fast.silent
    qtbot.waitUntil(lambda: fast.state is PlayerState.STOPPED, timeout=PATIENCE_MS)
    assert asked == [2]


def test_next_can_be_answered_at_full_speed(fast, qtbot, tmp_path):
    source = Source(encode(tmp_path / "x.flac", music(1.0)))
    tape = Tape(fast)
    fast.next_wanted.connect(lambda token: fast.set_next(source, token + 1) if token < 20 else None)
    fast.play(source, 1)
    qtbot.waitUntil(lambda: 20 in tape.endings, timeout=20_000)
    assert all(e.cause is EndCause.FINISHED for e in tape.endings.values())
    assert sum(e.listened_ms for e in tape.endings.values()) == 20_000


def test_null_is_silent_in_real_time(qapp):
    engine = open_engine("null")
    assert isinstance(engine, SilentEngine)
    assert engine.sink.real_time
    engine.close()
    engine.close()  # twice does no harm


def test_an_engine_never_used_closes_at_once(qapp):
    open_engine("null", device="").close()


def test_without_a_play_commands_do_nothing(deck):
    engine, tape = deck()
    for command in (engine.pause, engine.resume, engine.stop, lambda: engine.seek(5), lambda: engine.set_speed(1.5)):
        command()
        engine.advance(20)
    assert tape.events == []
    assert (engine.position_ms, engine.duration_ms, engine.listened_ms) == (Ms(0), Ms(0), Ms(0))
    assert engine.devices()[0].name == ""


def test_position_is_told_at_jumps_and_when_the_length_is_known(deck, tmp_path):
    source = Source(encode(tmp_path / "x.flac", music(3.0)))
    engine, _ = deck()
    told = []
    engine.position_changed.connect(lambda position, length: told.append((position, length)))
    engine.play(source, 1, at_ms=500)
    engine.advance(100)
    engine.seek(2000)
    engine.turn()
    assert (500, 3000) in told
    assert told[-1] == (2000, 3000)


def test_what_was_heard_is_let_go(deck, tmp_path):
    """A long track is not kept in memory."""
    engine, _ = deck()
    engine.play(Source(encode(tmp_path / "x.wav", music(20.0))), 1)
    kept = []
    for _ in range(18):
        engine.advance(1000, step_ms=100)
        voice = engine._loop.core._timeline.lines[-1].voice
        kept.append(sum(len(block) for block in voice._blocks))
        engine.sink._taken.clear()
    assert max(kept) < 3 * RATE
