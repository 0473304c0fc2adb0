"""What went wrong off the GUI thread, in words for the user."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from player.domain import KnownError

logger = logging.getLogger(__name__)


def problem_text(error: Exception, failed: str) -> str:
    """A sentence for the user, in their language; an error that is our fault is logged with its traceback.

    Args:
        error: What was raised.
        failed: What could not be done, for the log file.
    """
    if isinstance(error, KnownError):
        return str(error)
    logger.error("%s", failed, exc_info=error)
    return QCoreApplication.translate("Problems", "Something went wrong; the log file says more.")
