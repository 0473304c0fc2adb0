"""Buttons with words, check boxes, choices, progress: painted here so that they follow the accent for free."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from player.ui.guard import guarded, none
from player.ui.look import Look
from player.ui.paint import Align, Canvas
from player.ui.widgets.buttons.basics import RingByKey, mirrored

ICON_PX = 18
GAP = 8
RADIUS = 8
BOX_PX = 18


class TextButton(RingByKey, QPushButton):
    """A button with a word, maybe an icon.

    Args:
        look: How to draw.
        text: The word.
        role: "main" (on the accent), "plain" (with a frame) or "quiet" (only the word, in the accent).
        icon: Name of an icon before the word.
    """

    def __init__(self, look: Look, text: str, *, role: str = "plain", icon: str = "") -> None:
        super().__init__(text)
        self._look = look
        self._role = role
        self._icon_name = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.restyled.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def set_icon(self, icon: str) -> None:
        """Show another icon before the word."""
        if icon != self._icon_name:
            self._icon_name = icon
            self.updateGeometry()
            self.update()

    @guarded(lambda: QSize(80, 36))
    def sizeHint(self) -> QSize:
        """Room for icon and word."""
        metrics = self._look.metrics("medium")
        width = metrics.horizontalAdvance(self.text()) + 36
        return QSize(
            width + (self._look.px(ICON_PX) + GAP - 2 if self._icon_name else 0), max(36, metrics.height() + 18)
        )

    @guarded(lambda: QSize(80, 36))
    def minimumSizeHint(self) -> QSize:
        """No less than the word needs."""
        return self.sizeHint()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, word, ring with the focus."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        ink = self._paint_ground(canvas)
        metrics = self._look.metrics("medium")
        px = self._look.px(ICON_PX)
        icon = px + GAP if self._icon_name else 0
        x = (self.width() - metrics.horizontalAdvance(self.text()) - icon) / 2
        if self._icon_name:
            weight = "fill" if self._role == "main" else "regular"
            canvas.icon(self._icon_name, ink, x, (self.height() - px) / 2, px, weight)
        canvas.text("medium", ink, (x + icon, 0, self.width() - x - icon, self.height()), self.text())
        if self.shows_focus:
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            canvas.ring(ring, RADIUS, "text" if self._role == "main" else "accent")
        painter.end()

    def _paint_ground(self, canvas: Canvas) -> str:
        """The ground; the token of what is written on it."""
        theme, whole = self._look.theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        if self._role == "main":
            canvas.box("accent" if self.isEnabled() else "press", whole, RADIUS)
            if hot:
                canvas.box(theme.colour("on_accent", 0.12), whole, RADIUS)
            return "on_accent" if self.isEnabled() else "text3"
        if self._role == "plain":
            canvas.box("press" if self.isDown() else "hover" if hot else "raised", whole, RADIUS)
            canvas.ring(whole, RADIUS, "line", 1)
            return "text" if self.isEnabled() else "text3"
        if hot:
            canvas.box(theme.colour("text", 0.07), whole, RADIUS)
        return "accent"


class Check(RingByKey, QCheckBox):
    """A box to tick."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.restyled.connect(self.updateGeometry)
        look.changed.connect(self.update)

    @guarded(lambda: QSize(80, 30))
    def sizeHint(self) -> QSize:
        """Room for box and words."""
        metrics = self._look.metrics("body")
        width = self._box_px + 20 + metrics.horizontalAdvance(self.text())
        return QSize(width, max(30, metrics.height() + 10))

    @property
    def _box_px(self) -> int:
        return max(BOX_PX, self._look.px(BOX_PX))

    @guarded(lambda: QSize(80, 30))
    def minimumSizeHint(self) -> QSize:
        """The words may end in "…"."""
        return QSize(120, self.sizeHint().height())

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words, ring with the focus."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        px = self._box_px
        box = canvas.rect(3, (self.height() - px) / 2, px, px)
        if self.isChecked():
            tick = px - 4
            canvas.box("accent", box, 5)
            canvas.icon("check", "on_accent", 5, (self.height() - tick) / 2, tick)
        else:
            canvas.box("surface", box, 5)
            canvas.ring(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, "text3", 1)
        canvas.text("body", "text", (px + 13, 0, self.width() - px - 17, self.height()), self.text())
        if self.shows_focus:
            canvas.ring(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6)
        painter.end()


class Choice(QComboBox):
    """One of several; with a ring in the accent for the focus."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(9)
        look.changed.connect(self.update)

    @guarded(none)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page: a setting that happens to come under the mouse must not change by it."""
        event.ignore()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box, its text ending in "…" where it does not fit, and a ring with the focus."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        if self.hasFocus():
            Canvas(painter, self._look, self.rect()).ring(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS)
        painter.end()


class Segment(RingByKey, QPushButton):
    """One of the buttons of a `Segmented`."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.font_name = "second_medium"
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @guarded(lambda: QSize(60, 30))
    def sizeHint(self) -> QSize:
        """As high as its words need."""
        return QSize(60, self._look.metrics("second_medium").height() + 14)

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Raised while it is on."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect())
        whole = QRectF(self.rect())
        if self.isChecked():
            canvas.box("raised" if not self._look.theme.dark else "press", whole, 8)
        bright = self.isChecked() or self.underMouse()
        box = (2.0, 0.0, whole.width() - 4, whole.height())
        canvas.text(self.font_name, "text" if bright else "text2", box, self.text(), Align.CENTRE)
        if self.shows_focus:
            canvas.ring(whole.adjusted(1, 1, -1, -1), 7)
        painter.end()


class ProgressLine(QWidget):
    """A thin line that fills; or a part of it that wanders while nobody knows how long it takes.

    Args:
        look: How to draw, and whether things may move.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share: float | None = None
        self._at = 0.0
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._wander = QVariantAnimation(self)
        self._wander.setStartValue(0.0)
        self._wander.setEndValue(1.0)
        self._wander.setDuration(1_600)
        self._wander.setLoopCount(-1)
        self._wander.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._wander.valueChanged.connect(self._moved)
        look.changed.connect(self.update)

    def show_share(self, share: float | None) -> None:
        """How far something has come, 0 to 1; None: it goes on."""
        self._share = share
        self.setAccessibleName("" if share is None else f"{round(share * 100)} %")
        self._run()
        self.update()

    def _moved(self, at: float) -> None:
        self._at = at
        self.update()

    def _run(self) -> None:
        moves = self._share is None and self.isVisible() and not self._look.reduced_motion
        running = self._wander.state() is QPropertyAnimation.State.Running
        if moves and not running:
            self._wander.start()
        elif running and not moves:
            self._wander.stop()

    @guarded(none)
    def showEvent(self, event: QShowEvent) -> None:
        """Move only in sight."""
        super().showEvent(event)
        self._run()

    @guarded(none)
    def hideEvent(self, event: QHideEvent) -> None:
        """Move only in sight."""
        super().hideEvent(event)
        self._run()

    @guarded(none)
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Groove and filled part."""
        painter = QPainter(self)
        canvas = Canvas(painter, self._look, self.rect(), mirrored=mirrored(self))
        width = self.width()
        canvas.box("hover", QRectF(self.rect()), 3)
        if self._share is not None:
            canvas.box("accent", canvas.rect(0, 0, max(6.0, width * self._share), 6), 3)
        else:
            canvas.box("accent", canvas.rect(self._at * width * 0.7, 0, width * 0.3, 6), 3)
        painter.end()
