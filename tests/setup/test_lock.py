"""The lock fits pyproject.toml, on every Python and platform, and names no index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = [Requirement(line.rstrip("\\ ")) for line in TEXT.splitlines() if re.match(r"[a-z]", line)]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [Requirement(text) for text in PROJECT["dependencies"] + EXTRAS["dev"] + EXTRAS["bundle"]]


def versions(environment):
    """What the lock installs there: name -> version."""
    there = {**default_environment(), **environment}
    return {
        canonicalize_name(entry.name): next(iter(entry.specifier)).version
        for entry in LOCKED
        if entry.marker is None or entry.marker.evaluate(there)
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_dependency_is_locked_at_a_version_that_fits(python, platform):
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    locked = versions(environment)
    for wanted in WANTED:
        if wanted.marker is None or wanted.marker.evaluate({**default_environment(), **environment}):
            assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), wanted


def test_the_lock_has_its_sections_in_order():
    assert re.findall(r"^# (\w+):$", TEXT, re.MULTILINE) == ["run", "test", "bundle", "supply"]
    run = TEXT.partition("\n# test:\n")[0]
    assert "\nnumpy==" in run
    assert "\npytest==" not in run


def test_the_lock_names_no_index_and_a_hash_for_everything():
    assert "://" not in TEXT
    assert len(LOCKED) > 50
    assert len(re.findall(r"^[a-z].* \\\n    --hash=sha256:[0-9a-f]{64}", TEXT, re.MULTILINE)) == len(LOCKED)


def test_nothing_heavy_is_installed():
    assert not {"torch", "pandas", "numba", "scikit-learn", "pyside6", "pyside6-addons"} & {
        canonicalize_name(entry.name) for entry in LOCKED
    }
