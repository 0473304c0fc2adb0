"""Encoded test files, decks to play them on, and a sound server of the tests' own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import pytest

from player.audio import AudioOutput, Clock, PlayEnded, SilentEngine
from player.audio._samples import Samples
from tests.audio.rig import MISSING, Server
from tests.audio.sounds import RATE, encode, music


@dataclass(frozen=True)
class Pair:
    """One sound cut at a frame into two files.

    Attributes:
        first: Path of the first part.
        second: Path of the rest.
        whole: The sound.
        cut: Frame at which it was cut.
        rate: Its sample rate.
    """

    first: str
    second: str
    whole: Samples
    cut: int
    rate: int

    @property
    def lengths_ms(self) -> tuple[int, int]:
        """Lengths of the two parts."""
        return round(self.cut / self.rate * 1000), round((len(self.whole) - self.cut) / self.rate * 1000)


class Tape:
    """What an engine told, in order: ("started", token), ("ended", token, cause), ("next_wanted", token), states."""

    def __init__(self, engine: AudioOutput) -> None:
        self.engine = engine
        self.events: list[tuple[object, ...]] = []
        self.endings: dict[int, PlayEnded] = {}
        self.failures: list[str] = []
        engine.started.connect(lambda token: self.events.append(("started", token)))
        engine.next_wanted.connect(lambda token: self.events.append(("next_wanted", token)))
        engine.state_changed.connect(lambda state: self.events.append(("state", state.value)))
        engine.device_failed.connect(self.failures.append)
        engine.ended.connect(self._ended)

    def of(self, *kinds: str) -> list[tuple[object, ...]]:
        """Events of these kinds only."""
        return [e for e in self.events if e[0] in kinds]

    def _ended(self, ending: PlayEnded) -> None:
        assert ending.token not in self.endings, "a play ended twice"
        self.endings[ending.token] = ending
        self.events.append(("ended", ending.token, ending.cause.value))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed beside a sound server shows what became of that, and what it wrote."""
    report = yield
    server = item.funcargs.get("any_server")
    if report.failed and isinstance(server, Server):
        report.sections.append(("the sound server", server.last_words))
    return report


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pair]:
    """The same three seconds in a format, cut in two at an odd frame; made once."""
    folder = tmp_path_factory.mktemp("pairs")
    made: dict[str, Pair] = {}

    def make(kind: str) -> Pair:
        if kind not in made:
            rate = 48_000 if kind == "opus" else RATE
            whole, cut = music(3.0, rate=rate), round(1.3 * rate) + 237
            first = encode(folder / f"a.{kind}", whole[:cut], rate=rate)
            second = encode(folder / f"b.{kind}", whole[cut:], rate=rate)
            made[kind] = Pair(first, second, whole, cut, rate)
        return made[kind]

    return make


@pytest.fixture
def deck(qapp: object) -> Iterator[Callable[..., tuple[SilentEngine, Tape]]]:
    """Makes silent engines that move by hand and keep their sound; closes them."""
    engines: list[SilentEngine] = []

    def make(rate: int = RATE) -> tuple[SilentEngine, Tape]:
        engine = SilentEngine(Clock.MANUAL, rate=rate, record=True)
        engines.append(engine)
        return engine, Tape(engine)

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture(scope="session")
def any_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server | None]:
    """The server of this run, None where PulseAudio is not installed."""
    if MISSING:
        yield None
        return
    server = Server(tmp_path_factory.mktemp("pulse"), rates=(44_100, 48_000))
    server.start()
    server.keep_awake()
    yield server
    server.stop()


@pytest.fixture
def server(any_server: Server | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running PulseAudio server with sinks t44100, the default, and t48000; the process's own for the test."""
    if any_server is None:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    died = not any_server.running
    if died:  # every test then has one to itself, and leaves nothing behind
        any_server.stop()
        any_server.start()
        any_server.keep_awake()
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, any_server.environment[name])
    yield any_server
    if died:
        any_server.stop()
