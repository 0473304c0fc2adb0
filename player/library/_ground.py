"""What there is to watch: which folders, whether the system can, and which drives tell nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_MOST_FOLDERS = 50_000
"""More folders are not watched: each costs the kernel about 1 kB. The periodic rescan serves them."""

_LIMIT_FILE = Path("/proc/sys/fs/inotify/max_user_watches")

_REMOTE = (
    "nfs",
    "cifs",
    "smb",
    "afs",
    "afp",
    "9p",
    "ncpfs",
    "webdav",
    "davfs",
    "ceph",
    "lustre",
    "glusterfs",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "fuse.glusterfs",
    "fuse.vmhgfs-fuse",
    "fuse.davfs",
    "fuse.s3fs",
)
"""Kinds of file systems, by how their names begin."""


def on_remote_drive(folder: str) -> bool:
    """Whether changes that other computers make in a folder are not told here; Windows tells them."""
    if sys.platform == "win32":
        return False
    path = os.path.realpath(folder).rstrip(os.sep) + os.sep
    best, kind = "", ""
    for drive in psutil.disk_partitions(all=True):
        mount = drive.mountpoint.rstrip(os.sep) + os.sep
        if path.startswith(mount) and len(mount) >= len(best):  # of several on one place the last one is on top
            best, kind = mount, drive.fstype
    return kind.lower().startswith(_REMOTE)


@dataclass(slots=True)
class Ground:
    """Folders to watch.

    Attributes:
        trees: With everything below them.
        flat: Only themselves: folders above one that may not be opened, at which a watch of the tree would end.
    """

    trees: list[str] = field(default_factory=list)
    flat: list[str] = field(default_factory=list)


def survey(roots: Iterable[str], cancelled: Callable[[], bool]) -> Ground | None:
    """What to watch of some folders; None where there are too many folders, or once `cancelled`.

    Only inotify takes one watch for each folder; elsewhere nothing is counted.
    """
    ground = Ground()
    if not sys.platform.startswith("linux"):
        ground.trees = list(roots)
        return ground
    most = _MOST_FOLDERS
    if _LIMIT_FILE.exists():
        most = min(most, int(_LIMIT_FILE.read_text("ascii")) // 2)
    count = 0
    for root in roots:
        errors: list[OSError] = []
        for _ in os.walk(root, onerror=errors.append):
            count += 1
            if count > most or cancelled():
                return None
        _add(ground, root, {os.fspath(error.filename) for error in errors})
    return ground


def _add(ground: Ground, root: str, closed: set[str]) -> None:
    """Add a folder to what is watched, around the folders in it that may not be opened."""
    above: set[str] = set()
    for folder in closed:
        parent = folder
        while parent != root:
            parent = os.path.dirname(parent)
            above.add(parent)
    if not above:
        ground.trees += [root] if root not in closed else []
        return
    ground.flat += sorted(above)
    for folder in above:
        with os.scandir(folder) as entries:
            inside = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        ground.trees += [path for path in inside if path not in above and path not in closed]
