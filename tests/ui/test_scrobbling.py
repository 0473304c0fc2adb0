"""The part of the settings that tells other services what was played."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from player.app import App
from player.audio import SilentEngine
from player.domain import TrackId
from player.ui.main_window import MainWindow
from player.ui.models.nav import PageKind, Place
from player.ui.views.settings.scrobbling import LastFmPanel, ListenBrainzPanel
from tests.scrobbling.conftest import MemoryRing, ring  # noqa: F401 - a fixture
from tests.scrobbling.stand_in import KEY, SECRET, TOKEN, StandIn, running


@pytest.fixture
def services() -> Iterator[StandIn]:
    """Both services on this machine."""
    with running() as stand_in:
        yield stand_in


def open_panel(window: MainWindow, kind: type) -> ListenBrainzPanel | LastFmPanel:
    """A service's panel, shown."""
    window.go(Place(PageKind.SETTINGS))
    return window.router.page.findChild(kind)


def test_a_token_turns_it_on_and_plays_go_out(
    app: App,
    window: MainWindow,
    services: StandIn,
    ring: MemoryRing,  # noqa: F811
    library: list[TrackId],
    engine: SilentEngine,
    qtbot: QtBot,
) -> None:
    panel = open_panel(window, ListenBrainzPanel)
    assert not panel.switch.isChecked()
    assert panel.details.isHidden()
    panel.switch.click()
    assert not panel.details.isHidden()
    panel.address.setText(services.url)
    panel.address.editingFinished.emit()
    panel.save.click()
    assert "Paste the token first" in panel.state.text()
    panel.token.setText("wrong")
    panel.save.click()
    qtbot.waitUntil(lambda: "does not accept" in panel.state.text(), timeout=20_000)
    panel.token.setText(TOKEN)
    panel.save.click()
    assert panel.token.text() == ""
    qtbot.waitUntil(lambda: "Signed in as ada" in panel.state.text(), timeout=20_000)
    app.queue.play_now(library[:2])
    engine.advance(23_000)
    qtbot.waitUntil(lambda: services.now == ["listenbrainz Blue Rooms"], timeout=20_000)
    app.settings.change(private_session=True)
    app.controller.next()
    qtbot.wait(50)
    assert services.now == ["listenbrainz Blue Rooms"]
    assert services.listens == []  # tracks of 24 s are too short to be told


def test_signing_in_at_lastfm_goes_through_the_browser(
    window: MainWindow,
    services: StandIn,
    ring: MemoryRing,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    panel = open_panel(window, LastFmPanel)
    panel.switch.click()
    panel.address.setText(f"{services.url}/2.0/")
    panel.address.editingFinished.emit()
    panel.sign_in.click()
    assert "Enter the API key" in panel.state.text()
    panel.key.setText(KEY)
    panel.secret.setText(SECRET)
    panel.sign_in.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert opened == [f"{services.url}/api/auth/?api_key={KEY}&token=a-token"]
    assert not panel.allowed.isHidden()
    services.allowed = True
    panel.allowed.click()
    qtbot.waitUntil(lambda: "Signed in as ada" in panel.state.text(), timeout=20_000)
    assert panel.sign_in.isHidden()
    panel.out.click()
    qtbot.waitUntil(lambda: "Not signed in" in panel.state.text(), timeout=20_000)
    assert ring.secrets == {}


def test_an_address_that_is_none_is_not_taken(window: MainWindow, qtbot: QtBot) -> None:
    panel = open_panel(window, ListenBrainzPanel)
    panel.address.setText("listens.example")
    panel.address.editingFinished.emit()
    assert "begins with https" in panel.state.text()
    panel.address.setText("")
    panel.address.editingFinished.emit()
    assert panel.address.text() == "https://api.listenbrainz.org"
