"""`python -m player.tags`: a child process that reads files for the scanner.

Protocol, in UTF-8 JSON lines. Asked: a path, or `{"path": …, "root": …}`, or a list of these, which is answered by one
list when all of it is read: a line for each file costs both sides a third of the reading. Answered in order:
`{"path": …, "track": {…}}`, or `{"path": …, "why": "…"}` for an unreadable file, with `"passing": true` where not the
file but the system is to blame. Paths may hold surrogates; JSON escapes them. The end of the input ends the process.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
from typing import Any

from player.domain import FileError
from player.tags import read_track, to_plain


def answer(asked: Any) -> dict[str, Any]:
    """The answer to one request."""
    path, root = (asked, None) if isinstance(asked, str) else (asked["path"], asked.get("root"))
    try:
        return {"path": path, "track": to_plain(read_track(path, root=root))}
    except FileError as error:
        return {"path": path, "why": error.why, "passing": isinstance(error.__cause__, OSError)}
    except Exception as error:  # noqa: BLE001 - the border of the process: one file never costs the others
        return {"path": path, "why": f"It cannot be understood ({type(error).__name__})."}


def main() -> int:
    """Answer lines until the input ends. Ctrl+C in a terminal is for the program that asks, not for its readers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A tag is hundreds of small objects that live for a moment: the collector finds little, and looked often.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        answered = [answer(each) for each in asked] if isinstance(asked, list) else answer(asked)
        sys.stdout.write(json.dumps(answered) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
