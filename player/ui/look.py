"""How everything is drawn: theme, fonts, icons and prepared texts, handed to every widget as one thing."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QIcon, QImage, QPainter, QPixmap, QStaticText, QTransform
from PySide6.QtSvg import QSvgRenderer

from player.paths import shipped
from player.ui.theme import Theme

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
)
"""Looked up after Inter for what it lacks; those not installed are passed over."""
TEXTS_KEPT = 6_000
TINTS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class FontSpec:
    """A place in the type scale: size in px at 100 %, weight, digits of equal width."""

    px: int
    weight: int = 400
    tabular: bool = False


FONTS = {
    "title": FontSpec(26, 700),
    "hero": FontSpec(38, 700),
    "panel": FontSpec(19, 700),
    "row_title": FontSpec(14, 600),
    "body": FontSpec(14),
    "medium": FontSpec(14, 500),
    "second": FontSpec(13),
    "second_medium": FontSpec(13, 500),
    "small": FontSpec(12),
    "small_bold": FontSpec(12, 600),
    "segment": FontSpec(10, 500),
    "digits": FontSpec(13, 400, tabular=True),
    "now": FontSpec(15, 600),
    "lyric": FontSpec(22, 600),
}


def load_fonts() -> str:
    """Make Inter known to Qt; its family name, or the system's where the file cannot be read."""
    number = QFontDatabase.addApplicationFont(str(shipped("resources", "fonts", "Inter.ttf")))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@lru_cache(maxsize=256)
def _svg(name: str, weight: str) -> str:
    return shipped("resources", "icons", weight, f"{name}.svg").read_text(encoding="utf-8")


def render_icon(name: str, colour: str, px: int, dpr: float, weight: str) -> QPixmap:
    """Draw an icon in one colour.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    image = QImage(QSize(round(px * dpr), round(px * dpr)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(_svg(name, weight).replace("currentColor", colour).encode())).render(painter)
    painter.end()
    image.setDevicePixelRatio(dpr)
    return QPixmap.fromImage(image)


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A shaped, elided line with its size in logical px."""

    text: QStaticText
    width: float
    height: float


class Look(QObject):
    """Theme, type, icons and texts. Text shaping dominates painting: shaped lines are kept and reused.

    Signals:
        restyled(): Theme or size of text changed: take fonts, palettes and sizes anew; `changed` follows.
        changed(): Colours changed, maybe only the accent: repaint.

    Args:
        theme: The colours.
        family: Family of all fonts.
        text_scale: 1.0 to 2.0; sizes that hold text grow with it.
        reduced_motion: No animations.
        parent: Qt parent.
    """

    restyled = Signal()
    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        family: str,
        *,
        text_scale: float = 1.0,
        reduced_motion: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.family = family
        self._reduced_motion = reduced_motion
        self._still = False
        self._scale = text_scale
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetrics] = {}
        self._texts: OrderedDict[tuple[str, str, int], PreparedText] = OrderedDict()
        self._icons: OrderedDict[tuple[str, str, int, float, str], QPixmap] = OrderedDict()
        self._identity = QTransform()
        self._make_fonts()
        theme.mode_changed.connect(self.restyled)
        theme.changed.connect(self.changed)

    @property
    def text_scale(self) -> float:
        """Factor of all text sizes."""
        return self._scale

    def set_text_scale(self, scale: float) -> None:
        """Take another factor, 1.0 to 2.0."""
        scale = min(2.0, max(0.8, scale))
        if scale != self._scale:
            self._scale = scale
            self._make_fonts()
            self.restyled.emit()
            self.changed.emit()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Switch animations off or on."""
        self._reduced_motion = reduced

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing moves: the user said so here, or to the desktop."""
        return self._reduced_motion or self._still

    def follow_desktop(self, mode: str, still: bool) -> None:
        """What the desktop wishes for: "dark", "light" or "" for neither; whether motion is to be reduced."""
        self._still = still
        self.theme.set_wished(mode)

    def px(self, size: float) -> int:
        """A length in logical px that has to grow with the text."""
        return round(size * self._scale)

    def motion_ms(self, duration_ms: int = 160) -> int:
        """Length of an animation: 0 where motion is reduced."""
        return 0 if self.reduced_motion else duration_ms

    def font(self, name: str) -> QFont:
        """A font of the type scale.

        Raises:
            KeyError: no such font.
        """
        return self._fonts[name]

    def metrics(self, name: str) -> QFontMetrics:
        """Metrics of a font of the type scale.

        Raises:
            KeyError: no such font.
        """
        return self._metrics[name]

    def text(self, font: str, text: str, width: int) -> PreparedText:
        """A line elided to `width` px and shaped, from the cache where possible."""
        key = (font, text, width)
        found = self._texts.get(key)
        if found is not None:
            return found
        while len(self._texts) >= TEXTS_KEPT:
            self._texts.popitem(last=False)
        elided = self._metrics[font].elidedText(text, Qt.TextElideMode.ElideRight, width)
        static = QStaticText(elided)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        static.prepare(self._identity, self._fonts[font])
        size = static.size()
        prepared = self._texts[key] = PreparedText(static, size.width(), size.height())
        return prepared

    def pixmap(self, name: str, colour: str, px: int, dpr: float = 1.0, weight: str = "regular") -> QPixmap:
        """An icon in the colour of a token (or in `#rrggbb`).

        Raises:
            FileNotFoundError: there is no such icon.
        """
        shade = colour if colour.startswith("#") else self.theme.hex(colour)
        key = (name, shade, px, dpr, weight)
        found = self._icons.get(key)
        if found is None:
            while len(self._icons) >= TINTS_KEPT:
                self._icons.popitem(last=False)
            found = self._icons[key] = render_icon(name, shade, px, dpr, weight)
        return found

    def icon(self, name: str, colour: str = "text2", px: int = 20, weight: str = "regular") -> QIcon:
        """An icon for a Qt widget, sharp up to 3 device pixels per px."""
        icon = QIcon()
        for dpr in (1.0, 2.0, 3.0):
            icon.addPixmap(self.pixmap(name, colour, px, dpr, weight))
        return icon

    def sizes(self) -> dict[str, str]:
        """Sizes for the style sheet, in px: of fonts `f12` …, of what stands beside text `p12` …, never below 100 %."""
        fonts = {f"f{px}": str(self.px(px)) for px in (12, 13, 14, 15, 19, 26)}
        return fonts | {f"p{px}": str(max(px, self.px(px))) for px in (12, 14, 16, 20, 24)}

    def _make_fonts(self) -> None:
        self._texts.clear()
        self._fonts = {name: self._make_font(spec) for name, spec in FONTS.items()}
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}

    def _make_font(self, spec: FontSpec) -> QFont:
        font = QFont([self.family, *FAMILIES])
        px = self.px(spec.px)
        font.setPixelSize(px)
        # `setWeight` would smear the regular outlines of a variable font; its axis draws the real weight.
        font.setVariableAxis(QFont.Tag("wght"), float(spec.weight))
        font.setVariableAxis(QFont.Tag("opsz"), float(min(32, max(14, px))))
        if spec.tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font
