"""`segue demo`: what it makes, and that it makes it once. Short tones stand for the music, which would take long."""

import json

import numpy as np
import pytest

from player.__main__ import main
from player.demo._catalogue import ALBUMS, ARTISTS
from player.demo._files import ENCODINGS, _tags, write_audio, write_tags
from player.domain import Outcome
from player.paths import Profile
from player.storage import Database

TRACKS = sum(len(album.tracks) for album in ALBUMS)


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """A profile in which the demo's music is already made, of short tones."""
    folder = tmp_path_factory.mktemp("demo")
    encoding = ENCODINGS["flac"]
    for album in ALBUMS:
        for number in range(1, len(album.tracks) + 1):
            artist = ARTISTS[album.artists[number - 1] if album.artists else album.artist]
            place = folder / "demo-music" / (ARTISTS[album.artist].name if album.artist else "Various Artists")
            path = place / album.title.replace(":", " -") / f"{number:02d} x.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            tone = np.random.default_rng([number, ALBUMS.index(album)]).normal(0, 0.1, (2, 8_000)).astype(np.float32)
            write_audio(path, tone, encoding)
            write_tags(path, _tags(album, number, artist), None)
    return Profile.at(folder)


@pytest.fixture
def demo(profile, capsys):
    """Runs the command; tells its exit code and its answer."""

    def run(*words):
        code = main(["--profile", str(profile.data), "demo", "--no-window", *words])
        return code, capsys.readouterr()

    return run


def test_it_makes_a_library_and_a_past_once(demo, profile):
    code, output = demo("--json")
    made = json.loads(output.out)
    assert code == 0
    assert (made["tracks"], made["written"], made["profile"]) == (TRACKS, 0, str(profile.data))
    assert made["plays"] > 300
    assert made["thumbs"] > 2
    again = json.loads(demo("--json")[1].out)
    assert (again["tracks"], again["plays"], again["thumbs"]) == (TRACKS, made["plays"], made["thumbs"])
    database = Database.open(profile.database)
    outcomes = {play.outcome for play in database.plays.recent(200)}
    database.close()
    assert outcomes >= {Outcome.PLAYED, Outcome.SKIPPED}


def test_it_says_in_words_where_things_are(demo, profile):
    code, output = demo()
    assert code == 0
    assert str(profile.data) in output.out
    assert "Traceback" not in output.err


def test_up_next_has_reasons_after_it(demo, profile, capsys):
    demo()
    assert main(["--profile", str(profile.data), "next", "-n", "10", "--json"]) == 0
    chosen = json.loads(capsys.readouterr().out)
    assert len({track["id"] for track in chosen}) == 10
    assert len({reason for track in chosen for reason in track["reasons"]}) >= 4


def test_anew_deletes_a_demo_and_nothing_else(tmp_path, capsys):
    (tmp_path / "precious").touch()
    assert main(["--profile", str(tmp_path), "demo", "--anew", "--no-window"]) == 3
    assert "no demo" in capsys.readouterr().err
    assert (tmp_path / "precious").exists()
