"""Drawn covers, thumbnails, and their caches."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from player.ui.covers import CoverArt, Covers, DiskCache, decode, square
from player.ui.placeholder import draw_cover, initial_of
from tests.bed.logs import ExpectLog


def picture(width: int, height: int, colour: str = "#4060a0", form: str = "PNG") -> bytes:
    """An encoded picture in one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, form)
    return bytes(data.data())


Fetched = dict[str, bytes | None]


@pytest.fixture
def pictures() -> Fetched:
    """What the library would read from files."""
    return {"blue": picture(300, 200), "broken": b"no picture"}


@pytest.fixture
def covers(qapp: object, tmp_path: Path, pictures: Fetched) -> Iterator[Covers]:
    """Covers of `pictures`."""

    def fetch(key: str, done: Callable[[bytes | None], None]) -> None:
        done(pictures.get(key))

    covers = Covers(fetch, tmp_path / "covers")
    yield covers
    covers.close()


def get(covers: Covers, qtbot: QtBot, art: CoverArt, px: int = 64, dpr: float = 1.0) -> QImage:
    """A cover, waited for."""
    qtbot.waitUntil(lambda: covers.get(art, px, 0, dpr) is not None)
    return covers.get(art, px, 0, dpr).toImage()


def test_drawn_covers_stay_the_same(qapp: object) -> None:
    assert draw_cover("Horizon", 80) == draw_cover("Horizon", 80)
    assert draw_cover("Horizon", 80) != draw_cover("Signal", 80)


@pytest.mark.parametrize("name", ["", "\udcff", "夜に聴く", "أنت عمري", "🎧", "!!!"])
def test_drawn_covers_of_strange_names(qapp: object, name: str) -> None:
    assert draw_cover(name, 32).width() == 32


@pytest.mark.parametrize(
    ("name", "letter"), [("horizon", "H"), ("«9» lives", "9"), ("夜", "夜"), ("…", "♪"), ("ß", "S")]
)
def test_initials(name: str, letter: str) -> None:
    assert initial_of(name) == letter


def test_cover_has_the_pictures_colour(covers: Covers, qtbot: QtBot) -> None:
    image = get(covers, qtbot, CoverArt("blue", "x"))
    assert image.width() == image.height() == 64
    assert image.pixelColor(32, 32).blue() == pytest.approx(0xA0, abs=4)


def test_cover_is_sharp_on_fine_screens(covers: Covers, qtbot: QtBot) -> None:
    assert get(covers, qtbot, CoverArt("blue", "x"), 64, 2.0).width() == 128


@pytest.mark.parametrize("key", [None, "gone", "broken"])
def test_without_a_picture_one_is_drawn(covers: Covers, qtbot: QtBot, key: str | None) -> None:
    assert get(covers, qtbot, CoverArt(key, "Horizon")) == draw_cover("Horizon", 64).convertToFormat(
        get(covers, qtbot, CoverArt(key, "Horizon")).format()
    )


def test_ready_names_the_cover(covers: Covers, qtbot: QtBot) -> None:
    with qtbot.waitSignal(covers.ready) as told:
        covers.get(CoverArt("blue", "x"), 64)
    assert told.args == [CoverArt("blue", "x")]


def test_scaled_covers_are_kept_on_disk(covers: Covers, qtbot: QtBot, tmp_path: Path, pictures: Fetched) -> None:
    get(covers, qtbot, CoverArt("blue", "x"))
    pictures.clear()
    again = Covers(lambda _key, done: done(None), tmp_path / "covers")
    assert get(again, qtbot, CoverArt("blue", "x")).pixelColor(5, 5).blue() == pytest.approx(0xA0, abs=4)
    again.close()


def test_disk_cache_is_bounded(qapp: object, tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    for number in range(6):
        cache.store(f"k{number}", 64, draw_cover(str(number), 64))
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.jpg")]
    cache.trim(sum(sizes) // 2)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.jpg")) <= sum(sizes) // 2


def test_disk_cache_names_are_safe(tmp_path: Path) -> None:
    assert DiskCache(tmp_path).path("../../etc/passwd", 64).parent == tmp_path / "64"


def test_unwritable_cache_costs_nothing_else(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "64").write_text("in the way")
    DiskCache(tmp_path).store("key", 64, draw_cover("x", 64))


def test_middle_square(qapp: object) -> None:
    assert square(QImage(300, 100, QImage.Format.Format_RGB32), 50).size().toTuple() == (50, 50)


def test_enormous_pictures_are_refused(qapp: object) -> None:
    assert decode(b"BM" + bytes(50), 64).isNull()


def test_closed_covers_ask_nothing(covers: Covers) -> None:
    covers.close()
    assert covers.get(CoverArt("blue", "x"), 64) is None


def test_a_cover_that_failed_can_be_asked_for_again(
    covers: Covers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    """A job that fails must not leave its cover waited for until the end of the program."""
    expect_log("the cover of Horizon could not be made")
    art = CoverArt(None, "Horizon")

    def broken(_name: str, _px: int) -> QImage:
        raise MemoryError

    with monkeypatch.context() as patch, qtbot.waitSignal(covers.ready):
        patch.setattr("player.ui.covers.draw_cover", broken)
        covers.get(art, 64)
    assert not get(covers, qtbot, art).isNull()
