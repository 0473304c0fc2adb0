"""Training: the gate, the child, the model taken into use."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from pytestqt.qtbot import QtBot

from player.domain import ModelError, Settings, UtcMs, now_ms
from player.paths import Profile
from player.recommending import Gate, Hindrance, IdleTrainer, Outlook, Training, on_mains, train_now
from player.recommending import _idle as idle_module
from player.recommending import _training as training_module
from player.recommending._mind import models_to_try
from player.recommending._training import BusyError, StoppedError
from player.workers import Lane
from tests.bed.logs import ExpectLog
from tests.cli.command import ROOT
from tests.recommending.world import HOUR_MS, World


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trainer that answers like the real one, but at once; its model is a copy of the base."""
    path = tmp_path_factory.mktemp("trainer") / "quick_trainer.py"
    path.write_text(
        "import json, pathlib, shutil, sys\n"
        "out, base = pathlib.Path(sys.argv[2]), sys.argv[sys.argv.index('--base') + 1]\n"
        "print(json.dumps({'stage': 'replay', 'done': 1, 'total': 2}), flush=True)\n"
        "if (out.parents[2] / 'wait').exists(): sys.stdin.read()\n"
        "if (out.parents[2] / 'fail').exists(): sys.exit('no memory left')\n"
        "shutil.copytree(base, out)\n"
        "better = not (out.parents[2] / 'worse').exists()\n"
        "report = {'version': 'own-1', 'events': 120, 'seconds': 0.1, 'before': {'mrr20': 0.1},\n"
        "          'after': {'mrr20': 0.2}, 'promoted': better, 'text': 'Done.', 'curve': []}\n"
        "(out / 'report.json').write_text(json.dumps(report))\n"
    )
    return path


@pytest.fixture
def quickly(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children are the quick trainer."""
    monkeypatch.setattr(training_module, "child_command", lambda _module: [sys.executable, str(quick)])


def test_too_few_plays_train_nothing(world: World, profile: Profile) -> None:
    world.live(days=1)
    stages: list[str] = []
    report = train_now(world.db, profile, progress=lambda line: stages.append(line["stage"]))
    assert not report.promoted
    assert report.events == 8
    assert "Too few plays" in report.text
    assert stages[0] == "load"
    assert world.db.models.all() == []
    assert not (profile.cache / "training").exists()


def test_two_trainings_of_one_profile_exclude_each_other(world: World, profile: Profile) -> None:
    world.live(days=1)
    script = (
        "import sys; from pathlib import Path; from player.paths import Profile\n"
        "from player.recommending._training import _alone\n"
        "with _alone(Profile.at(Path(sys.argv[1]))): print('holds', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(profile.data)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "holds\n"
        with pytest.raises(BusyError, match="Another training runs"):
            train_now(world.db, profile)
        other.kill()  # what it leaves behind locks nothing
    train_now(world.db, profile)
    train_now(world.db, profile)


@pytest.mark.usefixtures("quickly")
def test_a_better_model_is_kept_and_taken_into_use(world: World, profile: Profile) -> None:
    report = train_now(world.db, profile)
    assert report.promoted
    assert world.db.models.active() is not None
    assert models_to_try(world.db, profile)[0][0] == profile.models / "own-1"
    assert (profile.models / "own-1" / "manifest.json").exists()
    assert not (profile.models / "own-1" / "report.json").exists()


@pytest.mark.usefixtures("quickly")
def test_a_model_that_is_no_better_is_kept_but_not_used(world: World, profile: Profile) -> None:
    (profile.cache / "worse").touch()
    assert not train_now(world.db, profile).promoted
    assert world.db.models.active() is None
    assert [model.version for model in world.db.models.all()] == ["own-1"]


@pytest.mark.usefixtures("quickly")
def test_a_child_that_fails_says_why(world: World, profile: Profile) -> None:
    (profile.cache / "fail").touch()
    with pytest.raises(ModelError, match="no memory left"):
        train_now(world.db, profile)


@pytest.mark.usefixtures("quickly")
def test_it_can_be_stopped(world: World, profile: Profile) -> None:
    (profile.cache / "wait").touch()
    training: list[Training] = []
    training.append(Training(world.db, profile, progress=lambda _line: training[0].stop()))
    with pytest.raises(StoppedError):
        training[0].run()
    assert world.db.models.all() == []


@dataclass
class Setting:
    """An idle trainer whose world can be changed."""

    trainer: IdleTrainer
    world: World
    profile: Profile
    idle: dict[str, int | None]


@pytest.fixture
def setting(world: World, profile: Profile, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    monkeypatch.setattr(idle_module, "FIRST_PLAYS", 20)
    monkeypatch.setattr(idle_module, "NEW_PLAYS", 20)
    idle: dict[str, int | None] = {"ms": 10 * HOUR_MS, "mains": 1}
    lane = Lane("test storage")
    gate = Gate(lambda: idle["ms"], lambda: bool(idle["mains"]))

    def clock() -> UtcMs:
        return UtcMs(now_ms() + (idle.get("later") or 0))

    trainer = IdleTrainer(world.db, lane, profile, Settings(), gate=gate, clock=clock)
    yield Setting(trainer, world, profile, idle)
    trainer.close()
    lane.close()


@pytest.mark.usefixtures("quickly")
def test_it_trains_when_the_computer_is_idle_and_there_is_enough_to_learn(setting: Setting, qtbot: QtBot) -> None:
    setting.world.live(days=2)
    told: list[tuple[str, float]] = []
    setting.trainer.progress.connect(lambda stage, part: told.append((stage, part)))
    with qtbot.waitSignal(setting.trainer.finished, timeout=20_000) as done:
        setting.trainer.look()
    assert done.args[0].promoted
    assert told == [("replay", 0.5)]
    assert not setting.trainer.training
    # Nothing new since then, and no rest either.
    setting.trainer.look()
    with qtbot.assertNotEmitted(setting.trainer.started, wait=100):
        setting.idle["later"] = 24 * HOUR_MS
        setting.trainer.look()


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("why", ["few plays", "in use", "on battery", "switched off", "private"])
def test_it_leaves_the_computer_alone(setting: Setting, qtbot: QtBot, why: str) -> None:
    setting.world.live(days=1 if why == "few plays" else 2)
    setting.idle |= {"in use": {"ms": 1_000}, "on battery": {"mains": 0}}.get(why, {})
    off = {"switched off": {"idle_training": False}, "private": {"private_session": True}}.get(why, {})
    setting.trainer.apply(replace(Settings(), **off))
    with qtbot.assertNotEmitted(setting.trainer.started, wait=100):
        setting.trainer.look()


@pytest.mark.usefixtures("quickly")
def test_it_stops_when_somebody_comes_back(setting: Setting, qtbot: QtBot) -> None:
    setting.world.live(days=2)
    (setting.profile.cache / "wait").touch()
    with qtbot.waitSignal(setting.trainer.progress, timeout=20_000):
        setting.trainer.look()
    with qtbot.waitSignal(setting.trainer.stopped, timeout=5_000):
        setting.idle["ms"] = 0
        setting.trainer.look()
    assert not setting.trainer.training


@pytest.mark.usefixtures("quickly")
def test_what_must_not_happen_during_a_training_waits_for_its_end(setting: Setting, qtbot: QtBot) -> None:
    called: list[bool] = []
    setting.trainer.when_idle(lambda: called.append(setting.trainer.training))
    assert called == [False]
    setting.world.live(days=2)
    (setting.profile.cache / "wait").touch()
    with qtbot.waitSignal(setting.trainer.progress, timeout=20_000):
        setting.trainer.look()
    with qtbot.waitSignal(setting.trainer.stopped, timeout=20_000):
        setting.trainer.when_idle(lambda: called.append(setting.trainer.training))
        assert called == [False]
    assert called == [False, False]


@pytest.mark.usefixtures("quickly")
def test_training_on_request_needs_no_idle_computer(setting: Setting, qtbot: QtBot, expect_log: ExpectLog) -> None:
    expect_log("the training failed")
    setting.idle["ms"] = 0
    (setting.profile.cache / "fail").touch()
    with qtbot.waitSignal(setting.trainer.failed, timeout=20_000) as failed:
        setting.trainer.train_now()
    assert "no memory left" in failed.args[0]
    (setting.profile.cache / "fail").unlink()
    with qtbot.waitSignal(setting.trainer.finished, timeout=20_000):
        setting.trainer.train_now()


def test_a_computer_that_does_not_tell_counts_as_idle() -> None:
    assert Gate(lambda: None, lambda: True).idle()
    assert not Gate(lambda: None, lambda: False).idle()
    assert Gate(lambda: 1, lambda: True).powered()


def test_it_is_said_what_the_next_training_waits_for(world: World, profile: Profile, qtbot: QtBot) -> None:
    lane = Lane("test storage")
    state = {"mains": True, "idle": 0, "saving": False, "metered": False}
    gate = Gate(
        lambda: int(state["idle"]),
        lambda: bool(state["mains"]),
        saving=lambda: bool(state["saving"]),
        metered=lambda: bool(state["metered"]),
    )
    trainer = IdleTrainer(world.db, lane, profile, gate=gate)
    told: list[Outlook] = []

    def outlook() -> Outlook:
        told.clear()
        trainer.outlook(told.append)
        qtbot.waitUntil(lambda: len(told) == 1)
        return told[0]

    assert (outlook().plays, outlook().rests_ms) == (100, 0)
    world.live(days=11)
    assert outlook() == Outlook(hindrance=Hindrance.USED)
    for name, why in (("metered", Hindrance.METERED), ("saving", Hindrance.SAVING)):
        state[name] = True
        assert outlook() == Outlook(hindrance=why)
    state["mains"] = False
    assert outlook() == Outlook(hindrance=Hindrance.BATTERY)
    state.update(mains=True, saving=False, metered=False, idle=10**6)
    assert outlook() == Outlook()
    world.db.models.note_training(UtcMs(now_ms() - 60_000), 20)
    assert 0 < outlook().rests_ms <= idle_module.PAUSE_MS - 60_000
    trainer.apply(Settings(idle_training=False))
    assert outlook().off
    trainer.apply(Settings(private_session=True))
    assert outlook().private
    trainer.close()
    lane.close()


@pytest.mark.parametrize(("plugged", "mains"), [(True, True), (False, False), (None, True)])
def test_a_battery_that_cannot_tell_hinders_nothing(
    monkeypatch: pytest.MonkeyPatch, plugged: bool | None, mains: bool
) -> None:
    battery = SimpleNamespace(percent=50, secsleft=-1, power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert on_mains() is mains


def test_a_real_training_is_of_low_priority_and_leaves_nothing_when_stopped(world: World, profile: Profile) -> None:
    world.live(days=16)
    nice: list[int] = []
    left: list[psutil.Process] = []

    def watch(line: dict[str, object]) -> None:
        if line["stage"] == "validate" and not left:
            # Tests that ran in this process before may have left programs of their own, as a sound server.
            left.extend(child for child in psutil.Process().children() if "recommender.training" in child.cmdline())
            nice.extend(int(child.nice()) for child in left)
            training.stop()

    training = Training(world.db, profile, progress=watch)
    with pytest.raises(StoppedError):
        training.run()
    assert len(left) == 1
    assert nice[0] > psutil.Process().nice()
    assert not left[0].is_running()
    assert world.db.models.all() == []
    assert not (profile.cache / "training").exists()
