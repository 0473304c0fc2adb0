"""`python -m player.audio.probe`: a child process that decodes a file, so that a crash of the decoder is outlived.

Protocol, in JSON lines. Asked: {"path", "start_ms", "end_ms"} and, for the outline, "peaks": how many. Answered in
order: {} where the beginning can be decoded, {"peaks": float32, little-endian, base64} for an outline, {"problem": why}
where nothing can be decoded. The end of the input ends the process. Free of Qt.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from player.audio._excerpts import decode_excerpts
from player.audio._peaks import peaks
from player.domain import FileError

RATE = 8_000
SECONDS = 1.0


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one question; what is wrong with the file is part of it."""
    path, start_ms, end_ms = asked["path"], asked["start_ms"], asked["end_ms"]
    try:
        if "peaks" in asked:
            found = peaks(path, asked["peaks"], start_ms=start_ms, end_ms=end_ms)
            return {"peaks": base64.b64encode(found.astype("<f4").tobytes()).decode()}
        end_ms = start_ms + int(SECONDS * 1_000)
        decode_excerpts(path, rate=RATE, patches=1, seconds=SECONDS, start_ms=start_ms, end_ms=end_ms)
    except FileError as error:
        return {"problem": error.why}
    return {}


def main() -> int:
    """Answer lines until the input ends."""
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
