"""Kill Segue at random moments of all that it does, and look at what is left: `python -m tests.faults.kills -h`.

Each round starts one activity on a profile with music and a listening history, kills it with SIGKILL after a random
time, and then checks that the database is whole, that every play that had ended is there unchanged, that no child
process lives on, and that the profile opens again with no play left open.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from player.domain import TrackQuery
from player.paths import Profile
from player.recommending import close_crashed_plays
from player.storage import Database

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = (
    "id, track_id, started_at, utc_offset_min, ended_at, listened_ms, duration_ms, start_reason, end_reason, "
    "queue_position, model_version, score, message, source"
)
"""What never changes in a play that has ended: its listening session is counted again when older plays come in."""
BEGIN_S = 30.0
CHILDREN_END_S = 20.0
"""How long children may take to notice that their parent was killed, s: one that was just started has to load first."""


@dataclass
class Tally:
    """What all rounds gave.

    Attributes:
        rounds: Rounds by activity.
        finished: Activities that had ended by themselves before they were killed.
        faults: What was wrong, in words; nothing of it may be.
        plays: Plays added while it was killed again and again.
    """

    rounds: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    plays: int = 0


class Victim:
    """A profile that is used and killed.

    Args:
        folder: For the profile and what is imported.
        chance: Decides moments and activities.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self.profile = Profile.at(folder / "profile")
        made = subprocess.run(
            [*self._command(), "demo", "--no-window", "--json"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        self._music = sorted(Path(json.loads(made.stdout)["music"]).rglob("*.*"))
        self._imported = 0
        self.activities: dict[str, tuple[float, Callable[[], list[subprocess.Popen[bytes]]]]] = {
            "play": (4.0, self._play),
            "scan": (2.0, self._scan),
            "import": (2.0, self._import),
            "train": (8.0, lambda: [self._start("train")]),
            "analyze": (4.0, self._analyze),
            "window": (5.0, self._window),
            "settings": (6.0, self._settings),
            "new profile": (1.0, self._new),
        }

    def _command(self, profile: Path | None = None) -> list[str]:
        return [sys.executable, "-m", "player", "--profile", str(profile or self.profile.data)]

    def _start(self, *words: str, profile: Path | None = None) -> subprocess.Popen[bytes]:
        environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(
            [*self._command(profile), *words], cwd=ROOT, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environ
        )

    def _play(self) -> list[subprocess.Popen[bytes]]:
        files = self._chance.sample(self._music, 10)
        return [
            self._start(
                "play", *map(str, files), "--output", "null", "--speed", self._chance.choice(["max", "realtime"])
            )
        ]

    def _scan(self) -> list[subprocess.Popen[bytes]]:
        for file in self._chance.sample(self._music, 20):
            os.utime(file)
        return [self._start("scan", str(self._music[0].parent.parent))]

    def _import(self) -> list[subprocess.Popen[bytes]]:
        self._imported += 1
        first = 1_600_000_000 + self._imported * 10_000_000
        rows = (f'{first + 300 * n},"","{artist}","","","","{title}",""' for n, (artist, title) in self._names(5_000))
        head = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid"
        file = self._folder / "plays.csv"
        file.write_text("\n".join([head, *rows]) + "\n")
        return [self._start("import", str(file))]

    def _names(self, count: int) -> Iterator[tuple[int, tuple[str, str]]]:
        """Number and names of tracks of the library, over and over."""
        with closing(Database.open(self.profile.database)) as database:
            tracks = database.tracks.get(database.tracks.find(TrackQuery()))
        return enumerate(itertools.islice(itertools.cycle((track.artist, track.title) for track in tracks), count))

    def _analyze(self) -> list[subprocess.Popen[bytes]]:
        with closing(sqlite3.connect(self.profile.database)) as connection, connection:
            connection.execute("DELETE FROM content_vectors") if _has(connection, "content_vectors") else None
        return [self._start("analyze", "--limit", "20")]

    def _window(self) -> list[subprocess.Popen[bytes]]:
        return [self._start(*map(str, self._chance.sample(self._music, 3)))]

    def _settings(self) -> list[subprocess.Popen[bytes]]:
        """The window, and a remote control that turns its knobs."""
        window = self._start(str(self._music[0]))
        words = f"{' '.join(self._command())}"
        loop = f"sleep 2; for n in 1 2 3 4 5 6; do {words} volume $((n*10)); {words} thumb-up; {words} next-track; done"
        return [window, subprocess.Popen(["sh", "-c", loop], cwd=ROOT, stdout=-3, stderr=-3, process_group=0)]

    def _new(self) -> list[subprocess.Popen[bytes]]:
        shutil.rmtree(self._folder / "new", ignore_errors=True)
        return [self._start("log", profile=self._folder / "new")]


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def ended_plays(database: Path) -> dict[int, str]:
    """Return a digest of every play that has ended, by its id."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(f"SELECT {COLUMNS} FROM plays WHERE end_reason IS NOT NULL").fetchall()
    return {row[0]: hashlib.sha256(repr(row).encode()).hexdigest() for row in rows}


def wait_for_begin(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process has opened its database: what it loads before is the same in all rounds."""
    begun = time.monotonic()
    watched = psutil.Process(process.pid)
    while process.poll() is None and time.monotonic() - begun < BEGIN_S:
        with suppress(psutil.Error):
            if any(file.path.endswith("segue.db") for file in watched.open_files()):
                return
        time.sleep(0.02)


def kill_once(victim: Victim, name: str, chance: random.Random, tally: Tally) -> None:
    """Do one activity, kill it after a random time, and note what is wrong afterwards."""
    before = ended_plays(victim.profile.database)
    longest, start = victim.activities[name]
    running = start()
    wait_for_begin(running[0])
    time.sleep(chance.uniform(0.1, longest))
    children: list[psutil.Process] = []
    tally.rounds[name] += 1
    for process in running:
        if process.poll() is None:
            with suppress(psutil.Error):  # it ends by itself at this very moment
                children += psutil.Process(process.pid).children(recursive=True)
            process.kill()
        else:
            tally.finished[name] += 1
        process.wait()
    _gone, alive = psutil.wait_procs(children, CHILDREN_END_S)
    for child in alive:
        tally.faults.append(f"{name}: a child lives on: {child.cmdline()}")
        child.kill()
    look(victim, name, before, tally)


def look(victim: Victim, name: str, before: dict[int, str], tally: Tally) -> None:
    """Note what is wrong with the profile."""
    path = victim.profile.database
    try:
        with closing(Database.open(path)) as database:
            tally.faults += [f"{name}: {problem}" for problem in database.check()]
            close_crashed_plays(database, victim.profile)
        after = ended_plays(path)
        with closing(sqlite3.connect(path)) as connection:
            (still_open,) = connection.execute("SELECT count(*) FROM plays WHERE end_reason IS NULL").fetchone()
        if still_open:
            tally.faults.append(f"{name}: {still_open} plays are left open")
    except Exception as error:  # noqa: BLE001 - whatever it is, the profile did not open
        tally.faults.append(f"{name}: the profile does not open: {error!r}")
        return
    lost = [play for play, digest in before.items() if after.get(play) != digest]
    if lost:
        tally.faults.append(f"{name}: {len(lost)} plays are lost or changed")
    tally.plays += len(after) - len(before)
    new = victim.profile.data.with_name("new")
    if name == "new profile" and new.exists():
        Database.open(new / "segue.db").close()


def run(folder: Path, rounds: int, seed: int, tell: Callable[[str], None] = lambda text: None) -> Tally:
    """Kill so many times, every activity in turn; return what was found."""
    chance = random.Random(seed)
    victim = Victim(folder, chance)
    tally = Tally()
    for number in range(rounds):
        name = list(victim.activities)[number % len(victim.activities)]
        kill_once(victim, name, chance, tally)
        tell(f"{number + 1} of {rounds}: {name}; {tally.plays} plays added; faults: {tally.faults or 'none'}")
    return tally


def main() -> int:
    """Run from the command line; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), options.rounds, options.seed, lambda text: print(text, flush=True))
    print(f"rounds: {dict(tally.rounds)}\nended before the kill: {dict(tally.finished)}\nplays added: {tally.plays}")
    print("\n".join(tally.faults) or "nothing lost, nothing damaged, nothing left running")
    return bool(tally.faults)


if __name__ == "__main__":
    sys.exit(main())
