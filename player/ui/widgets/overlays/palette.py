"""The command palette: type, choose, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.models.cards import NO_INDEX, Index
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import mirrored
from player.ui.widgets.inputs.search_field import SearchField
from player.ui.widgets.layout.labels import TextLabel
from player.ui.widgets.overlays.sheet import Sheet

PALETTE_WIDTH = 600
ROWS_SHOWN = 9
ICON_PX = 18


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the palette offers.

    Attributes:
        text: Its name.
        detail: What it is, small at the end.
        icon: Its icon.
        act: Does it.
    """

    text: str
    detail: str
    icon: str
    act: Callable[[], None]


class OfferModel(QAbstractListModel):
    """The palette's offers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: Sequence[Offer] = ()

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Offer other things."""
        self.beginResetModel()
        self.offers = offers
        self.endResetModel()

    @guarded(int)
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.offers)

    @guarded(lambda: None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name; with the detail for screen readers."""
        if not index.isValid() or index.row() >= len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{offer.text}, {offer.detail}"
        return None


class OfferDelegate(QStyledItemDelegate):
    """Paints one offer."""

    def __init__(self, view: QListView, look: Look, model: OfferModel) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._model = model

    @guarded(lambda: QSize(100, 40))
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All alike."""
        return QSize(100, max(40, self._look.px(38)))

    @guarded(none)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Icon, name, detail."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        offer = self._model.offers[index.row()]
        canvas = Canvas(painter, self._look, rect, mirrored=mirrored(self._view))
        if state & QStyle.StateFlag.State_Selected:
            canvas.box("selection", QRectF(rect).adjusted(2, 1, -2, -1), 8)
        px = max(ICON_PX, self._look.px(ICON_PX))
        canvas.icon(offer.icon, "text2", rect.x() + 14, rect.y() + (rect.height() - px) / 2, px)
        # What it is takes no more room than it needs: names matter more.
        wanted = self._look.metrics("second").horizontalAdvance(offer.detail) + 2
        room, start = min(wanted, rect.width() * 2 // 5), rect.x() + 26.0 + px
        name = (start, rect.y(), rect.right() - start - room - 24, rect.height())
        canvas.text("medium", "text", name, offer.text)
        detail = (rect.right() - 14.0 - room, rect.y(), float(room), rect.height())
        canvas.text("second", "text3", detail, offer.detail, Align.END)


class Palette(Sheet):
    """The command palette: type, choose, done.

    Signals:
        asked(str): The user typed; answer with `offer`.
    """

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.field = SearchField(look, self.tr("Tracks, albums, artists, playlists, actions"))
        self.view = QListView()
        self.offers = OfferModel(self)
        self.view.setModel(self.offers)
        self.view.setItemDelegate(OfferDelegate(self.view, look, self.offers))
        self.view.setAccessibleName(self.tr("What was found"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda _index: self._choose())
        self.view.entered.connect(self.view.setCurrentIndex)
        self.nothing = TextLabel(look, self.tr("Nothing found"), font="second", colour="text3")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        column = QVBoxLayout(self.card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        self.field.searched.connect(self.asked)
        self.field.installEventFilter(self)

    def open_sheet(self) -> None:
        """Show it, empty, ready to type."""
        super().open_sheet()
        self.field.show_text("")
        self.asked.emit("")
        self.field.setFocus()

    def offer(self, offers: Sequence[Offer], *, all_found: bool = True) -> None:
        """Show what was found; the first is chosen. Without `all_found` there may be more to come."""
        self.offers.set_offers(offers)
        self.nothing.setVisible(all_found and not offers)
        if offers:
            self.view.setCurrentIndex(self.offers.index(0))

    def place_card(self) -> None:
        """Above the middle."""
        width = min(self.look.px(PALETTE_WIDTH), self.width() - 32)
        top, row = max(20, self.height() // 9), max(40, self.look.px(38))
        around = self.field.sizeHint().height() + 36
        rows = max(2, min(ROWS_SHOWN, (self.height() - top - 20 - around) // row))
        self.card.setGeometry((self.width() - width) // 2, top, width, rows * row + around)

    @guarded(bool)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that move in the list."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        row = self.view.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps and self.offers.rowCount():
            target = max(0, min(self.offers.rowCount() - 1, row + steps[key]))
            self.view.setCurrentIndex(self.offers.index(target))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            return key == Qt.Key.Key_Tab
        return True

    def _choose(self) -> None:
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.offers.offers):
            act = self.offers.offers[row].act
            self.close_sheet()
            # After the focus is back: what is done may want it elsewhere.
            QTimer.singleShot(0, self, act)
