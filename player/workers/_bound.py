"""Processes that end with the one that started them, however that ends, and take no more memory than they may."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Sequence
from typing import Any

from player.child import LIFELINE

logger = logging.getLogger(__name__)


def start_bound(command: Sequence[str], *, memory_bytes: int | None = None, **options: Any) -> subprocess.Popen[Any]:
    """Start a process that is killed when this process ends, or when the returned object is no longer referred to.

    Linux: both share a pipe; when our end closes, which the kernel does whatever ends us, the kernel sends SIGKILL to
    the child. (PR_SET_PDEATHSIG would send it at the end of the thread that started the child.) Windows: a job object
    whose last handle we hold. Elsewhere: the child of `child_command` watches the pipe itself.

    Args:
        command: Program and arguments.
        memory_bytes: Maximum of private memory, None for no limit; enforced on Linux and Windows.
        **options: For `subprocess.Popen`.

    Raises:
        OSError: the program cannot be started.
    """
    if sys.platform == "win32":
        from player.workers._job import assign_to_job  # noqa: PLC0415 - needs Windows

        process: subprocess.Popen[Any] = subprocess.Popen(list(command), **options)
        assign_to_job(process, memory_bytes)
        return process
    child_end, our_end = os.pipe()
    try:
        if sys.platform != "linux":
            options["env"] = {**options.get("env", os.environ), LIFELINE: str(child_end)}
        process = subprocess.Popen(list(command), pass_fds=(child_end,), **options)
        weakref.finalize(process, os.close, our_end)
        if sys.platform == "linux":
            _kill_with_pipe(child_end, process.pid)
            _limit_memory(process.pid, memory_bytes)
    except BaseException:
        os.close(our_end)
        raise
    finally:
        os.close(child_end)
    return process


if sys.platform == "linux":
    import fcntl
    import resource

    def _kill_with_pipe(pipe: int, pid: int) -> None:
        """Have the kernel kill `pid`, which holds the read end `pipe` as well, when the write end is closed."""
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETOWN, pid)
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)

    def _limit_memory(pid: int, limit: int | None) -> None:
        if limit is None:
            return
        try:
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))
        except (ProcessLookupError, PermissionError) as error:
            logger.info("the memory of process %d is not limited: %s", pid, error)
