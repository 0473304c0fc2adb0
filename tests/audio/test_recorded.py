"""From the engine through a PulseAudio server to its sink, and what really arrived there."""

import threading
import time

import numpy as np
import pytest

from player.audio import Source, open_engine
from player.audio._decoder import Decoder
from player.audio._loudness import measure
from player.domain import PlayerState
from tests.audio.conftest import Tape
from tests.audio.rig import PATIENCE_MS, Recorder, cut
from tests.audio.sounds import LOSSLESS, LOSSY, RATE, encode, encode_channels, music, noise


@pytest.fixture
def engine(server, qapp):
    engine = open_engine()
    yield engine
    engine.close()


def decoded(path):
    decoder = Decoder(path, RATE)
    blocks = []
    while (block := decoder.read()) is not None:
        blocks.append(block)
    decoder.close()
    return np.concatenate(blocks)


def play_all(engine, qtbot, sources, timeout=30_000):
    """Play the sources one after the other, the next one set when it is asked for."""
    engine.next_wanted.connect(
        lambda token: engine.set_next(sources[token], token + 1) if token < len(sources) else None
    )
    engine.play(sources[0], 1)
    qtbot.waitUntil(lambda: engine.state is PlayerState.PLAYING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=timeout)


def recorded(server, play, rate=RATE):
    recorder = Recorder(server, rate)
    try:
        play()
        time.sleep(0.15)  # what left the engine is on its way through the server
    finally:
        recording = recorder.stop()
    return recording


def sounds_in(recording):
    """The recording cut into pieces at every silence of 20 ms."""
    loud = np.flatnonzero(np.abs(recording).max(axis=1) > 0)
    breaks = np.flatnonzero(np.diff(loud) > RATE // 50)
    starts, ends = np.r_[loud[0], loud[breaks + 1]], np.r_[loud[breaks], loud[-1]]
    return [recording[a : b + 1] for a, b in zip(starts, ends, strict=True)]


def test_every_format_joins_without_a_gap(server, engine, qtbot, tmp_path):
    """A sound cut in two, in each format: the sink received the decoded sound, bit for bit where the rate is kept."""
    pairs = []
    for kind in LOSSLESS + LOSSY:
        rate = 48_000 if kind == "opus" else RATE
        whole, half = music(0.5, rate=rate), round(0.25 * rate) + 123
        parts = {"a": whole[:half], "b": whole[half:]}
        pairs.append([encode(tmp_path / f"{n}.{kind}", part, rate=rate) for n, part in parts.items()])
    tape = Tape(engine)

    def play():
        for n, (first, second) in enumerate(pairs):
            engine.play(Source(first), 2 * n)
            engine.set_next(Source(second), 2 * n + 1)
            qtbot.waitUntil(lambda token=2 * n + 1: token in tape.endings, timeout=PATIENCE_MS)

    found = sounds_in(recorded(server, play))
    assert len(found) == len(pairs)
    for recording, files in zip(found, pairs, strict=True):
        expected = np.concatenate([decoded(f) for f in files])
        assert abs(len(expected) - RATE // 2) <= 10  # FFmpeg writes eight samples too many for so short an MP3
        # At another rate both files are resampled as one sound, here each by itself: the filter's edges differ.
        tolerance = 0.02 if files[0].endswith(".opus") else 0.0
        assert len(recording) == len(cut(expected)), files
        assert np.allclose(recording, cut(expected), rtol=0, atol=tolerance), files
    assert sum(e.listened_ms for e in tape.endings.values()) == pytest.approx(5_000, abs=12)


def test_crossfade_keeps_the_loudness(server, engine, qtbot, tmp_path):
    files = [Source(encode(tmp_path / f"{n}.flac", noise(1.2, seed=n))) for n in (1, 2)]

    def play():
        engine.play(files[0], 1)
        engine.set_next(files[1], 2, crossfade_ms=600)
        qtbot.waitUntil(lambda: engine.state is PlayerState.PLAYING, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=PATIENCE_MS)

    recording = cut(recorded(server, play))
    assert len(recording) == round(1.8 * RATE)
    steps = recording.reshape(-1, RATE // 10, 2)
    levels = 20 * np.log10(np.sqrt((steps**2).mean(axis=(1, 2))) / 0.1)
    assert np.abs(levels).max() < 0.5


def test_loud_and_quiet_tracks_play_equally_loud(server, engine, qtbot, tmp_path):
    loud = np.clip(noise(1.2, level=0.42), -0.99, 0.99)
    files = [encode(tmp_path / "loud.flac", loud), encode(tmp_path / "quiet.flac", noise(1.2, seed=2, level=0.052))]
    lufs = [measure(f).lufs for f in files]
    assert lufs[0] - lufs[1] > 15
    sources = [Source(f, gain_db=-14.0 - level) for f, level in zip(files, lufs, strict=True)]
    recording = cut(recorded(server, lambda: play_all(engine, qtbot, sources)))
    halves = [recording[: len(loud)], recording[len(loud) :]]
    heard = [measure(encode(tmp_path / f"h{i}.flac", half)).lufs for i, half in enumerate(halves)]
    assert heard == pytest.approx([-14.0, -14.0], abs=0.5)
    assert np.abs(recording).max() <= 1.0


def test_a_blocked_gui_and_a_busy_interpreter_are_not_heard(server, engine, qtbot, tmp_path):
    """The owner's thread is stuck for 500 ms twice while another one hogs the interpreter."""
    x = music(2.4)
    source = Source(encode(tmp_path / "x.flac", x))
    done = threading.Event()

    def hog():
        while not done.is_set():
            sum(range(1000))

    def play():
        thread = threading.Thread(target=hog)
        tape = Tape(engine)
        engine.play(source, 1)
        qtbot.waitUntil(lambda: engine.listened_ms > 100, timeout=PATIENCE_MS)
        thread.start()
        for _ in range(2):
            qtbot.wait(100)
            time.sleep(0.5)
        # Not the state: the stuck thread may not even have heard yet that playing has begun.
        qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
        done.set()
        thread.join()

    recording = cut(recorded(server, play))
    assert np.array_equal(recording, cut(x))


def test_a_play_that_begins_under_a_busy_interpreter_is_whole(server, engine, qtbot, tmp_path):
    """Three threads hog the interpreter before the first sample is asked for."""
    x = music(0.6)
    source = Source(encode(tmp_path / "x.flac", x))
    tape, done = Tape(engine), threading.Event()

    def hog():
        while not done.is_set():
            sum(range(2000))

    def play():
        threads = [threading.Thread(target=hog) for _ in range(3)]
        for thread in threads:
            thread.start()
        engine.play(source, 1)
        try:
            qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
        finally:
            done.set()
            for thread in threads:
                thread.join()

    assert np.array_equal(cut(recorded(server, play)), cut(x))


def test_pause_seek_and_volume_do_not_click(server, engine, qtbot, tmp_path):
    """A low tone has small steps from frame to frame; so must what is heard, whatever the listener does."""
    t = np.arange(6 * RATE) / RATE
    tone = 0.5 * np.sin(2 * np.pi * 100 * t)
    source = Source(encode(tmp_path / "tone.flac", np.stack([tone, tone], axis=1)))

    def play():
        engine.play(source, 1)
        qtbot.waitUntil(lambda: engine.position_ms > 300, timeout=PATIENCE_MS)
        for act in (engine.pause, engine.resume, lambda: engine.seek(3000), lambda: engine.set_volume(0.8),
                    lambda: engine.set_volume(1.0), engine.stop):  # fmt: skip
            act()
            qtbot.wait(150)

    recording = recorded(server, play)
    assert np.abs(np.diff(recording, axis=0)).max() < 0.5 * 2 * np.pi * 100 / RATE * 1.5


def test_another_sink_at_another_rate_goes_on_where_the_first_was_left(server, engine, qtbot, tmp_path):
    x = music(1.5)
    source = Source(encode(tmp_path / "x.flac", x))
    tape = Tape(engine)
    first, second = Recorder(server, 44_100), Recorder(server, 48_000)
    engine.play(source, 1)
    qtbot.waitUntil(lambda: engine.position_ms > 400, timeout=PATIENCE_MS)
    engine.set_device("t48000")
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=10_000)
    time.sleep(0.15)
    a, b = cut(first.stop()), cut(second.stop())
    assert len(a) / 44_100 + len(b) / 48_000 == pytest.approx(1.5, abs=0.02)
    assert tape.endings[1].listened_ms == pytest.approx(1500, abs=1)
    assert [d.name for d in engine.devices()] == ["", "t44100", "t48000"]


def test_the_systems_default_is_followed(server, engine, qtbot, tmp_path):
    source = Source(encode(tmp_path / "x.flac", music(1.5)))
    second = Recorder(server, 48_000)
    engine.play(source, 1)
    qtbot.waitUntil(lambda: engine.position_ms > 300, timeout=PATIENCE_MS)
    server.ask("set-default-sink", "t48000")
    qtbot.waitUntil(lambda: engine.state is PlayerState.STOPPED, timeout=PATIENCE_MS)
    server.ask("set-default-sink", "t44100")
    time.sleep(0.15)
    assert len(cut(second.stop())) / 48_000 > 0.7


def test_sound_that_was_moved_is_resampled_once(server, engine, qtbot, tmp_path, monkeypatch):
    """The server moves it to the new default output; there it is opened anew, at that output's own rate."""
    monkeypatch.setattr("player.audio.engine._port.DEVICE_POLL_S", 0.2)
    engine.play(Source(encode(tmp_path / "x.flac", music(3.0))), 1)
    tape = Tape(engine)
    qtbot.waitUntil(lambda: engine.position_ms > 200, timeout=PATIENCE_MS)
    assert "44100Hz" in server.ask("list", "short", "sink-inputs")
    server.ask("set-default-sink", "t48000")
    try:
        qtbot.waitUntil(lambda: "48000Hz" in server.ask("list", "short", "sink-inputs"), timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    finally:
        server.ask("set-default-sink", "t44100")
    assert tape.endings[1].listened_ms == pytest.approx(3_000, abs=1)


def test_an_output_of_16_bits_gets_dithered_sound(server, engine, qtbot, tmp_path):
    """A tone of less than half a step, which the server's own rounding would silence."""
    module = server.ask("load-module", "module-null-sink", "sink_name=t32000", "rate=32000", "format=s16le").strip()
    level, rate = 0.4 / 32_768, 32_000
    sound = np.repeat(level * np.sin(2 * np.pi * 1_000 * np.arange(2 * rate) / rate), 2).reshape(-1, 2)
    path = encode_channels(tmp_path / "x.wav", "pcm_f32le", "stereo", sound, rate=rate)
    engine.set_device("t32000")
    try:
        recording = recorded(server, lambda: play_all(engine, qtbot, [Source(path)]), rate)
    finally:
        server.ask("unload-module", module)
    found = np.flatnonzero(np.abs(recording).max(axis=1) > 0)
    assert len(found), "silence"
    middle = recording[found[0] + 4_000 : found[0] + 4_000 + rate, 0].astype(np.float64)
    tone = np.exp(-2j * np.pi * 1_000 * np.arange(len(middle)) / rate)
    assert 2 * abs(np.mean(middle * tone)) == pytest.approx(level, rel=0.15)
