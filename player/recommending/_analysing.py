"""Content vectors and loudness for the tracks that lack them, by a child process of low priority."""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from player.domain import ModelError, Track, Unreadable, now_ms
from player.paths import shipped
from player.recommending._ports import Write
from player.recommending._snapshot import EXTRACTOR
from player.storage import Content, Database, Loudness
from player.workers import ChildProcess, child_command

logger = logging.getLogger(__name__)

BATCH = 16
"""Tracks between two writes: what an interruption costs at most."""

FIRST_ANSWER_S = 120.0
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A track and what it lacks."""

    track: Track
    content: bool
    loudness: bool

    def request(self) -> str:
        track = self.track
        asked = {"key": track.audio_key, "path": track.path, "start_ms": track.start_ms, "end_ms": track.end_ms}
        return json.dumps({**asked, "content": self.content, "loudness": self.loudness})


def analyze(
    db: Database,
    *,
    limit: int | None = None,
    write: Write = lambda run: run(),
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> AnalysisReport:
    """Listen to tracks that lack a content vector, or loudness where the tags have no gain. Blocks.

    What was heard is written in small batches, failures too: a file that cannot be analysed is not
    tried at every start.

    Args:
        db: The database.
        limit: At most so many tracks; None for all.
        write: Where writes run.
        progress: Told (done, total), from this thread.
        cancelled: Asked after every track.

    Raises:
        ModelError: the sound model or the child process does not work.
        ProfileError: the database does not work.
    """
    began = time.monotonic()
    total = len(_wanted(db, limit))
    analysed = 0
    failed: list[Unreadable] = []
    with _Ear() as ear:
        while not cancelled() and analysed + len(failed) < total:
            batch = _wanted(db, min(BATCH, total - analysed - len(failed)))
            if not batch:
                break
            heard = []
            for wanted in batch:
                answer = ear.listen(wanted)
                heard.append((wanted, answer))
                progress(analysed + len(failed) + len(heard), total)
                if cancelled():
                    break
            write(partial(_store, db, heard))
            problems = [_problem(wanted, answer) for wanted, answer in heard]
            failed += [problem for problem in problems if problem is not None]
            analysed += problems.count(None)
    remaining = len(_wanted(db, None))
    return AnalysisReport(analysed, tuple(failed), remaining, round(time.monotonic() - began, 2), cancelled())


def _wanted(db: Database, limit: int | None) -> list[_Wanted]:
    """Tracks that lack something, each sound once."""
    most = limit if limit is not None else 10_000_000
    content = {track.audio_key: track for track in db.features.lacking(most, EXTRACTOR)}
    loudness = {track.audio_key: track for track in db.features.lacking_loudness(most)}
    keys = [*content, *(key for key in loudness if key not in content)][:most]
    return [_Wanted(content.get(key) or loudness[key], key in content, key in loudness) for key in keys]


class _Ear:
    """The child that listens; a new one takes over when a file was too much for it."""

    def __init__(self) -> None:
        self._child: ChildProcess | None = None
        self._answered = False

    def __enter__(self) -> _Ear:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end()

    def listen(self, wanted: _Wanted) -> dict[str, Any]:
        """The child's answer.

        Raises:
            ModelError: no child can be started, or it cannot even begin.
        """
        child = self._child or self._start()
        try:
            child.send(wanted.request())
            line = child.receive(ANSWER_S if self._answered else FIRST_ANSWER_S)
        except (TimeoutError, BrokenPipeError):
            line = None
        if line is not None:
            self._answered = True
            answer: dict[str, Any] = json.loads(line)
            return answer
        words = child.last_words.splitlines()
        self._end()
        if not self._answered:
            raise ModelError(f"The sound model cannot be used: {words[-1] if words else 'its process died'}")
        logger.warning("listening to %s failed: %s", wanted.track.path, words[-1] if words else "no answer")
        why = "the analysis crashed or took too long"
        return {"content_problem": why, "loudness_problem": why}

    def _start(self) -> ChildProcess:
        model = shipped("resources", "models", "musicnn", "msd_musicnn.onnx")
        command = [*child_command("player.recommending.analysis"), str(model)]
        try:
            self._child = ChildProcess(command, name="analysis", low_priority=True)
        except OSError as error:
            raise ModelError(f"No child process can be started: {error}") from error
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


def _store(db: Database, heard: list[tuple[_Wanted, dict[str, Any]]]) -> None:
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
    return Content(vector, EXTRACTOR, tags=tuple((word, share) for word, share in answer["tags"]))


def _problem(wanted: _Wanted, answer: dict[str, Any]) -> Unreadable | None:
    why = answer.get("content_problem") or answer.get("loudness_problem")
    return Unreadable(wanted.track.path, why) if why else None
