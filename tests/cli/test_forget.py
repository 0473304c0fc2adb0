"""Forgetting by the command line."""

import os
from pathlib import Path

import psutil

from player.domain import ModelVersion, UtcMs
from player.paths import Profile
from player.storage import Database
from tests.bed.logs import ExpectLog
from tests.cli.command import Segue
from tests.cli.test_exchange import a_history


def with_a_model(segue: Segue) -> Profile:
    """The command's profile, with a trained model in it."""
    profile = Profile.at(segue.profile)
    (profile.models / "own-1").mkdir(parents=True)
    (profile.models / "own-1" / "manifest.json").write_text("{}")
    database = Database.open(profile.database)
    database.models.add(ModelVersion("own-1", UtcMs(1), 100, {}, {}, active=True))
    database.close()
    return profile


def test_models_go_and_the_log_stays_then_everything_goes(segue: Segue, music: Path, tmp_path: Path) -> None:
    segue("scan", music)
    segue("import", a_history(tmp_path))
    profile = with_a_model(segue)
    learned = segue("forget", "learned", "--yes", "--json")
    assert learned.document == {"forgotten": "learned", "plays": 0, "thumbs": 0, "models": 1}
    assert not profile.models.exists()
    assert len(segue("log", "--json").document) == 2
    (profile.cache / "waveforms").mkdir(parents=True)
    everything = segue("forget", "everything", "--yes", "--json")
    assert everything.document == {"forgotten": "everything", "plays": 2, "thumbs": 0, "models": 0}
    assert segue("log", "--json").document == []
    assert not (profile.cache / "waveforms").exists()
    assert len(segue("search", "Song", "-n", "50", "--json").document) == 16
    assert all(path.exists() for path in music.rglob("*.wav"))


def test_one_artist_is_learned_anew_and_that_taken_back(segue: Segue, music: Path) -> None:
    segue("scan", music)
    name = segue("search", "Song", "-n", "1", "--json").document[0]["artist"]
    anew = segue("forget", "learned", "--artist", name.upper(), "--json")
    assert anew.document == {"forgotten": "learned", "artist": name, "anew": True}
    database = Database.open(Profile.at(segue.profile).database)
    assert list(database.fresh_starts.names(database.fresh_starts.current()).values()) == [name]
    database.close()
    assert segue("forget", "learned", "--artist", name, "--undo", "--json").document["anew"] is False
    assert segue("forget", "learned", "--artist", "Nobody of this name").code == 2
    assert segue("forget", "everything", "--artist", name).code == 2


def test_no_file_of_the_profile_tells_of_it_any_more(
    segue: Segue, music: Path, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("cannot be opened: it is damaged")
    segue("scan", music)
    segue("import", a_history(tmp_path))
    songs = sorted(music.rglob("*.wav"))[:4]
    songs[3].write_bytes(b"no sound")  # the log file names it
    segue("play", *songs, "--output", "null", "--speed", "max")
    segue("next")  # the recommender keeps what it learned
    database = Database.open(Profile.at(segue.profile).database)
    moments = [int(play.started_at) for play in database.plays.recent(99)]
    strangers = [play.title for play in database.foreign_plays.all()]
    database.close()
    assert len(moments) >= 5
    assert strangers
    traces = [*(at.to_bytes(6, "big") for at in moments), *(at.to_bytes(8, "little") for at in moments)]
    traces += [b"cannot play", *(title.encode() for title in strangers)]

    def found() -> set[bytes]:
        files = [path.read_bytes() for path in segue.profile.rglob("*") if path.is_file()]
        return {trace for trace in traces if any(trace in data for data in files)}

    assert found() >= {b"cannot play", *(title.encode() for title in strangers)}
    assert len(found()) > len(moments)
    segue("forget", "everything", "--yes")
    assert found() == set()


def test_without_a_yes_nothing_goes(segue: Segue) -> None:
    profile = with_a_model(segue)
    answer = segue("forget", "everything")
    assert answer.code == 2
    assert "--yes" in answer.err
    assert profile.models.exists()


def test_not_while_a_player_runs(segue: Segue) -> None:
    profile = with_a_model(segue)
    mark = profile.data / "players" / str(os.getppid())
    mark.parent.mkdir()
    mark.write_text(repr(psutil.Process(os.getppid()).create_time()))
    answer = segue("forget", "learned", "--yes")
    assert answer.code == 3
    assert "Quit it first" in answer.err
    assert profile.models.exists()
