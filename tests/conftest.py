"""What every test may use, and what no test may do; see `tests/bed`."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("SEGUE_TEST_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

import hypothesis
import pytest

from player.paths import Profile
from player.storage import Database

# A busy machine is no error; and CI tries the same examples every time.
hypothesis.settings.register_profile("segue", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("segue")

pytest_plugins = ["tests.bed.logs", "tests.bed.leftovers", "tests.bed.reports", "pytester"]


@pytest.fixture(autouse=True, scope="session")
def _collector_off() -> Iterator[None]:
    """Rubbish is collected between tests (`_collected`), never in the middle of an event, as in the program."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collected(_collector_off: None) -> Iterator[None]:
    """What a test leaves behind goes before the next one begins."""
    yield
    gc.collect(1)
    if gc.get_count()[2] > 20:
        gc.collect()
        gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or touches the user's own settings, cache, or library."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CACHE", "CONFIG", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """An empty profile in a folder of its own."""
    profile = Profile.at(tmp_path / "profile")
    profile.make()
    return profile


@pytest.fixture(scope="session")
def _database_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the migrations build it, made once."""
    path = tmp_path_factory.mktemp("database") / "segue.db"
    Database.open(path).close()
    return path


@pytest.fixture
def database(profile: Profile, _database_file: Path) -> Iterator[Database]:
    """An empty database in `profile`, built by `upgrade head`."""
    shutil.copyfile(_database_file, profile.database)
    database = Database.open(profile.database)
    yield database
    database.close()
