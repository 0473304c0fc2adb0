"""What is watched, what cannot be, and what is looked at now and then instead."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from player.library._ground import Ground, on_remote_drive, survey
from player.library._watch import Watcher
from player.workers import child_environment

WATCH = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from player.library._watch import Watcher
application = QCoreApplication([])
watcher = Watcher()
watcher.too_many.connect(lambda: (print("too many"), application.quit()))
watcher.watch([sys.argv[1]])
QTimer.singleShot(30_000, application.quit)
application.exec()
watcher.close()
"""


@pytest.fixture
def watcher(qapp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setattr("player.library._watch._QUIET_MS", 100)
    watcher = Watcher()
    yield watcher
    watcher.close()


def test_few_folders_are_watched_as_trees(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert survey([str(tmp_path)], lambda: False) == Ground([str(tmp_path)], [])


@pytest.mark.skipif(sys.platform != "linux", reason="only inotify counts folders")
def test_many_folders_are_not_counted_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        (tmp_path / str(number)).mkdir()
    monkeypatch.setattr("player.library._ground._MOST_FOLDERS", 10)
    asked: list[int] = []
    assert survey([str(tmp_path)], lambda: bool(asked.append(1))) is None
    assert len(asked) == 10
    limit = tmp_path / "max_user_watches"
    limit.write_text("30\n")
    monkeypatch.setattr("player.library._ground._MOST_FOLDERS", 50_000)
    monkeypatch.setattr("player.library._ground._LIMIT_FILE", limit)
    assert survey([str(tmp_path)], lambda: False) is None
    limit.write_text("60\n")
    assert survey([str(tmp_path)], lambda: False) is not None
    monkeypatch.setattr("player.library._ground._MOST_FOLDERS", 3)
    monkeypatch.setattr("player.library._ground.sys.platform", "darwin")
    assert survey([str(tmp_path)], lambda: False) is not None


@pytest.mark.skipif(sys.platform != "linux", reason="only inotify counts folders")
def test_a_closed_folder_does_not_cost_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x", "a/closed", "a/y/z", "b"):
        (tmp_path / name).mkdir(parents=True)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    ground = survey([str(tmp_path)], lambda: False)
    assert ground is not None
    assert ground.flat == [str(tmp_path), str(tmp_path / "a")]
    assert sorted(ground.trees) == [str(tmp_path / name) for name in ("a/x", "a/y", "b")]


def test_around_a_closed_folder_changes_are_noticed(
    qtbot, watcher: Watcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "x"
    inner.mkdir(parents=True)
    ground = Ground([str(inner)], [str(tmp_path), str(tmp_path / "a")])
    monkeypatch.setattr("player.library._watch.survey", lambda _roots, _cancelled: ground)
    watcher.watch([str(tmp_path)])
    qtbot.waitUntil(lambda: watcher.watching, timeout=5_000)
    for folder in (tmp_path, tmp_path / "a", inner):
        with qtbot.waitSignal(watcher.changed, timeout=10_000) as told:
            (folder / "new.flac").touch()
        assert str(folder) in told.args[0]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of Linux")
def test_the_systems_own_limit_is_said(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / str(number)).mkdir()
    limited = 'echo 50 > /proc/sys/user/max_inotify_watches && exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "sh", "-c", limited, "sh"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("namespaces of users are not allowed here")
    done = subprocess.run(
        [*command, sys.executable, "-c", WATCH, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=child_environment(),
    )
    assert done.stdout == "too many\n", done.stderr


def test_remote_drives_are_looked_at_now_and_then(
    qtbot, watcher: Watcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.library._watch._POLL_S", 0.1)
    local, remote = tmp_path / "local", tmp_path / "remote"
    local.mkdir()
    remote.mkdir()
    monkeypatch.setattr("player.library._watch.on_remote_drive", lambda folder: folder == str(remote))
    with qtbot.waitSignal(watcher.changed, timeout=10_000) as told:
        watcher.watch([str(local), str(remote)])
    assert told.args[0] == {str(remote)}


def test_which_drives_are_remote(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = {"/": "ext4", "/nas": "nfs4", "/nas/disk": "ext4", "/share": "cifs", "/pool": "fuse.mergerfs"}
    drives = [SimpleNamespace(mountpoint=place, fstype=kind) for place, kind in mounts.items()]
    monkeypatch.setattr("psutil.disk_partitions", lambda **_all: drives)
    monkeypatch.setattr("os.path.realpath", lambda path: path.replace("/link", "/share"))
    folders = ("/nas", "/nas/music", "/nasty", "/nas/disk/music", "/pool/music", "/home/me/music", "/link/music")
    assert [folder for folder in folders if on_remote_drive(folder)] == ["/nas", "/nas/music", "/link/music"]
