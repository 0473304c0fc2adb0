"""Colour arithmetic and themes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from player.ui import colour
from player.ui.look import Look, load_fonts
from player.ui.theme import Theme, cover_pixels, derived_tokens, shipped_tokens

BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES)
MODES = ("dark", "light")


@given(COLOURS)
def test_oklch_there_and_back(rgb: colour.Rgb) -> None:
    back = colour.from_oklch(*colour.to_oklch(rgb))
    assert all(abs(a - b) <= 2 for a, b in zip(back, rgb, strict=True))


def test_oklch_of_white_and_black() -> None:
    assert colour.to_oklch((255, 255, 255))[0] == pytest.approx(1.0, abs=1e-3)
    assert colour.to_oklch((0, 0, 0))[0] == pytest.approx(0.0, abs=1e-3)


def test_contrast_of_wcag() -> None:
    assert colour.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert colour.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(COLOURS, max_size=12))
def test_accent_can_be_read(mode: str, pixels: list[colour.Rgb]) -> None:
    base = colour.parse(shipped_tokens(mode)["base"])
    accent = colour.accent(pixels, base)
    assert colour.contrast(accent, base) >= 4.5
    assert colour.to_oklch(accent)[1] <= colour.MAX_CHROMA + 0.01


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(COLOURS, max_size=12))
def test_words_on_the_accent_can_be_read(mode: str, pixels: list[colour.Rgb]) -> None:
    fixed = shipped_tokens(mode)
    tokens = derived_tokens(fixed, colour.accent(pixels, colour.parse(fixed["base"])))
    assert colour.contrast(colour.parse(tokens["on_accent"]), colour.parse(tokens["accent"])) >= 4.5


def test_accent_takes_the_colourful_hue() -> None:
    grey, red = (120, 120, 120), (200, 30, 40)
    accent = colour.accent([grey] * 20 + [red] * 4, (19, 19, 22))
    assert math.degrees(colour.to_oklch(accent)[2]) % 360 == pytest.approx(
        math.degrees(colour.to_oklch(red)[2]) % 360, abs=12
    )


def test_accent_of_a_grey_cover_is_quiet() -> None:
    assert colour.to_oklch(colour.accent([(90, 90, 92)] * 30, (19, 19, 22)))[1] < 0.06


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ink", ["text", "text2", "text3", "good", "bad"])
@pytest.mark.parametrize("ground", ["base", "side", "surface"])
def test_tokens_reach_aa(mode: str, ink: str, ground: str) -> None:
    tokens = shipped_tokens(mode)
    assert colour.contrast(colour.parse(tokens[ink]), colour.parse(tokens[ground])) >= 4.5


def test_cover_changes_accent_but_not_mode(qapp: object, qtbot: object) -> None:
    theme, modes, changes = Theme("dark"), [], []
    theme.mode_changed.connect(lambda: modes.append(1))
    theme.changed.connect(lambda: changes.append(1))
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(20, 60, 220))
    before = theme.hex("accent")
    theme.set_pixels(tuple(cover_pixels(image)))
    assert theme.hex("accent") != before
    assert (modes, changes) == ([], [1])


def test_mode_is_announced_before_the_colours(qapp: object) -> None:
    theme, told = Theme("dark"), []
    theme.mode_changed.connect(lambda: told.append("mode"))
    theme.changed.connect(lambda: told.append("colours"))
    theme.choose("light")
    assert told == ["mode", "colours"]
    assert not theme.dark


def test_the_same_cover_is_no_change(qapp: object) -> None:
    theme, changes = Theme("dark"), []
    theme.set_pixels(((1, 2, 3),))
    theme.changed.connect(lambda: changes.append(1))
    theme.set_pixels(((1, 2, 3),))
    assert not changes


def test_cover_is_scaled_down(qapp: object) -> None:
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    assert set(cover_pixels(image)) == {(10, 20, 30)}


def test_style_sheet_has_no_gaps(look: object) -> None:
    sheet = look.theme.style_sheet(look.sizes() | {"caret": "c", "tick": "t"})
    assert "$" not in sheet


def test_the_desktop_is_followed_live_where_that_was_chosen(qapp: object, qtbot: QtBot) -> None:
    look = Look(Theme("system"), load_fonts())
    look.follow_desktop("light", False)
    assert look.theme.mode == "light"
    with qtbot.waitSignals([look.restyled, look.changed]):
        look.follow_desktop("dark", True)
    assert look.theme.hex("base") == shipped_tokens("dark")["base"]
    assert look.motion_ms() == 0
    look.theme.choose("light")
    look.follow_desktop("dark", False)
    assert look.theme.mode == "light"
    assert look.motion_ms() > 0
    look.deleteLater()
