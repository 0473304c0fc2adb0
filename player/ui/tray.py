"""An icon in the tray, for those who want it: what plays, the transport, and the window in and out of sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from player.domain import PlayerState, Settings
from player.ui.guard import guarded
from player.ui.main_window import MainWindow
from player.ui.plain import menu_text, outside_text
from player.ui.services import Services

Reason = QSystemTrayIcon.ActivationReason


class Tray(QObject):
    """Follows the settings; where the desktop has no tray there is nothing, and closing the window ends the player.

    Args:
        services: The running player.
        icon: What it looks like.
        window: The window of now.
        bring_forward: Shows it.
        leave: Ends the player.
        parent: Qt parent.
    """

    def __init__(
        self,
        services: Services,
        icon: QIcon,
        window: Callable[[], MainWindow],
        bring_forward: Callable[[], None],
        leave: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._window = window
        self._bring_forward = bring_forward
        self._leave = leave
        self._drawn = icon
        self.icon: QSystemTrayIcon | None = None
        self.menu: QMenu | None = None
        services.settings.changed.connect(self._apply)
        services.controller.state_changed.connect(self._show)
        services.controller.track_changed.connect(self._show)
        self._apply(services.settings.value)

    @staticmethod
    def available() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def watch(self, window: MainWindow) -> None:
        """Look after this window: closed by its frame it goes into the tray, if the user wants that."""
        window.installEventFilter(self)

    @guarded(lambda: False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catches that the window is closed by its frame; when the player ends, or the session, it is left to."""
        if event.type() is not QEvent.Type.Close or not isinstance(watched, MainWindow) or watched.leaving:
            return False
        if not self._keeps() or _session_ends():
            return False
        event.ignore()
        watched.save_state()
        watched.hide()
        return True

    def close(self) -> None:
        """Take the icon away."""
        self._services.settings.changed.disconnect(self._apply)
        self._services.controller.state_changed.disconnect(self._show)
        self._services.controller.track_changed.disconnect(self._show)
        self._remove()

    def retranslate(self) -> None:
        """The language is another one."""
        if self.icon is not None:
            self._remove()
            self._apply(self._services.settings.value)

    def _keeps(self) -> bool:
        icon = self.icon
        return (
            icon is not None and icon.isVisible() and self.available() and self._services.settings.value.close_to_tray
        )

    def _apply(self, settings: Settings) -> None:
        if settings.tray and self.icon is None and self.available():
            self._make()
        elif not settings.tray and self.icon is not None:
            self._remove()
            self._window().show()  # it may be nowhere else

    def _make(self) -> None:
        self.menu = QMenu()
        self._playing = QAction(self.menu)
        self._playing.setEnabled(False)
        self.menu.addAction(self._playing)
        self.menu.addSeparator()
        controller = self._services.controller
        self._play = self._add(self.tr("Play"), controller.play_pause)
        self._add(self.tr("Next track"), controller.next)
        self._add(self.tr("Previous track"), controller.previous)
        self.menu.addSeparator()
        self._thumbs = [
            self._add(self.tr("Thumb up"), lambda: self._thumb(1)),
            self._add(self.tr("Thumb down"), lambda: self._thumb(-1)),
        ]
        self.menu.addSeparator()
        self._add(self.tr("Show the window"), self._bring_forward)
        self._add(self.tr("Quit"), self._leave)
        self.icon = QSystemTrayIcon(self._drawn, self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._show()
        self.icon.show()

    def _add(self, text: str, act: Callable[[], object]) -> QAction:
        assert self.menu is not None
        action = self.menu.addAction(text)
        action.triggered.connect(lambda _on: act())
        return action

    def _remove(self) -> None:
        if self.icon is not None and self.menu is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.menu.deleteLater()
        self.icon = self.menu = None

    def _thumb(self, value: int) -> None:
        self._services.feedback.thumb_playing(value)

    def _activated(self, reason: Reason) -> None:
        window = self._window()
        if reason is Reason.MiddleClick:
            self._services.controller.play_pause()
        elif reason is Reason.Trigger and window.isVisible() and not window.isMinimized():
            window.hide()
        elif reason is Reason.Trigger:
            self._bring_forward()

    def _show(self, *_what: object) -> None:
        """Say what plays."""
        if self.icon is None:
            return
        controller = self._services.controller
        track = controller.current_track
        nothing = self.tr("Nothing is playing")
        text = nothing if track is None else " – ".join(part for part in (track.title, track.artist) if part)
        self._playing.setText(menu_text(text))
        self.icon.setToolTip(outside_text(f"Segue: {text}"))
        playing = controller.state is PlayerState.PLAYING
        self._play.setText(self.tr("Pause") if playing else self.tr("Play"))
        for action in self._thumbs:
            action.setEnabled(track is not None)


def _session_ends() -> bool:
    """Whether the user logs out: then nothing holds the desktop up."""
    application = QApplication.instance()
    return isinstance(application, QApplication) and application.isSavingSession()
