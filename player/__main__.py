"""The `segue` command: arguments, logging, exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; tells the exit code: 0 done, 1 done with problems, 2 wrong usage, 3 cannot run."""
    # Before the first import of either: OpenBLAS would take every processor, ONNX Runtime would report on Windows.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--child"]:
        from player.child import run_child  # noqa: PLC0415 - a child loads nothing it does not need

        return run_child(words[1:])
    from player.cli import run  # noqa: PLC0415 - likewise

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
