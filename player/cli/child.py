"""Child processes of a frozen program, which has no `python -m`."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence

CHILDREN = ("player.tags", "player.recommending.analysis", "recommender.training")
"""The modules that may run as children."""


def run_child(words: Sequence[str]) -> int:
    """Run the module named first as `python -m` would, with the remaining words as its arguments."""
    if not words or words[0] not in CHILDREN:
        sys.stderr.write(f"--child needs one of: {', '.join(CHILDREN)}\n")
        return 2
    sys.argv = list(words)
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
