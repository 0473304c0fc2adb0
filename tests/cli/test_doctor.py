"""The doctor on a profile that is not well."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from player.cli import _examine
from player.cli._examine import examine
from player.domain import now_ms
from player.paths import Profile
from player.storage import Database
from tests.recommending.world import HOUR_MS, World


@pytest.fixture(autouse=True)
def _no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether this computer has sound is another test's matter."""
    monkeypatch.setattr("player.cli._try_sound.try_sound", lambda: "")


def findings(profile: Profile) -> dict[str, _examine.Finding]:
    return {finding.what: finding for finding in examine(profile)}


def test_a_new_profile_is_well_and_told_how_to_begin(profile: Profile) -> None:
    found = findings(profile)
    assert all(finding.ok for finding in found.values())
    assert found["music folders"].do == "Add one: segue scan DIR"
    assert found["model"].says == "the shipped one; it suggests 0 tracks"


def test_a_folder_that_has_gone_is_named(profile: Profile, database: Database, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    database.files.add_root(str(tmp_path / "music"))
    shutil.rmtree(tmp_path / "music")
    finding = findings(profile)["music folders"]
    assert not finding.ok
    assert str(tmp_path / "music") in finding.says
    assert "Connect its drive" in finding.do


def test_a_damaged_database_keeps_no_other_part_from_being_seen(profile: Profile) -> None:
    profile.database.write_bytes(b"no database at all" * 100)
    found = findings(profile)
    assert not found["database"].ok
    assert found["Python"].ok
    assert found["ONNX Runtime"].ok


def test_a_full_disk_and_a_missing_library_say_what_to_do(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_examine, "LEAST_FREE_MB", 10**12)
    monkeypatch.setattr(_examine, "LIBRARIES", ("sys", "no_such_library"))
    found = findings(profile)
    assert found["disk"].do == "Make room on this disk."
    assert "no_such_library" in found["libraries"].says
    assert found["libraries"].do == "Run: python3 segue.py"


def test_what_else_may_be_wrong_is_named(
    profile: Profile, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world = World(database)
    world.play(world.tracks[0], now_ms() + 30 * 24 * HOUR_MS)
    database.back_up_beside()
    mount = SimpleNamespace(mountpoint=str(tmp_path), fstype="nfs4")
    monkeypatch.setattr(_examine.psutil, "disk_partitions", lambda all: [mount])
    found = findings(profile)
    assert (found["clock"].ok, found["clock"].do) == (False, "Check the computer's clock; nothing is lost.")
    assert found["copies"].says.startswith("1 of the database")
    assert "network drive (nfs4)" in found["disk"].says


def test_missing_sound_libraries_are_named_by_package(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("player.cli._try_sound.try_sound", lambda: "no sound server runs")
    monkeypatch.setattr(_examine.ctypes, "CDLL", load)
    monkeypatch.setattr(_examine.sys, "platform", "linux")
    assert findings(profile)["sound"].do == "Install libpulse0 and libasound2."
