"""A folder of real music, and helpers that change it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest

from tests.audio_files import make

Tagged = Callable[..., Path]


@pytest.fixture(scope="session")
def _sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encoded once: a.flac, b.flac … with different sound."""
    folder = tmp_path_factory.mktemp("sounds")
    for seed, name in enumerate("abcdef"):
        make(folder / f"{name}.flac", seed=seed, seconds=0.2)
    make(folder / "a.ogg", seed=9, seconds=0.2)
    return folder


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """An empty music folder."""
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


@pytest.fixture
def tagged(_sounds: Path, music: Path) -> Tagged:
    """Put a sound into the music folder under a name, with tags."""

    def put(name: str, sound: str = "a.flac", **tags: str) -> Path:
        path = music / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_sounds / sound, path)
        if tags:
            retag(path, **tags)
        return path

    return put


def retag(path: Path, **tags: str) -> None:
    """Write Vorbis comments, and make the change of the file show."""
    media = mutagen.File(path)
    assert media is not None
    media.update(tags)
    media.save()
    touch(path)


def touch(path: Path) -> None:
    """Let a file look changed, however coarse the clock of the file system is."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
