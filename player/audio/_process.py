"""The sound engine in a process of its own, which may crash or hang without taking the player with it."""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psutil
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer

from player.audio._events import Event
from player.audio._front import Front
from player.audio._recovery import Given, Recovery
from player.audio._values import EndCause, Now
from player.audio._wire import CRASHED, DECODES, Frames, frame, to_event, to_now
from player.domain import AudioError, PlayerState

logger = logging.getLogger(__name__)

NICE = -11
"""Priority of the sound process on Unix: that of sound servers. A real-time one would be no good for an interpreter,
which the kernel ends where it works too long without a pause; the queue of a second makes up for the rest."""

WATCH_MS = 200
HANGS_S = 3.0
"""A sound process that says nothing for so long while it should hangs."""

STOPPED_S = 0.5
"""The same where the system says that the process is stopped."""

STALLS_S = 15.0
"""So long the decoder may wait for a disk that wakes up, or the network."""

STARTS_S = 20.0
"""Time to start on a busy computer."""

CLOSE_MS = 2_000
MAX_STARTS = 3
"""Attempts in a row to start a sound process that ends before it can play."""

LAST_WORDS = 40
SETTINGS = ("set_volume", "set_speed", "set_equaliser", "set_device")
NOT_STARTED = "The sound process cannot be started, so nothing plays. The log file says why."


@dataclass
class _Attempt:
    """One sound process and what it said.

    Attributes:
        process: The process.
        frames: Cuts its words.
        planned: Commands by which it is told how to go on; before them it has nothing to say of what is heard.
        sent: Commands it was given.
        obeyed: Those of them that it has carried out.
        spoke: Whether it said anything.
        errors: What it began to write to its standard error.
    """

    process: QProcess
    frames: Frames
    planned: int = 0
    sent: int = 0
    obeyed: int = 0
    spoke: bool = False
    errors: bytes = b""


class SoundProcess(Front):
    """Plays in a child process.

    The process starts at once and ends with this one. One that crashes, or says nothing for three seconds while it
    should, is replaced at once: the play that is to blame ends with `EndCause.ERROR` and what was heard of it, and what
    follows plays; a play that is not to blame goes on where it was.

    Args:
        command: Program and arguments of the sound process.
        environment: Its environment; None for this one's.
        parent: Qt parent.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = list(command)
        self._environment = environment
        self._heard_now = Now()
        self._settings: dict[str, tuple[Any, ...]] = {}
        self._given = Given()
        self._failed_starts = 0
        self._given_up = self._closing = False
        self._words: deque[str] = deque(maxlen=LAST_WORDS)
        self._decoders: dict[int, int] = {}  # token by thread
        self._crashed = 0  # thread that did
        self._silence_s = self._stall_s = 0.0
        self._tick = QElapsedTimer()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._child = _Attempt(QProcess(self), Frames())
        self._start()

    @property
    def pid(self) -> int:
        """Process id of the sound process, 0 while there is none."""
        return int(self._child.process.processId())

    @property
    def _now(self) -> Now:
        return self._heard_now

    def close(self) -> None:
        """See `AudioOutput.close`. The end of its input ends the process."""
        if self._closed:
            return
        self._closing = True
        process = self._child.process
        process.closeWriteChannel()
        process.waitForFinished(CLOSE_MS)
        self._read(self._child)
        self._timer.stop()
        self._watch.stop()
        self._end_all(EndCause.STOPPED)
        self._closed = True
        for one in self.findChildren(QProcess):  # a process must not be freed before it has ended
            one.kill()
            one.waitForFinished(CLOSE_MS)

    # -- to the process

    def _command(self, name: str, *arguments: Any) -> None:
        if self._closed:
            return
        if name in SETTINGS:
            self._settings[name] = arguments
        self._given.note(name, arguments, self._child.sent + 1)
        if self._given_up and name not in SETTINGS:
            self._given_up, self._failed_starts = False, 0
            self._start()
        if not self._given_up:
            self._send(name, *arguments)

    def _send(self, name: str, *arguments: Any) -> None:
        child = self._child
        child.sent += 1
        child.process.write(frame(name, *arguments))
        self._watch_over()

    def _start(self) -> None:
        _discard(self._child.process)
        process = QProcess(self)
        child = _Attempt(process, Frames())
        if self._environment is not None:
            environment = QProcessEnvironment()
            for name, value in self._environment.items():
                environment.insert(name, value)
            process.setProcessEnvironment(environment)
        process.started.connect(lambda: self._prefer(child))
        process.readyReadStandardOutput.connect(lambda: self._read(child))
        process.readyReadStandardError.connect(lambda: self._read_errors(child))
        process.finished.connect(lambda code, status: self._on_finished(child, code, status))
        process.errorOccurred.connect(lambda error: self._on_error(child, error))
        self._silence_s = self._stall_s = 0.0
        self._decoders.clear()
        self._crashed = 0
        self._words.clear()
        process.start(self._program[0], self._program[1:])
        self._child = child
        for name, arguments in self._settings.items():
            self._send(name, *arguments)
        self._watch_over()

    def _prefer(self, child: _Attempt) -> None:
        """Let the process go before others, where that is allowed; its threads begin with the same priority."""
        pid = int(child.process.processId())
        try:
            psutil.Process(pid).nice(psutil.HIGH_PRIORITY_CLASS if sys.platform == "win32" else NICE)
        except (psutil.Error, OSError, ValueError):
            self.priority_wanted.emit(pid)

    def _restart(self, plan: Recovery) -> None:
        self._start()
        for name, *arguments in plan.commands:
            self._send(name, *arguments)
        self._child.planned = self._child.sent
        self._given.renumber(self._child.sent)

    # -- from the process

    def _read(self, child: _Attempt) -> None:
        if child is not self._child:
            return  # it was replaced; what it still said does not count
        data = bytes(child.process.readAllStandardOutput().data())
        try:
            for kind, *words in child.frames.feed(data):
                self._silence_s = 0.0
                self._failed_starts = 0
                child.spoke = True
                self._hear(child, kind, words)
                if child is not self._child:
                    return
        except (AudioError, LookupError, TypeError, ValueError):
            logger.exception("the sound process does not speak as expected")
            self._replace("it does not speak as expected")

    def _hear(self, child: _Attempt, kind: str, words: list[Any]) -> None:
        match kind:
            case "now":
                child.obeyed = words[1]
                if child.obeyed >= child.planned:
                    self._heard_now = to_now(words[0])
                    self._given.obey(child.obeyed)
            case "log":
                logging.getLogger(words[1]).log(words[0], "%s", words[2])
            case "event":
                event, value = to_event(*words)
                self._given.happened(event, value)
                if event is not Event.STATE or value is not self._state:
                    self._tell(event, value)
                self._watch_over()

    def _read_errors(self, child: _Attempt) -> None:
        if child is not self._child:
            return
        child.errors += bytes(child.process.readAllStandardError().data())
        *lines, child.errors = child.errors.split(b"\n")  # the last one may not be complete
        for line in (raw.decode(errors="replace").rstrip() for raw in lines):
            if line.startswith(DECODES):
                thread, token = line.removeprefix(DECODES).split()
                self._decoders[int(thread, 16)] = int(token)
            elif line:
                if (crashed := CRASHED.search(line)) is not None:
                    self._crashed = int(crashed[1], 16)
                logger.debug("sound process: %s", line)
                self._words.append(line)

    # -- watching over it

    def _watch_over(self) -> None:
        wanted = not self._given_up and (self._state is PlayerState.PLAYING or self._child.sent != self._child.obeyed)
        if wanted and not self._watch.isActive():
            self._silence_s = self._stall_s = 0.0
            self._tick.start()
            self._watch.start()
        elif not wanted:
            self._watch.stop()

    def _look(self) -> None:
        """Count the silence, but not the time that this process was busy itself: the words may wait to be read."""
        passed = min(self._tick.restart(), 2 * WATCH_MS) / 1000
        self._silence_s += passed
        present = self._heard_now.present
        moving = self._state is not PlayerState.PLAYING or (present is not None and present.queued_s > 0.0)
        self._stall_s = 0.0 if moving else self._stall_s + passed
        limit = HANGS_S if self._child.spoke else STARTS_S
        if self._silence_s >= limit or (self._silence_s >= STOPPED_S and self._is_stopped()):
            self._replace("it did not answer")
        elif self._stall_s >= STALLS_S:
            self._replace("nothing could be decoded for some time")
        else:
            self._watch_over()

    def _is_stopped(self) -> bool:
        try:
            return bool(psutil.Process(self.pid).status() == psutil.STATUS_STOPPED)
        except (psutil.Error, ValueError):
            return False

    def _on_finished(self, child: _Attempt, code: int, status: QProcess.ExitStatus) -> None:
        crashed = status is QProcess.ExitStatus.CrashExit
        self._on_gone(child, f"it {'was ended by signal' if crashed else 'ended with code'} {code}")

    def _on_gone(self, child: _Attempt, why: str) -> None:
        if child is self._child and not self._closing and not self._given_up:
            self._read(child)
            self._read_errors(child)
            self._replace(why, crashed=True)

    def _on_error(self, child: _Attempt, error: QProcess.ProcessError) -> None:
        if (
            error is QProcess.ProcessError.FailedToStart
            and child is self._child
            and not (self._closing or self._given_up)
        ):
            self._replace(child.process.errorString(), crashed=True)

    def _replace(self, why: str, *, crashed: bool = False) -> None:
        """End the process, if it has not ended, and go on with another one."""
        child, now = self._child, self._heard_now
        child.process.kill()
        at = time.monotonic()
        logger.warning("the sound process is replaced: %s\n%s", why, "\n".join(self._words))
        self._failed_starts += not child.spoke
        self._given_up = self._failed_starts >= MAX_STARTS
        if self._given_up:
            self._watch.stop()
            plan = self._given.give_up(now, at)
        else:
            plan = self._given.recover(
                now, at, blamed=self._decoders.get(self._crashed), hung=not crashed, innocent=not child.spoke
            )
            self._restart(plan)
        self._heard_now = plan.now
        for event, value in plan.events:
            self._tell(event, value)
        if self._given_up:
            self.device_failed.emit(NOT_STARTED)
        if plan.state is not self._state:
            self._change_state(plan.state)
        self._tell_position()

    def _end_all(self, cause: EndCause) -> None:
        at = time.monotonic()
        for play in (self._heard_now.present, *self._heard_now.others):
            if play is not None and play.token in self._given.sources:
                ended = self._heard_now.heard(play, at).ending(cause)
                self._given.happened(Event.ENDED, ended)
                self.ended.emit(ended)


def _discard(process: QProcess) -> None:
    """End a process, if it has not ended, and free it."""
    if process.state() is QProcess.ProcessState.NotRunning:
        process.deleteLater()
    else:
        process.finished.connect(process.deleteLater)
        process.kill()
