"""`python -m player.recommending.analysis [MODEL]`: a child process that listens to files.

Protocol, in JSON lines. It begins with {"ready": true}, once the model is loaded; without one it can tell the loudness
only, and begins in a quarter of the time.
Asked: {"key", "path", "start_ms", "end_ms", "content": bool, "loudness": bool}. Answered in order, one line each:
{"key"} with, where asked for, "vector" (float32, little-endian, base64), "tags" ([[word, share], ...], strongest
first), "tempo" (beats per minute or null) and "musical_key" ("A minor", or empty), or "content_problem"; "lufs" (null
for silence) and "peak" or "loudness_problem". The end of the input ends the process. Free of Qt.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from player.audio import decode_excerpts, measure
from player.domain import FileError

MOST_TAGS = 5
SILENCE_LUFS = -70.0
LEAST_SHARE = 0.1
"""A tag that describes a track less than this says nothing."""


class Describer:
    """Describes how files sound.

    Args:
        model: The sound model's file.

    Raises:
        ArtefactError: it cannot be used.
    """

    def __init__(self, model: Path) -> None:
        import recommender.content as sound  # noqa: PLC0415 - takes its time, and loudness does not need it

        self._sound = sound
        self._model = sound.ContentModel(model)

    def describe(self, path: str, start_ms: int, end_ms: int | None) -> dict[str, Any]:
        """Content vector, tags, tempo and key of a file or a part of it."""
        sound = self._sound
        part = {"rate": sound.RATE, "start_ms": start_ms, "end_ms": end_ms}
        content = self._model.describe(
            decode_excerpts(path, patches=sound.PATCHES, seconds=sound.PATCH_SECONDS, **part)
        )
        if content is None:
            return {"content_problem": "there is only silence in it"}
        best = (-content.tags).argsort(kind="stable")[:MOST_TAGS]
        tags = [
            [sound.TAG_NAMES[tag], round(float(content.tags[tag]), 4)]
            for tag in best
            if content.tags[tag] >= LEAST_SHARE
        ]
        vector = base64.b64encode(content.vector.astype("<f4").tobytes()).decode()
        middle = decode_excerpts(path, patches=1, seconds=sound.MUSIC_SECONDS, **part)
        music = sound.describe_music(middle[0])
        return {"vector": vector, "tags": tags, "tempo": music.tempo, "musical_key": music.key}


class Listener:
    """Answers requests.

    Args:
        model: The sound model's file; None where content is never asked for.

    Raises:
        ArtefactError: it cannot be used.
    """

    def __init__(self, model: Path | None) -> None:
        self._describer = None if model is None else Describer(model)

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; what is wrong with a file is part of it."""
        answer: dict[str, Any] = {"key": asked["key"]}
        if asked["content"] and self._describer is not None:
            answer |= _guarded(self._describer.describe, asked, "content_problem")
        if asked["loudness"]:
            answer |= _guarded(self._loudness, asked, "loudness_problem")
        return answer

    def _loudness(self, path: str, start_ms: int, end_ms: int | None) -> dict[str, Any]:
        loudness = measure(path, start_ms=start_ms, end_ms=end_ms)
        lufs = round(loudness.lufs, 3) if loudness.lufs > SILENCE_LUFS else None  # silence is not to be made louder
        return {"lufs": lufs, "peak": round(loudness.true_peak, 6)}


def _guarded(run: Any, asked: dict[str, Any], problem: str) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = run(asked["path"], asked["start_ms"], asked["end_ms"])
    except FileError as error:
        return {problem: error.why}
    except Exception as error:  # noqa: BLE001 - the border of the process: one file never costs the others
        return {problem: f"it cannot be analysed ({type(error).__name__})"}
    return answer


def main(words: list[str]) -> int:
    """Answer lines until the input ends."""
    if len(words) > 1:
        sys.stderr.write("at most one argument: the sound model's file\n")
        return 2
    listener = Listener(Path(words[0]) if words else None)
    _say({"ready": True})
    for line in sys.stdin.buffer:
        _say(listener.answer(json.loads(line)))
    return 0


def _say(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
