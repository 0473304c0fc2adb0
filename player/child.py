"""The start of every child process: `segue --child MODULE …`, also in a bundle, which has no `python -m`."""

from __future__ import annotations

import os
import runpy
import sys
import threading
from collections.abc import Sequence

CHILDREN = (
    "player.audio.engine",
    "player.audio.probe",
    "player.recommending.analysis",
    "player.tags",
    "recommender.training",
)
"""The modules that may run as children."""

LIFELINE = "SEGUE_LIFELINE"
"""Environment variable: the descriptor of a pipe whose other end the parent holds, where the system itself does not
end children with their parent."""


def run_child(words: Sequence[str]) -> int:
    """Run the module named first as `python -m` would, with the remaining words as its arguments."""
    if not words or words[0] not in CHILDREN:
        sys.stderr.write(f"--child needs one of: {', '.join(CHILDREN)}\n")
        return 2
    lifeline = os.environ.pop(LIFELINE, "")
    if lifeline:
        threading.Thread(target=_end_with_parent, args=(int(lifeline),), name="lifeline", daemon=True).start()
    sys.argv = list(words)
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _end_with_parent(lifeline: int) -> None:
    while os.read(lifeline, 1):  # nothing is ever written: it waits for the end
        pass
    os._exit(1)
