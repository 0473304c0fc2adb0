"""Fine-tuning the model to its listener: a snapshot out, a child process, a model in."""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QLockFile

from player.domain import ModelError, ModelVersion, now_ms
from player.paths import Profile
from player.recommending._ask import base_model
from player.recommending._ports import Write
from player.storage import Database
from player.workers import ChildProcess, child_command

logger = logging.getLogger(__name__)

MAX_MEMORY_BYTES = 4_000_000_000
"""Maximum of private memory of a training: several times what a million tracks and plays take."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training gave.

    Attributes:
        version: The new model's name; the one in use where there was too little to learn from.
        events: Plays it has learned from.
        seconds: Time taken.
        before: Metrics of the model in use, on held-out recent plays.
        after: Metrics of the new model on the same plays; empty where there is none.
        promoted: Whether the new model was clearly better and is in use now.
        text: One sentence for people.
    """

    version: str
    events: int
    seconds: float
    before: dict[str, float] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)
    promoted: bool = False
    text: str = ""


class StoppedError(ModelError):
    """The training was stopped before it had finished; the model in use stays."""


class BusyError(ModelError):
    """Another training of this profile runs, in this or another process."""


class Training:
    """One training. `run` blocks: in a thread of its own, or on the command line; `stop` may come from any thread.

    Args:
        db: The database.
        profile: Where models are kept.
        write: Where writes run.
        progress: Told each line of progress of the child, from the thread of `run`.
    """

    def __init__(
        self,
        db: Database,
        profile: Profile,
        *,
        write: Write = lambda run: run(),
        progress: Callable[[dict[str, Any]], None] = lambda line: None,
    ) -> None:
        self._db = db
        self._profile = profile
        self._write = write
        self._progress = progress
        self._child: ChildProcess | None = None
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End the training within a second."""
        self._stopped.set()
        child = self._child
        if child is not None:
            child.kill()  # what it makes appears whole or not at all: nothing is lost by not waiting for it

    def run(self) -> TrainingReport:
        """Train, register the new model, and take it into use where it is better.

        Raises:
            StoppedError: `stop` was called.
            BusyError: another training of this profile runs.
            ModelError: it cannot be trained; says why.
            ProfileError: the database or the disk does not work.
        """
        from player.recommending._snapshot import build_snapshot  # noqa: PLC0415 - SciPy and more take their time
        from recommender import RecommenderError  # noqa: PLC0415

        try:
            with _alone(self._profile), _workplace(self._profile.cache / "training") as work:
                build_snapshot(self._db).save(work / "snapshot.npz")
                self._run_child(work)
                return self._take(work / "model")
        except (OSError, RecommenderError) as error:
            raise ModelError(f"The model cannot be trained: {error}") from error

    def _command(self, work: Path) -> list[str]:
        command = [*child_command("recommender.training"), str(work / "snapshot.npz"), str(work / "model")]
        command += ["--base", str(base_model())]
        active = self._db.models.active()
        if active is not None and (self._profile.models / active.version).is_dir():
            command += ["--champion", str(self._profile.models / active.version)]
        return command

    def _run_child(self, work: Path) -> None:
        if self._stopped.is_set():
            raise StoppedError("The training was stopped; the model in use stays.")
        command = self._command(work)
        with ChildProcess(command, name="training", low_priority=True, memory_bytes=MAX_MEMORY_BYTES) as child:
            self._child = child
            if self._stopped.is_set():
                child.kill()  # what it makes appears whole or not at all: nothing is lost by not waiting for it
            while (line := child.receive()) is not None:
                self._progress(json.loads(line))
            code = child.wait()
        self._child = None
        if self._stopped.is_set():
            raise StoppedError("The training was stopped; the model in use stays.")
        if code != 0:
            words = child.last_words.splitlines()
            raise ModelError(f"The model cannot be trained: {words[-1] if words else f'exit code {code}'}")

    def _take(self, folder: Path) -> TrainingReport:
        """Register what the child has made."""
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        names = ("version", "events", "seconds", "before", "after", "promoted", "text")
        result = TrainingReport(**{name: report[name] for name in names})
        if result.after:
            place = self._profile.models / result.version
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(place, ignore_errors=True)
            (folder / "report.json").unlink()
            shutil.move(folder, place)
            self._write(lambda: self._register(result))
        logger.info("trained %s on %d plays: %s", result.version, result.events, result.text)
        return result

    def _register(self, result: TrainingReport) -> None:
        self._db.models.add(
            ModelVersion(
                result.version,
                now_ms(),
                result.events,
                result.before,
                result.after,
                active=result.promoted,
                seconds=result.seconds,
                promoted=result.promoted,
            )
        )


@contextmanager
def _alone(profile: Profile) -> Iterator[None]:
    """While this lasts, no other training of the profile begins; a lock that a killed process left counts for nothing.

    Raises:
        BusyError: one runs.
    """
    lock = QLockFile(str(profile.data / "training.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        if lock.error() is QLockFile.LockError.LockFailedError:
            raise BusyError("Another training runs with this profile. Wait for its end, or stop it.")
        raise ModelError(f"The model cannot be trained: {profile.data} cannot be written.")
    try:
        yield
    finally:
        lock.unlock()


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder of this process below `folder`, gone afterwards; what killed processes left there goes too."""
    work = folder / str(os.getpid())
    work.mkdir(parents=True, exist_ok=True)
    for other in folder.iterdir():
        if not (other.name.isdecimal() and psutil.pid_exists(int(other.name))):
            shutil.rmtree(other, ignore_errors=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        with suppress(OSError):  # another process trains there
            folder.rmdir()


def train_now(
    db: Database, profile: Profile, *, progress: Callable[[dict[str, Any]], None] = lambda line: None
) -> TrainingReport:
    """Train at once and wait for it; for the command line.

    Raises:
        ModelError: it cannot be trained; says why.
        ProfileError: the database or the disk does not work.
    """
    return Training(db, profile, progress=progress).run()
