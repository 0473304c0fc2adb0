"""Icons: all that the code names are there, in both weights; none lies about unused."""

import re

import pytest

from player.paths import shipped
from player.ui.look import Look
from player.ui.models.queue import REASON_ICONS

CODE = "\n".join(path.read_text(encoding="utf-8") for path in shipped("player", "ui").rglob("*.py"))
ICONS = sorted(path.stem for path in shipped("resources", "icons", "regular").glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_icons_come_in_both_weights_and_are_used(name: str) -> None:
    assert shipped("resources", "icons", "fill", f"{name}.svg").is_file()
    assert f'"{name}"' in CODE


def test_icons_named_by_the_code_are_there(qapp: object) -> None:
    calls = r"(?:IconButton\(look|EmptyState\(context\.look|\.item\(menu|_item\(menu)"
    named = set(re.findall(calls + r', "([a-z][a-z-]+)"', CODE))
    assert len(named) > 10
    assert named <= set(ICONS)
    assert set(REASON_ICONS.values()) <= set(ICONS)


def test_icons_take_their_colour(look: Look) -> None:
    image = look.pixmap("play", "accent", 32, 1.0, "fill").toImage()
    assert image.pixelColor(13, 16).name() == look.theme.hex("accent")


def test_icons_are_sharp_on_fine_screens(look: Look) -> None:
    assert look.pixmap("play", "text", 20, 2.0).width() == 40


def test_licences_lie_beside_what_they_are_for() -> None:
    assert "MIT" in shipped("resources", "icons", "LICENSE-Phosphor.txt").read_text(encoding="utf-8")
    assert "Open Font License" in shipped("resources", "fonts", "LICENSE-Inter.txt").read_text(encoding="utf-8")
