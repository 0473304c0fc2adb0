"""Clocks that go back, damaged models, two processes on one profile, profiles of others, users without a home."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from player.domain import ModelVersion, UtcMs, now_ms
from player.paths import Profile
from player.recommending import base_model, suggest_now
from player.storage import Database
from recommender import Artefact
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT, library
from tests.recommending.world import HOUR_MS, World

YEAR_MS = 365 * 24 * HOUR_MS
COMMAND = [sys.executable, "-m", "player"]


def test_a_clock_that_was_a_year_ahead(database: Database, profile: Profile) -> None:
    world = World(database)
    world.live(days=3)
    for track in world.tracks[:10]:
        world.play(track, now_ms() + YEAR_MS)
    world.play(world.tracks[12], now_ms())
    assert len(suggest_now(database, profile, 5)) == 5
    recent = database.plays.recent(50)
    assert {play.track_id for play in recent} >= {track.id for track in world.tracks[:10]}
    assert database.check() == []


@pytest.mark.parametrize("how", ["cut", "emptied", "turned over", "gone"])
@pytest.mark.parametrize("file", ["manifest.json", "tensors.npz", "*.onnx"])
def test_a_damaged_model_costs_its_own_learning_alone(
    database: Database, profile: Profile, file: str, how: str, expect_log: ExpectLog
) -> None:
    World(database).live(days=2)
    base = Artefact.load(base_model())
    shutil.copytree(base_model(), profile.models / base.version)
    database.models.add(ModelVersion(base.version, UtcMs(5), 120, {"mrr20": 0.1}, {"mrr20": 0.2}, active=True))
    damaged = sorted((profile.models / base.version).glob(file))[0]
    content = bytearray(damaged.read_bytes())
    if how == "gone":
        damaged.unlink()
    elif how == "turned over":
        for at in random.Random(1).sample(range(len(content)), 20):
            content[at] ^= 0xFF
        damaged.write_bytes(content)
    else:
        damaged.write_bytes(content[: len(content) // 2] if how == "cut" else b"")
    expect_log("model|manifest")
    assert len(suggest_now(database, profile, 5)) == 5


def test_a_kept_start_is_damaged_in_any_way(database: Database, profile: Profile, expect_log: ExpectLog) -> None:
    expect_log("start in .* is not used")
    World(database).live(days=3)
    suggest_now(database, profile, 5)
    kept = next(profile.cache.rglob("start.npz"), None) or next(profile.data.rglob("start.npz"))
    whole = kept.read_bytes()
    lot = random.Random(5)
    for number in range(12):
        content = bytearray(whole)
        for at in lot.sample(range(len(content)), 1 + number * 3):
            content[at] = lot.randrange(256)
        kept.write_bytes(content if number % 2 else content[: len(content) - number * 40])
        assert len(suggest_now(database, profile, 5)) == 5


def test_two_players_on_one_profile_log_all_their_plays(tmp_path: Path) -> None:
    files = [str(file) for file in library(tmp_path / "music")]
    profile = tmp_path / "profile"
    words = ["--profile", str(profile), "play", "--output", "null", "--speed", "max"]
    both = [
        subprocess.Popen([*COMMAND, *words, *part], cwd=ROOT, stderr=subprocess.DEVNULL)
        for part in (files[:8], files[8:])
    ]
    assert [one.wait(100) for one in both] == [0, 0]
    with closing(Database.open(profile / "segue.db")) as database:
        assert database.plays.count() == 16
        assert all(play.end_reason is not None for play in database.plays.recent(20))


def as_nobody(*words: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user without rights or a home."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ}
    become = "import os, sys; os.setuid(12345); "

    def run(script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", become + script, *map(str, words)],
            cwd="/",
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )

    if run("import tomllib, sqlalchemy, player").returncode:
        pytest.skip("Python or Segue are not readable by others here")
    return run("from player.__main__ import main; sys.exit(main(sys.argv[1:]))")


def test_a_user_without_a_home_is_told_what_to_do() -> None:
    done = as_nobody("log")
    assert (done.returncode, done.stderr) == (
        3,
        "segue: You have no home folder here. Set HOME, or choose a folder: --profile DIR\n",
    )


def test_a_profile_of_somebody_else(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    Database.open(profile / "segue.db").close()
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    before = (profile / "segue.db").read_bytes()
    done = as_nobody("--profile", profile, "search", "x")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "cannot be" in done.stderr
    assert (profile / "segue.db").read_bytes() == before
