"""The end of a play while what should follow is late, fails, or is set too late."""

import threading
from collections.abc import Callable

import pytest

from player.audio import Clock, EndCause, SilentEngine, Source
from player.audio._decoder import Decoder
from player.audio._engine import Engine
from player.audio.engine import _voice as voices
from player.audio.engine._core import IDLE_NAP_S, LONGEST_NAP_S
from player.audio.engine._pipeline import Pipeline
from player.audio.engine._port import Port
from player.audio.engine._voice import Voice
from player.domain import PlayerState
from tests.audio.conftest import Tape
from tests.audio.plug import Plug
from tests.audio.rig import PATIENCE_MS
from tests.audio.sounds import RATE, encode, hollow, music

LENGTH_MS = 300
SPEEDS = [Clock.REAL, Clock.MAX]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ends")
    return [encode(folder / f"{n}.flac", music(LENGTH_MS / 1000, seed=n)) for n in range(3)]


@pytest.fixture(params=["damaged", "empty", "vanished", "silent"])
def dead(request, tmp_path, expect_log):
    """Files that give no sound, each for another reason: makes one of a name."""
    if request.param != "silent":  # a file without a single frame is no damaged one
        expect_log("cannot be opened")

    def make(name: str = "dead") -> str:
        path = tmp_path / f"{name}.wav"
        if request.param == "silent":
            return hollow(path)
        if request.param != "vanished":
            path.write_bytes(b"no sound" if request.param == "damaged" else b"")
        return str(path)

    return make


@pytest.fixture
def late(monkeypatch) -> set[str]:
    """Paths of files whose decoders have nothing to tell yet, for engines that are moved by hand."""
    paths: set[str] = set()
    hungry: Callable[[Voice], bool] = Voice.hungry.fget
    monkeypatch.setattr(Voice, "hungry", property(lambda v: v.play.source.path not in paths and hungry(v)))
    return paths


@pytest.fixture
def ended(deck, files) -> tuple[SilentEngine, Tape]:
    """An engine that has played the first file to its end, with nothing set to follow it."""
    engine, tape = deck()
    engine.play(Source(files[0]), 1)
    engine.advance(1_000)
    return engine, tape


@pytest.fixture
def awaiting(deck, files, late) -> Callable[[str], tuple[SilentEngine, Tape]]:
    """Plays the first file to its end, while a file set to follow as 2 is late: makes an engine that waits for it."""

    def make(path: str) -> tuple[SilentEngine, Tape]:
        engine, tape = deck()
        late.add(path)
        engine.play(Source(files[0]), 1)
        engine.set_next(Source(path), 2)
        engine.advance(1_000)
        return engine, tape

    return make


@pytest.fixture
def gate(monkeypatch) -> dict[str, threading.Event]:
    """Paths of files that cannot be opened before their event is set, for engines with threads."""
    gates: dict[str, threading.Event] = {}

    def open_late(path: str, rate: int | None) -> Decoder:
        if path in gates:
            assert gates[path].wait(PATIENCE_MS / 1000)
        return Decoder(path, rate)

    monkeypatch.setattr(voices, "Decoder", open_late)
    return gates


@pytest.fixture(params=SPEEDS)
def engine(request, qapp):
    engine = SilentEngine(request.param)
    yield engine
    engine.close()


def stopped(engine):
    return lambda: engine.state is PlayerState.STOPPED


# Moved by hand


def test_what_follows_fails_after_the_end(awaiting, files, late, dead):
    engine, tape = awaiting(dead())
    assert tape.endings[1].cause is EndCause.FINISHED
    assert engine.state is PlayerState.PLAYING  # what follows may still have a sound
    late.clear()
    engine.advance(10)
    assert tape.events[-3:] == [("ended", 2, "error"), ("next_wanted", 1), ("state", "stopped")]
    engine.set_next(Source(files[1]), 3)
    engine.advance(1_000)
    assert tape.endings[3].listened_ms == LENGTH_MS
    assert engine.state is PlayerState.STOPPED


def test_what_follows_is_taken_away_after_the_end(awaiting, files):
    engine, tape = awaiting(files[1])
    engine.set_next(None)
    engine.advance(10)
    assert engine.state is PlayerState.STOPPED
    assert list(tape.endings) == [1]


def test_what_plays_and_what_follows_fail(deck, late, dead):
    engine, tape = deck()
    late.update((dead("one"), dead("two")))
    engine.play(Source(dead("one")), 1)
    engine.set_next(Source(dead("two")), 2)
    for path in sorted(late):
        engine.advance(50)
        late.remove(path)
    engine.advance(50)
    assert tape.of("ended", "started") == [("ended", 1, "error"), ("ended", 2, "error")]
    assert engine.state is PlayerState.STOPPED


def test_a_failure_known_before_the_end_leaves_time_for_another_one(deck, files, dead):
    """The next one is asked for again at once, although the first one is mixed to its end already."""
    engine, tape = deck()
    engine.play(Source(files[0]), 1)
    engine.advance(50)
    engine.set_next(Source(dead()), 2)
    engine.advance(10)
    assert tape.events[-2:] == [("ended", 2, "error"), ("next_wanted", 1)]
    engine.set_next(Source(files[1]), 3)
    engine.advance(1_000)
    assert len(engine.sink.recording()) == 2 * LENGTH_MS * RATE // 1000
    assert tape.of("started", "ended")[-3:] == [("ended", 1, "finished"), ("started", 3), ("ended", 3, "finished")]


@pytest.mark.parametrize("failures", [1, 2, 10])
def test_late_answers_that_fail_end_in_silence(ended, files, late, dead, failures):
    """Set after everything has ended, one after the other."""
    engine, tape = ended
    for token in range(2, 2 + failures):
        assert engine.state is PlayerState.STOPPED
        late.add(dead())
        engine.set_next(Source(dead()), token)
        engine.advance(50)
        late.clear()
        engine.advance(50)
        assert tape.endings[token].cause is EndCause.ERROR
    assert engine.state is PlayerState.STOPPED
    engine.set_next(Source(files[1]), 99)
    engine.advance(1_000)
    assert tape.endings[99].cause is EndCause.FINISHED


def test_a_seek_after_the_end_changes_nothing(awaiting, files, late):
    """The play is over, and told so; the next one is only late."""
    engine, tape = awaiting(files[1])
    engine.seek(0)
    engine.advance(1_000)
    assert len(engine.sink.recording()) == LENGTH_MS * RATE // 1000
    late.clear()
    engine.advance(1_000)
    assert tape.endings[2].listened_ms == LENGTH_MS
    assert engine.state is PlayerState.STOPPED


def test_the_engine_rests_while_what_follows_is_late(awaiting, files):
    """It is woken when there is something to do; until then decoders and the window need the interpreter."""
    engine, _ = awaiting(files[1])
    assert engine._loop.core.nap() == LONGEST_NAP_S


def test_sound_that_comes_while_the_engine_goes_to_rest_wakes_it(deck, files, late, monkeypatch):
    engine, _ = deck()
    late.add(files[0])
    engine.play(Source(files[0]), 1)
    engine.advance(10)
    (voice,) = engine._loop.core._timeline.voices()
    voice.awaited = False
    starving = Pipeline.starving.fget

    def look_away(pipeline: Pipeline) -> bool:
        answer: bool = starving(pipeline)
        late.clear()
        voice.step()
        return answer

    monkeypatch.setattr(Pipeline, "starving", property(look_away))
    engine._loop._woken.clear()
    engine._loop.core.nap()
    assert engine._loop._woken.is_set()


def test_a_late_answer_can_change_until_it_sounds(ended, files, late):
    engine, tape = ended
    late.add(files[1])
    engine.set_next(Source(files[1]), 2)
    engine.advance(50)
    assert engine.state is PlayerState.PLAYING
    engine.set_next(None)
    engine.advance(50)
    assert engine.state is PlayerState.STOPPED
    engine.set_next(Source(files[1]), 3)
    engine.advance(50)
    engine.set_next(Source(files[2]), 4)
    engine.advance(1_000)
    assert tape.of("started", "ended")[2:] == [("started", 4), ("ended", 4, "finished")]
    assert engine.state is PlayerState.STOPPED


def test_a_late_answer_that_sounds_is_followed(ended, files):
    engine, tape = ended
    engine.set_next(Source(files[1]), 2)
    engine.advance(50)
    engine.set_next(Source(files[2]), 3)
    engine.advance(1_000)
    assert [t for _, t in tape.of("started")] == [1, 2, 3]
    assert engine.state is PlayerState.STOPPED


def test_what_is_picked_after_the_end_is_not_taken_for_a_late_answer(ended, files):
    engine, tape = ended
    engine.play(Source(files[1]), 2)
    engine.set_next(Source(files[2]), 3)
    engine.advance(1_000)
    assert [t for _, t in tape.of("started")] == [1, 2, 3]


def test_after_a_pause_at_the_end_a_late_answer_waits(ended, files):
    engine, tape = ended
    engine.pause()
    engine.set_next(Source(files[1]), 2)
    engine.advance(500)
    assert engine.state is PlayerState.PAUSED
    assert tape.of("started") == [("started", 1)]
    engine.resume()
    engine.advance(500)
    assert tape.endings[2].listened_ms == LENGTH_MS


def test_what_waits_for_a_device_and_fails_leaves_nothing_waiting(qapp, dead, expect_log):
    expect_log("no sound output")
    plug = Plug(there=False)
    engine = Engine(Port([plug]), threaded=False)
    engine.play(Source(dead()), 1)
    engine.turn()
    engine.turn()
    assert engine.state is PlayerState.STOPPED
    assert engine._loop.core.nap() == IDLE_NAP_S
    engine.close()


# With threads


def test_what_follows_fails_late(engine, qtbot, files, gate, dead):
    tape = Tape(engine)
    gate[dead()] = threading.Event()
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(dead()), 2)
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    gate[dead()].set()
    qtbot.waitUntil(stopped(engine), timeout=PATIENCE_MS)
    assert tape.of("started", "ended") == [("started", 1), ("ended", 1, "finished"), ("ended", 2, "error")]


def test_what_follows_comes_late(engine, qtbot, files, gate):
    tape = Tape(engine)
    gate[files[1]] = threading.Event()
    engine.play(Source(files[0]), 1)
    engine.set_next(Source(files[1]), 2)
    qtbot.waitUntil(lambda: 1 in tape.endings, timeout=PATIENCE_MS)
    gate[files[1]].set()
    qtbot.waitUntil(lambda: 2 in tape.endings, timeout=PATIENCE_MS)
    qtbot.waitUntil(stopped(engine), timeout=PATIENCE_MS)
    assert tape.endings[2].listened_ms == LENGTH_MS


@pytest.mark.parametrize("bad", [{3}, {0}, {1}, {2, 3}, {0, 1, 2, 3}], ids=str)
def test_a_list_with_dead_files_is_played_to_its_end(engine, qtbot, files, dead, bad):
    """Whoever sets the next one ahead as soon as one starts or fails hears all the others."""
    tape = Tape(engine)
    rest = [(token, dead(str(token)) if token in bad else files[token % 3]) for token in range(4)]

    def follow(*_: object) -> None:
        if rest:
            token, path = rest.pop(0)
            engine.set_next(Source(path), token)

    engine.started.connect(follow)
    engine.ended.connect(lambda ending: follow() if ending.cause is EndCause.ERROR else None)
    token, path = rest.pop(0)
    engine.play(Source(path), token)
    qtbot.waitUntil(lambda: len(tape.endings) == 4 and stopped(engine)(), timeout=PATIENCE_MS)
    assert {t for t, ending in tape.endings.items() if ending.cause is EndCause.ERROR} == bad
    assert [t for _, t in tape.of("started")] == sorted({0, 1, 2, 3} - bad)
