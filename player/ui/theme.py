"""Dark and light: the tokens, the accent that follows the playing cover, palette and style sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette

from player.paths import shipped
from player.ui import colour
from player.ui.colour import Rgb

PALETTE_ROLES = (
    (QPalette.ColorRole.Window, "base"),
    (QPalette.ColorRole.Base, "base"),
    (QPalette.ColorRole.AlternateBase, "surface"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.Highlight, "text"),
    (QPalette.ColorRole.HighlightedText, "base"),
    (QPalette.ColorRole.PlaceholderText, "text3"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Link, "text"),
    (QPalette.ColorRole.Accent, "text2"),
)


def shipped_tokens(mode: str) -> dict[str, str]:
    """The fixed tokens of "dark" or "light", as `#rrggbb`."""
    text = shipped("resources", "themes", f"{mode}.json").read_text(encoding="utf-8")
    tokens: dict[str, str] = json.loads(text)
    return tokens


def derived_tokens(fixed: dict[str, str], accent: Rgb) -> dict[str, str]:
    """All tokens: the fixed ones and what follows from the accent."""
    base, surface = colour.parse(fixed["base"]), colour.parse(fixed["surface"])
    dark = colour.luminance(base) < 0.2
    on_accent = max(((16, 16, 18), (255, 255, 255)), key=lambda ink: colour.contrast(ink, accent))
    mixes = {
        "accent": accent,
        "on_accent": on_accent,
        "tint": colour.mix(base, accent, 0.10 if dark else 0.12),
        "tint2": colour.mix(base, accent, 0.20 if dark else 0.22),
        "bar": colour.mix(surface, accent, 0.07 if dark else 0.06),
        "selection": colour.mix(base, accent, 0.16),
    }
    return fixed | {name: colour.hex_of(value) for name, value in mixes.items()}


def cover_pixels(cover: QImage) -> Iterator[Rgb]:
    """The pixels of a cover scaled down to 24 x 24."""
    small = cover.scaled(24, 24, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    small = small.convertToFormat(QImage.Format.Format_RGB32)
    for y in range(small.height()):
        for x in range(small.width()):
            pixel = small.pixel(x, y)
            yield pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255


class Theme(QObject):
    """The colours now.

    Signals:
        mode_changed(): Dark became light or the other way round; `changed` follows.
        changed(): Every colour may be another one. When only the accent is, widgets need no more than a repaint.

    Args:
        choice: "dark", "light" or "system".
        parent: Qt parent.
    """

    mode_changed = Signal()
    changed = Signal()

    def __init__(self, choice: str = "dark", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._wished = ""
        self._fixed = {mode: shipped_tokens(mode) for mode in ("dark", "light")}
        self._pixels: tuple[Rgb, ...] = ()
        self._tokens: dict[str, str] = {}
        self._colours: dict[str, QColor] = {}
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._system_changed)
        self._derive()

    @property
    def mode(self) -> str:
        """Either "dark" or "light"."""
        if self._choice in self._fixed:
            return self._choice
        if self._wished:
            return self._wished
        hints = QGuiApplication.styleHints()
        light = hints is not None and hints.colorScheme() is Qt.ColorScheme.Light
        return "light" if light else "dark"

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self.mode == "dark"

    def choose(self, choice: str) -> None:
        """Take "dark", "light" or "system" (follows the desktop, live)."""
        if choice != self._choice:
            self._choice = choice
            self._derive_mode()

    def set_wished(self, mode: str) -> None:
        """What the desktop wishes for, "dark" or "light"; empty where only Qt may know. For the choice "system"."""
        if mode != self._wished and mode in ("", *self._fixed):
            before, self._wished = self.mode, mode
            if self.mode != before:
                self._derive_mode()

    def set_pixels(self, pixels: tuple[Rgb, ...]) -> None:
        """Take the accent from a cover's pixels (see `cover_pixels`)."""
        if pixels != self._pixels:
            self._pixels = pixels
            before = self._tokens
            self._derive()
            if self._tokens != before:
                self.changed.emit()

    def hex(self, name: str) -> str:
        """A token as `#rrggbb`.

        Raises:
            KeyError: no such token.
        """
        return self._tokens[name]

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """A token as a colour, with an opacity.

        Raises:
            KeyError: no such token.
        """
        if alpha >= 1.0:
            return self._colours[name]
        found = QColor(self._colours[name])
        found.setAlphaF(alpha)
        return found

    def palette(self) -> QPalette:
        """The palette for Qt's own widgets; it does not follow the cover, so that a track costs no restyling."""
        palette = QPalette()
        for role, name in PALETTE_ROLES:
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text3"))
        return palette

    def style_sheet(self, sizes: dict[str, str]) -> str:
        """The style sheet, with the fixed tokens and `sizes` (names to pixels) filled in.

        It knows no accent: setting it lays out and paints every widget anew, far too much for each track.
        """
        text = shipped("resources", "themes", "segue.qss").read_text(encoding="utf-8")
        return Template(text).substitute(self._fixed[self.mode] | sizes)

    def _derive(self) -> None:
        fixed = self._fixed[self.mode]
        self._tokens = derived_tokens(fixed, colour.accent(self._pixels, colour.parse(fixed["base"])))
        self._colours = {name: QColor(value) for name, value in self._tokens.items()}

    def _system_changed(self) -> None:
        if self._choice == "system":
            self._derive_mode()

    def _derive_mode(self) -> None:
        self._derive()
        self.mode_changed.emit()
        self.changed.emit()
