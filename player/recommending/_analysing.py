"""Content vectors and loudness for the tracks that lack them, by a child process of low priority."""

from __future__ import annotations

import base64
import json
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from player.domain import ModelError, Track, Unreadable, now_ms
from player.paths import shipped
from player.recommending._ask import EXTRACTOR
from player.recommending._ports import Write
from player.storage import Content, Database, Loudness
from player.workers import ChildProcess, child_command, lower_priority

logger = logging.getLogger(__name__)

BATCH = 16
"""Tracks between two writes: what an interruption costs at most."""

READY_S = 120.0
ANSWER_S = 300.0
"""A file that takes longer is given up."""


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """What an analysis did.

    Attributes:
        analysed: Tracks listened to.
        failed: Tracks that could not be, and why.
        remaining: Tracks still lacking something.
        seconds: Time taken.
        cancelled: Whether it was stopped; the next one goes on where it stopped.
    """

    analysed: int
    failed: tuple[Unreadable, ...]
    remaining: int
    seconds: float
    cancelled: bool = False

    def plus(self, other: AnalysisReport) -> AnalysisReport:
        """Both together, as far as tracks are concerned."""
        failed = self.failed + other.failed
        return replace(self, analysed=self.analysed + other.analysed, failed=failed)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A track and what shall be found out about it."""

    track: Track
    content: bool
    loudness: bool

    def request(self) -> str:
        """What the child is asked."""
        track = self.track
        asked = {"key": track.audio_key, "path": track.path, "start_ms": track.start_ms, "end_ms": track.end_ms}
        return json.dumps({**asked, "content": self.content, "loudness": self.loudness})


class Analysis:
    """One round of listening to tracks that lack a content vector, or loudness where the tags have no gain.

    What was heard is written in small batches, failures too: a file that cannot be analysed is not
    tried at every start. `run` blocks; `stop` may come from any thread.

    Args:
        db: The database.
        limit: At most so many tracks; None for all.
        write: Where writes run.
        progress: Told (done, total), from the thread of `run`.
        cancelled: Asked after every track; once true the round ends.
    """

    def __init__(
        self,
        db: Database,
        *,
        limit: int | None = None,
        write: Write = lambda run: run(),
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._db = db
        self._limit = limit
        self._write = write
        self._progress = progress
        self._cancelled = cancelled
        self._ear = Ear()
        self._report = AnalysisReport(0, (), 0, 0.0)

    def stop(self) -> None:
        """End at once, in the middle of a track; that one will be listened to again."""
        self._ear.stop()

    def run(self) -> AnalysisReport:
        """Listen.

        Raises:
            ModelError: the sound model or the child process does not work.
            ProfileError: the database does not work.
        """
        began = time.monotonic()
        total = len(lacking(self._db, self._limit))
        with self._ear:
            while self._done < total and not self._over():
                batch = lacking(self._db, min(BATCH, total - self._done))
                if not batch:
                    break
                done = self._done
                self._report = self._report.plus(
                    analyse_some(
                        self._db,
                        self._ear,
                        batch,
                        write=self._write,
                        progress=lambda count, done=done: self._progress(done + count, total),  # type: ignore[misc]
                        over=self._over,
                    )
                )
        seconds = round(time.monotonic() - began, 2)
        remaining = len(lacking(self._db, None))
        return replace(self._report, remaining=remaining, seconds=seconds, cancelled=self._over())

    @property
    def _done(self) -> int:
        return self._report.analysed + len(self._report.failed)

    def _over(self) -> bool:
        return self._ear.stopped or self._cancelled()


def analyse_some(
    db: Database,
    ear: Ear,
    batch: Sequence[Wanted],
    *,
    write: Write = lambda run: run(),
    progress: Callable[[int], None] = lambda count: None,
    over: Callable[[], bool] = lambda: False,
) -> AnalysisReport:
    """Analyse a batch and write what was found, as far as it got.

    Args:
        db: The database.
        ear: The child that analyses.
        batch: What to analyse.
        write: Where writes run.
        progress: Told how many are done, after each.
        over: Asked after each; once true the batch ends.

    Raises:
        ModelError: the sound model or the child process does not work.
        ProfileError: the database does not work.
    """
    heard: list[tuple[Wanted, dict[str, Any]]] = []
    for wanted in batch:
        answer = ear.listen(wanted)
        if answer is None:
            break
        heard.append((wanted, answer))
        progress(len(heard))
        if over():
            break
    write(partial(store, db, heard))
    problems = [problem for wanted, answer in heard if (problem := _problem(wanted, answer)) is not None]
    return AnalysisReport(len(heard) - len(problems), tuple(problems), 0, 0.0)


def lacking(db: Database, limit: int | None) -> list[Wanted]:
    """Tracks that lack something, each sound once."""
    most = limit if limit is not None else 10_000_000
    content = {track.audio_key: track for track in db.features.lacking(most, EXTRACTOR)}
    loudness = {track.audio_key: track for track in db.features.lacking_loudness(most)}
    keys = [*content, *(key for key in loudness if key not in content)][:most]
    return [Wanted(content.get(key) or loudness[key], key in content, key in loudness) for key in keys]


class Ear:
    """The child that listens; a new one takes over when a file was too much for it.

    All but `stop` is called from one thread.

    Args:
        content: Whether it is asked for content too; only then it loads the sound model.
    """

    def __init__(self, *, content: bool = True) -> None:
        self._content = content
        self._child: ChildProcess | None = None
        self._ready = False
        self._stop = threading.Event()

    def __enter__(self) -> Ear:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.rest()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Listen no more; a track that is being listened to is given up."""
        self._stop.set()
        child = self._child
        if child is not None:
            child.kill()

    def listen(self, wanted: Wanted) -> dict[str, Any] | None:
        """The child's answer; None once stopped.

        Raises:
            ModelError: no child can be started, or it cannot even begin.
        """
        child = self._child or self._start()
        line = None if self._stop.is_set() else self._ask(child, wanted)
        if line is not None:
            answer: dict[str, Any] = json.loads(line)
            return answer
        if self.stopped:
            return None
        self.rest()
        words = child.last_words.splitlines()
        if not self._ready:
            what = "The sound model" if self._content else "The analysis"
            raise ModelError(f"{what} cannot be used: {words[-1] if words else 'its process died'}")
        logger.warning("listening to %s failed: %s", wanted.track.path, words[-1] if words else "no answer")
        why = "the analysis crashed or took too long"
        return {"content_problem": why, "loudness_problem": why}

    def _ask(self, child: ChildProcess, wanted: Wanted) -> str | None:
        """The answer; None where the child died or hung: before it was ready, or over this file."""
        try:
            if not self._ready:
                self._ready = child.receive(READY_S) is not None
            child.send(wanted.request())
            return child.receive(ANSWER_S)
        except (TimeoutError, BrokenPipeError):
            return None

    def _start(self) -> ChildProcess:
        command = child_command("player.recommending.analysis")
        if self._content:
            command.append(str(shipped("resources", "models", "musicnn", "msd_musicnn.onnx")))
        try:
            self._child = ChildProcess(command, name="analysis", low_priority=self._content)
        except OSError as error:
            raise ModelError(f"No child process can be started: {error}") from error
        if not self._content:
            lower_priority(self._child.pid, gently=True)  # its answer is for the track that plays next
        self._ready = False
        return self._child

    def rest(self) -> None:
        """End the child; the next track gets another one."""
        if self._child is not None:
            self._child.close()
            self._child = None


def store(db: Database, heard: list[tuple[Wanted, dict[str, Any]]]) -> None:
    """Keep what was heard."""
    contents = [(str(one.track.audio_key), _content(answer)) for one, answer in heard if one.content]
    db.features.put_all(contents, now_ms())
    for one, answer in heard:
        if one.loudness:
            loudness = Loudness(answer.get("lufs"), peak=answer.get("peak"), problem=answer.get("loudness_problem", ""))
            db.features.put_loudness(str(one.track.audio_key), loudness, now_ms())


def _content(answer: dict[str, Any]) -> Content:
    if "vector" not in answer:
        return Content(None, EXTRACTOR, problem=answer.get("content_problem", ""))
    vector = np.frombuffer(base64.b64decode(answer["vector"]), "<f4").astype(np.float32)
    tags = tuple((word, share) for word, share in answer["tags"])
    return Content(vector, EXTRACTOR, tags, answer["tempo"], answer["musical_key"])


def _problem(wanted: Wanted, answer: dict[str, Any]) -> Unreadable | None:
    why = answer.get("content_problem") or answer.get("loudness_problem")
    return Unreadable(wanted.track.path, why) if why else None


def analyze(
    db: Database,
    *,
    limit: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AnalysisReport:
    """One round at once, for the command line; see `Analysis`.

    Raises:
        ModelError: the sound model or the child process does not work.
        ProfileError: the database does not work.
    """
    return Analysis(db, limit=limit, progress=progress, cancelled=cancelled).run()
