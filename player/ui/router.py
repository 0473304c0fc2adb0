"""Going from page to page: which page shows a place, back and forward, what is remembered of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from player.ui.models.nav import PageKind, Place
from player.ui.views.frame.page import Page
from player.ui.views.tracks.row_hands import RowHands

MOST_STEPS = 60
CHANGE_PAUSE_MS = 400
"""While a scan goes on, pages read again no more often than this; views must not jump for every track."""


class Router(QObject):
    """Owner of the pages; makes each when it is first wanted.

    Signals:
        moved(Place): Another place is shown.
        header_changed(): The present page's title, count or tools are others.

    Args:
        stack: Where pages are shown.
        makers: Makes the page of each kind.
        state: What was remembered of pages, by kind.
        parent: Qt parent.
    """

    moved = Signal(object)
    header_changed = Signal()

    def __init__(
        self,
        stack: QStackedWidget,
        makers: Mapping[PageKind, Callable[[], Page]],
        state: Mapping[str, Any],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stack = stack
        self._makers = makers
        self._state = dict(state)
        self._pages: dict[PageKind, Page] = {}
        self._stale: set[PageKind] = set()
        self._back: list[Place] = []
        self._forward: list[Place] = []
        self._place: Place | None = None
        self._left: dict[Place, dict[str, Any]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(CHANGE_PAUSE_MS)
        self._pause.timeout.connect(self._refresh_shown)

    @property
    def place(self) -> Place | None:
        """Where the user is."""
        return self._place

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._pages.get(self._place.kind) if self._place is not None else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return bool(self._back)

    def go(self, place: Place) -> None:
        """Go to a place."""
        if place == self._place:
            return
        # Each letter typed into the search field is the same place for the way back.
        typing = self._place is not None and place.kind is self._place.kind is PageKind.SEARCH
        if self._place is not None and not typing:
            self._back.append(self._place)
            del self._back[:-MOST_STEPS]
        self._forward.clear()
        self._show(place)

    def back(self) -> None:
        """Go where the user was before."""
        if self._back and self._place is not None:
            self._forward.append(self._place)
            self._show(self._back.pop(), returning=True)

    def forward(self) -> None:
        """Undo going back."""
        if self._forward and self._place is not None:
            self._back.append(self._place)
            self._show(self._forward.pop(), returning=True)

    def library_changed(self) -> None:
        """Pages read again: the one shown soon, the others when they are next shown."""
        self._stale |= set(self._pages)
        if not self._pause.isActive():
            self._pause.start()

    def state(self) -> dict[str, Any]:
        """What is to be remembered of all pages."""
        return self._state | {kind.value: page.state() for kind, page in self._pages.items()}

    def _show(self, place: Place, *, returning: bool = False) -> None:
        before, left = self.page, self._place
        if before is not None and before.of_places and left is not None:
            self._left[left] = before.state()
            while len(self._left) > MOST_STEPS:
                del self._left[next(iter(self._left))]
        self._place = place
        page = self._pages.get(place.kind)
        if page is None:
            page = self._make(place.kind)
        focus = QApplication.focusWidget()
        from_page = before is not None and focus is not None and before.isAncestorOf(focus)
        self._stack.setCurrentWidget(page)
        if returning and place in self._left:
            page.restore(self._left[place])
        page.show_place(place)
        if from_page:
            self._hand_focus(page, by_key=bool(getattr(focus, "by_key", True)))
        self._refresh_shown()
        self.moved.emit(place)
        self.header_changed.emit()

    @staticmethod
    def _hand_focus(page: Page, *, by_key: bool) -> None:
        """The focus goes on from the page before to what this one is about; to be seen where keys led here."""
        page.focus_content()
        focus = QApplication.focusWidget()
        if by_key and isinstance(focus, RowHands):
            focus.show_focus()

    def _make(self, kind: PageKind) -> Page:
        page = self._pages[kind] = self._makers[kind]()
        remembered = self._state.get(kind.value)
        if isinstance(remembered, dict):
            page.restore(remembered)
        page.header_changed.connect(lambda: self._header_of(page))
        self._stack.addWidget(page)
        return page

    def _header_of(self, page: Page) -> None:
        if page is self.page:
            self.header_changed.emit()

    def _refresh_shown(self) -> None:
        page = self.page
        if page is not None and self._place is not None and self._place.kind in self._stale:
            self._stale.discard(self._place.kind)
            page.library_changed()
