"""Radios judged on a log of habits: who knows what goes together finds it, who draws at random does not."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from recommender import Artefact, Event, EventKind, Snapshot
from recommender.evaluation import person, read_log
from recommender.evaluation._people import Person
from recommender.evaluation.radio import FEWEST, KINDS, main, radios, sittings, summary
from tests.recommender.evaluation.logs import DAY, MINUTE, write

BASE = Path(__file__).parents[3] / "resources/models/base"
GROUPS, TOGETHER = 12, 8
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every day one of twelve sets of eight tracks by eight artists, in another order every time."""
    random = np.random.default_rng(5)
    rows = []
    for day in range(96):
        group = day % GROUPS
        for place, track in enumerate(random.permutation(TOGETHER).tolist()):
            row = (day * DAY + place * 3 * MINUTE, f"t{group}.{track}", f"a{(group * 5 + track) % 40}", 180_000)
            rows.append(row)
    return write(tmp_path_factory.mktemp("log") / "log.csv", "ts,track,artist,ms_played", rows)


def test_what_was_played_together_is_found(log: Path) -> None:
    one = person("", read_log(log).users[""])
    found = radios(one, Artefact.load(BASE))["track"]
    assert found["sessions"]["recall"] > 0.95
    assert found["company"]["recall"] > 0.95
    assert found["segue"]["recall"] > 0.95
    assert found["random"]["recall"] < 0.5
    assert found["random"]["recall"] <= found["random"]["hit"]


def test_sessions_end_with_silence_and_skips_are_no_wish() -> None:
    items = [0, 1, 1, 2, 3, 4, 5, 6, 7]
    events = [Event(item, EventKind.PLAYED, place * 180_000, 180_000) for place, item in enumerate(items)]
    events[3] = Event(2, EventKind.SKIPPED, events[3].at, 5_000)
    events.append(Event(8, EventKind.PLAYED, events[-1].at + HOUR_MS, 180_000))
    one = Person("x", Snapshot.build(np.arange(9)), events, [True] * 10, [True] * 10, np.zeros(9, np.int32))
    (only,) = sittings(one)
    assert (only.first, only.seed, only.further) == (0, 0, frozenset({1, 3, 4, 5, 6, 7}))
    assert len(only.further) >= FEWEST


def test_errors_are_those_of_the_mean_over_people() -> None:
    def somebody(recall: float) -> dict[str, dict[str, dict[str, float]]]:
        figures = {"segue": {"recall": recall, "hit": 1.0}, "artist": {"recall": 0.1, "hit": 0.5}}
        return dict.fromkeys(KINDS, figures)

    found = summary([somebody(0.2), somebody(0.4)])["track"]
    assert found["segue"]["recall"] == (0.3, 0.1)
    assert found["artist"]["ahead"] == (0.2, 0.1)
    assert found["segue"]["ahead"] == (0.0, 0.0)


def test_the_command_line_prints_both_kinds(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(log), "--base", str(BASE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == set(KINDS)
    assert main([str(log), "--base", str(BASE)]) == 0
    assert "| track radio | recall@20 |" in capsys.readouterr().out


@pytest.mark.parametrize("there", [False, True], ids=["no log", "no weights"])
def test_what_cannot_be_read_is_named(log: Path, capsys: pytest.CaptureFixture[str], *, there: bool) -> None:
    missing = log.parent / "missing"
    with pytest.raises(SystemExit) as left:
        main([str(log if there else missing), "--base", str(missing if there else BASE)])
    assert left.value.code == 2
    assert "missing" in capsys.readouterr().err
