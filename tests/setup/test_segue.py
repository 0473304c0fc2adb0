"""segue.py, run for real in small checkouts of their own, with packages from a folder instead of the network."""

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psutil
import pytest

SEGUE = Path(__file__).resolve().parents[2] / "segue.py"
PLAYER = """
import json, os, sys, tune
print(json.dumps([tune.VERSION, sys.argv[1:], os.getcwd()]))
sys.exit(len(sys.argv))
"""


def make_wheel(folder: Path, name: str, version: str) -> str:
    """A package of one module that knows its version; returns its line for a lock file."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        for path, text in files.items()
    }
    record = "".join(f"{path},sha256={digest},\n" for path, digest in digests.items())
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": record}.items():
            archive.writestr(path, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Checkout:
    """A checkout with segue.py, a lock of its own and a player that answers what it was given.

    Attributes:
        root: Its folder.
        wheels: The folder that stands for the network.
    """

    def __init__(self, root: Path, wheels: Path) -> None:
        self.root = root
        self.wheels = wheels

    def lock(self, run: str, test: str = "") -> None:
        """Write the lock file."""
        (self.root / "requirements.lock").write_text(f"# Locked.\n\n# run:\n{run}\n# test:\n{test}")

    def start(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run segue.py from another folder."""
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "DISPLAY", "WAYLAND"))
        }
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(
            [sys.executable, str(self.root / "segue.py"), *arguments],
            env={**clean, **settings, **environ},
            cwd=self.wheels,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    @property
    def stamp(self) -> Path:
        """The stamp in its environment."""
        return self.root / ".venv/segue.json"


@pytest.fixture(scope="session")
def started_once(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that was started once."""
    base = tmp_path_factory.mktemp("setup")
    checkout = Checkout(base / "my músic 音", base / "wheels")
    (checkout.root / "player").mkdir(parents=True)
    checkout.wheels.mkdir()
    shutil.copy(SEGUE, checkout.root)
    (checkout.root / "player/__init__.py").write_text("")
    (checkout.root / "player/__main__.py").write_text(PLAYER)
    checkout.lock(make_wheel(checkout.wheels, "tune", "1.0"))
    first = checkout.start("scan", "a b", "--json")
    assert first.returncode == 4, first.stderr
    assert json.loads(first.stdout) == ["1.0", ["scan", "a b", "--json"], str(checkout.wheels)]
    assert first.stderr.endswith("installing 1 packages\nReady.\n")
    return checkout


@pytest.fixture
def checkout(started_once: Checkout, tmp_path: Path) -> Checkout:
    """The same, moved to another place: its environment has yet to learn that."""
    root = tmp_path / "moved ü"
    shutil.copytree(started_once.root, root, symlinks=True)
    wheels = tmp_path / "wheels"  # some tests write packages there
    shutil.copytree(started_once.wheels, wheels)
    return Checkout(root, wheels)


def test_the_second_start_is_silent(started_once: Checkout) -> None:
    second = started_once.start("log")
    assert json.loads(second.stdout)[1] == ["log"]
    assert second.stderr == ""
    assert second.returncode == 2


def test_a_moved_checkout_runs_its_own_code(checkout: Checkout) -> None:
    (checkout.root / "player/__main__.py").write_text(PLAYER.replace("tune.VERSION", "'moved'"))
    assert json.loads(checkout.start().stdout)[0] == "moved"
    assert checkout.start().stderr == ""


def test_a_changed_lock_is_installed_in_place(checkout: Checkout) -> None:
    marker = checkout.root / ".venv/marker"
    marker.touch()
    checkout.lock(make_wheel(checkout.wheels, "tune", "2.0"))
    assert json.loads(checkout.start().stdout)[0] == "2.0"
    assert marker.exists()


def test_an_interrupted_set_up_starts_anew(checkout: Checkout) -> None:
    stamp = json.loads(checkout.stamp.read_text())
    checkout.stamp.write_text(json.dumps({**stamp, "key": ""}))
    for broken in checkout.root.glob(".venv/lib/*/site-packages/tune*"):
        shutil.rmtree(broken) if broken.is_dir() else broken.write_text("broken")
    started = checkout.start()
    assert "interrupted" in started.stderr
    assert json.loads(started.stdout)[0] == "1.0"


def test_an_environment_of_the_users_own_is_added_to(checkout: Checkout) -> None:
    checkout.stamp.unlink()
    marker = checkout.root / ".venv/marker"
    marker.touch()
    assert json.loads(checkout.start().stdout)[0] == "1.0"
    assert json.loads(checkout.stamp.read_text())["ours"] is False
    checkout.stamp.write_text(json.dumps({"key": "", "sets": [], "screens": [], "ours": False}))
    assert json.loads(checkout.start().stdout)[0] == "1.0"
    assert marker.exists()


def test_an_environment_of_another_python_is_left_alone(checkout: Checkout) -> None:
    checkout.stamp.unlink()
    config = checkout.root / ".venv/pyvenv.cfg"
    config.write_text(config.read_text().replace("version = 3.", "version = 2."))
    started = checkout.start()
    assert started.returncode == 3
    assert "Move it away" in started.stderr


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    line = make_wheel(checkout.wheels, "tune", "3.0")
    checkout.lock(line.replace("sha256:", "sha256:0000")[:-5] + "\n")
    started = checkout.start()
    assert started.returncode == 3
    assert "not what the lock file names" in started.stderr
    assert "Traceback" not in started.stderr
    assert json.loads(checkout.stamp.read_text())["key"] == ""


def test_without_a_network_it_says_so(checkout: Checkout) -> None:
    checkout.lock("absent==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    offline = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    started = checkout.start(**offline)
    assert started.returncode == 3
    assert "when the computer is online" in started.stderr


def test_the_test_set_is_installed_when_asked_for(checkout: Checkout) -> None:
    run = make_wheel(checkout.wheels, "tune", "1.0")
    checkout.lock(run, make_wheel(checkout.wheels, "pytest", "1.0"))
    assert checkout.start().returncode == 1
    assert not list(checkout.root.glob(".venv/lib/*/site-packages/pytest.py"))
    assert checkout.start("test", "-x").returncode == 0
    assert list(checkout.root.glob(".venv/lib/*/site-packages/pytest.py"))
    assert checkout.start().stderr == ""


@pytest.fixture
def segue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """segue.py as a module, on a system with nothing on its PATH."""
    spec = importlib.util.spec_from_file_location("segue_bootstrap", SEGUE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("PATH", str(tmp_path))
    return module


def put_command(folder: Path, name: str, code: int = 0) -> Path:
    """A command that notes what it was called with; returns its notes."""
    notes = folder / f"{name}.notes"
    command = folder / name
    command.write_text(f'#!/bin/sh\necho "$@" >> "{notes}"\nexit {code}\n')
    command.chmod(0o755)
    return notes


PACKAGES = {"apt-get": ["liba", "libb"], "dnf": ["'liba.so()(64bit)'"], "pacman": ["a"]}


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install liba libb"),
        ("dnf", "sudo dnf install 'liba.so()(64bit)'"),
        ("pacman", "sudo pacman -S --needed a"),
    ],
)
def test_missing_libraries_are_named_with_the_command(segue, tmp_path, monkeypatch, manager, command) -> None:
    put_command(tmp_path, manager)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(segue.Stop, match="missing") as stopped:
        segue.install("Libraries are", PACKAGES)
    assert f"    {command}\n" in str(stopped.value)


def test_root_on_debian_installs_them(segue, tmp_path, monkeypatch) -> None:
    notes = put_command(tmp_path, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    segue.install("Libraries are", PACKAGES)
    assert notes.read_text() == "update --quiet\ninstall liba libb --yes --no-install-recommends --quiet\n"


def test_a_failed_installation_stops(segue, tmp_path, monkeypatch) -> None:
    put_command(tmp_path, "apt-get", code=100)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(segue.Stop, match="`apt-get install liba libb` failed"):
        segue.install("Libraries are", PACKAGES)


def test_an_unknown_system_gets_the_names(segue) -> None:
    with pytest.raises(segue.Stop, match="liba libb"):
        segue.install("Libraries are", PACKAGES)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of Linux")
def test_libraries_that_do_not_load_are_missing(segue, monkeypatch) -> None:
    monkeypatch.setitem(segue.LIBRARIES, "", (("libc.so.6", "libc6", "glibc"), ("libnosuch.so.1", "libnosuch1", "no")))
    with pytest.raises(segue.Stop, match="your system calls: libnosuch1") as stopped:
        segue.check_libraries([""])
    assert "libc6" not in str(stopped.value)


def test_an_old_python_hands_over_or_says_so(segue, tmp_path, monkeypatch) -> None:
    with pytest.raises(segue.Stop, match=r"3\.11 or newer"):
        segue.find_newer_python([])
    put_command(tmp_path, "python3.12")
    called = []
    monkeypatch.setattr(os, "execv", lambda *words: called.append(words))
    segue.find_newer_python(["scan"])
    assert called == [(str(tmp_path / "python3.12"), [str(tmp_path / "python3.12"), str(SEGUE), "scan"])]


@pytest.mark.parametrize(
    ("line", "news"),
    [
        (
            "  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl (16.9 MB)\n",
            "downloading numpy 2.4.6 (16.9 MB)",
        ),
        ("  Downloading files/av-18.1.0-cp311-abi3.whl (35 MB)\n", "downloading av 18.1.0 (35 MB)"),
        ("  Downloading numpy-2.4.6-cp311.whl.metadata (62 kB)\n", ""),
        ("Installing collected packages: a, b, c\n", "installing 3 packages"),
        ("Collecting numpy==2.4.6\n", ""),
    ],
)
def test_pips_lines_in_plain_words(segue, line, news) -> None:
    assert segue.progress(line) == news


def test_a_damaged_stamp_is_no_stamp(segue, tmp_path) -> None:
    (tmp_path / "segue.json").write_text("{")
    stamp = segue.Stamp(tmp_path / "segue.json")
    assert (stamp.exists, stamp.key, stamp.ours) == (False, "", True)


def test_a_read_only_checkout_has_its_environment_in_the_cache(segue, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    folder = segue.Environment.find().folder
    if sys.platform.startswith("linux"):
        assert folder.parent == tmp_path / "segue"
    assert segue.ROOT not in folder.parents


def children_in(root: Path) -> list[psutil.Process]:
    """Processes that work in a checkout's environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if any(str(root) in word for word in process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.skipif(os.name == "nt", reason="processes are grouped on POSIX")
@pytest.mark.parametrize("stage", ["venv", "pip"])
def test_a_killed_set_up_leaves_nothing_running_and_is_taken_up(checkout: Checkout, tmp_path: Path, stage: str) -> None:
    if stage == "venv":
        shutil.rmtree(checkout.root / ".venv")
        busy = "ensurepip"
    else:  # pip waits for a server that never answers
        server = socket.create_server(("127.0.0.1", 0))
        busy = "install"
    environ = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": str(checkout.wheels), "PIP_NO_INDEX": "1"}
    if stage == "pip":
        del environ["PIP_NO_INDEX"]
        environ |= {"PIP_INDEX_URL": f"http://127.0.0.1:{server.getsockname()[1]}/", "PIP_FIND_LINKS": ""}
    with subprocess.Popen(
        [sys.executable, str(checkout.root / "segue.py"), "log"], env=environ, stderr=subprocess.DEVNULL
    ) as first:
        deadline = time.monotonic() + 60
        while not any(busy in " ".join(child.cmdline()) for child in children_in(checkout.root)):
            assert first.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        orphans = [child for child in children_in(checkout.root) if child.pid != first.pid]
        first.kill()
    gone, alive = psutil.wait_procs(orphans, timeout=10)
    assert not alive, [child.cmdline() for child in alive]
    assert gone
    assert not children_in(checkout.root)
    again = checkout.start()
    assert again.stdout, again.stderr
    assert json.loads(again.stdout)[0] == "1.0"
    if stage == "pip":
        server.close()
