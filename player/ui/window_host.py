"""The window for as long as the program runs: opened, and opened anew in another language while the music goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from player.domain import Settings
from player.ui.look import Look
from player.ui.main_window import MainWindow
from player.ui.services import Services
from player.ui.start import set_language
from player.ui.tray import Tray
from player.ui.widgets.overlays.notices import Notice

DESKTOP_KEY = "ui.desktop"


class WindowHost(QObject):
    """Owner of the one window.

    Every text of a window is asked for while it is built. Another language is therefore another window on the same
    running parts: it takes over place, size, panels, scroll positions and what can be undone. Sound never notices.

    Signals:
        files_dropped(list[str]): Files were dropped on the window.
        files_queued(list[str], int): Files were dropped on Up Next, before a row.

    Args:
        application: Whose language follows the settings.
        services: The running player.
        look: How to draw.
    """

    files_dropped = Signal(list)
    files_queued = Signal(list, int)

    def __init__(self, application: QApplication, services: Services, look: Look) -> None:
        super().__init__(application)
        self._application = application
        self._services = services
        self._look = look
        # What the desktop said last time: its answer of now comes after the first paint.
        match services.settings.recall(DESKTOP_KEY):
            case [str(mode), bool(still)]:
                look.follow_desktop(mode, still)
        self._language = services.settings.value.language
        set_language(application, self._language)
        icon = application.windowIcon()
        self.tray = Tray(services, icon, lambda: self._window, self.bring_forward, self.close, self)
        self._window = self._make()
        services.settings.changed.connect(self._settings_changed)

    @property
    def window(self) -> MainWindow:
        """The window of now."""
        return self._window

    def show(self) -> None:
        """Show it."""
        self._window.show()

    def close(self) -> None:
        """Close it: the program ends, wherever the window is."""
        seen = self._window.isVisible()
        self._window.leave()
        if not seen:  # in the tray: no last window closes
            self._application.quit()

    def dispose(self) -> None:
        """Stop the window's own threads; call once, after it was closed."""
        self._services.settings.changed.disconnect(self._settings_changed)
        self.tray.close()
        self._window.dispose()

    def follow_desktop(self, mode: str, still: bool) -> None:
        """The desktop wishes for "dark", "light" or neither (""), and maybe for less motion."""
        self._look.follow_desktop(mode, still)
        self._services.settings.remember(DESKTOP_KEY, [mode, still])

    def complain(self, text: str) -> None:
        """Show a problem."""
        self._window.say(Notice(text, problem=True))

    def bring_forward(self) -> None:
        """Somebody wants to see the window."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _make(self) -> MainWindow:
        window = MainWindow(self._services, self._look)
        window.files_dropped.connect(self.files_dropped)
        window.files_queued.connect(self.files_queued)
        self.tray.watch(window)
        return window

    def _settings_changed(self, settings: Settings) -> None:
        if settings.language == self._language:
            return
        self._language = settings.language
        before = self._window
        before.save_state()
        set_language(self._application, settings.language)
        self.tray.retranslate()
        self._services.suggestions.ask()
        self._window = self._make()
        if before.isVisible():
            # The new one first: with no window left, the program would end.
            self._window.show()
            before.hide()
        before.dispose()
        before.deleteLater()  # lanes drop the answers that it still waits for
