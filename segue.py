#!/usr/bin/env python3
"""Sets Segue up where that is needed, and starts it.

    python3 segue.py [FILE|DIR …]       the player
    python3 segue.py SUBCOMMAND …       any of its sub-commands; `python3 segue.py --help` lists them
    python3 segue.py test [OPTION …]    its tests; options go to pytest
    python3 segue.py bundle             a self-contained program for this platform, in dist/

Needs Python 3.11 or newer and nothing else: it makes a virtual environment in `.venv` beside this file
(in the user's cache folder where that is read-only), installs the exact versions of `requirements.lock`
into it, and looks for the system libraries that these need. A stamp in the environment says for which lock,
Python, machine and place that was done; while it holds, nothing is done again. Everything this file has to
say goes to standard error.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
OTHER_SETS = {
    "test": ["-m", "pytest", "-n", "2"],
    "bundle": [str(ROOT / ".ci/bundle.py")],
    "supply": [str(ROOT / ".ci/supply.py")],
}
WINDOWS = os.name == "nt"
CANNOT_RUN = 3
INTERRUPTED = 130

# What the wheels expect of a Linux system, by what makes it needed (an environment variable; "" is always):
# the library, Debian's package, Arch's package. RPM-based systems know packages by the library's own name.
SOUND = "sound"
LIBRARIES = {
    "": (
        ("libGL.so.1", "libgl1", "libglvnd"),
        ("libEGL.so.1", "libegl1", "libglvnd"),
        ("libX11.so.6", "libx11-6", "libx11"),
        ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
        ("libdbus-1.so.3", "libdbus-1-3", "dbus"),
        ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
        ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5"),
        ("libgomp.so.1", "libgomp1", "gcc-libs"),
    ),
    "DISPLAY": (
        ("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
        ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
        ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
        ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
        ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
        ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
        ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
        ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
        ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ),
    "WAYLAND_DISPLAY": (
        ("libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
        ("libwayland-egl.so.1", "libwayland-egl1", "wayland"),
    ),
    SOUND: (
        ("libpulse.so.0", "libpulse0", "libpulse"),
        ("libasound.so.2", "libasound2t64|libasound2", "alsa-lib"),
    ),
}

# What pip says, and what that means.
PIP_SAYS = (
    ("No space left", "The disk is full: Segue needs 1 GB in {folder}."),
    (
        "DO NOT MATCH THE HASHES",
        "A downloaded package is not what the lock file names; it was not installed.",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "The network shows a certificate that pip does not know. If a proxy of yours does, set PIP_CERT to its file.",
    ),
    ("onnection", "The packages could not be downloaded. Start Segue again when the computer is online."),
    ("No matching distribution", "There is no ready-made package for this system and this version of Python."),
)


class Stop(Exception):  # noqa: N818 - nothing is wrong here: the computer lacks something
    """Segue cannot be set up; the message says why and what to do."""


def say(text: str) -> None:
    """Tell the user, beside the output of the command itself."""
    print(text, file=sys.stderr, flush=True)


class Stamp:
    """What a virtual environment was set up for.

    Attributes:
        key: Digest of lock, Python, machine and place; empty while a set-up is unfinished.
        sets: What is installed of the lock's sections: "run", "test", "bundle".
        screens: The keys of LIBRARIES for which the system was checked.
        ours: Whether the environment was made here. Another's is added to, and never cleared.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            stored: dict[str, Any] = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            stored = {}
        self.exists = bool(stored)
        self.key: str = stored.get("key", "")
        self.sets: list[str] = stored.get("sets", [])
        self.screens: list[str] = stored.get("screens", [])
        self.ours: bool = stored.get("ours", True)

    def write(self) -> None:
        """Keep it, whole or not at all."""
        values = {"key": self.key, "sets": self.sets, "screens": self.screens, "ours": self.ours}
        beside = self.file.with_suffix(".new")
        beside.write_text(json.dumps(values), "utf-8")
        beside.replace(self.file)


class Environment:
    """The virtual environment Segue runs in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
        machine = os.uname().machine if sys.platform != "win32" else os.environ.get("PROCESSOR_ARCHITECTURE")
        digest = hashlib.sha256(LOCK.read_bytes())
        digest.update(repr((sys.version_info[:2], sys.platform, machine, str(ROOT), LIBRARIES)).encode())
        self.key = digest.hexdigest()

    @classmethod
    def find(cls) -> Environment:
        """Beside this file, or in the user's cache folder where this file's folder is read-only."""
        beside = ROOT / ".venv"
        if os.access(beside if beside.exists() else ROOT, os.W_OK):
            return cls(beside)
        caches = {"win32": os.environ.get("LOCALAPPDATA", "~/AppData/Local"), "darwin": "~/Library/Caches"}
        cache = caches.get(sys.platform) or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
        try:
            place = Path(cache).expanduser()
        except RuntimeError:
            raise Stop(f"{ROOT} cannot be written, and you have no home folder. Set HOME to a folder.") from None
        return cls(place / "segue" / f"venv-{hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]}")

    def make_ready(self, wanted: str) -> None:
        """See to it that the set `wanted` is installed and that the system has what it needs.

        Raises:
            Stop: that is not possible.
        """
        here = {"", *(name for name in LIBRARIES if wanted == "run" and (name == SOUND or os.environ.get(name)))}
        screens = [name for name in LIBRARIES if name in here]
        if self._is_ready(self.stamp(), wanted, screens):
            return
        check_libraries([name for name in screens if name != SOUND])
        if SOUND in screens:
            try:
                check_libraries([SOUND])
            except Stop as stop:
                say(f"There will be no sound. {stop}")
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "segue.lock").open("a") as lock:
            wait_for(lock.fileno())
            if not self._is_ready(self.stamp(), wanted, []):
                self._set_up(wanted)
            stamp = self.stamp()
            stamp.screens = sorted({*stamp.screens, *screens})
            stamp.write()

    def run(self, arguments: list[str]) -> int:
        """Become the environment's Python; on Windows, which cannot do that, run it and return its exit code."""
        environ = {**os.environ, "PYTHONSAFEPATH": "1"}
        for name in ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"):
            environ.pop(name, None)
        environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        command = [str(self.python), *arguments]
        if not WINDOWS:
            os.execve(command[0], command, environ)  # noqa: S606 - no shell is wanted
        import subprocess  # noqa: PLC0415 - kept out of the quick start

        return subprocess.run(command, env=environ, check=False).returncode

    def stamp(self) -> Stamp:
        """The stamp as it stands on disk."""
        return Stamp(self.folder / "segue.json")

    def _is_ready(self, stamp: Stamp, wanted: str, screens: list[str]) -> bool:
        installed = stamp.key == self.key and wanted in stamp.sets and self.python.exists()
        return installed and set(screens) <= set(stamp.screens)

    def _set_up(self, wanted: str) -> None:
        stamp = self.stamp()
        if not stamp.exists:
            stamp.ours = not (self.folder / "pyvenv.cfg").exists()
        elif not stamp.key:
            say("The last set-up was interrupted; starting it anew.")
        self._make(stamp.ours, anew=stamp.exists and not stamp.key)
        stamp.sets = sorted({"run", wanted, *stamp.sets})
        stamp.key = ""
        stamp.write()
        say(f"Setting Segue up in {self.folder} …\nThis is done once: about 220 MB to download, 1 GB on disk.")
        self._install(stamp.sets)
        self._link()
        stamp.key = self.key
        stamp.write()
        say("Ready.")

    def _make(self, ours: bool, *, anew: bool) -> None:
        """Make the virtual environment, unless a sound one of this Python is there."""
        config = self.folder / "pyvenv.cfg"
        version = f"version = {sys.version_info.major}.{sys.version_info.minor}."
        sound = config.exists() and version in config.read_text("utf-8", "replace") and self.python.exists()
        if sound and not (ours and anew):
            return
        if not ours:
            raise Stop(f"{self.folder} is a virtual environment of another Python. Move it away and start again.")
        check_venv()
        clear(self.folder)
        stamp = self.stamp()
        stamp.write()
        with started([sys.executable, "-m", "venv", self.folder]) as maker:
            said = maker.stdout.read()
            maker.wait()
        if maker.returncode:
            say(said[-2000:])
            raise Stop(f"Python cannot make a virtual environment in {self.folder}.")

    def _install(self, sets: list[str]) -> None:
        listed = self.folder / "segue-requirements.txt"
        sections = LOCK.read_text("utf-8").split("\n# ")
        listed.write_text(
            "".join(text.partition(":")[2] for text in sections if text.partition(":")[0] in sets), "utf-8"
        )
        options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--progress-bar", "off"]
        said: list[str] = []
        with started([self.python, "-m", "pip", "--no-input", "install", *options, "-r", listed]) as pip:
            for line in pip.stdout:
                said.append(line.rstrip())
                if news := progress(line):
                    say(f"  {news}")
            pip.wait()
        if pip.returncode:
            say("\n".join(said[-8:]))
            meaning = next((words for sign, words in PIP_SAYS if any(sign in line for line in said)), "pip failed.")
            raise Stop(meaning.format(folder=self.folder))

    def _link(self) -> None:
        """Let the environment's Python find the packages of this checkout, wherever it is started."""
        import sysconfig  # noqa: PLC0415 - kept out of the quick start

        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(self.folder)}))
        # An import line in ASCII, since before 3.13 a plain path is read in the locale's encoding.
        (packages / "segue-checkout.pth").write_text(f"import sys; sys.path.append({str(ROOT)!a})\n", "ascii")


def progress(line: str) -> str:
    """What a line of pip's output means in plain words; empty where it is of no interest."""
    words = line.split()
    if words[:1] == ["Downloading"] and ".whl.metadata" not in line:
        name, version = words[1].rpartition("/")[2].split("-")[:2]
        return f"downloading {name} {version} {' '.join(words[2:])}"
    if line.startswith("Installing collected packages"):
        return f"installing {len(words) - 3} packages"
    return ""


WATCHED = """
import os, subprocess, sys, threading
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
def watch():
    os.read(0, 1)
    if hasattr(os, "killpg"):
        os.killpg(0, 9)
    child.kill()
    os._exit(1)
threading.Thread(target=watch, daemon=True).start()
os._exit(child.wait())
"""
# Runs a command, and ends it with all that it started once its own input ends: with this process, however that ends.


def started(command: list[Any]) -> Any:
    """Return a child process whose whole output can be read, and that ends with this one, even where that is killed.

    No setting of the user's leads pip astray there. Read its output to the end and wait for it before letting it go.
    """
    import subprocess  # noqa: PLC0415 - kept out of the quick start

    environ = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"):
        environ.pop(name, None)
    group: dict[str, Any] = {} if WINDOWS else {"process_group": 0}
    return subprocess.Popen(
        [sys.executable, "-c", WATCHED, *command],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        **group,
    )


def wait_for(file: int) -> None:
    """Wait until no other start of Segue is setting it up; the lock ends with this process or this file."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        msvcrt.locking(file, msvcrt.LK_LOCK, 1)
        return
    import fcntl  # noqa: PLC0415 - exists elsewhere only

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another start of Segue is setting it up; waiting for it …")
        fcntl.flock(file, fcntl.LOCK_EX)


def clear(folder: Path) -> None:
    """Empty an environment's folder, but for the lock that is held."""
    import shutil  # noqa: PLC0415 - kept out of the quick start

    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "segue.lock":
            entry.unlink()


def check_venv() -> None:
    """Debian and Ubuntu have split from Python what makes virtual environments; get it.

    Raises:
        Stop: it is missing and cannot be installed here.
    """
    import importlib.util  # noqa: PLC0415 - kept out of the quick start

    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install("Python's own tool for virtual environments is", {"apt-get": [package], "dnf": ["python3-pip"]})


def check_libraries(screens: list[str]) -> None:
    """Look for the system's libraries by loading them; get those that are missing.

    Raises:
        Stop: some are missing and cannot be installed here.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # noqa: PLC0415 - kept out of the quick start

    missing = []
    for library in (entry for name in screens for entry in LIBRARIES[name]):
        try:
            ctypes.CDLL(library[0])
        except OSError:
            missing.append(library)
    if missing:
        rpms = [f"'{soname}()({64 if sys.maxsize > 2**32 else 32}bit)'" for soname, _, _ in missing]
        install(
            "Some of the system's libraries are",
            {
                "apt-get": [name_there_is(debian) for _, debian, _ in missing],
                "dnf": rpms,
                "zypper": rpms,
                "pacman": sorted({arch for _, _, arch in missing}),
            },
        )


def name_there_is(names: str) -> str:
    """Return the one of a package's names ("new|old") that this release of the system knows."""
    import shutil  # noqa: PLC0415 - kept out of the quick start
    import subprocess  # noqa: PLC0415

    *newer, oldest = names.split("|")
    for name in newer if shutil.which("apt-cache") else []:
        if subprocess.run(["apt-cache", "show", name], check=False, capture_output=True).returncode == 0:
            return name
    return oldest


def install(what: str, packages: dict[str, list[str]]) -> None:
    """Install system packages: as root on Debian and its kin at once, else by saying how.

    Raises:
        Stop: this is the user's to do, or it failed.
    """
    import shutil  # noqa: PLC0415 - kept out of the quick start
    import subprocess  # noqa: PLC0415

    manager = next((name for name in packages if shutil.which(name)), None)
    if manager is None:
        names = " ".join(next(iter(packages.values())))
        raise Stop(f"{what} missing. Install what your system calls: {names}. Then start again.")
    words = {"pacman": ["pacman", "-S", "--needed"]}.get(manager, [manager, "install"]) + packages[manager]
    if manager != "apt-get" or os.geteuid() != 0:
        raise Stop(f"{what} missing. Install with:\n\n    sudo {' '.join(words)}\n\nand start again.")
    say(f"{what} missing; installing {' '.join(packages[manager])} …")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A list that cannot be refreshed (a foreign source that is gone, say) need not be the one that is needed.
    for command in (["apt-get", "update"], [*words, "--yes", "--no-install-recommends"]):
        done = subprocess.run(
            [*command, "--quiet"], env=environ, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    if done.returncode:
        say(done.stdout.decode(errors="replace")[-2000:])
        raise Stop(f"`{' '.join(words)}` failed. Install these packages, then start again.")


def find_newer_python(arguments: list[str]) -> None:
    """This Python is too old: become a newer one where the system has it."""
    import shutil  # noqa: PLC0415 - kept out of the quick start

    newer = next((found for minor in (14, 13, 12, 11) if (found := shutil.which(f"python3.{minor}"))), None)
    if newer is None or WINDOWS:
        raise Stop("Segue needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    os.execv(newer, [newer, str(ROOT / "segue.py"), *arguments])  # noqa: S606 - no shell is wanted


def main(arguments: list[str]) -> int:
    """Set up, then start what was asked for.

    Returns:
        Its exit code; 3 where Segue cannot be set up.
    """
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started by any
            find_newer_python(arguments)
        environment = Environment.find()
        if not arguments or arguments[0] not in OTHER_SETS:
            environment.make_ready("run")
            return environment.run(["-m", "player", *arguments])
        environment.make_ready(arguments[0])
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.chdir(ROOT)
        return environment.run([*OTHER_SETS[arguments[0]], *arguments[1:]])
    except Stop as stop:
        say(f"segue: {stop}")
        return CANNOT_RUN
    except OSError as error:
        say(f"segue: {error}")
        return CANNOT_RUN
    except KeyboardInterrupt:
        say("Interrupted; the next start goes on from here.")
        return INTERRUPTED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    raise SystemExit(main(sys.argv[1:]))
