"""The banner of the first page at widths where its form changes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from player.ui.covers import CoverArt
from player.ui.main_window import MainWindow
from player.ui.views.home.banner import COVER_FROM_PX, NARROW_PX, Banner


@pytest.mark.parametrize("threshold", [COVER_FROM_PX, NARROW_PX])
def test_a_scroll_bar_that_comes_and_goes_does_not_change_the_banner_for_ever(
    window: MainWindow, threshold: int
) -> None:
    """Its height depends on its width, and its width on the scroll bar that its height calls for."""
    page = QWidget()
    banner = Banner(window.context)
    banner.title.setText("Play something")
    banner.text.setText("What fits the evening, " * 5)
    banner.show_art(CoverArt(None, "An album"))
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(banner)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.show()
    for width in range(threshold - 4, threshold + 24, 4):
        for height in range(80, 260, 3):
            area.resize(width, height)
            QApplication.processEvents()
            assert banner.height() >= banner.heightForWidth(banner.width())
    area.close()
