"""The window's own services: settings, places, waveforms, commands, smooth scrolling, the accent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget
from pytestqt.qtbot import QtBot

from player.app import App
from player.application.waveforms import COUNT, Waveforms, levels
from player.domain import FileError, Settings, Track, TrackId
from player.library import Probe
from player.ui.commands import Command, command_of
from player.ui.look import Look
from player.ui.models.nav import PageKind, Place
from player.ui.router import Router
from player.ui.start import make_look, style_icons
from player.ui.views.frame.page import Page
from player.ui.widgets.layout.scrolling import SmoothWheel
from tests import audio_files

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


# Commands


@pytest.mark.parametrize(
    ("key", "modifiers", "command"),
    [
        (Qt.Key.Key_Return, NONE, Command.PLAY),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, Command.PLAY),
        (Qt.Key.Key_Return, SHIFT, Command.PLAY_NEXT),
        (Qt.Key.Key_Return, CTRL, None),
        (Qt.Key.Key_Q, NONE, Command.ADD),
        (Qt.Key.Key_Q, CTRL, None),
        (Qt.Key.Key_Plus, SHIFT, Command.THUMB_UP),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier, Command.THUMB_UP),
        (Qt.Key.Key_Minus, NONE, Command.THUMB_DOWN),
        (Qt.Key.Key_Delete, NONE, Command.REMOVE),
        (Qt.Key.Key_Up, ALT, Command.MOVE_UP),
        (Qt.Key.Key_Down, ALT, Command.MOVE_DOWN),
        (Qt.Key.Key_Up, NONE, None),
        (Qt.Key.Key_Space, NONE, None),
    ],
)
def test_keys_of_lists(key: Qt.Key, modifiers: Qt.KeyboardModifier, command: Command | None) -> None:
    assert command_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers)) is command


# Places


class Noted(Page):
    """A page that notes what it is told."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.places: list[Place] = []
        self.reads = 0
        self.restored: dict[str, object] = {}

    def show_place(self, place: Place) -> None:
        """Note it."""
        self.places.append(place)

    def library_changed(self) -> None:
        """Note it."""
        self.reads += 1

    def state(self) -> dict[str, object]:
        """Something."""
        return {"scroll": 5}

    def restore(self, state: dict[str, object]) -> None:
        """Note it."""
        self.restored = state


@pytest.fixture
def router(qtbot: QtBot) -> Router:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    makers = dict.fromkeys(PageKind, Noted)
    return Router(stack, makers, {"tracks": {"scroll": 3}, "liked": "damaged"}, stack)


def test_back_and_forward(router: Router) -> None:
    home, album, tracks = Place(PageKind.HOME), Place(PageKind.ALBUM, 4), Place(PageKind.TRACKS)
    for place in (home, album, album, tracks):
        router.go(place)
    router.back()
    assert router.place == album
    router.back()
    router.back()
    assert router.place == home
    assert not router.can_go_back
    router.forward()
    assert router.place == album
    router.go(home)
    router.forward()
    assert router.place == home


def test_typing_is_one_step_back(router: Router) -> None:
    router.go(Place(PageKind.HOME))
    for text in ("r", "ri", "riv"):
        router.go(Place(PageKind.SEARCH, text))
    router.back()
    assert router.place == Place(PageKind.HOME)


def test_pages_are_made_when_they_are_wanted_and_restored(router: Router) -> None:
    router.go(Place(PageKind.TRACKS))
    assert router.page.restored == {"scroll": 3}
    router.go(Place(PageKind.LIKED))
    assert router.page.restored == {}
    assert router.state()["tracks"] == {"scroll": 5}


def test_hidden_pages_read_again_when_they_are_shown(router: Router, qtbot: QtBot) -> None:
    router.go(Place(PageKind.TRACKS))
    tracks = router.page
    router.go(Place(PageKind.HOME))
    for _ in range(5):
        router.library_changed()
    qtbot.waitUntil(lambda: router.page.reads == 1)
    assert tracks.reads == 0
    router.go(Place(PageKind.TRACKS))
    assert tracks.reads == 1


# Waveforms


@pytest.fixture(scope="module")
def swell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound that grows from silence to full."""
    path = tmp_path_factory.mktemp("wave") / "swell.wav"
    sound = audio_files.samples(4, 44_100, 3)
    rising = np.linspace(0, 1, sound.shape[1], dtype=np.float32)
    audio_files.encode(path, sound * rising, *audio_files.ENCODED["wav"])
    return path


def test_waveforms_follow_the_sound(swell: Path) -> None:
    found = levels(Probe(), str(swell))
    assert found.shape == (COUNT,)
    assert found[: COUNT // 4].mean() < found[-COUNT // 4 :].mean() / 2
    assert found.max() == 255


def test_what_cannot_be_decoded_has_no_waveform(tmp_path: Path) -> None:
    broken = tmp_path / "x.flac"
    broken.write_bytes(b"nothing")
    with pytest.raises(FileError):
        levels(Probe(), str(broken))


@pytest.fixture
def waveforms(tmp_path: Path, qapp: object) -> Iterator[Waveforms]:
    waveforms = Waveforms(tmp_path / "waveforms")
    yield waveforms
    waveforms.close()


def track(path: Path, **facts: object) -> Track:
    return Track(TrackId(1), str(path), "Swell", audio_key="swell", **facts)


def test_waveforms_are_kept(waveforms: Waveforms, swell: Path, tmp_path: Path, qtbot: QtBot) -> None:
    got: list[list[float]] = []
    waveforms.ask(track(swell), got.append)
    qtbot.waitUntil(lambda: len(got) == 1)
    assert (tmp_path / "waveforms" / "swell.bin").stat().st_size == COUNT
    waveforms.ask(track(tmp_path / "moved.wav"), got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got[0] == got[1]
    assert max(got[0]) == 1.0


def test_only_the_last_wish_is_answered(waveforms: Waveforms, swell: Path, qtbot: QtBot) -> None:
    first: list[object] = []
    last: list[object] = []
    waveforms.ask(track(swell), first.append)
    waveforms.ask(track(swell), last.append)
    qtbot.waitUntil(lambda: len(last) == 1)
    assert not first


@pytest.mark.parametrize("facts", [{"missing": True}, {"playable": False}, {"duration_ms": 99_000_000}])
def test_no_waveform_is_a_line(waveforms: Waveforms, swell: Path, qtbot: QtBot, facts: dict[str, object]) -> None:
    got: list[list[float]] = []
    waveforms.ask(track(swell, **facts), got.append)
    qtbot.waitUntil(lambda: got == [[]])


# Scrolling


def wheel(area: QPlainTextEdit, angle: int, pixels: int = 0) -> bool:
    """Turn the wheel over an area; whether it was taken by the smooth one."""
    point = QPointF(10, 10)
    event = QWheelEvent(
        point,
        area.mapToGlobal(point),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    return area.findChild(SmoothWheel).eventFilter(area.viewport(), event)


@pytest.fixture
def long_text(look: Look, qtbot: QtBot) -> QPlainTextEdit:
    area = QPlainTextEdit("line\n" * 2_000)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    SmoothWheel(area, look)
    return area


def test_the_wheel_glides(long_text: QPlainTextEdit, look: Look, qtbot: QtBot) -> None:
    look.set_reduced_motion(False)
    assert wheel(long_text, -120)
    qtbot.waitUntil(lambda: long_text.verticalScrollBar().value() == 96)
    assert wheel(long_text, 120)
    qtbot.waitUntil(lambda: long_text.verticalScrollBar().value() == 0)


def test_touchpads_and_reduced_motion_are_left_alone(long_text: QPlainTextEdit, look: Look) -> None:
    assert not wheel(long_text, -120)
    look.set_reduced_motion(False)
    assert not wheel(long_text, -120, pixels=-9)


# Style


def test_the_style_follows_theme_and_scale(qapp: QApplication, tmp_path: Path) -> None:
    look = make_look(qapp, Settings(theme="dark"), tmp_path)
    dark = qapp.styleSheet()
    look.theme.choose("light")
    light = qapp.styleSheet()
    look.set_text_scale(2.0)
    assert len({dark, light, qapp.styleSheet()}) == 3
    before = qapp.styleSheet()
    look.theme.set_pixels(((200, 20, 20),))
    assert qapp.styleSheet() == before
    qapp.setStyleSheet("")
    look.deleteLater()


def test_icons_of_the_style_are_files(look: Look, tmp_path: Path) -> None:
    for path in style_icons(look, tmp_path).values():
        assert Path(path).is_file()


def test_a_cache_that_cannot_be_written_costs_only_arrows(look: Look, tmp_path: Path, expect_log: object) -> None:
    expect_log("icons of the style sheet cannot be kept")
    (tmp_path / "style").write_text("in the way")
    assert set(style_icons(look, tmp_path).values()) == {""}


def test_parts_of_the_app_are_whole(app: App) -> None:
    parts = app
    assert parts.queue is parts.controller.queue
    assert parts.recorder is not None
    assert parts.sleep is not None
