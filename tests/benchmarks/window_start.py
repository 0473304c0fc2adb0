"""From the command to a painted window, beside other players: `python -m tests.benchmarks.window_start [--tracks N]`.

Every player gets a library of the same rows (its own store, written here; the files do not exist) and starts on an
empty X screen (Xvfb, 1440 x 900, no window manager). "mapped" is when anything but the empty screen is seen, "painted"
when the screen shows more than a few colours in many places, "quiet" when the picture has not changed for a second. The
screen is looked at every few milliseconds. Figures are the least of several starts, of which the first (cold bytecode
and caches) does not count. Processor seconds, of the player and its children, are those up to "painted" and "quiet".

Linux only; peers are those of Debian that are installed: Quod Libet, Strawberry.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage  # noqa: TID251 - looks at the screen

from player.paths import Profile
from tests.benchmarks.library_rows import fill

SCREEN = (1440, 900)
LOOK_EVERY_S = 0.015
SAMPLES = (72, 45)
QUIET_S = 1.0
MOST_S = 60.0
PAINTED_COLOURS = 12
PAINTED_SHARE = 0.02
"""So much of the screen differs from its commonest colour once rows, texts and pictures are there."""

QUOD_LIBET_SONGS = """
import json, sys
from quodlibet.formats import dump_audio_files
from quodlibet.formats._audio import AudioFile
songs = []
for path, title, artist, album, length in json.load(open(sys.argv[1])):
    song = AudioFile({"~filename": path, "title": title, "artist": artist, "album": album, "~#length": length,
                      "~mountpoint": "/", "~#mtime": 1.0, "~#added": 1, "~format": "FLAC"})
    songs.append(song)
open(sys.argv[2], "wb").write(dump_audio_files(songs))
"""
Row = tuple[str, str, str, str, float]


@dataclass
class Start:
    """One start: wall seconds to each moment, processor seconds, memory."""

    mapped: float = 0.0
    painted: float = 0.0
    quiet: float = 0.0
    used_painted: float = 0.0
    used_quiet: float = 0.0
    memory_mb: float = 0.0


@dataclass
class Peer:
    """A player: what starts it, with which environment."""

    command: list[str]
    environment: dict[str, str]


def rows_of(database: Path) -> list[Row]:
    """Path, title, artist, album, length in s of every track."""
    query = """
        SELECT t.path, t.title, coalesce(a.name, ''), coalesce(b.title, ''), t.duration_ms / 1000.0
        FROM tracks t LEFT JOIN albums b ON b.id = t.album_id
        LEFT JOIN track_artists l ON l.track_id = t.id AND l.role = 'artist' AND l.position = 0
        LEFT JOIN artists a ON a.id = l.artist_id
    """
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def home_in(folder: Path) -> dict[str, str]:
    """An environment in which everything of a program is kept in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return (
        kept | places | {"HOME": str(folder), "SDL_AUDIODRIVER": "dummy", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    )


def segue(folder: Path) -> Peer:
    """This player, on the database that is in `folder` already."""
    environment = home_in(folder / "home") | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    return Peer([sys.executable, "-m", "player", "--profile", str(folder)], environment)


def quod_libet(folder: Path, rows: list[Row]) -> Peer:
    """Quod Libet with the rows in its `songs` file, not looking for changes at the start."""
    environment = home_in(folder)
    for place in (folder / "config" / "quodlibet", folder / ".quodlibet"):
        place.mkdir(parents=True)
        (place / "config").write_text("[library]\nrefresh_on_start = false\n", encoding="utf-8")
    listed = folder / "rows.json"
    listed.write_text(json.dumps(rows), encoding="utf-8")
    songs = folder / "config" / "quodlibet" / "songs"
    subprocess.run(["/usr/bin/python3", "-c", QUOD_LIBET_SONGS, str(listed), str(songs)], check=True, env=environment)
    shutil.copy(songs, folder / ".quodlibet" / "songs")
    return Peer(["/usr/bin/quodlibet"], environment)


def strawberry(folder: Path, rows: list[Row], run: Callable[[Peer], object]) -> Peer:
    """Strawberry: started once to make its database, which then gets the rows."""
    peer = Peer(["/usr/bin/strawberry"], home_in(folder))
    run(peer)
    (database,) = folder.rglob("strawberry.db")
    with closing(sqlite3.connect(database)) as connection:
        known = {row[1] for row in connection.execute("PRAGMA table_info(songs)")}
        connection.execute("INSERT INTO directories (path, subdirs) VALUES ('/nowhere', 1)")
        names = ["title", "artist", "album", "url", "length_nanosec", "directory_id", "source", "filetype", "mtime"]
        names += ["ctime", "filesize", "samplerate", "bitdepth", "bitrate", "track", "disc", "year", "beginning"]
        names = [name for name in names if name in known]
        values = ({
            "title": title, "artist": artist, "album": album, "url": f"file://{path}", "source": 2, "filetype": 2,
            "length_nanosec": int(length * 1e9), "directory_id": 1, "bitrate": 900, "samplerate": 44_100,
        } for path, title, artist, album, length in rows)  # fmt: skip
        marks = ",".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO songs ({','.join(names)}) VALUES ({marks})",
            ([value.get(name, 1) for name in names] for value in values),
        )
        connection.commit()
    return peer


@contextmanager
def screen() -> Iterator[None]:
    """An empty X screen, which DISPLAY names."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def looked() -> QImage:
    """The screen, scaled down."""
    size = SAMPLES
    picture = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    return picture.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation)


def is_painted(picture: QImage) -> bool:
    """Whether it shows a window with something in it."""
    pixels = [picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())]
    commonest = max(pixels.count(colour) for colour in set(pixels))
    return len(set(pixels)) >= PAINTED_COLOURS and 1 - commonest / len(pixels) >= PAINTED_SHARE


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and its children."""
    with suppress(psutil.Error):
        return [process, *process.children(recursive=True)]
    return []


def used(process: psutil.Process) -> float:
    """Processor seconds of a process and its children."""
    total = 0.0
    for one in family(process):
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def started(peer: Peer, keep: Path | None = None) -> Start:
    """Start a player, watch the screen, end it; the last picture is kept where asked for."""
    empty, found = looked(), Start()
    environment = peer.environment | {"DISPLAY": os.environ["DISPLAY"]}
    command = ["dbus-run-session", "--", *peer.command]
    began = time.perf_counter()
    process = psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before, since = empty, 0.0
    while (now := time.perf_counter() - began) < MOST_S:
        picture = looked()
        if not found.mapped and picture != empty:
            found.mapped = now
        if found.mapped and not found.painted and is_painted(picture):
            found.painted, found.used_painted = now, used(process)
        if picture != before:
            before, since = picture, now
        elif found.painted and now - since >= QUIET_S:
            found.quiet, found.used_quiet = max(since, found.painted), used(process)
            found.memory_mb = sum(one.memory_info().rss for one in family(process)) / 2**20
            break
        time.sleep(LOOK_EVERY_S)
    if keep is not None:
        QGuiApplication.primaryScreen().grabWindow(0).save(str(keep))
    end(process)
    return found


def end(process: psutil.Process) -> None:
    """End a player as a session does, for good if it does not go."""
    members = family(process)
    for one in reversed(members):
        with suppress(psutil.Error):
            one.terminate()
    _gone, left = psutil.wait_procs(members, timeout=10)
    for one in left:
        with suppress(psutil.Error):
            one.kill()
    psutil.wait_procs(left, timeout=5)


def main() -> int:
    """Make the libraries, start the players, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pictures", type=Path, help="keep the last picture of each player in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, screen():
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        application = QGuiApplication([])
        folder = Path(name)
        profile = Profile.at(folder / "segue")
        profile.make()
        fill(profile.database, options.tracks)
        rows = rows_of(profile.database)
        peers = {"Segue": segue(folder / "segue")}
        if shutil.which("quodlibet"):
            peers["Quod Libet"] = quod_libet(folder / "quodlibet", rows)
        if shutil.which("strawberry"):
            peers["Strawberry"] = strawberry(folder / "strawberry", rows, started)
        report: dict[str, dict[str, float]] = {}
        for peer_name, peer in peers.items():
            keep = options.pictures and options.pictures / f"{peer_name}.png"
            runs = [started(peer, keep) for _ in range(options.runs + 1)][1:]
            shown = [run for run in runs if run.painted]
            report[peer_name] = {
                field: round(min(getattr(run, field) for run in shown), 2)
                for field in (Start.__dataclass_fields__ if shown else ())
            }
            if not options.json:
                figures = " ".join(f"{field} {value:.2f}" for field, value in report[peer_name].items())
                print(f"{peer_name:12} {figures or 'showed no window'}", flush=True)
        if options.json:
            print(json.dumps({"tracks": options.tracks, "players": report}, indent=2))
        application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
