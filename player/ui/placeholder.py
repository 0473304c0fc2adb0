"""Covers for albums without one: drawn from the album's name, the same every time.

Pure painting on a `QImage`, so it may run on any thread.
"""

from __future__ import annotations

import hashlib
import math
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QRadialGradient

from player.ui import colour

SIDE = 100.0
"""Every design is drawn on a square of this side and scaled."""
HUE_STEPS = (25, 45, 70, 120, 160, 200, -35, -60)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Five colours that go together, from night to light, and one that stands out."""

    night: QColor
    deep: QColor
    mid: QColor
    soft: QColor
    light: QColor
    spark: QColor


def _tone(lightness: float, chroma: float, degrees: float) -> QColor:
    return QColor(*colour.from_oklch(lightness, chroma, math.radians(degrees)))


def make_scheme(dice: random.Random) -> Scheme:
    """A scheme around two hues."""
    hue = dice.uniform(0, 360)
    other = hue + dice.choice(HUE_STEPS)
    chroma = dice.uniform(0.07, 0.15)
    return Scheme(
        night=_tone(0.22, chroma * 0.5, hue),
        deep=_tone(0.36, chroma * 0.8, hue + 8),
        mid=_tone(0.56, chroma, (hue + other) / 2),
        soft=_tone(0.74, chroma, other),
        light=_tone(0.92, chroma * 0.35, other + 15),
        spark=_tone(0.70, 0.17, other + 150),
    )


def _ground(painter: QPainter, scheme: Scheme, dice: random.Random) -> None:
    end = QPointF(SIDE * dice.uniform(0.3, 1.0), SIDE)
    fill = QLinearGradient(QPointF(0, 0), end)
    first, last = dice.choice(((scheme.mid, scheme.night), (scheme.soft, scheme.deep), (scheme.deep, scheme.night)))
    fill.setColorAt(0, first)
    fill.setColorAt(1, last)
    painter.fillRect(QRectF(0, 0, SIDE, SIDE), QBrush(fill))


def _hill(dice: random.Random, level: float, swing: float) -> QPainterPath:
    path = QPainterPath(QPointF(0, SIDE))
    phase, pace = dice.uniform(0, math.tau), dice.uniform(0.05, 0.11)
    path.lineTo(0, level)
    for step in range(0, 102, 2):
        ripple = math.sin(phase + step * pace) + 0.35 * math.sin(phase * 2 + step * pace * 2.3)
        path.lineTo(step, level + swing * ripple)
    path.lineTo(SIDE, SIDE)
    path.closeSubpath()
    return path


def _landscape(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    sky = QLinearGradient(0, 0, 0, SIDE)
    sky.setColorAt(0, dice.choice((scheme.deep, scheme.mid, scheme.soft)))
    sky.setColorAt(0.8, dice.choice((scheme.light, scheme.spark, scheme.soft)))
    painter.fillRect(QRectF(0, 0, SIDE, SIDE), QBrush(sky))
    painter.setBrush(dice.choice((scheme.light, scheme.spark)))
    radius = dice.uniform(12, 24)
    painter.drawEllipse(QPointF(dice.uniform(28, 72), dice.uniform(30, 52)), radius, radius)
    for level, shade in ((60, scheme.mid), (71, scheme.deep), (83, scheme.night)):
        ink = QColor(shade)
        ink.setAlphaF(0.82)
        painter.setBrush(ink)
        painter.drawPath(_hill(dice, level, dice.uniform(2.5, 5.5)))


def _rings(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    _ground(painter, scheme, dice)
    centre = QPointF(dice.choice((50, 50, 30, 100)), dice.choice((50, 50, 64, 100)))
    inks = (scheme.light, scheme.night, scheme.soft, scheme.spark)
    steps = dice.randint(5, 8)
    reach = 46 if centre.x() == 50 else 88
    for step in range(steps, 0, -1):
        painter.setBrush(inks[step % len(inks)])
        painter.drawEllipse(centre, reach * step / steps, reach * step / steps)


def _quarters(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    inks = (scheme.night, scheme.deep, scheme.mid, scheme.soft, scheme.light, scheme.spark)
    count = dice.choice((3, 4))
    side = SIDE / count
    for row in range(count):
        for column in range(count):
            below, above = dice.sample(inks, 2)
            cell = QRectF(column * side, row * side, side, side)
            painter.fillRect(cell.adjusted(-0.2, -0.2, 0.2, 0.2), below)
            corner = dice.randrange(6)
            if corner < 4:
                painter.setBrush(above)
                x, y = cell.x() - side * (corner % 2), cell.y() - side * (corner // 2)
                painter.drawPie(QRectF(x, y, 2 * side, 2 * side), (270, 180, 0, 90)[corner] * 16, 90 * 16)


def _threads(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    _ground(painter, scheme, dice)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    phase, pace = dice.uniform(0, math.tau), dice.uniform(0.03, 0.06)
    lines = dice.randint(16, 24)
    for line in range(lines):
        ink = QColor(scheme.light if line % 5 else scheme.spark)
        ink.setAlphaF(0.35 + 0.5 * line / lines)
        painter.setPen(QPen(ink, 0.7))
        height = SIDE * (0.08 + 0.86 * line / lines)
        path = QPainterPath(QPointF(-2, height))
        for x in range(0, 104, 3):
            swell = math.sin(x * pace + phase + line * 0.16) * 6 * math.sin(math.pi * x / SIDE)
            path.lineTo(x, height + swell)
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)


def _discs(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    _ground(painter, scheme, dice)
    inks = [scheme.soft, scheme.spark, scheme.light, scheme.mid, scheme.night]
    dice.shuffle(inks)
    for shade in inks:
        ink = QColor(shade)
        ink.setAlphaF(dice.uniform(0.55, 0.9))
        painter.setBrush(ink)
        wide = dice.uniform(18, 42)
        painter.drawEllipse(QPointF(dice.uniform(5, 95), dice.uniform(5, 95)), wide, wide * dice.uniform(0.6, 1.0))


def _pillars(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    _ground(painter, scheme, dice)
    count = dice.randint(7, 12)
    side = 76 / count
    for bar in range(count):
        height = 20 + 56 * abs(math.sin(bar * dice.uniform(0.5, 0.9) + dice.uniform(0, 1)))
        painter.setBrush(scheme.spark if bar % 4 == 1 else scheme.light if bar % 2 else scheme.soft)
        painter.drawRoundedRect(QRectF(12 + bar * side, (SIDE - height) / 2, side * 0.56, height), side / 4, side / 4)


def _glow(painter: QPainter, scheme: Scheme, dice: random.Random, _letter: str) -> None:
    painter.fillRect(QRectF(0, 0, SIDE, SIDE), scheme.night)
    for shade in (scheme.mid, scheme.spark, scheme.soft):
        centre = QPointF(dice.uniform(10, 90), dice.uniform(10, 90))
        light = QRadialGradient(centre, dice.uniform(40, 75))
        clear = QColor(shade)
        clear.setAlpha(0)
        light.setColorAt(0, shade)
        light.setColorAt(1, clear)
        painter.fillRect(QRectF(0, 0, SIDE, SIDE), QBrush(light))


def _initial(painter: QPainter, scheme: Scheme, dice: random.Random, letter: str) -> None:
    _ground(painter, scheme, dice)
    font = QFont(["Inter", "Noto Sans CJK SC"])
    font.setPixelSize(64)
    font.setVariableAxis(QFont.Tag("wght"), 700.0)
    font.setVariableAxis(QFont.Tag("opsz"), 32.0)
    painter.setFont(font)
    painter.setPen(scheme.light)
    painter.drawText(QRectF(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, letter)
    painter.setPen(Qt.PenStyle.NoPen)


DESIGNS: tuple[Callable[[QPainter, Scheme, random.Random, str], None], ...] = (
    _landscape,
    _rings,
    _quarters,
    _threads,
    _discs,
    _pillars,
    _glow,
    _initial,
)


def initial_of(name: str) -> str:
    """The first letter or digit of a name, a note where it has none."""
    for sign in name:
        if sign.isalnum():
            return unicodedata.normalize("NFC", sign).upper()[:1]
    return "♪"


def draw_cover(name: str, px: int) -> QImage:
    """The cover for `name`, `px` x `px` device pixels; the same name always gives the same picture."""
    seed = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    dice = random.Random(int.from_bytes(seed, "big"))  # noqa: S311 - a picture, not a secret
    image = QImage(px, px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(px / SIDE, px / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    scheme = make_scheme(dice)
    dice.choice(DESIGNS)(painter, scheme, dice, initial_of(name))
    painter.end()
    return image
