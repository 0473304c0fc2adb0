"""Telling the library that its music is at another place now."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.domain import ScanProgress, ScanReport, UsageError
from player.library._scan import Write, scan

if TYPE_CHECKING:
    from player.storage import Database


@dataclass(frozen=True, slots=True)
class RelocationReport:
    """What a relocation did.

    Attributes:
        old: The folder where the music was.
        new: The folder where it is.
        relocated: Tracks that have a new place.
        united: Those of them that were in the library at the new place already; their histories are one now.
        scan: What the scan of the new place found.
    """

    old: str
    new: str
    relocated: int
    united: int
    scan: ScanReport


def relocate(
    db: Database,
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    write: Write = lambda run: run(),
    progress: Callable[[ScanProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RelocationReport:
    """Tell the library that what was in folder `old` is in folder `new` now, and scan the new place.

    Plays, thumbs, playlists and dates of adding stay with the tracks, also where the library knows the new place
    already. `relocate(db, new, old)` takes it back. Blocks, as `scan` does.

    Args:
        db: The database.
        old: Where the music was: a music folder, one inside it, or one around several. It need not exist any more.
        new: Where it is now.
        write: Where writes run.
        progress: Told how far the scan is, from this thread.
        cancelled: Asked often; once true, the scan ends soon.

    Raises:
        UsageError: the new folder is not there, it is the old one, or the library knows nothing in the old one.
        ProfileError: the database cannot be written; nothing was changed.
    """
    source, target = os.path.abspath(old), os.path.abspath(new)
    if source == target:
        raise UsageError(f"{source} is the old and the new folder.")
    if not os.path.isdir(target):
        raise UsageError(f"{target} is not a folder. Name the folder where the music is now.")
    if not db.files.holds(source):
        known = ", ".join(db.files.roots()) or "none"
        raise UsageError(f"The library knows no music in {source}. Its music folders: {known}.")
    result = write(lambda: db.files.relocate(source, target))
    report = scan(db, [target], write=write, progress=progress, cancelled=cancelled)
    return RelocationReport(source, target, result.tracks, result.united, report)
