"""Margins that follow the direction of reading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget


def inset(target: QLayout | QWidget, start: int, top: int, end: int, bottom: int) -> None:
    """Set margins by where lines begin and end: Qt mirrors the order of widgets, but not the margins around them."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    target.setContentsMargins(end if mirrored else start, top, start if mirrored else end, bottom)
