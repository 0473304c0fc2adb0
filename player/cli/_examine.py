"""Examining the installation and the profile, part by part. No part's failure keeps the others from being seen."""

from __future__ import annotations

import ctypes
import importlib
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from player.domain import KnownError
from player.paths import Profile, shipped, start_command

if TYPE_CHECKING:
    from player.application.headless import Health

LEAST_FREE_MB = 500
LIBRARIES = ("PySide6.QtCore", "av", "numpy", "scipy", "onnxruntime", "implicit", "sqlalchemy", "mutagen", "psutil")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part.

    Attributes:
        what: The part.
        ok: Whether it works.
        says: What was found.
        do: What to do about it; empty where nothing is to be done.
    """

    what: str
    ok: bool
    says: str
    do: str = ""


def examine(profile: Profile) -> list[Finding]:
    """All parts, from the ground up."""
    parts: list[tuple[str, Callable[[Profile], Finding]]] = [
        ("Python", _python),
        ("libraries", _libraries),
        ("disk", _disk),
        ("database", _database),
        ("copies", _copies),
        ("clock", _clock),
        ("music folders", _folders),
        ("sound", _sound),
        ("ONNX Runtime", _onnx),
        ("model", _model),
        ("analysis", _analysis),
        ("screen", _screen),
        ("crashes", _crashes),
    ]
    return [_guarded(name, part, profile) for name, part in parts]


def _guarded(name: str, part: Callable[[Profile], Finding], profile: Profile) -> Finding:
    try:
        return part(profile)
    except KnownError as error:
        return Finding(name, False, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is broken here is what the doctor is asked about
        return Finding(name, False, f"{type(error).__name__}: {error}", "The log file says more; see --verbose.")


def _python(_profile: Profile) -> Finding:
    return Finding("Python", True, f"{platform.python_version()} on {platform.platform(terse=True)}")


def _libraries(_profile: Profile) -> Finding:
    missing = []
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name} ({error})")
    if missing:
        return Finding("libraries", False, f"missing: {', '.join(missing)}", f"Run: {start_command()}")
    return Finding("libraries", True, f"{len(LIBRARIES)} of {len(LIBRARIES)} load")


def _disk(profile: Profile) -> Finding:
    free = shutil.disk_usage(profile.data).free // 1_000_000
    says = f"{free} MB free for {profile.data}"
    if (kind := _network_drive(profile.data)) is not None:
        do = "Choose a --profile on a local disk: a database on a network drive can be damaged."
        return Finding("disk", False, f"{says}, which is a network drive ({kind})", do)
    return Finding("disk", free >= LEAST_FREE_MB, says, "" if free >= LEAST_FREE_MB else "Make room on this disk.")


def _health(profile: Profile) -> Health:
    from player.application.headless import opened  # noqa: PLC0415

    with opened(profile) as headless:
        return headless.library.health()


NETWORK_DRIVES = ("nfs", "cifs", "smb", "9p", "afp", "webdav", "davfs", "sshfs", "fuse.sshfs", "ceph", "glusterfs")
"""Beginnings of the names of file systems that lie on other computers."""


def _network_drive(folder: Path) -> str | None:
    """Return the kind of the network drive on which a folder lies; None for a local disk."""
    place = folder.resolve()
    mounts = [part for part in psutil.disk_partitions(all=True) if place.is_relative_to(part.mountpoint)]
    kind = max(mounts, key=lambda part: len(part.mountpoint)).fstype if mounts else ""
    return kind if kind.startswith(NETWORK_DRIVES) else None


def _database(profile: Profile) -> Finding:
    health = _health(profile)
    says = f"{health.tracks} tracks, {health.plays} plays in {profile.database}"
    if health.problems:
        return Finding("database", False, f"{says}; {health.problems[0]}", "Bring back a copy: segue restore")
    return Finding("database", True, says)


def _copies(profile: Profile) -> Finding:
    copies = sorted(profile.data.glob(f"{profile.database.stem}-daily-*.db"), key=lambda copy: copy.stat().st_mtime)
    if not copies:
        do = "One a day is made while the window is open, or now: segue backup"
        return Finding("copies", True, "none of the database yet", do)
    return Finding("copies", True, f"{len(copies)} of the database, the newest of {_date(copies[-1].stat().st_mtime)}")


def _clock(profile: Profile) -> Finding:
    from player.application.headless import opened  # noqa: PLC0415

    with opened(profile) as headless:
        newest = max((play.started_at for play in headless.listening.log(1)), default=0) / 1_000
    if newest > time.time() + DAY_S:
        says = f"the newest play is dated {_date(newest)}, which is to come"
        return Finding("clock", False, says, "Check the computer's clock; nothing is lost.")
    return Finding("clock", True, f"it is {_date(time.time())}")


DAY_S = 86_400


def _date(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def _folders(profile: Profile) -> Finding:
    health = _health(profile)
    gone = [root for root in health.roots if not os.path.isdir(root)]
    if gone:
        return Finding("music folders", False, f"{gone[0]} is not there", "Connect its drive; its tracks are kept.")
    if not health.roots and not health.tracks:
        return Finding("music folders", True, "none yet", "Add one: segue scan DIR")
    return Finding("music folders", True, f"{len(health.roots)} with {health.tracks} tracks")


def _sound(_profile: Profile) -> Finding:
    from player.cli._try_sound import try_sound  # noqa: PLC0415

    why = try_sound()
    if why and (packages := _missing_sound_packages()):
        return Finding("sound", False, f"{why}; missing: {', '.join(packages)}", f"Install {' and '.join(packages)}.")
    if why:
        return Finding("sound", False, why, "Tracks wait, paused, until a sound server or device is there.")
    return Finding("sound", True, "an output can be opened")


SOUND_LIBRARIES = {"libpulse.so.0": "libpulse0", "libasound.so.2": "libasound2"}
"""Libraries through which sound goes out on Linux, and Debian's packages of them."""


def _missing_sound_packages() -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in SOUND_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _onnx(_profile: Profile) -> Finding:
    import onnxruntime  # noqa: PLC0415

    from player.recommending import base_model  # noqa: PLC0415
    from recommender import Artefact  # noqa: PLC0415
    from recommender.models import inference_provider  # noqa: PLC0415

    used = inference_provider(Artefact.load(base_model()))
    idle = [name for name in onnxruntime.get_available_providers() if name == "CUDAExecutionProvider" != used]
    fallback = f"; {idle[0]} is installed but did not start" if idle else ""
    return Finding("ONNX Runtime", True, f"{onnxruntime.__version__}, the model runs by {used}{fallback}")


def _model(profile: Profile) -> Finding:
    from player.application.headless import opened  # noqa: PLC0415

    with opened(profile) as headless:
        active, health = headless.listening.active_model(), headless.library.health()
        chosen = headless.listening.suggest(3, []) if health.tracks else []
    name = active.version if active is not None else "the shipped one"
    return Finding("model", True, f"{name}; it suggests {len(chosen)} tracks")


def _analysis(profile: Profile) -> Finding:
    if not shipped("resources", "models", "musicnn", "msd_musicnn.onnx").exists():
        return Finding("analysis", False, "the sound model is missing", "Install Segue again.")
    health = _health(profile)
    done, everything = health.analysed, health.analysable
    todo = "" if done == everything else "It goes on while the window is open, or now: segue analyze"
    return Finding("analysis", True, f"{done} of {everything} tracks were analysed", todo)


def _screen(_profile: Profile) -> Finding:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Finding("screen", True, "none here; the command line works without one")
    if sys.platform.startswith("linux") and not _has_cjk_font():
        return Finding("screen", True, "no font for Chinese, Japanese, Korean", "Install fonts-noto-cjk.")
    return Finding("screen", True, "a window can be shown")


def _crashes(profile: Profile) -> Finding:
    from player.cli._crash import newest_report  # noqa: PLC0415

    report = newest_report(profile)
    if report is None:
        return Finding("crashes", True, "none")
    return Finding(
        "crashes", True, f"the last one left {report}", "It names no music. Read it, and send it with your report."
    )


def _has_cjk_font() -> bool:
    """Whether a font for CJK is installed, without starting Qt's screen part: by the names of font files."""
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".local/share/fonts"))
    names = (name.lower() for folder in folders for _, _, files in os.walk(folder) for name in files)
    return any("cjk" in name or "wqy" in name for name in names)
