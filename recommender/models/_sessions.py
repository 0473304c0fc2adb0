"""ONNX Runtime sessions: one thread, no spinning, so that playback is never disturbed."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence

# Windows builds send telemetry unless told not to before the first import.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import onnxruntime

logger = logging.getLogger(__name__)

_PREFERRED = ("CUDAExecutionProvider", "CPUExecutionProvider")


def providers(available: Sequence[str]) -> list[str]:
    """The providers to use, best first: CUDA where it is, CPU always.

    Args:
        available: What this build of ONNX Runtime offers.
    """
    return [name for name in _PREFERRED if name in available]


def session(model: bytes) -> onnxruntime.InferenceSession:
    """A session for a serialised model."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Warnings about providers that are not there are ours to say, once.
    options.log_severity_level = 3
    chosen = providers(onnxruntime.get_available_providers())
    made = onnxruntime.InferenceSession(model, options, providers=chosen)
    told(chosen, made.get_providers())
    return made


def told(chosen: Sequence[str], used: Sequence[str]) -> None:
    """Log which provider a session really uses: ONNX Runtime falls back silently where one cannot start."""
    if used[0] == chosen[0]:
        logger.debug("inference by %s", used[0])
    else:
        logger.warning("inference by %s: %s is installed but did not start", used[0], chosen[0])
