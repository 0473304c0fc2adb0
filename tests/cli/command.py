"""Running the command as users do: in a process of its own, or (quicker) in this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from mutagen.id3 import TALB, TIT2, TPE1, TRCK
from mutagen.wave import WAVE

from player.__main__ import main

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command said.

    Attributes:
        code: Exit code.
        out: Standard output.
        err: Standard error.
    """

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Segue:
    """The command with a profile of its own, run in this process.

    Attributes:
        profile: Where all state is.
        capture: What was printed.
    """

    profile: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str | Path) -> Answer:
        """Run it."""
        self.capture.readouterr()
        try:
            code = main(["--profile", str(self.profile), *map(str, words)])
        except SystemExit as ended:  # argparse's way of saying "wrong usage"
            code = int(ended.code or 0)
        out, err = self.capture.readouterr()
        return Answer(code, out, err)

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Start it in a process of its own."""
        command = [sys.executable, "-m", "player", "--profile", str(self.profile), *map(str, words)]
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )


def song(path: Path, milliseconds: int = 300, **tags: str) -> Path:
    """A tagged WAV file whose sound is its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rate = 8_000
    noise = np.random.default_rng(crc32(bytes(path))).normal(0, 2_000, rate * milliseconds // 1000)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(noise.astype("<i2").tobytes())
    frames = {"title": TIT2, "artist": TPE1, "album": TALB, "number": TRCK}
    tagged = WAVE(path)
    tagged.add_tags()
    for name, text in tags.items():
        tagged.tags.add(frames[name](encoding=3, text=text))
    tagged.save()
    return path


def library(folder: Path, artists: int = 4, each: int = 4) -> list[Path]:
    """A small library of real files."""
    return [
        song(
            folder / f"{artist}" / f"{number}.wav",
            title=f"Song {artist}.{number}",
            artist=f"Artist {artist}",
            album=f"Album {artist}",
            number=str(number),
        )
        for artist in range(artists)
        for number in range(1, each + 1)
    ]
